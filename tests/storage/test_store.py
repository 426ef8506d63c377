"""Opening and refusing: what is said when the file cannot be used is one line with the remedy."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlite_utils
from newsroom import NOON, Newsroom, a_hit, a_verdict, an_article
from sqlite_utils import Database, Migrations

from storage.connection import Connection
from storage.errors import StoreBusy, StoreError
from storage.migrations import migrate, steps
from storage.outbox import Gone, Later, Refused, Sent, Unknown
from storage.sources import Link
from storage.store import Store
from watch.records import Relation


def schema(path: Path) -> set[str]:
    with sqlite3.connect(path) as raw:
        return {sql for (sql,) in raw.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL")}


def test_a_fresh_database_is_made_with_its_folder_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "munadi.db"
    with Store(path) as store:
        store.people.welcome(1, "private", "ar", NOON)
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_a_file_that_others_could_read_is_closed_to_them(database: Path) -> None:
    Store(database).close()
    database.chmod(0o644)
    Store(database).close()
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_the_connection_is_as_promised(store: Store) -> None:
    pragmas = {
        name: store._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
    }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL: a power cut costs no committed row
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }


def test_reopening_changes_nothing_and_keeps_everything(database: Path) -> None:
    with Store(database) as store:
        Newsroom(store).prints(a_hit())
        before = schema(database)
    with Store(database) as store:
        assert store.archive.status(NOON).articles == 1
        assert schema(database) == before


def test_closing_twice_is_no_error(database: Path) -> None:
    store = Store(database)
    store.close()
    store.close()


def test_a_database_of_an_earlier_step_is_brought_up_to_date(database: Path) -> None:
    connection = Connection(database)
    steps.apply(connection.db, stop_before="0003_readers")
    connection.close()
    with Store(database) as store:
        Newsroom(store).reader(1, "aleppo")


def test_a_newer_database_is_refused_and_left_as_it_is(database: Path) -> None:
    Store(database).close()
    newer = Migrations("munadi")
    newer(name="0099_from_the_future")(lambda db: db.execute("CREATE TABLE future (id)"))
    newer.apply(sqlite_utils.Database(database))
    before = schema(database)
    with pytest.raises(StoreError, match=r"munadi\.db was written by a newer munadi .*upgrade"):
        Store(database)
    assert schema(database) == before


def test_a_step_that_fails_leaves_nothing_behind(database: Path) -> None:
    broken = Migrations("munadi")

    @broken(name="0001_half")
    def _half(db: Database) -> None:
        db.execute("CREATE TABLE half (id)")
        raise ZeroDivisionError

    connection = Connection(database)
    with pytest.raises(ZeroDivisionError):
        migrate(connection, broken)
    connection.close()
    assert schema(database) == set()
    Store(database).close()


def test_another_programs_database_is_refused(database: Path) -> None:
    sqlite_utils.Database(database)["dogs"].insert({"name": "عنتر"})
    with pytest.raises(StoreError, match="another program"):
        Store(database)
    assert sqlite_utils.Database(database).table_names() == ["dogs"]


def test_a_file_that_is_no_database_is_refused_and_kept(database: Path) -> None:
    database.write_text("ليس قاعدة بيانات\n" * 100)
    with pytest.raises(StoreError, match=r"munadi\.db is not a database: move it away"):
        Store(database)
    assert database.read_text().startswith("ليس")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        Store(tmp_path)


def test_a_damaged_database_is_told_from_a_full_disk(database: Path) -> None:
    with Store(database) as store:
        newsroom = Newsroom(store)
        for _ in range(50):
            newsroom.prints(a_hit(), text="نص طويل " * 200)
    with database.open("r+b") as file:
        for page in range(1, database.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(os.urandom(4096))
    with pytest.raises(StoreError, match="is damaged: restore a backup"):
        Store(database)


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Root may write anywhere, so stop being root for the test."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65_534)
    yield
    os.seteuid(before)


def shut(folder: Path, mode: int) -> None:
    """Let the test's user reach the folder, and do no more in it than `mode` says."""
    for parent in [*folder.parents][:3]:
        if parent != Path("/tmp"):  # noqa: S108 - the folder of all folders is open already
            parent.chmod(parent.stat().st_mode | 0o055)
    for file in folder.iterdir():
        file.chmod(mode & 0o666)
    folder.chmod(mode)


@pytest.fixture
def sealed(tmp_path: Path, unprivileged: None) -> Path:
    """A folder with a database, which this user may read and not write."""
    user, _ = os.geteuid(), os.seteuid(os.getuid())
    Store(tmp_path / "munadi.db").close()
    shut(tmp_path, 0o555)
    os.seteuid(user)
    return tmp_path


@pytest.mark.parametrize("name", ["munadi.db", "new.db", "new/folder/munadi.db"])
def test_a_place_that_cannot_be_written_is_named_with_the_remedy(sealed: Path, name: str) -> None:
    with pytest.raises(StoreError, match=r"cannot be written \(.*writable for this user"):
        Store(sealed / name)


