"""The sources of the sites and how their last rounds went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["feed", "sitemap", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed, sitemap or section page of a site, with what its last rounds left behind."""

    url: str
    site: str
    kind: Kind
    etag: str | None = None
    last_modified: str | None = None
    due_at: datetime  # the earliest next poll
    failures: int = 0  # consecutive
    last_success: datetime | None = None  # None: the next success is the first round
    last_new: datetime | None = None
    last_reason: str | None = None  # of the last failure, None after a success


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address a source lists. `url` is canonical: what the site is asked for and what is remembered."""

    url: str
    title: str | None = None  # as the listing gives it
    modified: str | None = None  # the listing's lastmod or updated, as given
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A link to fetch now. `alerts` is False for links first listed in a source's first round."""

    link: Link
    site: str
    first_seen: datetime
    alerts: bool
    known: bool  # read before; its listing changed


class Sources:
    """Table `sources` and table `links`.

    A link is remembered as wanted in the same transaction that stores the validators of the poll
    that found it, and stays wanted until its article is recorded or given up: a crash in between
    loses nothing.
    """

    def sync(self, wanted: Sequence[tuple[str, str, Kind]], now: datetime) -> list[Source]:
        """Make the table hold exactly these (site, url, kind) as active ones; return them with their state."""
        raise NotImplementedError

    def found(
        self,
        source: str,
        links: Sequence[Link],
        *,
        etag: str | None,
        last_modified: str | None,
        now: datetime,
        due_at: datetime,
    ) -> list[Wanted]:
        """Settle a successful poll and say what to fetch: unseen links, changed ones, and leftovers."""
        raise NotImplementedError

    def unchanged(self, source: str, *, now: datetime, due_at: datetime) -> list[Wanted]:
        """Settle a 304 and say what is left over to fetch."""
        raise NotImplementedError

    def failed(self, source: str, reason: str, *, now: datetime, due_at: datetime) -> None:
        """Settle a poll that failed; `reason` is short and for the operator."""
        raise NotImplementedError

    def unreadable(
        self, url: str, reason: str, *, now: datetime, retry_at: datetime | None
    ) -> None:
        """A wanted link gave no article: wanted again from `retry_at`, or given up when None."""
        raise NotImplementedError
