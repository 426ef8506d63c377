"""What an article names: every place, concept and topic phrase, once for all topics."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from watch.document import Document
from watch.gazetteer import Company, Gazetteer, Kind, Name
from watch.lexicon import Event
from watch.phrases import Found, parse, stems
from watch.place_rows import rows
from watch.strength import Settings
from watch.vowels import contradicts

SETTLED_WORDS = 2  # after a name that the word before it settles: في حلب الأبقار
SHY_WORDS = 4  # how near a shy name must stand to its kin
_OWN = Name(Kind.TOPIC, "")  # of a topic's own words that nothing undoes


@dataclass(frozen=True, slots=True)
class Refusal:
    """A name that was found and does not count."""

    found: Found[Name]
    why: str


@dataclass(frozen=True)
class Survey:
    """The names of an article that count, in the order of the text, and those that do not.

    All but the bare finds is worked out when it is first asked for: most articles are no topic's.
    """

    document: Document
    gazetteer: Gazetteer
    events: Sequence[Event[str]]  # the phrases of topics, by the topics' ids
    undone: Mapping[str, Name]  # topics whose phrases are undone by words beside them
    _phrases: dict[str, Sequence[Found[Name]]] = field(default_factory=dict)
    _elsewhere: dict[str, tuple[Sequence[Found[Name]], frozenset[int]]] = field(
        default_factory=dict
    )

    @cached_property
    def named(self) -> Sequence[Event[Name]]:
        """Places and concepts, whatever their neighbours make of them."""
        return self.gazetteer.lexicon.events(self.document.words)

    @cached_property
    def places(self) -> tuple[Found[Name], ...]:
        """The places that count."""
        return self._counted[0]

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """The places and concepts that do not count, and why."""
        return self._counted[2]

    def concept(self, concept_id: str) -> Sequence[Found[Name]]:
        """Return where a concept stands."""
        return self._counted[1].get(concept_id, ())

    def own(self, topic_id: str) -> tuple[Found[Name], ...]:
        """Return where a topic's own phrases stand."""
        return self._own.get(topic_id, ())

    def own_refused(self, topic_id: str) -> list[Refusal]:
        """Return where they stand and do not count, and why."""
        name = self.undone.get(topic_id, _OWN)
        finds = [Found(name, start, end) for ids, start, end in self.events if topic_id in ids]
        refusals = [Refusal(found, self._refusal(found)) for found in finds]
        return [refusal for refusal in refusals if refusal.why]

    def phrase(self, written: str) -> Sequence[Found[Name]]:
        """Return where a phrase stands; the name of a place keeps that place's exceptions."""
        known = self._phrases.get(written)
        if known is None:
            name = Name(Kind.TOPIC, "", self.gazetteer.undoing(written))
            finds = [Found(name, *place) for place in self._stands(written)]
            known = _outermost([found for found in finds if not self._refusal(found)])
            self._phrases[written] = known
        return known

    def places_between(self, start: int, end: int) -> Sequence[Found[Name]]:
        """Return the places that begin from word `start` on and before word `end`."""
        first = bisect_left(self.places, start, key=_start)
        return self.places[first : bisect_left(self.places, end, lo=first, key=_start)]

    def elsewhere(self, place: str) -> tuple[Sequence[Found[Name]], frozenset[int]]:
        """Return the places that neither lie in a place nor hold it, and where they begin.

        States and cities that act far from home are not among them.
        """
        known = self._elsewhere.get(place)
        if known is None:
            ids = {found.owner.id for found in self.places}
            elsewhere = {each for each in ids if self._is_elsewhere(each, place)}
            others = [found for found in self.places if found.owner.id in elsewhere]
            known = others, frozenset([other.start for other in others])
            self._elsewhere[place] = known
        return known

    def beside(self, found: Found[Name], company: tuple[Company, ...]) -> str:
        """Say which of these words stands near a find and why it matters, "" if none does."""
        words, (_, start, end) = self.document.words, found
        for rule in company:
            if rule.vowels:
                if contradicts(self.document.printed(found.start, found.end), rule.vowels):
                    return rule.why
                continue
            first, last = max(0, start - rule.before), end + rule.after
            if not rule.words.may_stand_in(words[first:last]):
                continue
            if rule.but_after.stands_in(words[max(0, start - 1) : start]):
                first, last = start, min(last, end + SETTLED_WORDS)
            if rule.words.stands_in(words[first:start]) or rule.words.stands_in(words[end:last]):
                return rule.why
        return ""

    @cached_property
    def settings(self) -> Settings:
        """What a find weighs at each word."""
        return Settings(self.document, rows(self.places, self.document), self.kinds)

    @cached_property
    def kinds(self) -> Mapping[int, Kind]:
        """What begins at a word: a concept or a place, but no party, which nobody is in."""
        places = self.gazetteer.places
        return {
            start: owner.kind
            for (owner, *_), start, _ in self.named
            if owner.kind is Kind.CONCEPT or not places[owner.id].party
        }

    @cached_property
    def _own(self) -> dict[str, tuple[Found[Name], ...]]:
        """Every topic's finds. Topics of one phrase share its finds, and each phrase is taken once.

        A word that thousands of topics watch stands in an article many times.
        """
        shared: dict[int, tuple[Sequence[str], list[Found[Name]]]] = {}
        for owners, start, end in self.events:
            found = Found(_OWN, start, end)
            if not self._broken(found):
                # Wherever a phrase stands, the lexicon gives the same list of its owners.
                shared.setdefault(id(owners), (owners, []))[1].append(found)
        own: dict[str, tuple[Found[Name], ...]] = {}
        for owners, finds in shared.values():
            theirs = dict.fromkeys(owners, tuple(_outermost(finds)))
            for topic_id in self.undone.keys() & theirs.keys():
                theirs[topic_id] = self._not_undone(finds, self.undone[topic_id])
            for topic_id in own.keys() & theirs.keys():
                both = sorted(own[topic_id] + theirs[topic_id], key=_start)
                theirs[topic_id] = tuple(_outermost(both))
            own |= theirs
        return own

    def _not_undone(self, finds: Iterable[Found[Name]], name: Name) -> tuple[Found[Name], ...]:
        """Return those of a phrase's finds that the words beside them do not undo, as a name's."""
        named = [found._replace(owner=name) for found in finds]
        return tuple(_outermost([each for each in named if not self.beside(each, name.unless)]))

    @cached_property
    def _counted(
        self,
    ) -> tuple[tuple[Found[Name], ...], dict[str, Sequence[Found[Name]]], tuple[Refusal, ...]]:
        """Drop the names that their neighbours undo, and those inside longer ones."""
        found_places: list[Found[Name]] = []
        concepts: dict[str, list[Found[Name]]] = {}
        refused: list[Refusal] = []
        place = Kind.PLACE  # looked up once: asking an enum is slow
        for owners, start, end in self.named:
            for owner in owners:
                found = Found(owner, start, end)
                alone = end - start == 1 and not owner.unless  # most are, and cannot be refused
                if not alone and (why := self._refusal(found)):
                    refused.append(Refusal(found, why))
                elif owner.kind is place:
                    found_places.append(found)
                else:
                    concepts.setdefault(owner.id, []).append(found)
        places = _outermost(found_places)
        if shy := _alone(places, self.document.words):
            why = "an everyday word, with no place of its region beside it"
            refused += [Refusal(found, why) for found in places if found.start in shy]
            places = [found for found in places if found.start not in shy]
        return (
            tuple(places),
            {concept: _outermost(found) for concept, found in concepts.items()},
            tuple(refused),
        )

    def _refusal(self, found: Found[Name]) -> str:
        """Say why a find does not count, "" if it does."""
        if self._broken(found):
            return "runs over the end of a paragraph"
        return self.beside(found, found.owner.unless)

    def _broken(self, found: Found[Name]) -> bool:
        """Tell whether a phrase runs over the end of a title or paragraph."""
        if found.end - found.start == 1:
            return False
        paragraphs = self.document.paragraphs
        return paragraphs[found.start] != paragraphs[found.end - 1]

    def _is_elsewhere(self, other: str, place: str) -> bool:
        within = self.gazetteer.within
        if self.gazetteer.places[other].actor:
            return False
        return not (place and (within(other, place) or within(place, other)))

    @cached_property
    def _positions(self) -> dict[str, list[int]]:
        """Where each word stands, with and without what may be written on to it."""
        positions: dict[str, list[int]] = {}
        for position, word in enumerate(self.document.words):
            for stem in stems(word):
                positions.setdefault(stem, []).append(position)
        return positions

    def _stands(self, written: str) -> list[tuple[int, int]]:
        phrase, words = parse(written), self.document.words
        starts = {at for form in phrase.words[0] for at in self._positions.get(form, ())}
        return [(start, end) for start in sorted(starts) if (end := phrase.end(words, start))]


