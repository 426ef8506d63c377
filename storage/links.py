"""The addresses that sources list: unseen ones, changed ones, and those still to be fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from storage.connection import Connection
from storage.times import instant, publication, stamp, storable

REDATED = 3  # so few may be dated anew at once, be they all that a source lists
_DATE_BITS = 32  # of a print: its lastmod; the title stands above them


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address a source lists, canonical: what the site is asked for and what is remembered."""

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
    known: bool  # read before
    revisit: bool = False  # nothing was listed anew: it is looked at again because it was told
    etag: str | None = None  # of the page, when it was read last
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """The source whose poll is being settled."""

    number: int
    site: str
    first_round: bool


def remember(
    connection: Connection, source: Polled, listed: Mapping[str, Link], now: datetime
) -> tuple[bool, bool]:
    """Write down what a source lists, inside the open transaction; return whether any link is
    unseen, and whether any was not listed by this source before.

    Each source's own last listing is what a new one is compared with, so that two sources that
    print different titles for one address do not make it change for ever. A listing that dates
    all it holds anew, as some do at every fetch, has not changed by that.
    """
    rows = connection.execute(
        """SELECT listed.value, links.id, listings.print FROM json_each(?) AS listed
        LEFT JOIN links ON links.url = listed.value
        LEFT JOIN listings ON listings.source = ? AND listings.link = links.id""",
        (json.dumps(list(listed)), source.number),
    ).fetchall()
    unseen = [url for url, number, _ in rows if number is None]
    changed = _changed(listed, [(url, number, at) for url, number, at in rows if at is not None])
    _insert(connection, source, [(url, listed[url]) for url in unseen], now)
    connection.many(
        """UPDATE links SET title = ?, modified = ?, wanted = 1, retry_at = NULL
        WHERE id = ? AND wanted = 0""",
        [(*_listing(listed[url]), number) for url, number in changed],
    )
    connection.many(
        """INSERT INTO listings (source, link, print)
        VALUES (?, (SELECT id FROM links WHERE url = ?), ?)
        ON CONFLICT (source, link) DO UPDATE SET print = excluded.print""",
        [
            (source.number, url, _print(listed[url]))
            for url, _, before in rows
            if before != _print(listed[url])
        ],
    )
    return bool(unseen), any(before is None for _, _, before in rows)


def _changed(
    listed: Mapping[str, Link], known: list[tuple[str, int, int]]
) -> list[tuple[str, int]]:
    """Which of the links that this source listed before, with their prints, are told otherwise."""
    told, dated = [], []
    for url, number, before in known:
        printed = _print(listed[url])
        if printed >> _DATE_BITS != before >> _DATE_BITS:
            told.append((url, number))
        elif printed != before:
            dated.append((url, number))
    if len(dated) > max(REDATED, len(known) / 2):
        dated = []
    return told + dated


def _insert(
    connection: Connection, source: Polled, unseen: list[tuple[str, Link]], now: datetime
) -> None:
    connection.many(
        """INSERT INTO links
        (url, site, title, modified, published, first_seen, alerts, wanted)
        VALUES (?, ?, ?, ?, ?, ?, ?, 1)""",
        [
            (
                url,
                source.site,
                *_listing(link),
                publication(link.published),
                stamp(now),
                not source.first_round,
            )
            for url, link in unseen
        ],
    )


def leftovers(connection: Connection, site: str, now: datetime) -> list[Wanted]:
    """Every link of the site that is wanted and may be tried now; those that alert come first."""
    rows = connection.execute(
        f"""SELECT {WANTED}, was_read
        FROM links LEFT JOIN revisits ON revisits.link = links.id
        WHERE links.site = ? AND wanted = 1 AND (retry_at IS NULL OR retry_at <= ?)
        ORDER BY alerts DESC, links.id""",  # noqa: S608
        (site, stamp(now)),
    )
    return [wanted(row[:-1], known=bool(row[-1])) for row in rows]


WANTED = """links.url, links.site, title, modified, published, first_seen, alerts, revisits.etag,
    revisits.last_modified"""


def wanted(row: tuple[Any, ...], *, known: bool, revisit: bool = False) -> Wanted:
    """Make what is to be fetched of the columns `WANTED`."""
    url, site, title, modified, published, first_seen, alerts, etag, last_modified = row
    return Wanted(
        link=Link(
            url=url,
            title=title,
            modified=modified,
            published=None if published is None else datetime.fromisoformat(published),
        ),
        site=site,
        first_seen=instant(first_seen),
        alerts=bool(alerts),
        known=known,
        revisit=revisit,
        etag=etag,
        last_modified=last_modified,
    )


def _listing(link: Link) -> tuple[str | None, str | None]:
    """The title and lastmod as they are kept."""
    title = None if link.title is None else storable(" ".join(link.title.split()))
    return title, None if link.modified is None else storable(link.modified)


def _print(link: Link) -> int:
    """A 63-bit fingerprint of how a link is listed: its title above, its lastmod below."""
    title, modified = (
        int.from_bytes(blake2b(json.dumps(part).encode(), digest_size=4).digest())
        for part in _listing(link)
    )
    return title >> 1 << _DATE_BITS | modified
