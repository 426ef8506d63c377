"""The index of stories: one story from two workers at once, exact after a crash, pruned by age."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Barrier
from pathlib import Path

from newsroom import NOON, Newsroom, a_verdict, an_article
from sqlite_utils import Database

from storage.migrations import steps
from storage.store import Store
from storage.times import instant
from watch.gazetteer import Gazetteer
from watch.headings import headings, spell
from watch.ingest import ingest
from watch.records import Article, Level, Relation
from watch.seeds import Match
from watch.sketch import sketch
from watch.topics import Topic, Topics

forked = multiprocessing.get_context("fork")
TOPICS = Topics(
    [Topic(id="homes", name_ar="البيوت", name_en="Homes", match=Match(phrases=("بيوتهم",)))],
    Gazetteer({}, {}),
)
TEXT = (
    "عاد أهالي الحي الشرقي إلى بيوتهم صباح اليوم بعد أسبوع من النزوح.\n\n"
    "وقال المختار إن الطريق صار سالكا وإن المياه عادت إلى الخزانات قبل الظهر."
)


def printed(number: int, **changed: object) -> Article:
    """The same report at a host of its own."""
    same = replace(an_article(number), title="عودة الأهالي إلى بيوتهم", text=TEXT)
    return replace(same, **changed)  # type: ignore[arg-type]


def read_at_once(database: Path, number: int, start: Barrier, said: Pipe) -> None:
    with Store(database) as store:
        start.wait(20)
        done = ingest(printed(number), TOPICS, store.stories)
        assert done.recorded is not None
        said.send((done.recorded.story, done.recorded.alerts, str(done.relation)))


def test_two_workers_that_read_one_report_in_one_second_make_one_story(database: Path) -> None:
    with Store(database) as store:
        Newsroom(store).reader(1, "homes", level=Level.MENTION)
    start = forked.Barrier(2)
    pipes, workers = [], []
    for number in (1, 2):
        ours, theirs = forked.Pipe(duplex=False)
        work = (database, number, start, theirs)
        workers.append(forked.Process(target=read_at_once, args=work, daemon=True))
        workers[-1].start()
        pipes.append(ours)
    told = [pipe.recv() for pipe in pipes if pipe.poll(30)]
    for worker in workers:
        worker.join(20)
    assert len({story for story, _, _ in told}) == 1
    assert sorted(alerts for _, alerts, _ in told) == [0, 1]
    assert {relation for _, _, relation in told} == {"new", "reprint"}


def indexed(store: Store) -> set[tuple[int, int]]:
    """Hashes and headings with their tellings; headings are far greater."""
    rows = store._connection.execute("SELECT * FROM sketches UNION ALL SELECT * FROM headings")
    return set(rows.fetchall())


def recomputed(store: Store, tellings: Iterable[int] | None = None) -> set[tuple[int, int]]:
    rows = store._connection.execute("SELECT id, title, text, seen_at FROM tellings").fetchall()
    return {
        (value, telling)
        for telling, title, text, seen in rows
        if tellings is None or telling in set(tellings)
        for value in (*sketch(title, text), *headings(title, text, instant(seen)).kept)
    }


def work_until_killed(database: Path, said: Pipe) -> None:
    with Store(database) as store:
        number = store.archive.status(NOON).articles
        while True:
            number += 1
            text = f"{TEXT}\n\nرقم النشرة {number} من مكتب البلدية في يومها {number * 7}."
            ingest(printed(number, text=text), TOPICS, store.stories)
            said.send(number)


def test_killed_at_any_instant_the_index_holds_what_the_articles_say(database: Path) -> None:
    Store(database).close()
    for kill in range(5):
        ours, theirs = forked.Pipe(duplex=False)
        worker = forked.Process(target=work_until_killed, args=(database, theirs), daemon=True)
        worker.start()
        for _ in range(2 + kill):
            assert ours.poll(20)
            ours.recv()
        worker.kill()
        worker.join(20)
        with Store(database) as store:
            assert indexed(store) == recomputed(store)


def test_what_is_past_the_window_leaves_the_index_and_stays_in_the_archive(
    store: Store,
) -> None:
    for number in range(1, 6):
        text = f"{TEXT} {number}"
        ingest(printed(number, text=text), TOPICS, store.stories)
    later = NOON + timedelta(days=8)
    for number in range(6, 12):
        ingest(printed(number, text=f"خبر آخر {number}", first_seen=later), TOPICS, store.stories)
    assert indexed(store) == recomputed(store, range(6, 12))
    assert store.archive.status(later).articles == 11


def test_titles_leave_the_index_after_their_hours(store: Store) -> None:
    for hours in (0, 2, 4, 6):
        seen = NOON + timedelta(hours=hours)
        ingest(printed(hours + 1, text=f"خبر {hours}", first_seen=seen), TOPICS, store.stories)
    now = spell(NOON + timedelta(hours=6))
    kept = {
        heading
        for hours in (4, 6)
        for heading in headings(
            "عودة الأهالي إلى بيوتهم", f"خبر {hours}", NOON + timedelta(hours=hours)
        ).kept
        if heading >= now
    }
    rows = store._connection.execute("SELECT DISTINCT heading FROM headings").fetchall()
    assert {heading for (heading,) in rows} == kept


def test_a_database_of_the_first_version_keeps_its_deliveries(database: Path) -> None:
    old = Database(database)
    steps.apply(old, stop_before="0005_cards")
    old.execute(
        "INSERT INTO readers (chat_id, kind, language, since) VALUES (7, 'private', 'ar', '')"
    )
    old.execute("INSERT INTO stories (id, first_seen) VALUES (1, '')")
    old.execute(
        """INSERT INTO articles (id, story, site, outlet, url, identity, language, first_seen,
        alerts, relation, score, telling) VALUES (1, 1, 's', 'o', 'u', 'i', 'ar',
        '2026-03-05T12:00:00.000000Z', 1, 'new', 1, 1),
        (2, 1, 's', 'p', 'v', 'j', 'ar', '2026-03-05T12:00:00.000000Z', 1, 'reprint', 1, 2)"""
    )
    old.execute(
        """INSERT INTO tellings (id, article, seen_at, title, text)
        VALUES (1, 1, '', 't', 'x'), (2, 2, '', 't', 'x')"""
    )
    old.execute(
        """INSERT INTO subscriptions (topic, chat_id, level, since)
        VALUES ('aleppo', 7, 'about', '')"""
    )
    old.execute("INSERT INTO hits VALUES (1, 'aleppo', 'about', 1, '[]', '[]', '')")
    old.execute(
        """INSERT INTO deliveries (chat_id, story, kind, article, state, owed_at, message_id,
        sent_at) VALUES (7, 1, 'alert', 1, 'sent', '', 501, '2026-03-05T12:00:00.000000Z'),
        (7, 1, 'edit', 1, 'owed', '', NULL, NULL)"""
    )
    old.conn.commit()
    old.close()
    with Store(database) as store:
        (edit,) = Newsroom(store).claims()
        assert (edit.kind, edit.message_id) == ("edit", 501)
        assert [printing.voice for printing in edit.card.printings] == [1, 1]
        verdict = a_verdict(Relation.REPRINT, story=1, copies=2)
        with store.transaction():
            store.stories.record(printed(3), verdict)
        voices = store._connection.execute("SELECT voice FROM articles").fetchall()
        assert voices == [(1,), (1,), (1,)]


def test_the_headings_of_an_older_index_go_from_among_its_passages(database: Path) -> None:
    old = Database(database)
    steps.apply(old, stop_before="0060_headings")
    flashes = range(2**46, 2**46 + 2**36, 2**33)  # where their headings lay
    passages = {1, 2**46 - 1, 2**46 + 2**36}
    hashes = [*flashes, *passages]
    old["sketches"].insert_all({"hash": one, "telling": at} for at, one in enumerate(hashes))
    old.close()
    with Store(database) as store:
        assert {row["hash"] for row in store._connection.db["sketches"].rows} == passages
