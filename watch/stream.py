"""A stream of tellings, in order of arrival, each placed in its story; no database."""

from __future__ import annotations

from dataclasses import dataclass

from watch.headings import Headings, headings
from watch.ingest import RELATIVES, RELATIVES_DAYS, Decision, placed, revised
from watch.likeness import hours_between, instant
from watch.ports import Stored
from watch.recall import Recall
from watch.records import Relation, Telling
from watch.sketch import sketch


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a telling belongs; a story is named by the id of its first article."""

    story: object
    relation: Relation
    to: object  # the first article of the story that it joins or follows; None for `new`
    score: float  # 0 to 1


class Stream:
    """Tells stories apart as `watch.ingest` does, for line filters and measurements."""

    def __init__(self) -> None:
        self._recall = Recall()
        self._ids: list[object] = []  # by the article's number
        self._addresses: dict[tuple[str, str], Stored] = {}

    def tell(self, id: object, telling: Telling) -> Placed:  # noqa: A002 (the caller's own name)
        """Place the next telling. One outlet's second telling at an address is its new version.

        A version in which nothing material changed is a reprint of the first.
        """
        seen = instant(telling.published) or instant(telling.first_seen)
        passages = sketch(telling.title, telling.text)
        named = headings(telling.title, telling.text, seen)
        address = (telling.outlet, telling.url)
        known = self._addresses.get(address) if telling.url else None
        decision = None if known is None else revised(telling, known)
        if known is not None and decision is None:
            return self._placed(known.story, Relation.REPRINT, 1.0)
        if decision is None or decision.relation is Relation.NEW:
            relatives = self._relatives(telling, passages, named)
            decision = placed(telling, relatives, known, self._recall.opening)
        number = self._number(id, decision)
        story = number if decision.story is None else decision.story
        stored = Stored(article=number, story=story, telling=telling)
        self._recall.add(stored, passages, named.kept)
        self._addresses[address] = stored
        told = decision.follows if decision.follows is not None else decision.story
        return Placed(
            story=self._ids[story],
            relation=decision.relation,
            to=None if told is None else self._ids[told],
            score=decision.score,
        )

    def _relatives(
        self, telling: Telling, passages: tuple[int, ...], named: Headings
    ) -> list[Stored]:
        """Look up relatives that were told within the window, as far as times are known."""
        found = self._recall.relatives(passages, None, 4 * RELATIVES)
        near = [
            stored
            for stored in found
            if (hours_between(telling, stored.telling) or 0) <= RELATIVES_DAYS * 24
        ][:RELATIVES]
        titled = self._recall.relatives((), None, 0, named.wanted)
        return [*near, *(stored for stored in titled if stored not in near)]

    def _number(self, id: object, decision: Decision) -> int:  # noqa: A002
        """Number the article: a new version keeps its number, all else gets the next."""
        if decision.relation is Relation.UPDATE and decision.known is not None:
            return decision.known
        self._ids.append(id)
        return len(self._ids) - 1

    def _placed(self, story: int, relation: Relation, score: float) -> Placed:
        return Placed(story=self._ids[story], relation=relation, to=self._ids[story], score=score)
