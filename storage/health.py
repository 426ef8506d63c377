"""What is known of each source's health: its troubles, what it lists, and what is wrong with it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from storage.connection import Connection
from storage.times import instant_or_none, stamp, storable

TABLES = """
CREATE TABLE checkups (                        -- what the polls of a source showed of its health
    source INTEGER PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE,
    trouble TEXT,                              -- kind of the last failure, NULL after a success
    strain REAL NOT NULL DEFAULT 0,            -- failures in a row, each weighted by its kind
    failing_since TEXT,                        -- the first of them
    moved_to TEXT,                             -- where permanent redirects lead
    links INTEGER,                             -- articles in the last listing,
    dated INTEGER,                             -- and those of them that tell a usable time
    newest TEXT,                               -- the latest time that was ever told
    known_at TEXT,                             -- when it was first listed,
    fresh_at TEXT,                             -- and last listed what it had not listed before
    lull_seconds REAL NOT NULL DEFAULT 0,      -- its longest pause of about the last month
    condition TEXT,                            -- what is wrong, NULL: nothing
    since TEXT
);
"""

LULL_FADES = timedelta(days=28)  # a long pause is worth 1/e after this
LULL_MAX = timedelta(days=7)  # beyond it nobody would be told anything
FUTURE = timedelta(hours=1)  # clocks differ; what is dated later tells nothing


class Trouble(StrEnum):
    """Why a poll failed, by what it means for the next ones."""

    UNREACHABLE = "unreachable"  # no host, no connection, no answer in time
    FAILING = "failing"  # the server's own errors
    BUSY = "busy"  # it asks us to wait
    REFUSED = "refused"
    GONE = "gone"
    ASTRAY = "astray"  # redirected to where nothing may be fetched
    HTML = "html"  # a page instead of a listing
    BROKEN = "broken"  # what came cannot be read
    UNLISTED = "unlisted"  # it can be read and holds no article


class Condition(StrEnum):
    """What is wrong with a source, the worst first."""

    DOWN = "down"
    GONE = "gone"
    BLOCKED = "blocked"
    HTML = "html"
    BROKEN = "broken"
    REDESIGNED = "redesigned"
    FROZEN = "frozen"
    SILENT = "silent"
    SPARSE = "sparse"
    UNDATED = "undated"
    MOVED = "moved"


_WORST_FIRST = list(Condition)
Diagnosis = tuple[Condition | None, datetime | None]  # what is wrong, and since when
WORKING = frozenset(  # its news arrives all the same
    (None, Condition.SPARSE, Condition.UNDATED, Condition.MOVED)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What the store knows of one source's health; times are UTC."""

    trouble: Trouble | None = None
    strain: float = 0.0
    failing_since: datetime | None = None
    moved_to: str | None = None
    links: int | None = None
    dated: int | None = None
    newest: datetime | None = None
    known_at: datetime | None = None
    fresh_at: datetime | None = None
    lull_seconds: float = 0.0
    condition: Condition | None = None
    since: datetime | None = None

    @property
    def works(self) -> bool:
        """Whether its news arrives."""
        return self.trouble is None and self.condition in WORKING

    @property
    def rank(self) -> int:
        """0 for the worst; what fails without a condition yet comes before what is well."""
        if self.condition is not None:
            return _WORST_FIRST.index(self.condition)
        return len(_WORST_FIRST) + (self.trouble is None)


COLUMNS = """trouble, strain, failing_since, moved_to, links, dated, newest, known_at, fresh_at,
    lull_seconds, condition, since"""


