"""The sources of the sites and how their last rounds went."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from storage import health
from storage.connection import Connection
from storage.health import Health, Trouble
from storage.links import Link, Polled, Wanted, leftovers, remember
from storage.times import instant, instant_or_none, stamp, storable

__all__ = ["Kind", "Link", "Source", "Sources", "Wanted"]

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
    habit: str | None = None  # what the crawl has learnt of its pace, as it writes it
    health: Health = field(default_factory=Health)


_BEGINS_ANEW = timedelta(days=1)

_FOUND = """
    UPDATE sources SET etag = ?, last_modified = ?, due_at = ?, failures = 0, last_reason = NULL,
        last_success = ?, last_new = CASE WHEN ? THEN ? ELSE last_new END,
        habit = coalesce(?, habit)
    WHERE id = ?"""


class Sources:
    """Table `sources` and table `links`.

    A link is remembered as wanted in the same transaction that stores the validators of the poll
    that found it, and stays wanted until its article is recorded or given up: a crash in between
    loses nothing.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sync(self, wanted: Sequence[tuple[str, str, Kind]], now: datetime) -> list[Source]:
        """Make exactly these (site, url, kind) the active ones; return them with their state.

        A source that comes back after more than a day out of the seeds begins anew: its next round
        records and does not alert.
        """
        at = stamp(now)
        with self._connection.transaction():
            self._connection.execute(
                """UPDATE sources SET retired_at = ? WHERE retired_at IS NULL
                AND url NOT IN (SELECT value FROM json_each(?))""",
                (at, json.dumps([url for _, url, _ in wanted])),
            )
            self._connection.execute(
                """DELETE FROM checkups
                WHERE source IN (SELECT id FROM sources WHERE retired_at < ?)""",
                (stamp(now - _BEGINS_ANEW),),
            )
            self._connection.many(
                """INSERT INTO sources (url, site, kind, due_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (url) DO UPDATE SET site = excluded.site, kind = excluded.kind,
                last_success = CASE WHEN retired_at < ? THEN NULL ELSE last_success END,
                etag = CASE WHEN retired_at < ? THEN NULL ELSE etag END,
                last_modified = CASE WHEN retired_at < ? THEN NULL ELSE last_modified END,
                habit = CASE WHEN retired_at < ? THEN NULL ELSE habit END,
                retired_at = NULL""",
                [
                    (url, site, kind, at, *[stamp(now - _BEGINS_ANEW)] * 4)
                    for site, url, kind in wanted
                ],
            )
            state = {source.url: source for source in active_sources(self._connection)}
        return [state[url] for url in dict.fromkeys(url for _, url, _ in wanted)]

    def found(
        self,
        source: str,
        links: Sequence[Link],
        *,
        etag: str | None,
        last_modified: str | None,
        now: datetime,
        due_at: datetime,
        habit: str | None = None,
        moved_to: str | None = None,
    ) -> list[Wanted]:
        """Settle a successful poll and say what to fetch: unseen, changed and left over links.

        `habit` is what was learnt from it; None leaves that as it was. `moved_to` is where
        permanent redirects led.

        A leftover is any link of this source's site that is wanted still, also one handed out
        before: the crawl knows what it is fetching just now. Links that alert come first, then
        those listed first.
        """
        with self._connection.transaction():
            polled = self._polled(source)
            listed = _once_each(links)
            unseen, fresh = remember(self._connection, polled, listed, now)
            times = [link.published for link in listed.values()]
            health.listed(
                self._connection, polled.number, times, now, fresh=fresh, moved_to=moved_to
            )
            self._connection.execute(
                _FOUND,
                (
                    *(etag, last_modified, stamp(due_at), stamp(now), unseen, stamp(now)),
                    *(habit, polled.number),
                ),
            )
            return leftovers(self._connection, polled.site, now)

    def unseen(self, urls: Sequence[str]) -> set[str]:
        """Say which of these addresses no source has listed yet."""
        kept = {storable(url): url for url in urls}
        with self._connection.reading():
            rows = self._connection.execute(
                """SELECT value FROM json_each(?)
                WHERE value NOT IN (SELECT url FROM links WHERE url = value)""",
                (json.dumps(list(kept)),),
            )
            return {kept[url] for (url,) in rows}

    def wants(self, url: str) -> bool:
        """Whether a link is wanted still: another process may have settled it meanwhile."""
        with self._connection.reading():
            found = self._connection.execute(
                "SELECT wanted FROM links WHERE url = ?", (storable(url),)
            ).fetchone()
        return found is not None and bool(found[0])

    def unchanged(
        self,
        source: str,
        *,
        now: datetime,
        due_at: datetime,
        etag: str | None = None,
        last_modified: str | None = None,
        habit: str | None = None,
        moved_to: str | None = None,
    ) -> list[Wanted]:
        """Settle a poll that told nothing new, as by a 304, and say what is left over to fetch.

        None for a validator leaves it as it was. All else as for `found`.
        """
        with self._connection.transaction():
            polled = self._polled(source)
            self._connection.execute(
                """UPDATE sources SET etag = coalesce(?, etag),
                last_modified = coalesce(?, last_modified), due_at = ?, failures = 0,
                last_reason = NULL, last_success = ?, habit = coalesce(?, habit) WHERE id = ?""",
                (etag, last_modified, stamp(due_at), stamp(now), habit, polled.number),
            )
            health.unchanged(self._connection, polled.number, moved_to)
            return leftovers(self._connection, polled.site, now)

    def failed(
        self,
        source: str,
        reason: str,
        *,
        now: datetime,
        due_at: datetime,
        trouble: Trouble = Trouble.FAILING,
        weight: float = 0.25,
    ) -> None:
        """Settle a poll that failed; `reason` is short and for the operator, `weight` what the
        failure adds to the source's strain.
        """
        with self._connection.transaction():
            polled = self._polled(source)
            self._connection.execute(
                """UPDATE sources SET due_at = ?, failures = failures + 1, last_reason = ?
                WHERE id = ?""",
                (stamp(due_at), storable(reason), polled.number),
            )
            health.failed(self._connection, polled.number, trouble, weight, now)

    def unreadable(self, url: str, reason: str, *, retry_at: datetime | None) -> None:
        """A wanted link gave no article: wanted again from `retry_at`, or given up when None.

        A link that was given up is wanted again when a source lists it anew with another title or
        lastmod.
        """
        with self._connection.transaction():
            self._connection.execute(
                "UPDATE links SET wanted = ?, retry_at = ?, reason = ? WHERE url = ?",
                (
                    retry_at is not None,
                    None if retry_at is None else stamp(retry_at),
                    storable(reason),
                    storable(url),
                ),
            )

    def read(self, url: str) -> None:
        """A wanted link needs no recording: unchanged since read, or it led to another address."""
        with self._connection.transaction():
            self._connection.execute(
                """UPDATE links SET wanted = 0, was_read = 1, retry_at = NULL, reason = NULL
                WHERE url = ?""",
                (storable(url),),
            )

    def _polled(self, url: str) -> Polled:
        row = self._connection.execute(
            "SELECT id, site, last_success IS NULL FROM sources WHERE url = ?", (url,)
        ).fetchone()
        if row is None:
            raise LookupError(f"{url} is not a source: name it in sync() before it is polled")
        return Polled(number=row[0], site=row[1], first_round=bool(row[2]))


