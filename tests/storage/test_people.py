"""Readers keep their subscriptions through everything but /forget, which leaves nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from newsroom import NOON, Newsroom, a_hit

from storage.people import Reader, Subscription
from storage.store import Store
from watch.records import Level

CHAT = 7_318_440_912_345  # told from all other numbers in the file


def test_a_new_reader_is_made_and_an_old_one_keeps_his_language(store: Store) -> None:
    made = store.people.welcome(1, "private", "en", NOON)
    assert made == Reader(chat_id=1, kind="private", language="en", paused=None)
    assert store.people.welcome(1, "private", "ar", NOON) == made
    store.people.speak(1, "ar")
    assert store.people.find(1) == Reader(chat_id=1, kind="private", language="ar", paused=None)
    assert store.people.find(2) is None


def test_a_paused_reader_keeps_his_subscriptions_and_returns(store: Store) -> None:
    store.people.welcome(1, "group", "ar", NOON)
    store.people.follow(1, "aleppo", Level.ABOUT, NOON)
    store.people.pause(1, "kicked", NOON)
    store.people.pause(1, "chat not found", NOON)
    reader = store.people.find(1)
    assert reader is not None
    assert reader.paused == "kicked"
    assert store.people.welcome(1, "group", "ar", NOON).paused is None
    assert store.people.followed(1) == [Subscription(topic="aleppo", level=Level.ABOUT)]


def test_follow_and_unfollow_say_whether_anything_changed(store: Store) -> None:
    people = store.people
    people.welcome(1, "private", "ar", NOON)
    assert people.follow(1, "gaza", Level.ABOUT, NOON)
    assert not people.follow(1, "gaza", Level.ABOUT, NOON)
    assert people.follow(1, "gaza", Level.MENTION, NOON)
    assert people.follow(1, "aleppo", Level.ABOUT, NOON)
    assert [(s.topic, s.level) for s in people.followed(1)] == [
        ("aleppo", Level.ABOUT), ("gaza", Level.MENTION)
    ]  # fmt: skip
    assert people.unfollow(1, "gaza")
    assert not people.unfollow(1, "gaza")
    assert people.followed(2) == []


def test_following_without_being_a_reader_is_a_bug(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.people.follow(1, "aleppo", Level.ABOUT, NOON)


def test_a_move_to_itself_changes_nothing(store: Store) -> None:
    store.people.welcome(1, "group", "ar", NOON)
    store.people.move(1, 1)
    store.people.move(2, 3)
    assert store.people.find(1) is not None
    assert store.people.find(3) is None


def test_forget_leaves_nothing_in_the_files(newsroom: Newsroom, database: Path) -> None:
    newsroom.reader(CHAT, "aleppo")
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    newsroom.claims()
    number = CHAT.to_bytes(6, "big")  # as SQLite writes it
    files = [database, database.with_name("munadi.db-wal")]
    assert any(number in file.read_bytes() for file in files)
    newsroom.store.people.forget(CHAT)
    assert newsroom.store.people.find(CHAT) is None
    assert newsroom.store.people.followed(CHAT) == []
    assert newsroom.count("deliveries") == 1
    assert not any(number in file.read_bytes() for file in files if file.exists())


def test_forget_does_not_wait_for_whoever_is_reading(newsroom: Newsroom, database: Path) -> None:
    newsroom.reader(1, "aleppo")
    with Store(database) as other, other._connection.reading():
        assert other.people.find(1) is not None
        newsroom.store.people.forget(1)
    assert newsroom.store.people.find(1) is None


def test_forgetting_a_stranger_is_no_error(store: Store) -> None:
    store.people.forget(99)