def test_a_database_that_turns_read_only_while_open_loses_nothing(store: Store) -> None:
    newsroom = Newsroom(store)
    newsroom.prints(a_hit())
    store._connection.execute("PRAGMA query_only=ON")
    with pytest.raises(StoreError, match=r"munadi\.db cannot be written"):
        newsroom.prints(a_hit())
    store._connection.execute("PRAGMA query_only=OFF")
    assert store.archive.status(NOON).articles == 1
    newsroom.prints(a_hit())
    assert store.archive.status(NOON).articles == 2


def test_a_full_disk_takes_whole_articles_or_none_and_goes_on_when_there_is_room(
    store: Store,
) -> None:
    newsroom = Newsroom(store)
    newsroom.reader(1, "aleppo")
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count={pages + 20}")

    def fill() -> None:
        while True:
            newsroom.prints(a_hit(), text="نص يملأ القرص. " * 300)

    with pytest.raises(StoreError, match=r"munadi\.db has no room to grow: free some disk space"):
        fill()
    whole = newsroom.printed - 1
    assert whole > 0
    assert newsroom.count("articles") == newsroom.count("deliveries") == whole
    assert newsroom.count("hits") == newsroom.count("tellings") == whole
    assert len(newsroom.claims()) == 1
    store._connection.execute(f"PRAGMA max_page_count={pages + 2000}")
    newsroom.prints(a_hit())
    assert newsroom.count("articles") == whole + 1


def test_a_lock_that_is_held_too_long_is_busy_and_then_free(store: Store, database: Path) -> None:
    newsroom = Newsroom(store)
    store._connection.execute("PRAGMA busy_timeout=50")
    with Store(database) as other:
        with other.transaction():
            with pytest.raises(StoreBusy, match=r"munadi\.db is locked by another process"):
                newsroom.prints(a_hit())
            assert store.archive.status(NOON).articles == 0  # reading needs no lock
        newsroom.prints(a_hit())
        assert other.archive.status(NOON).articles == 1


def test_our_own_bugs_are_not_dressed_up_as_the_files_fault(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="syntax"), store.transaction():
        store._connection.execute("SELEC 1")
    with store.transaction():
        store.stories.record(an_article(1), a_verdict())


# Every question asked for each poll, article or message finds its rows through an index


def test_no_hot_question_walks_a_table(newsroom: Newsroom) -> None:
    asked: list[str] = []
    store = newsroom.store
    sources = store.sources
    store._connection.db.conn.set_trace_callback(asked.append)
    newsroom.reader(1, "aleppo")
    sources.sync([("site1", "https://news1.example/feed", "feed")], NOON)
    sources.found(
        "https://news1.example/feed", [], etag=None, last_modified=None, now=NOON, due_at=NOON
    )
    newsroom.prints()  # with the first article, the index of words reads its own settings
    del asked[:]
    everything_a_day_asks(newsroom)
    store._connection.db.conn.set_trace_callback(None)
    walks = {
        (step, sql)
        for sql in asked
        if sql.lstrip().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"))
        for *_, step in store._connection.execute(f"EXPLAIN QUERY PLAN {sql}")
        if step.startswith("SCAN") and not harmless(step)
    }
    assert not walks


def everything_a_day_asks(newsroom: Newsroom) -> None:
    store, feed = newsroom.store, "https://news1.example/feed"
    later = NOON + timedelta(minutes=1)
    for title in ("قبل", "بعد"):
        links = [Link(url=f"https://news1.example/{n}", title=title) for n in range(3)]
        store.sources.found(feed, links, etag=None, last_modified=None, now=NOON, due_at=NOON)
    store.sources.unchanged(feed, now=NOON, due_at=NOON)
    store.sources.failed(feed, "timeout", now=NOON, due_at=NOON)
    store.sources.unreadable(links[1].url, "no-body", retry_at=later)
    store.sources.read(links[2].url)
    first = newsroom.prints(a_hit(), verdict=a_verdict(sketch=(1, 2)))
    store.stories.known("site9:9", "https://nowhere.example/")
    store.stories.relatives([1, 2, 3], NOON, 5)
    answers = (Unknown(""), Later(1.0, ""), Later(1.0, "", chat_only=False), Sent(501))
    for minute, answer in enumerate(answers):
        (delivery,) = newsroom.claims(NOON + minute * timedelta(minutes=1))
        newsroom.settles(delivery, answer, NOON + minute * timedelta(minutes=1))
    joins = a_verdict(Relation.UPDATE, story=first.story)
    newsroom.prints(a_hit(), verdict=joins, outlet="صحيفة 1")
    newsroom.prints(a_hit(), verdict=a_verdict(Relation.FOLLOW_UP, follows=first.story))
    for answer in (Refused(""), Gone("")):
        (delivery,) = newsroom.claims(NOON + timedelta(hours=1))
        newsroom.settles(delivery, answer, NOON + timedelta(hours=1) - timedelta(minutes=1))
    store.outbox.release("one")
    store.archive.search("عودة الأهالي")


def harmless(step: str) -> bool:
    """Lists that were handed in, the text index itself, and indexes of only what is owed now."""
    return any(
        small in step
        for small in (
            "json_each", "listed VIRTUAL", "SCAN wanted", "VIRTUAL TABLE", "CONSTANT ROW",
            "readers USING INDEX readers_owed", "readers USING INDEX readers_edit_due",
            "SCAN alike", "SCAN sharing", "SCAN first", "deliveries_claimed",
        )
    )  # fmt: skip
