"""Killed at any instant, the memory is whole: what was committed is there, and no half of more."""

from __future__ import annotations

import multiprocessing
import os
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from newsroom import LEASE, NOON, Newsroom, a_hit, an_article

from storage.outbox import Sent
from storage.sources import Link
from storage.store import Store
from storage.summaries import Summary

KILLS = 12
FEED = "https://news1.example/feed"
READERS = (1, 2, 3)

forked = multiprocessing.get_context("fork")


def crawl(database: Path, said: Pipe) -> None:
    """Poll and record for ever; say each article's number once it is committed."""
    with Store(database) as store:
        newsroom = Newsroom(store)
        store.sources.sync([("site1", FEED, "feed")], NOON)
        newsroom.printed = store.archive.status(NOON).articles
        while True:
            number = newsroom.printed + 1
            listed = [Link(url=an_article(n).url) for n in range(max(1, number - 9), number + 1)]
            store.sources.found(
                FEED, listed, etag=str(number), last_modified=None, now=NOON, due_at=NOON
            )
            hits = (a_hit(), a_hit("damascus")) if number % 3 else ()
            newsroom.prints(*hits, site="site1", outlet="المنبر")
            said.send(number)


def deliver(database: Path, said: Pipe) -> None:
    """Claim, send and settle for ever; what was sent stands in Telegram's own book, a file."""
    with Store(database) as store, database.with_name("telegram").open("a") as telegram:
        newsroom = Newsroom(store)
        run = int(store.archive.status(NOON).sent) + 1
        now = NOON + timedelta(seconds=20 * run)  # the leases of those killed before run out
        while True:
            for delivery in newsroom.claims(now, holder=str(os.getpid())):
                telegram.write(f"{delivery.chat_id} {delivery.card.story}\n")
                telegram.flush()
                newsroom.settles(delivery, Sent(delivery.id), now)
            now += LEASE
            said.send(0)


def gather(database: Path, said: Pipe) -> None:
    """Hold, tell and send for ever; a summary's page names its stories."""
    with Store(database) as store, database.with_name("telegram").open("a") as telegram:
        newsroom = Newsroom(store)
        with database.with_name("lives").open("a") as book:
            book.write(".")
            lives = book.tell()  # some lives of twenty seconds outlast any lease of one killed
        now = NOON + timedelta(hours=1, seconds=20 * lives)
        while True:
            for delivery in newsroom.claims(now, limit=3, holder=str(os.getpid())):
                telegram.write(f"{delivery.chat_id} {delivery.card.story}\n")
                telegram.flush()
                newsroom.settles(delivery, Sent(delivery.id), now)
            said.send(0)
            store.summaries.tell(now + timedelta(hours=2), named)
            said.send(0)
            for page in store.answers.claim(
                now, holder="one", lease_seconds=30, limit=3, summaries=True
            ):
                for story in page.html.split():
                    telegram.write(f"{page.chat_id} {story}\n")
                telegram.flush()
                store.answers.settle(page, Sent(1), now=now, next_at=now)
            now += LEASE
            said.send(0)


def named(summary: Summary) -> list[str]:
    return [" ".join(str(told.card.story) for told in summary.stories)]


def killed(work: Callable[[Path, Pipe], None], database: Path, steps: int) -> list[int]:
    """Let a child work until it has said so many things, kill it in its next one; what it said."""
    ours, theirs = forked.Pipe(duplex=False)
    child = forked.Process(target=work, args=(database, theirs), daemon=True)
    child.start()
    theirs.close()
    said = [ours.recv() for _ in range(steps)]
    child.kill()
    child.join()
    try:
        while True:
            said.append(ours.recv())
    except EOFError:
        return said


def whole(store: Store) -> int:
    """Assert that everything kept is kept whole; return how many articles there are."""
    ask = store._connection.execute
    assert ask("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert ask("PRAGMA foreign_key_check").fetchall() == []
    ask("INSERT INTO words (words) VALUES ('integrity-check')")
    count = int(ask("SELECT count(*) FROM articles").fetchone()[0])
    kept = ask(
        """SELECT articles.id, (SELECT count(*) FROM hits WHERE article = articles.id),
        (SELECT count(*) FROM deliveries WHERE article = articles.id),
        (SELECT count(*) FROM tellings WHERE article = articles.id),
        (SELECT wanted FROM links WHERE links.url = articles.url) FROM articles ORDER BY id"""
    ).fetchall()
    hits, alerts = (2, len(READERS)), (0, 0)
    assert kept == [
        (number, *(hits if number % 3 else alerts), 1, 0) for number in range(1, count + 1)
    ]
    assert len(store.archive.search("الأهالي", limit=count + 1)) == count
    return count


def test_a_crawl_killed_at_any_instant_leaves_whole_articles(database: Path) -> None:
    dice = random.Random(7)
    with Store(database) as store:
        for reader in READERS:
            Newsroom(store).reader(reader, "aleppo", "damascus")
    for _ in range(KILLS):
        said = killed(crawl, database, dice.randrange(1, 12))
        with Store(database) as store:
            count = whole(store)
            assert count - said[-1] in (0, 1)  # the last commit may not have been said
            (feed,) = store.sources.sync([("site1", FEED, "feed")], NOON)
            wanted = store.sources.unchanged(FEED, now=NOON, due_at=NOON)
            # the validators of a poll never outlive the links it found
            assert int(feed.etag or 0) - count == len(wanted)
            assert len(wanted) <= 1


def test_a_delivery_killed_at_any_instant_loses_nothing_and_repeats_only_what_was_open(
    database: Path,
) -> None:
    dice = random.Random(11)
    with Store(database) as store:
        newsroom = Newsroom(store)
        for reader in READERS:
            newsroom.reader(reader, "aleppo")
        for _ in range(150):
            newsroom.prints(a_hit())
    lives = 0
    with Store(database) as store:
        while store.outbox.owed() or lives < KILLS:
            killed(deliver, database, dice.randrange(1, 14))
            lives += 1
        sent = Counter(database.with_name("telegram").read_text().splitlines())
        stories = range(1, 151)
        assert set(sent) == {f"{chat} {story}" for chat in READERS for story in stories}
        repeats = sum(sent.values()) - len(sent)
        assert repeats <= lives  # at most the one send that was open when each was killed
        assert store.archive.status(NOON).sent == len(sent)


def test_what_is_held_is_told_whenever_the_bot_is_killed(database: Path) -> None:
    dice = random.Random(13)
    with Store(database) as store:
        newsroom = Newsroom(store)
        for reader in READERS:
            newsroom.reader(reader, "aleppo")
            store.preferences.gather(reader, "hourly")
        store.preferences.urge(READERS[0], "aleppo", True)  # who gets every alert by itself
        for _ in range(30):
            newsroom.prints(a_hit())

        def left() -> int:
            return store.outbox.owed() + sum(map(store.summaries.held, READERS))

        lives = 0
        while left() + store.answers.owed() or lives < KILLS:
            killed(gather, database, dice.randrange(1, 9))
            lives += 1
        sent = Counter(database.with_name("telegram").read_text().splitlines())
    assert set(sent) == {f"{chat} {story}" for chat in READERS for story in range(1, 31)}
    pages = 30  # a page that is sent twice repeats all that it names
    assert sum(sent.values()) - len(sent) <= lives * pages