def health(row: Sequence[object]) -> Health:
    """Read the columns `COLUMNS`; all are NULL of a source that was never polled."""
    trouble, strain, failing, moved_to, links, dated, newest, known, fresh, lull, *judged = row
    condition, since = judged
    return Health(
        trouble=None if trouble is None else Trouble(str(trouble)),
        strain=_number(strain),
        failing_since=_time(failing),
        moved_to=None if moved_to is None else str(moved_to),
        links=None if links is None else int(_number(links)),
        dated=None if dated is None else int(_number(dated)),
        newest=_time(newest),
        known_at=_time(known),
        fresh_at=_time(fresh),
        lull_seconds=_number(lull),
        condition=None if condition is None else Condition(str(condition)),
        since=_time(since),
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _time(value: object) -> datetime | None:
    return instant_or_none(None if value is None else str(value))


def failed(
    connection: Connection, source: int, trouble: Trouble, weight: float, now: datetime
) -> None:
    """Note a failed poll inside the open transaction."""
    connection.execute(
        """INSERT INTO checkups (source, trouble, strain, failing_since) VALUES (?, ?, ?, ?)
        ON CONFLICT (source) DO UPDATE SET trouble = excluded.trouble,
        strain = strain + excluded.strain,
        failing_since = coalesce(failing_since, excluded.failing_since)""",
        (source, trouble, weight, stamp(now)),
    )


def unchanged(connection: Connection, source: int, moved_to: str | None) -> None:
    """Note a success that listed nothing new; inside the open transaction."""
    connection.execute(
        """UPDATE checkups SET trouble = NULL, strain = 0, failing_since = NULL, moved_to = ?1
        WHERE source = ?2 AND (trouble IS NOT NULL OR moved_to IS NOT ?1)""",
        (None if moved_to is None else storable(moved_to), source),
    )


def listed(
    connection: Connection,
    source: int,
    published: Sequence[datetime | None],
    now: datetime,
    *,
    fresh: bool,
    moved_to: str | None,
) -> None:
    """Note a listing by its items' times; `fresh`: it holds what this source never listed before.

    Inside the open transaction.
    """
    row = connection.execute(
        "SELECT newest, fresh_at, lull_seconds FROM checkups WHERE source = ?", (source,)
    ).fetchone() or (None, None, 0.0)
    newest, fresh_at, lull = instant_or_none(row[0]), instant_or_none(row[1]), float(row[2])
    times = usable(published, now)
    latest = max([*times, *filter(None, [newest])], default=None)
    if fresh:
        lull = longest_pause(lull, fresh_at, times, now)
    connection.execute(
        """INSERT INTO checkups
        (source, moved_to, links, dated, newest, lull_seconds, fresh_at, known_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7) ON CONFLICT (source) DO UPDATE
        SET trouble = NULL, strain = 0, failing_since = NULL, moved_to = ?2, links = ?3,
        dated = ?4, newest = ?5, lull_seconds = ?6, fresh_at = ?7,
        known_at = coalesce(known_at, ?7)""",
        (
            *(source, None if moved_to is None else storable(moved_to)),
            *(len(published), len(times), None if latest is None else stamp(latest), lull),
            stamp(now if fresh or fresh_at is None else fresh_at),
        ),
    )


def usable(published: Iterable[datetime | None], now: datetime) -> list[datetime]:
    """The times that tell something, newest first: none of the future, and none where all items
    bear one and the same, which is when they were asked for.
    """
    times = sorted((at for at in published if at and at <= now + FUTURE), reverse=True)
    alike = len(times) > 2 and times[0] - times[-1] < timedelta(minutes=1)
    return [] if alike else times


def longest_pause(
    known: float, fresh_at: datetime | None, times: Sequence[datetime], now: datetime
) -> float:
    """The longest pause in seconds, with the one that has just ended, or with those between the
    items of a first listing. Its oldest tenth may be pinned there for years, and is left out.
    """
    if fresh_at is None:
        kept = times[: len(times) - len(times) // 10 - 1]
        pauses = [(later - earlier).total_seconds() for later, earlier in pairwise(kept)]
        longest = max(pauses, default=0.0)
    else:
        pause = max((now - fresh_at).total_seconds(), 0.0)
        longest = max(known * math.exp(-pause / LULL_FADES.total_seconds()), pause)
    return min(longest, LULL_MAX.total_seconds())


def diagnose(connection: Connection, found: Mapping[str, Diagnosis]) -> None:
    """Write down what is wrong with these sources (by address) and since when; inside the open
    transaction.
    """
    connection.many(
        """UPDATE checkups SET condition = ?, since = ?
        WHERE source = (SELECT id FROM sources WHERE url = ?)""",
        [
            (condition, None if since is None else stamp(since), url)
            for url, (condition, since) in found.items()
        ],
    )
