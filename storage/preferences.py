"""What readers wish: quiet hours, digests, a limit, what rings; kept beside their subscriptions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from storage.connection import Connection
from storage.hours import Hours
from storage.times import instant, stamp, storable

ZONE = "Asia/Damascus"  # of readers who never named one
FOR_EVER = datetime(9999, 12, 31, tzinfo=UTC)  # a mute without an end

TABLES = """
CREATE TABLE preferences (
    chat_id INTEGER PRIMARY KEY REFERENCES readers (chat_id) ON DELETE CASCADE ON UPDATE CASCADE,
    zone TEXT NOT NULL DEFAULT 'Asia/Damascus',
    quiet TEXT,                                -- "23:00-07:00" by the zone's clock, NULL: none
    digest TEXT,                               -- "hourly", "08:00", NULL: every alert at once
    hourly_limit INTEGER,                      -- alerts in an hour, NULL: none
    muted_until TEXT NOT NULL DEFAULT '',      -- nothing rings before
    live INTEGER,                              -- the delivery that gathers what is over the limit
    live_until TEXT NOT NULL DEFAULT ''
);
ALTER TABLE subscriptions ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscriptions ADD COLUMN muted_until TEXT NOT NULL DEFAULT '';
"""

DRAFTS = "ALTER TABLE preferences ADD COLUMN draft TEXT"  # a typed line that is not kept yet
THREADS = "ALTER TABLE preferences ADD COLUMN thread INTEGER"  # the topic of a forum, NULL: General


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """One reader's wishes, and what a reader who never said any has."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(ZONE))
    quiet: Hours | None = None
    digest: str | None = None  # as `storage.hours` takes it
    hourly_limit: int | None = None
    muted_until: datetime | None = None
    thread: int | None = None  # the topic of a forum that alerts go to


@dataclass(frozen=True, slots=True)
class Wish:
    """How one topic is told: `urgent` breaks through quiet hours, digests and the limit."""

    urgent: bool
    muted_until: datetime | None


class Preferences:
    """Table `preferences` and two columns of `subscriptions`. Each call is one transaction.

    A change lets what is held be looked at again, so that nothing waits by an old wish.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, chat_id: int) -> Preference:
        """What this reader wishes."""
        with self._connection.reading():
            return preference(self._connection, chat_id)

    def wishes(self, chat_id: int) -> dict[str, Wish]:
        """How each followed topic is told."""
        with self._connection.reading():
            rows = self._connection.execute(
                "SELECT topic, urgent, muted_until FROM subscriptions WHERE chat_id = ?", (chat_id,)
            ).fetchall()
        return {
            topic: Wish(bool(urgent), instant(until) if until else None)
            for topic, urgent, until in rows
        }

    def be_quiet(self, chat_id: int, hours: Hours | None, zone: ZoneInfo | None = None) -> None:
        """Keep quiet hours, None for none, and the reader's zone where one is given."""
        written = None if hours is None else str(hours)
        self._keep(chat_id, "quiet", written)
        if zone is not None:
            self._keep(chat_id, "zone", zone.key)

    def gather(self, chat_id: int, digest: str | None) -> None:
        """Send digests, `hourly` or at a time of day; None for every alert at once."""
        self._keep(chat_id, "digest", digest)

    def limit(self, chat_id: int, alerts: int | None) -> None:
        """Send at most so many single alerts in an hour, None for no limit."""
        self._keep(chat_id, "hourly_limit", alerts)

    def mute(self, chat_id: int, until: datetime | None, topic: str | None = None) -> bool:
        """Ring for nothing, or not for one topic, until then; None rings again.

        False when the topic is not followed.
        """
        written = "" if until is None else stamp(until)
        if topic is None:
            self._keep(chat_id, "muted_until", written)
            return True
        return self._wish(chat_id, topic, "muted_until", written)

    def urge(self, chat_id: int, topic: str, urgent: bool) -> bool:
        """Let a topic break through, or no more; False when it is not followed."""
        return self._wish(chat_id, topic, "urgent", int(urgent))

    def place(self, chat_id: int, thread: int | None) -> None:
        """Send alerts to this topic of a forum, None for its General; the reader must exist."""
        if self.of(chat_id).thread != thread:
            self._keep(chat_id, "thread", thread)

    def draft(self, chat_id: int) -> str | None:
        """The line that this reader was asked about last, if it is still open."""
        with self._connection.reading():
            row = self._connection.execute(
                "SELECT draft FROM preferences WHERE chat_id = ?", (chat_id,)
            ).fetchone()
        return None if row is None else row[0]

    def consider(self, chat_id: int, line: str | None) -> None:
        """Remember a line until the reader, who must exist, keeps or drops it; None drops it."""
        if line is not None or self.draft(chat_id) is not None:
            self._keep(chat_id, "draft", None if line is None else storable(line))

    def _keep(self, chat_id: int, column: str, value: str | int | None) -> None:
        with self._connection.transaction():
            self._connection.execute(
                f"""INSERT INTO preferences (chat_id, {column}) VALUES (?1, ?2)
                ON CONFLICT (chat_id) DO UPDATE
                SET {column} = excluded.{column}""",  # noqa: S608 (columns are named above)
                (chat_id, value),
            )
            self._look_again(chat_id)

    def _wish(self, chat_id: int, topic: str, column: str, value: str | int) -> bool:
        with self._connection.transaction():
            changed = self._connection.execute(
                f"""UPDATE subscriptions SET {column} = ?
                WHERE chat_id = ? AND topic = ?""",  # noqa: S608 (columns are named above)
                (value, chat_id, topic),
            )
            self._look_again(chat_id)
            return changed.rowcount > 0

    def _look_again(self, chat_id: int) -> None:
        self._connection.execute(
            "UPDATE deliveries SET due_at = '' WHERE chat_id = ? AND state = 'held'", (chat_id,)
        )


def preference(connection: Connection, chat_id: int) -> Preference:
    """What a reader wishes, inside an open transaction."""
    row = connection.execute(
        """SELECT zone, quiet, digest, hourly_limit, muted_until, thread FROM preferences
        WHERE chat_id = ?""",
        (chat_id,),
    ).fetchone()
    if row is None:
        return Preference()
    zone, quiet, digest, hourly_limit, muted_until, thread = row
    return Preference(
        zone=ZoneInfo(zone),
        quiet=None if quiet is None else Hours.read(quiet),
        digest=digest,
        hourly_limit=hourly_limit,
        muted_until=instant(muted_until) if muted_until else None,
        thread=thread,
    )


def muted(connection: Connection, chat_id: int, topics: Collection[str], at: str) -> bool:
    """Whether a message for these topics does not ring: all of them are muted, or everything is."""
    everything = connection.execute(
        "SELECT 1 FROM preferences WHERE chat_id = ? AND muted_until > ?", (chat_id, at)
    ).fetchone()
    if everything is not None:
        return True
    rows = connection.execute(
        "SELECT topic FROM subscriptions WHERE chat_id = ? AND muted_until > ?", (chat_id, at)
    )
    return set(topics) <= {topic for (topic,) in rows}
