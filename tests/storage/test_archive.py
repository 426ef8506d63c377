"""The archive finds what was printed, whatever is typed, and reports what is owed."""

from __future__ import annotations

import resource
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsroom import NOON, Newsroom, a_hit, a_verdict

from storage.errors import StoreError
from storage.outbox import Refused, Sent
from storage.search import Found
from storage.store import Store
from watch.records import Level, Relation

BRIDGE = "أعلنت الإدارة المحليّة إعادة فتح الجسر القديم أمام المشاة بعد أعمال ترميم."
BAKERY = "الأفران تعود إلى العمل، والإدارة تَعِد بفتح مخابز أخرى قرب الجسر عام ٢٠٢٦."


@pytest.fixture
def archive(newsroom: Newsroom) -> Newsroom:
    newsroom.prints(a_hit(), a_hit("damascus"), title="الجسر القديم", text=BRIDGE)
    newsroom.prints(title="خبز للمدينة", text=BAKERY)
    return newsroom


def titles(found: Sequence[Found]) -> list[str]:
    return [article.title for article in found]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("الجسر", ["خبز للمدينة", "الجسر القديم"]),
        ("الاداره", ["خبز للمدينة", "الجسر القديم"]),
        ("الإدارة المحلية", ["الجسر القديم"]),
        ('"الجسر القديم"', ["الجسر القديم"]),
        ('"القديم الجسر"', []),
        ("«فتح الجسر» المشاة", ["الجسر القديم"]),
        ("الجسر 2026", ["خبز للمدينة"]),
        ("الجسر البحر", []),
        ("للمدينه", ["خبز للمدينة"]),
        ("المدينة", ["خبز للمدينة"]),
        ("إدارة", []),
    ],
)
def test_every_word_is_sought_as_it_is_folded(
    archive: Newsroom, words: str, found: list[str]
) -> None:
    assert titles(archive.store.archive.search(words)) == found


@pytest.mark.parametrize(
    "words", ["", "   ", '"', '""', "،", "-", "*", "( )", "NOT", "\x00", "\ud800"]
)
def test_what_holds_no_word_of_theirs_finds_nothing(archive: Newsroom, words: str) -> None:
    assert archive.store.archive.search(words) == []


@pytest.mark.parametrize(
    "words", ["الجسر*", "title:الجسر", "الجسر OR", "NEAR(الجسر", 'الجسر"', "^الجسر", "الجسر AND ("]
)
def test_operators_of_the_index_have_no_meaning(archive: Newsroom, words: str) -> None:
    found = titles(archive.store.archive.search(words))
    assert found in ([], ["خبز للمدينة", "الجسر القديم"])


@given(words=st.text(max_size=40))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None
)
def test_nothing_that_can_be_typed_is_an_error(archive: Newsroom, words: str) -> None:
    archive.store.archive.search(words)


def test_a_find_says_what_it_is_and_shows_the_words(archive: Newsroom) -> None:
    (found,) = archive.store.archive.search("المشاة")
    assert (found.outlet, found.url) == ("صحيفة 1", "https://news1.example/1")
    assert (found.first_seen, found.published) == (NOON, NOON)
    assert found.topics == ("aleppo", "damascus")
    assert "المشاة" in found.passage


def test_the_passage_of_a_long_text_is_cut_at_words_around_the_find(newsroom: Newsroom) -> None:
    text = "كلام كثير قبله. " * 100 + "هنا الجسر المقصود. " + "كلام كثير بعده. " * 100
    newsroom.prints(text=text)
    (found,) = newsroom.store.archive.search("المقصود")
    assert found.passage.startswith("… ")
    assert found.passage.endswith(" …")
    assert "هنا الجسر المقصود." in found.passage
    assert len(found.passage) < 240
    assert set(found.passage.split()) <= set(text.split()) | {"…"}


def test_the_newest_come_first_and_no_more_than_asked(newsroom: Newsroom) -> None:
    for number in range(30):
        newsroom.prints(title=f"رقم {number}", text="الجسر")
    assert titles(newsroom.store.archive.search("الجسر", limit=3)) == ["رقم 29", "رقم 28", "رقم 27"]


def test_status_tells_what_is_owed_and_since_when(newsroom: Newsroom) -> None:
    for chat_id in (1, 2, 3):
        newsroom.reader(chat_id, "aleppo")
    newsroom.prints(a_hit())
    newsroom.prints(a_hit(), first_seen=NOON + timedelta(minutes=5))
    one, two, _three = newsroom.claims()
    sent_at = NOON + timedelta(minutes=2)
    newsroom.settles(one, Sent(1), sent_at)
    newsroom.settles(two, Refused("too long"))
    status = newsroom.store.archive.status(NOON)
    assert (status.articles, status.stories, status.readers, status.subscriptions) == (2, 2, 3, 3)
    assert (status.owed, status.owed_since) == (4, NOON)
    assert (status.sent, status.refused, status.last_sent) == (1, 1, sent_at)
    assert (status.wanted, status.unreadable, status.sources) == (0, 0, ())


def test_status_counts_what_is_held_for_a_summary(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.reader(2, "aleppo")
    newsroom.store.preferences.gather(1, "hourly")
    newsroom.prints(a_hit())
    assert [delivery.chat_id for delivery in newsroom.claims()] == [2]
    status = newsroom.store.archive.status(NOON)
    assert (status.owed, status.held) == (1, 1)


def test_an_empty_memory_has_a_status(store: Store) -> None:
    status = store.archive.status(NOON)
    assert (status.owed, status.owed_since, status.last_sent) == (0, None, None)


def test_the_index_is_made_anew_when_the_spelling_changes(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(database) as store:
        Newsroom(store).prints(text="الجسر")
        store._connection.execute("UPDATE state SET value = 'older' WHERE name = 'spelling'")
        store._connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
        assert store.archive.search("الجسر") == []
    with Store(database) as store:
        assert len(store.archive.search("الجسر")) == 1


def test_the_ledger_says_what_became_of_each_article(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    first = newsroom.prints(a_hit())
    (alert,) = newsroom.claims()
    newsroom.settles(alert, Sent(501))
    newsroom.printed = 0
    update = a_verdict(Relation.UPDATE, known=first.article, story=first.story)
    newsroom.prints(a_hit(level=Level.MENTION), verdict=update, text="نص مصحح")
    newsroom.prints(alerts=False)
    one, two = newsroom.store.archive.ledger()
    assert (one.article, one.relation, one.versions) == (first.article, Relation.NEW, 2)
    assert [(hit.topic, hit.level) for hit in one.hits] == [("aleppo", Level.MENTION)]
    assert (one.alerted, one.edited, one.alerts) == (1, 0, True)
    assert (two.hits, two.alerted, two.alerts) == ((), 0, False)
    assert [entry.article for entry in newsroom.store.archive.ledger(limit=1)] == [two.article]


def test_a_backup_that_finds_no_room_leaves_nothing(store: Store, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(StoreError, match=r"copy\.db cannot be written .*another folder"):
            store.archive.backup(tmp_path / "copy.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert set(tmp_path.iterdir()) == before
