"""Names that can be found in a text: of places, of concepts, and the phrases of topics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from watch.arabic import tokens
from watch.lexicon import Lexicon
from watch.phrases import Phrase, parse
from watch.seeds import Beside, ConceptSeed, PlaceSeed


class Kind(StrEnum):
    """What a name names."""

    PLACE = "place"
    CONCEPT = "concept"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Company:
    """Words that change what a name is when they stand near it, or vowels that it must have."""

    words: Lexicon[None]
    before: int
    after: int
    why: str
    vowels: str
    but_after: Lexicon[None]


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """The owner of phrases: the place, concept or topic they stand for."""

    kind: Kind
    id: str
    unless: tuple[Company, ...] = ()
    passing: tuple[Company, ...] = ()
    inner: bool = False  # of something that lies in the place: عفرين in Aleppo's governorate
    nisba: bool = False  # an adjective made of the name: سوري
    shy: bool = False  # counts only beside its kin


@dataclass(frozen=True, slots=True)
class Place:
    """Where a place lies, and whether it can be whose a concept is."""

    id: str
    name: str
    lies_in: str
    party: bool
    actor: bool


class Gazetteer:
    """Places with their parents, and every name of place and concept to look for."""

    def __init__(
        self, places: Mapping[str, PlaceSeed], concepts: Mapping[str, ConceptSeed]
    ) -> None:
        self._seeds = dict(places)
        self._written: dict[str, str] = {}  # each name as spelt -> id of its place
        self._inner: set[str] = set()  # those of what lies in a place and has no entry
        self._everyday: set[str] = set()  # those that are also everyday words
        self._undoing: dict[str, tuple[Company, ...]] = {}  # what undoes a place's names
        self.places = {
            key: Place(key, seed.name, seed.lies_in, seed.party, seed.actor)
            for key, seed in places.items()
        }
        self._up: dict[str, tuple[str, ...]] = {}  # what each place lies in, once asked
        self.concepts = dict(concepts)
        self.kin = {
            key: Lexicon((parse(written), None) for written in concept.kin)
            for key, concept in concepts.items()
        }
        self.lexicon: Lexicon[Name] = Lexicon()
        self._phrases: dict[tuple[Kind, str], list[Phrase]] = {}
        for key, place in places.items():
            self._add_place(key, place)
        for key, concept in concepts.items():
            name = Name(Kind.CONCEPT, key, company(concept.unless), company(concept.passing))
            for written in concept.phrases:
                self._look_for(parse(written), name)

    def _add_place(self, key: str, seed: PlaceSeed) -> None:
        self._undoing[key] = company(seed.unless)
        plain = Name(Kind.PLACE, key, self._undoing[key], company(seed.passing))
        inner = replace(plain, inner=True)
        own = (seed.name, seed.name_en, *seed.spellings, *seed.names)
        shy = replace(inner, shy=True)
        self._everyday.update(map(_folded, seed.shy))
        for written, owner in (
            (own, plain),
            (seed.holds, inner),
            ((*seed.shy, *seed.namesakes), shy),
        ):
            for name in written:
                self._look_for(parse(name), owner)
                if self._written.setdefault(_folded(name), key) == key and owner.inner:
                    self._inner.add(_folded(name))
        for name in seed.nisba:
            self._look_for(nisba(parse(name)), replace(plain, nisba=True))

    def _look_for(self, phrase: Phrase, name: Name) -> None:
        self.lexicon.add(phrase, name)
        self._phrases.setdefault((name.kind, name.id), []).append(phrase)

    def phrases(self, kind: Kind, key: str) -> list[Phrase]:
        """Return all that names a concept, or a place and what lies in it."""
        ids = [key]
        if kind is Kind.PLACE:
            ids = [place for place in self.places if self.within(place, key)]
        return [phrase for each in ids for phrase in self._phrases.get((kind, each), ())]

    def named(self, name: str) -> str | None:
        """Return the id of the place that has this folded name."""
        return self._written.get(name)

    def spellings(self, name: str) -> tuple[str, ...]:
        """Return the other spellings of a place's own name, () if `name` is not one of them."""
        seed = self._seeds.get(self.named(name) or "")
        own = {_folded(each) for each in (seed.name, seed.name_en, *seed.spellings)} if seed else ()
        return tuple(sorted({*own} - {name})) if name in own else ()

    def proper(self, name: str) -> str:
        """Return the Arabic name of the place that is so called in Latin letters, else ""."""
        known = name.isascii() and self.spellings(name) and self.named(name)
        return self.places[known].name if known else ""

    def inner(self, name: str) -> bool:
        """Tell whether a folded name is of something that lies in a place and has no entry."""
        return name in self._inner

    def everyday(self, name: str) -> bool:
        """Tell whether a folded name is also an everyday word, which nobody watches: الباب."""
        return name in self._everyday

    def exceptions(self, place: str) -> tuple[Beside, ...]:
        """Return the words that undo a place's names."""
        return self._seeds[place].unless

    def undoing(self, name: str) -> tuple[Company, ...]:
        """Return the compiled words that undo a phrase, where it is a place's name."""
        place = self.named(_folded(name))
        return self._undoing[place] if place else ()

    def within(self, place: str, whole: str) -> bool:
        """Tell whether a place is the whole or lies in it, however deep."""
        return whole in (self._up.get(place) or self.up(place))

    def up(self, place: str) -> tuple[str, ...]:
        """Return a place, the place it lies in, and so on; unknown ids end the way."""
        way = self._up.get(place)
        if way is None:
            known = self.places.get(place)
            above = self.up(known.lies_in) if known else ()
            way = self._up[place] = (place, *above) if place else ()
        return way


def _folded(name: str) -> str:
    return " ".join(token.word for token in tokens(name))


@lru_cache(maxsize=1 << 10)  # who watches a place by its name shares its exceptions
def company(beside: tuple[Beside, ...]) -> tuple[Company, ...]:
    """Compile what a seed says of a name's neighbours."""
    return tuple(
        Company(
            Lexicon((_bare(parse(written)), None) for written in rule.words),
            rule.before,
            rule.after,
            rule.why,
            rule.vowels,
            Lexicon((parse(written), None) for written in rule.but_after),
        )
        for rule in beside
    )


def _bare(phrase: Phrase) -> Phrase:
    """Let the first word of an exception stand with or without its article."""
    first = phrase.words[0]
    return Phrase((first | {f"ال{form}" for form in first}, *phrase.words[1:]), phrase.gap)


# سوري: سورية, سوريون, سوريين, سوريان, سوريتين, سوريات, and سوريا as سوريًّا is folded
_NISBA_ENDINGS = ("", "ه", "ون", "ين", "ان", "تين", "تان", "ات", "ا", "اً")


def nisba(phrase: Phrase) -> Phrase:
    """Form the adjectives of a nisba, each with and without the article."""
    *before, last = phrase.words
    stem = {form.removeprefix("ال") for form in last}
    forms = {form + ending for form in stem for ending in _NISBA_ENDINGS}
    return Phrase((*before, frozenset(forms | {f"ال{form}" for form in forms})), phrase.gap)