def _start(found: Found[Name]) -> int:
    return found.start


def _alone(places: Iterable[Found[Name]], words: Sequence[str]) -> frozenset[int]:
    """Return where shy names stand with no kin near them, and nowhere in full: مدينة الباب."""
    shy = [place for place in places if place.owner.shy]
    if not shy:
        return frozenset()
    regions = {place.owner.id for place in shy}
    kin = [each for each in places if each.owner.id in regions and not each.owner.shy]
    near = {
        (each.owner.id, word)
        for each in kin
        for word in range(each.start - SHY_WORDS, each.end + SHY_WORDS)
    }
    full = {(each.owner.id, words[each.end - 1]) for each in kin if each.end - each.start > 1}
    return frozenset(
        place.start
        for place in shy
        if (place.owner.id, place.start) not in near
        and all((place.owner.id, stem) not in full for stem in stems(words[place.end - 1]))
    )


def _outermost(found: Sequence[Found[Name]]) -> Sequence[Found[Name]]:
    """Keep the longest of the finds that begin together or lie in one another.

    They come in the order of their starts.
    """
    if len(found) < 2:
        return found
    kept: list[Found[Name]] = []
    first = last = -1  # where the find kept last begins and ends
    for name in found:
        _, start, end = name
        if end <= last and start < last:
            continue
        if start == first:
            kept.pop()
        kept.append(name)
        first, last = start, end
    return kept
