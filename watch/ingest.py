"""One article in, one verdict recorded: same article? same story? about what? for whom?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from watch.changes import replaced
from watch.headings import headings
from watch.matching import match
from watch.ports import Verdict
from watch.records import Judgement, Relation, Telling
from watch.sketch import sketch
from watch.stories import JOINED, Opinion, judge, revise, weigh

if TYPE_CHECKING:
    from watch.ports import Memory, Recorded, Stored
    from watch.records import Article, Change, Hit
    from watch.topics import Topics

RELATIVES_DAYS = 5  # older articles are background, not the story
COPIES = frozenset({Relation.REPRINT, Relation.UPDATE})  # they print a text told before
RELATIVES = 8  # the most alike that are judged; a story's first texts are among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of an article; `relation` is None when a known article came back unchanged."""

    relation: Relation | None
    hits: tuple[Hit, ...]
    recorded: Recorded | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a telling is to the memory: the fields of a `Verdict` that the judgement decides."""

    relation: Relation
    score: float
    known: int | None = None
    story: int | None = None
    follows: int | None = None
    copies: int | None = None
    changes: tuple[Change, ...] = ()


def ingest(article: Article, topics: Topics, memory: Memory) -> Ingested:
    """Judge an article and record the verdict in one transaction.

    Topics and fingerprint are computed before the transaction begins; look-up, verdict and record
    run inside it, so that two workers cannot judge the same story at once. Most articles have no
    relatives, so only those that have are read in full, a few milliseconds more. Idempotent.
    """
    newer = _telling(article)
    hits = match(article.title, article.text, topics)
    passages = sketch(article.title, article.text)
    named = headings(article.title, article.text, article.first_seen)
    since = article.first_seen - timedelta(days=RELATIVES_DAYS)
    with memory.transaction():
        known = memory.known(article.identity, article.url)
        decision = None if known is None else revised(newer, known)
        if known is None or (decision is not None and decision.relation is Relation.NEW):
            relatives = memory.relatives(passages, since, RELATIVES, named.wanted)
            decision = placed(newer, relatives, known, memory.opening)
            if _again(newer, decision, relatives):
                article = replace(article, alerts=False)
        if decision is None:
            return Ingested(relation=None, hits=hits, recorded=None)
        recorded = memory.record(article, _verdict(decision, hits, passages, named.kept))
    return Ingested(relation=decision.relation, hits=hits, recorded=recorded)


def revised(newer: Telling, known: Stored) -> Decision | None:
    """Decide what a known article read again is: None if nothing material changed.

    `update` is its new version; `new` says that its address holds another article now, which is
    then to be `placed`.
    """
    relation = revise(newer, known.telling)
    if relation is None:
        return None
    update = relation is Relation.UPDATE
    return Decision(
        relation=relation,
        score=1.0,
        known=known.article,
        story=known.story if update else None,
        changes=replaced(newer, known.telling) if update else (),
    )


def placed(
    newer: Telling,
    relatives: Sequence[Stored],
    known: Stored | None,
    opening: Callable[[int], Stored],
) -> Decision:
    """Decide which story a telling belongs to, or which it follows.

    `known` held this address before and is no relative of what took its place. `opening` gives a
    story's first telling, which is asked before a telling joins by way of a later one: a story does
    not grow by a chain of weak links, nor do calls to one king after another become one.
    """
    number = None if known is None else known.article
    others = [stored for stored in relatives if stored.article != number]
    judged = judge(newer, [stored.telling for stored in others])
    followed: Stored | None = None
    while judged.relation in JOINED and judged.to is not None:
        to = others[judged.to]
        first = opening(to.story)
        opinion = None if first.article == to.article else weigh(newer, first.telling)
        if opinion is None or _holds(judged.relation, opinion):
            break
        if followed is None and opinion.relation is Relation.FOLLOW_UP:
            followed = first
        others = [stored for stored in others if stored.story != to.story]
        judged = judge(newer, [stored.telling for stored in others])
    if followed is not None and judged.relation is Relation.NEW:
        judged = Judgement(relation=Relation.FOLLOW_UP, to=len(others), score=judged.score)
        others.append(followed)
    return _decided(newer, judged, None if judged.to is None else others[judged.to], known)


def _holds(link: Relation, opinion: Opinion) -> bool:
    """Tell whether what joins a later telling may join the story, by an opinion on its first.

    A copy belongs where its text is; what only tells the same event must tell it of the first too.
    """
    return not opinion.barred and (link is not Relation.SAME_EVENT or opinion.joins)


def _again(newer: Telling, decision: Decision, relatives: Sequence[Stored]) -> bool:
    """Whether an outlet prints its own text again, at another address: that is no news."""
    return decision.relation is Relation.REPRINT and any(
        stored.article == decision.copies and stored.telling.outlet == newer.outlet
        for stored in relatives
    )


def _decided(
    newer: Telling, judged: Judgement, to: Stored | None, known: Stored | None
) -> Decision:
    story = None if to is None else to.story
    follows = judged.relation is Relation.FOLLOW_UP
    relation = judged.relation
    if known is not None and relation is Relation.UPDATE:
        relation = Relation.SAME_EVENT  # an update of what is known would be its new version
    return Decision(
        relation=relation,
        score=judged.score,
        known=None if known is None else known.article,
        story=None if follows else story,
        follows=story if follows else None,
        copies=to.article if to and judged.relation in COPIES else None,
        changes=replaced(newer, to.telling) if to and judged.relation is Relation.UPDATE else (),
    )


def _telling(article: Article) -> Telling:
    return Telling(
        outlet=article.outlet,
        url=article.url,
        title=article.title,
        text=article.text,
        published=article.published,
        first_seen=article.first_seen,
    )


def _verdict(
    decision: Decision, hits: tuple[Hit, ...], passages: tuple[int, ...], named: tuple[int, ...]
) -> Verdict:
    return Verdict(
        relation=decision.relation,
        score=decision.score,
        known=decision.known,
        story=decision.story,
        follows=decision.follows,
        hits=hits,
        sketch=passages,
        copies=decision.copies,
        changes=decision.changes,
        headings=named,
    )
