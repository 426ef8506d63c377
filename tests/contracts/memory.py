"""The contract of `watch.ports.Memory`, and the memory in plain dictionaries that meets it.

A test module gives its memory as a fixture and inherits the cases:

    class TestStories(MemoryContract):
        @pytest.fixture
        def memory(self) -> Memory: ...
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from watch.headings import spell
from watch.ports import Memory, Recorded, Stored, Verdict
from watch.recall import Recall
from watch.records import Article, Relation, Telling

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
LONG_AGO = NOON - timedelta(days=365)


class PlainMemory:
    """A memory without a database: nobody follows anything, so no delivery is ever due."""

    def __init__(self) -> None:
        self._recall = Recall()
        self._articles: dict[int, Stored] = {}
        self._addresses: dict[str, int] = {}
        self._verdicts: dict[int, Verdict] = {}
        self._inside = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        assert not self._inside, "a transaction within a transaction"
        before = copy.deepcopy(self.__dict__)
        self._inside = True
        try:
            yield
        except BaseException:
            self.__dict__ = before
            raise
        self._inside = False

    def known(self, identity: str, url: str) -> Stored | None:
        number = self._addresses.get(f"identity {identity}", self._addresses.get(f"url {url}"))
        return None if number is None else self._articles[number]

    def relatives(
        self,
        sketch: Collection[int],
        since: datetime,
        limit: int,
        headings: Collection[int] = (),
    ) -> Sequence[Stored]:
        return self._recall.relatives(sketch, since, limit, headings)

    def opening(self, story: int) -> Stored:
        return self._recall.opening(story)

    def record(self, article: Article, verdict: Verdict) -> Recorded:
        assert self._inside, "record() outside a transaction"
        before = self.known(article.identity, article.url)
        if before is not None and _same(before.telling, article):
            return Recorded(article=before.article, story=before.story, alerts=0, edits=0)
        if verdict.relation is Relation.UPDATE and verdict.known is not None:
            number = verdict.known
            first_seen = self._articles[number].telling.first_seen
        else:
            number = len(self._articles) + 1
            first_seen = article.first_seen
        stored = Stored(
            article=number,
            story=verdict.story or number,
            telling=replace(_telling(article), first_seen=first_seen),
        )
        self._articles[number] = stored
        self._verdicts[number] = verdict
        self._addresses |= {f"identity {article.identity}": number, f"url {article.url}": number}
        self._recall.add(stored, verdict.sketch, verdict.headings)
        return Recorded(article=number, story=stored.story, alerts=0, edits=0)

    def verdict(self, article: int) -> Verdict:
        """What was recorded last about an article, for tests of the judgement."""
        return self._verdicts[article]


def _telling(article: Article) -> Telling:
    return Telling(
        outlet=article.outlet,
        url=article.url,
        title=article.title,
        text=article.text,
        published=article.published,
        first_seen=article.first_seen,
    )


def _same(telling: Telling, article: Article) -> bool:
    return (telling.title, telling.text) == (article.title, article.text)


def an_article(number: int, **changed: object) -> Article:
    """An article of its own outlet and address; `changed` fields replace the invented ones."""
    plain = Article(
        site=f"site{number}",
        outlet=f"صحيفة {number}",
        url=f"https://news{number}.example/{number}",
        identity=f"site{number}:{number}",
        title=f"خبر رقم {number}",
        text=f"نص الخبر رقم {number} كما نشرته الصحيفة.",
        published=NOON,
        updated=None,
        agency=None,
        language="ar",
        first_seen=NOON,
        alerts=True,
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def a_verdict(*sketch: int, **changed: object) -> Verdict:
    """A verdict of `new` with these hashes; `changed` fields replace the plain ones."""
    plain = Verdict(
        relation=Relation.NEW,
        score=1.0,
        known=None,
        story=None,
        follows=None,
        hits=(),
        sketch=sketch,
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def recorded(memory: Memory, article: Article, verdict: Verdict) -> Recorded:
    """Record in a transaction of its own."""
    with memory.transaction():
        return memory.record(article, verdict)


class MemoryContract:
    """What every memory must do; a subclass gives the fixture `memory`, empty."""

    @pytest.fixture
    def memory(self) -> Memory:
        raise NotImplementedError("a test of a memory gives it as a fixture")

    def test_knows_nothing_at_first(self, memory: Memory) -> None:
        with memory.transaction():
            assert memory.known("site1:1", "https://news1.example/1") is None
            assert list(memory.relatives([1, 2, 3], LONG_AGO, 5)) == []

    def test_knows_an_article_by_identity_or_by_address(self, memory: Memory) -> None:
        kept = recorded(memory, an_article(1), a_verdict(1, 2))
        with memory.transaction():
            by_identity = memory.known("site1:1", "https://elsewhere.example/")
            by_address = memory.known("other:9", "https://news1.example/1")
        assert by_identity is not None
        assert by_identity == by_address
        assert (by_identity.article, by_identity.story) == (kept.article, kept.story)

    def test_identity_decides_where_both_are_known(self, memory: Memory) -> None:
        first = recorded(memory, an_article(1), a_verdict(1))
        recorded(memory, an_article(2), a_verdict(2))
        with memory.transaction():
            known = memory.known("site1:1", "https://news2.example/2")
        assert known is not None
        assert known.article == first.article

    def test_gives_back_the_telling_as_it_was(self, memory: Memory) -> None:
        article = an_article(1, title="«هدنة» في <b>المدينة</b> & حولها", text="سطر أول\n\nسطر ثان")
        recorded(memory, article, a_verdict(1))
        with memory.transaction():
            known = memory.known(article.identity, article.url)
        assert known is not None
        assert known.telling == _telling(article)

    @pytest.mark.parametrize("published", [None, NOON.date(), NOON - timedelta(hours=3)])
    def test_keeps_what_was_known_of_the_time(self, memory: Memory, published: object) -> None:
        recorded(memory, an_article(1, published=published), a_verdict(1))
        with memory.transaction():
            known = memory.known("site1:1", "")
        assert known is not None
        assert known.telling.published == published

    def test_the_same_verdict_twice_changes_nothing(self, memory: Memory) -> None:
        first = recorded(memory, an_article(1), a_verdict(1, 2))
        again = recorded(memory, an_article(1), a_verdict(1, 2))
        assert (again.article, again.story) == (first.article, first.story)
        assert (again.alerts, again.edits) == (0, 0)
        with memory.transaction():
            assert len(memory.relatives([1, 2], LONG_AGO, 5)) == 1

    def test_a_new_article_opens_a_story_of_its_own(self, memory: Memory) -> None:
        first = recorded(memory, an_article(1), a_verdict(1))
        second = recorded(memory, an_article(2), a_verdict(2))
        assert first.article != second.article
        assert first.story != second.story

    @pytest.mark.parametrize(
        "relation", [Relation.REPRINT, Relation.SAME_EVENT, Relation.UPDATE], ids=str
    )
    def test_an_article_joins_its_story(self, memory: Memory, relation: Relation) -> None:
        first = recorded(memory, an_article(1), a_verdict(1))
        joins = a_verdict(1, relation=relation, story=first.story, score=0.9)
        second = recorded(memory, an_article(2), joins)
        assert second.article != first.article
        assert second.story == first.story
        with memory.transaction():
            known = memory.known("site2:2", "")
        assert known is not None
        assert known.story == first.story

    def test_a_follow_up_opens_a_story(self, memory: Memory) -> None:
        first = recorded(memory, an_article(1), a_verdict(1))
        follows = a_verdict(1, relation=Relation.FOLLOW_UP, follows=first.story, score=0.7)
        assert recorded(memory, an_article(2), follows).story != first.story

    def test_a_new_version_takes_the_place_of_the_old(self, memory: Memory) -> None:
        first = recorded(memory, an_article(1), a_verdict(1, 2))
        version = an_article(1, text="نص مصحح", first_seen=NOON + timedelta(hours=1))
        update = a_verdict(
            2, 3, relation=Relation.UPDATE, known=first.article, story=first.story, score=1.0
        )
        second = recorded(memory, version, update)
        assert (second.article, second.story) == (first.article, first.story)
        with memory.transaction():
            known = memory.known("site1:1", "")
            assert [kept.article for kept in memory.relatives([3], LONG_AGO, 5)] == [first.article]
            assert list(memory.relatives([1], LONG_AGO, 5)) == []
        assert known is not None
        assert known.telling.text == "نص مصحح"
        assert known.telling.first_seen == NOON

    def test_another_article_takes_over_the_address(self, memory: Memory) -> None:
        first = recorded(memory, an_article(1), a_verdict(1))
        other = an_article(1, title="خبر آخر", text="نص آخر لا صلة له بالأول")
        second = recorded(memory, other, a_verdict(2, known=first.article))
        assert second.article != first.article
        assert second.story != first.story
        with memory.transaction():
            known = memory.known("site1:1", other.url)
            older = memory.relatives([1], LONG_AGO, 5)
        assert known is not None
        assert known.article == second.article
        assert [kept.article for kept in older] == [first.article]

    def test_relatives_share_a_hash_and_the_most_alike_come_first(self, memory: Memory) -> None:
        one = recorded(memory, an_article(1), a_verdict(10, 11, 12, 13)).article
        two = recorded(memory, an_article(2), a_verdict(10, 11, 12)).article
        recorded(memory, an_article(3), a_verdict(98, 99))
        four = recorded(memory, an_article(4), a_verdict(10, 11, 12, 50)).article
        with memory.transaction():
            found = memory.relatives([10, 11, 12, 13], LONG_AGO, 5)
            capped = memory.relatives([10, 11, 12, 13], LONG_AGO, 2)
            nobody = memory.relatives([], LONG_AGO, 5)
        assert [kept.article for kept in found] == [one, two, four]
        assert [kept.article for kept in capped] == [one, two]
        assert list(nobody) == []

    def test_few_that_share_three_headings_come_behind(self, memory: Memory) -> None:
        now = spell(NOON)
        recorded(memory, an_article(1), a_verdict(10))
        for number in range(2, 9):
            titled = a_verdict(90 + number, headings=tuple(range(now, now + 1 + number)))
            recorded(memory, an_article(number), titled)
        with memory.transaction():
            found = memory.relatives([10], LONG_AGO, 5, range(now, now + 20))
            alike = memory.relatives([10], LONG_AGO, 5, range(now, now + 3))
            hardly = memory.relatives([10], LONG_AGO, 5, range(now, now + 2))
        assert [kept.telling.outlet[-1] for kept in found] == ["1", "8", "7"]
        assert [kept.telling.outlet[-1] for kept in alike] == ["1", "2", "3"]
        assert [kept.telling.outlet[-1] for kept in hardly] == ["1"]

    def test_an_article_that_shares_both_is_found_once(self, memory: Memory) -> None:
        named = tuple(range(spell(NOON), spell(NOON) + 3))
        kept = recorded(memory, an_article(1), a_verdict(10, headings=named)).article
        with memory.transaction():
            found = memory.relatives([10], LONG_AGO, 5, named)
        assert [each.article for each in found] == [kept]

    def test_relatives_are_first_seen_in_the_window(self, memory: Memory) -> None:
        for number, hours in ((1, 49), (2, 48), (3, 1)):
            seen = NOON - timedelta(hours=hours)
            recorded(memory, an_article(number, first_seen=seen), a_verdict(7))
        with memory.transaction():
            found = memory.relatives([7], NOON - timedelta(hours=48), 5)
        assert [kept.telling.outlet for kept in found] == ["صحيفة 2", "صحيفة 3"]

    def test_hashes_of_63_bits_are_kept(self, memory: Memory) -> None:
        widest = (1 << 63) - 1
        recorded(memory, an_article(1), a_verdict(0, widest))
        with memory.transaction():
            assert len(memory.relatives([widest], LONG_AGO, 5)) == 1
            assert len(memory.relatives([0], LONG_AGO, 5)) == 1

    def test_a_text_of_any_length_is_looked_up(self, memory: Memory) -> None:
        kept = recorded(memory, an_article(1), a_verdict(7)).article
        with memory.transaction():
            (found,) = memory.relatives(range(50_000), LONG_AGO, 5)
        assert found.article == kept

    def test_an_article_without_words_is_kept_and_has_no_relatives(self, memory: Memory) -> None:
        recorded(memory, an_article(1, title="", text="", published=None), a_verdict())
        with memory.transaction():
            assert memory.known("site1:1", "") is not None
            assert list(memory.relatives([], LONG_AGO, 5)) == []

    def test_what_was_recorded_is_seen_in_the_same_transaction(self, memory: Memory) -> None:
        with memory.transaction():
            kept = memory.record(an_article(1), a_verdict(5))
            assert [found.article for found in memory.relatives([5], LONG_AGO, 5)] == [kept.article]

    def test_an_exception_undoes_what_was_recorded(self, memory: Memory) -> None:
        def record_and_fail() -> None:
            with memory.transaction():
                memory.record(an_article(1), a_verdict(5))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            record_and_fail()
        with memory.transaction():
            assert memory.known("site1:1", "") is None
            assert list(memory.relatives([5], LONG_AGO, 5)) == []
