"""How times and texts are written down: the order of the text is the order of the times."""

from __future__ import annotations

from datetime import UTC, date, datetime

from watch.records import Published


def stamp(instant: datetime) -> str:
    """Write an aware instant as UTC ISO text of fixed width; a naive one is a bug."""
    if instant.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored: pass an aware datetime")
    written = instant.astimezone(UTC).isoformat(timespec="microseconds")
    return written.removesuffix("+00:00") + "Z"


def instant(written: str) -> datetime:
    """Read what `stamp` wrote, in UTC."""
    return datetime.fromisoformat(written)


def instant_or_none(written: str | None) -> datetime | None:
    """Read what `stamp` wrote, if anything."""
    return None if written is None else instant(written)


def publication(published: Published | None) -> str | None:
    """Write a publication time with its own offset, or a bare date: it is shown, not sorted."""
    return None if published is None else published.isoformat()


def published(written: str | None) -> Published | None:
    """Read what `publication` wrote."""
    if written is None:
        return None
    return date.fromisoformat(written) if len(written) == 10 else datetime.fromisoformat(written)


def storable(text: str) -> str:
    """Replace lone surrogates, which broken pages bring and UTF-8 cannot hold, with `?`."""
    return text.encode("utf-8", "replace").decode("utf-8")
