"""Lines that readers save: kept, compiled, in force from the next article on, and forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from storage.store import Store
from watch.gazetteer import Gazetteer
from watch.matching import match
from watch.records import Level
from watch.topics import Topics

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
READER, OTHER = 71, 72


def bare() -> Topics:
    return Topics((), Gazetteer({}, {}))


def hit(text: str, topics: Topics) -> list[str]:
    return [found.topic for found in match("", text, topics)]


def test_a_saved_line_is_a_topic_from_the_next_article_on(store: Store) -> None:
    store.people.welcome(READER, "private", "ar", NOW)
    topics = bare()
    revision = store.watches.bring_up(topics, 0)
    assert revision == store.watches.revision() == 0
    kept = store.watches.keep(READER, "سد مأرب", "السد", NOW)
    assert store.watches.revision() > revision
    revision = store.watches.bring_up(topics, revision)
    assert hit("امتلأ سد قرب مأرب بعد السيول", topics) == [kept.topic]
    assert [topic.name_ar for topic in topics] == ["السد"]
    assert store.watches.bring_up(topics, revision) == store.watches.revision() == revision


def test_its_reader_follows_it(store: Store) -> None:
    store.people.welcome(READER, "private", "ar", NOW)
    kept = store.watches.keep(READER, "سد مأرب", "السد", NOW, Level.MENTION)
    (followed,) = store.people.followed(READER)
    assert (followed.topic, followed.level) == (kept.topic, Level.MENTION)
    assert store.watches.of(READER) == [kept]
    assert store.watches.of(OTHER) == []


def test_a_line_saved_twice_is_one(store: Store) -> None:
    store.people.welcome(READER, "private", "ar", NOW)
    first = store.watches.keep(READER, "سد مأرب", "السد", NOW)
    assert store.watches.keep(READER, "سد مأرب", "سدنا", NOW) == first


def test_a_line_given_up_is_watched_no_more(store: Store) -> None:
    store.people.welcome(READER, "private", "ar", NOW)
    store.people.welcome(OTHER, "private", "ar", NOW)
    kept = store.watches.keep(READER, "سد", "السد", NOW)
    topics = bare()
    revision = store.watches.bring_up(topics, 0)
    assert not store.watches.drop(OTHER, kept.id)
    assert store.watches.drop(READER, kept.id)
    assert not store.watches.drop(READER, kept.id)
    revision = store.watches.bring_up(topics, revision)
    assert len(topics) == 0
    assert store.people.followed(READER) == []
    again = store.watches.keep(READER, "سد", "السد", NOW)
    assert again.id > kept.id  # a number is never given twice
    store.watches.bring_up(topics, revision)
    assert hit("سد", topics) == [again.topic]


def test_who_forgets_takes_the_lines_along(store: Store) -> None:
    store.people.welcome(READER, "private", "ar", NOW)
    store.watches.keep(READER, "سد مأرب", "السد", NOW)
    topics = bare()
    revision = store.watches.bring_up(topics, 0)
    store.people.forget(READER)
    store.watches.bring_up(topics, revision)
    assert len(topics) == 0
    fresh = bare()
    store.watches.bring_up(fresh, 0)
    assert len(fresh) == 0


def test_a_group_that_moves_keeps_its_lines(store: Store) -> None:
    for chat in (READER, OTHER):
        store.people.welcome(chat, "group", "ar", NOW)
    kept = store.watches.keep(READER, "سد مأرب", "السد", NOW)
    store.watches.keep(READER, "جسر", "جسر", NOW)
    store.watches.keep(OTHER, "جسر", "الجسر", NOW)
    store.people.move(READER, OTHER)
    assert {watch.line for watch in store.watches.of(OTHER)} == {"سد مأرب", "جسر"}
    assert kept.topic in {each.topic for each in store.people.followed(OTHER)}
    assert len(store.people.followed(OTHER)) == 2
    topics = bare()
    store.watches.bring_up(topics, 0)
    assert len(topics) == 2


def test_lines_that_make_no_topic_any_more_are_passed_over(store: Store) -> None:
    store.people.welcome(READER, "private", "ar", NOW)
    store.watches.keep(READER, "في:مكان", "مكان", NOW)
    kept = store.watches.keep(READER, "سد", "السد", NOW)
    topics = bare()
    store.watches.bring_up(topics, 0)
    assert [topic.id for topic in topics] == [kept.topic]


def test_another_process_sees_the_revision_move(store: Store, database: Path) -> None:
    with Store(database) as bot:
        bot.people.welcome(READER, "private", "ar", NOW)
        before = store.watches.revision()
        bot.watches.keep(READER, "سد", "السد", NOW)
    assert store.watches.revision() > before
