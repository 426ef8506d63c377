"""What was told lately, held in memory: the look-up for line filters and measurements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime

from watch.headings import ALIKE, FOUND_AT_MOST, LATEST
from watch.ports import Stored
from watch.sketch import asked


class Recall:
    """An index from hashes to articles that answers as `watch.ports.Memory.relatives` does."""

    def __init__(self) -> None:
        self._held: dict[int, Stored] = {}
        self._sketches: dict[int, frozenset[int]] = {}
        self._holders: defaultdict[int, set[int]] = defaultdict(set)
        self._openings: dict[int, int] = {}  # story -> its first article
        self._headed: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, stored: Stored, sketch: Collection[int], headings: Collection[int] = ()) -> None:
        """Hold an article under its number; a number held before is replaced."""
        for value in self._sketches.get(stored.article, ()):
            self._holders[value].discard(stored.article)
        self._held[stored.article] = stored
        self._openings.setdefault(stored.story, stored.article)
        self._sketches[stored.article] = frozenset(sketch)
        for value in self._sketches[stored.article]:
            self._holders[value].add(stored.article)
        for heading in headings:
            if stored.article not in self._headed[heading]:
                self._headed[heading].append(stored.article)

    def opening(self, story: int) -> Stored:
        """The article that told a story first."""
        return self._held[self._openings[story]]

    def relatives(
        self,
        sketch: Collection[int],
        since: datetime | None,
        limit: int,
        headings: Collection[int] = (),
    ) -> list[Stored]:
        """Articles that share any hash with `sketch`: most shared first, then the lowest number.

        Articles first seen before `since` are left out; None asks for all, and an article that
        does not say when it was seen is always in. Behind them come the few that share headings.
        """
        shared: Counter[int] = Counter()
        for value in asked(sketch):
            shared.update(self._holders.get(value, ()))
        alike = self._ranked(shared, since)[:limit]
        named: Counter[int] = Counter()
        for heading in headings:
            named.update(self._headed.get(heading, [])[-LATEST:])
        near = Counter({number: names for number, names in named.items() if names >= ALIKE})
        titled = self._ranked(near, since)[:FOUND_AT_MOST]
        return [*alike, *(stored for stored in titled if stored not in alike)]

    def _ranked(self, shared: Counter[int], since: datetime | None) -> list[Stored]:
        ranked = sorted(shared, key=lambda number: (-shared[number], number))
        found = (self._held[number] for number in ranked)
        return [stored for stored in found if _seen(stored, since)]


def _seen(stored: Stored, since: datetime | None) -> bool:
    first_seen = stored.telling.first_seen
    return since is None or first_seen is None or first_seen >= since
