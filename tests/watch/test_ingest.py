"""One article in, one verdict recorded: over a memory without a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from contracts.memory import PlainMemory
from flood import ELSEWHERE, EVENING, FIRST, FOLLOW_UP, IN_OTHER_WORDS, NEW_TOLL, REPRINT, weather

from watch.gazetteer import Gazetteer
from watch.ingest import RELATIVES_DAYS, ingest
from watch.records import Article, Level, Relation, Telling
from watch.seeds import Match
from watch.topics import Topic, Topics

FLOODS = Topic(id="floods", name_ar="السيول", name_en="Floods", match=Match(phrases=("سيول",)))


@pytest.fixture
def topics() -> Topics:
    return Topics([FLOODS], Gazetteer({}, {}))


@pytest.fixture
def memory() -> PlainMemory:
    return PlainMemory()


def article(telling: Telling, *, hours: float = 0, identity: str = "") -> Article:
    """The article that was read as this telling, so many hours after the evening."""
    return Article(
        site="site",
        outlet=telling.outlet,
        url=telling.url,
        identity=identity or telling.url,
        title=telling.title,
        text=telling.text,
        published=telling.published,
        updated=None,
        agency=None,
        language="ar",
        first_seen=EVENING + timedelta(hours=hours),
        alerts=True,
    )


def test_the_first_report_is_new_and_hits_its_topic(topics: Topics, memory: PlainMemory) -> None:
    done = ingest(article(FIRST), topics, memory)
    assert done.relation is Relation.NEW
    assert [(hit.topic, hit.level) for hit in done.hits] == [("floods", Level.ABOUT)]
    assert done.recorded is not None
    verdict = memory.verdict(done.recorded.article)
    assert verdict.hits == done.hits
    assert (verdict.known, verdict.story, verdict.follows) == (None, None, None)
    assert verdict.sketch


@pytest.mark.parametrize(
    ("telling", "relation"),
    [
        (REPRINT, Relation.REPRINT),
        (IN_OTHER_WORDS, Relation.SAME_EVENT),
        (NEW_TOLL, Relation.UPDATE),
    ],
    ids=("reprint", "same event", "update"),
)
def test_other_outlets_join_the_story(
    topics: Topics, memory: PlainMemory, telling: Telling, relation: Relation
) -> None:
    first = ingest(article(FIRST), topics, memory).recorded
    done = ingest(article(telling, hours=2), topics, memory)
    assert first is not None
    assert done.recorded is not None
    assert done.relation is relation
    assert done.recorded.story == first.story
    assert done.recorded.article != first.article
    assert memory.verdict(done.recorded.article).known is None


def test_a_follow_up_opens_a_story_and_names_the_one_before(
    topics: Topics, memory: PlainMemory
) -> None:
    first = ingest(article(FIRST), topics, memory).recorded
    done = ingest(article(FOLLOW_UP, hours=30), topics, memory)
    assert first is not None
    assert done.recorded is not None
    assert done.relation is Relation.FOLLOW_UP
    assert done.recorded.story != first.story
    assert memory.verdict(done.recorded.article).follows == first.story


def test_other_news_is_a_story_of_its_own(topics: Topics, memory: PlainMemory) -> None:
    ingest(article(FIRST), topics, memory)
    done = ingest(article(ELSEWHERE, hours=3), topics, memory)
    assert (done.relation, done.hits) == (Relation.NEW, ())


def test_the_same_article_again_changes_nothing(topics: Topics, memory: PlainMemory) -> None:
    first = ingest(article(FIRST), topics, memory)
    again = ingest(article(FIRST, hours=1), topics, memory)
    assert first.recorded is not None
    assert (again.relation, again.recorded) == (None, None)
    assert again.hits == first.hits


def test_an_edit_is_a_new_version_in_its_story(topics: Topics, memory: PlainMemory) -> None:
    first = ingest(article(FIRST), topics, memory).recorded
    edited = replace(article(FIRST, hours=1), text=FIRST.text.replace("40 آخرون", "43 آخرون"))
    done = ingest(edited, topics, memory)
    assert first is not None
    assert done.recorded is not None
    assert done.relation is Relation.UPDATE
    assert (done.recorded.article, done.recorded.story) == (first.article, first.story)
    assert memory.verdict(first.article).known == first.article
    assert ingest(edited, topics, memory).relation is None


def test_an_edit_is_known_by_its_identity_at_another_address(
    topics: Topics, memory: PlainMemory
) -> None:
    ingest(article(FIRST, identity="site:1"), topics, memory)
    moved = replace(article(FIRST, identity="site:1"), url="https://m.news.example/1")
    assert ingest(moved, topics, memory).relation is None


def test_another_article_at_an_old_address_is_placed_anew(
    topics: Topics, memory: PlainMemory
) -> None:
    ingest(article(REPRINT), topics, memory)
    page = ingest(article(ELSEWHERE, identity="site:1"), topics, memory).recorded
    other = replace(article(FIRST, hours=5, identity="site:1"), url=ELSEWHERE.url)
    done = ingest(other, topics, memory)
    assert page is not None
    assert done.recorded is not None
    assert done.relation is Relation.REPRINT
    assert (done.recorded.story, done.recorded.article) == (1, 3)
    assert memory.verdict(3).known == page.article


def test_a_toll_at_an_old_address_joins_its_story_and_is_no_new_version(
    topics: Topics, memory: PlainMemory
) -> None:
    ingest(article(FIRST), topics, memory)
    ingest(article(ELSEWHERE, identity="site:1"), topics, memory)
    toll = replace(article(NEW_TOLL, hours=9, identity="site:1"), url=ELSEWHERE.url)
    done = ingest(toll, topics, memory)
    assert done.recorded is not None
    assert done.relation is Relation.SAME_EVENT
    assert (done.recorded.article, done.recorded.story) == (3, 1)


def test_the_bulletin_page_of_another_day_does_not_join_itself(
    topics: Topics, memory: PlainMemory
) -> None:
    today, tomorrow = weather("الأربعاء", 21, 12, 30, 0), weather("الخميس", 23, 11, 25, 24)
    first = ingest(article(today, identity="site:w"), topics, memory).recorded
    done = ingest(article(tomorrow, hours=24, identity="site:w"), topics, memory)
    assert first is not None
    assert done.recorded is not None
    assert done.relation is Relation.NEW
    assert done.recorded.story != first.story


def test_what_was_first_seen_before_the_window_is_background(
    topics: Topics, memory: PlainMemory
) -> None:
    ingest(article(FIRST), topics, memory)
    late = article(REPRINT, hours=24 * RELATIVES_DAYS + 1)
    assert ingest(late, topics, memory).relation is Relation.NEW


def test_an_article_without_words_is_recorded(topics: Topics, memory: PlainMemory) -> None:
    ingest(article(FIRST), topics, memory)
    wordless = replace(article(ELSEWHERE), title="", text="", published=None)
    done = ingest(wordless, topics, memory)
    assert (done.relation, done.hits) == (Relation.NEW, ())
    assert done.recorded is not None


def test_look_up_verdict_and_record_run_in_one_transaction(topics: Topics) -> None:
    class Watched(PlainMemory):
        opened = 0

        @contextmanager
        def transaction(self) -> Iterator[None]:
            self.opened += 1
            with super().transaction():
                yield

    memory = Watched()
    ingest(article(FIRST), topics, memory)
    assert memory.opened == 1


def test_a_failure_while_recording_leaves_nothing_behind(topics: Topics) -> None:
    class Full(PlainMemory):
        def record(self, article: object, verdict: object) -> object:  # type: ignore[override]
            super().record(article, verdict)  # type: ignore[arg-type]
            raise OSError("disk full")

    memory = Full()
    with pytest.raises(OSError, match="disk full"):
        ingest(article(FIRST), topics, memory)
    assert memory.known(FIRST.url, FIRST.url) is None