def active_sources(connection: Connection) -> list[Source]:
    """Every source that a seed names, worst first: by what is wrong with it, then most failures,
    then longest without success.
    """
    rows = connection.execute(
        f"""SELECT url, site, kind, etag, last_modified, due_at, failures, last_success, last_new,
        last_reason, habit, {health.COLUMNS}
        FROM sources LEFT JOIN checkups ON checkups.source = sources.id WHERE retired_at IS NULL
        ORDER BY failures DESC, last_success, id"""  # noqa: S608
    )
    sources = [
        Source(
            url=url,
            site=site,
            kind=kind,
            etag=etag,
            last_modified=last_modified,
            due_at=instant(due_at),
            failures=failures,
            last_success=instant_or_none(last_success),
            last_new=instant_or_none(last_new),
            last_reason=last_reason,
            habit=habit,
            health=health.health(checkup),
        )
        for (
            url, site, kind, etag, last_modified, due_at, failures,
            last_success, last_new, last_reason, habit, *checkup,
        ) in rows
    ]  # fmt: skip
    return sorted(sources, key=lambda source: source.health.rank)


def _once_each(links: Sequence[Link]) -> dict[str, Link]:
    """Of an address listed twice, as picture and as headline, keep the first with a title."""
    listed: dict[str, Link] = {}
    for link in links:
        url = storable(link.url)
        if url not in listed or (link.title and not listed[url].title):
            listed[url] = link
    return listed
