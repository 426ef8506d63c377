"""What is watched: topics read from a folder of seeds, compiled together and found by any name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from watch.arabic import tokens
from watch.document import Document
from watch.errors import TopicError
from watch.gazetteer import Gazetteer, Kind, Name, company
from watch.lexicon import Lexicon
from watch.phrases import Phrase, free_forms, parse
from watch.rules import Field, Rule, Term
from watch.seedfiles import read_seeds
from watch.seeds import Beside, CounterExample, Example, Match, TopicSeed
from watch.survey import Survey

if TYPE_CHECKING:
    from watch.folders import Folder

# Words people put before a topic's name when they ask for it.
_FILLERS = frozenset(("اخبار", "خبر", "موضوع", "متابعه", "مدينه", "news", "the", "of", "in"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One thing that is watched."""

    id: str
    name_ar: str
    name_en: str
    aliases: tuple[str, ...] = ()
    match: Match
    rule: Rule | None = None  # what must hold beside, or instead of, what `match` names
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[CounterExample, ...] = ()


class Topics:
    """All topics, compiled together: an article is read once, however many there are."""

    def __init__(self, topics: Iterable[Topic], gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._lexicon: Lexicon[str] = Lexicon()  # words that make a topic worth judging
        self._undone: dict[str, Name] = {}  # topics whose phrases are undone by words beside them
        self._topics: dict[str, Topic] = {}
        self._spoken: dict[str, Topic] = {}
        self._watchers: dict[tuple[Kind, str], dict[str, None]] = {}  # ids by what they wait for
        self._reached: dict[Name, frozenset[str]] = {}  # ids by what was found
        self._ranks: dict[str, int] = {}  # in which order topics were added
        for topic in topics:
            self.add(topic)

    def add(self, topic: Topic) -> None:
        """Watch one more topic from the next article on; `TopicError` if its id is taken."""
        if topic.id in self._topics:
            raise TopicError([f"topic {topic.id}: there are two of this id; rename one"])
        self._topics[topic.id] = topic
        self._ranks.setdefault(topic.id, len(self._ranks))
        for name in _called(topic):
            self._spoken.setdefault(name, topic)
        if topic.match.unless:
            self._undone[topic.id] = _undone(topic.match.unless)
        phrases, waits = _keys(topic)
        for written in phrases:
            self._lexicon.add(parse(written), topic.id)
        for wait in waits:
            self._watchers.setdefault(wait, {})[topic.id] = None
            self._reached.clear()

    def drop(self, topic_id: str) -> None:
        """Stop watching a topic; one that is not there is no error."""
        topic = self._topics.pop(topic_id, None)
        if topic is None:
            return
        self._undone.pop(topic_id, None)
        phrases, waits = _keys(topic)
        for written in phrases:
            self._lexicon.discard(parse(written), topic_id)
        for wait in waits:
            self._watchers[wait].pop(topic_id, None)
            self._reached.clear()
        for name in _called(topic):
            if self._spoken.get(name) is topic:
                del self._spoken[name]

    def __iter__(self) -> Iterator[Topic]:
        return iter(self._topics.values())

    def __len__(self) -> int:
        return len(self._topics)

    def __contains__(self, topic_id: object) -> bool:
        return topic_id in self._topics

    def __getitem__(self, topic_id: str) -> Topic:
        return self._topics[topic_id]

    def find(self, name: str) -> Topic | None:
        """Return the topic that people call so: its id or any name, forgiving about spelling."""
        return self._topics.get(name.strip().lower()) or self._spoken.get(_as_spoken(name))

    def candidates(self, words: Sequence[str]) -> set[str]:
        """Return the ids of the topics that have a phrase of their own among these words."""
        return set().union(*[owners for owners, _, _ in self._lexicon.events(words)])

    def survey(self, document: Document) -> Survey:
        """Return what an article names."""
        return Survey(
            document,
            self.gazetteer,
            self._lexicon.events(document.words),
            self._undone,
        )

    def nominated(self, names: Survey) -> list[Topic]:
        """Return the topics that an article may be of, each once, in the order of the seeds."""
        ids: set[str] = set().union(*[owners for owners, _, _ in names.events])
        if self._watchers:
            named: set[Name] = set().union(*[owners for owners, _, _ in names.named])
            ids.update(*map(self._reach, named))
        return [self._topics[key] for key in sorted(ids, key=self._ranks.__getitem__)]

    def _reach(self, name: Name) -> frozenset[str]:
        """Return the topics that wait for a name: of a concept, a place or what it lies in."""
        reached = self._reached.get(name)
        if reached is None:
            ids = [name.id] if name.kind is Kind.CONCEPT else self.gazetteer.up(name.id)
            watchers = (self._watchers.get((name.kind, each), {}) for each in ids)
            reached = self._reached[name] = frozenset().union(*watchers)
        return reached

    def with_topics(self, topics: Iterable[Topic]) -> Topics:
        """Return these topics and more, beside the same places and concepts."""
        return Topics((*self, *topics), self.gazetteer)


def _keys(topic: Topic) -> tuple[Sequence[str], list[tuple[Kind, str]]]:
    """Return the phrases and the names any of which is reason to judge a topic.

    Where `match` names something, that is the reason; else it is one clause of the rule.
    """
    match, rule = topic.match, topic.rule
    if match.concept:
        return match.phrases, [(Kind.CONCEPT, match.concept)]
    if match.phrases:
        return match.phrases, []
    if match.place:
        return (), [(Kind.PLACE, match.place)]
    terms = rule.clauses[_rarest(rule)] if rule else ()
    phrases = [term.written for term in terms if term.kind is Kind.TOPIC]
    return phrases, [(term.kind, term.written) for term in terms if term.kind is not Kind.TOPIC]


def anchors(topic: Topic, gazetteer: Gazetteer) -> list[Phrase]:
    """Return phrases one of which stands in every article of a topic, to look for in an index."""
    phrases, waits = _keys(topic)
    named = [phrase for kind, key in waits for phrase in gazetteer.phrases(kind, key)]
    return [*map(parse, phrases), *named]


@lru_cache(maxsize=1 << 10)
def _undone(unless: tuple[Beside, ...]) -> Name:
    """Return the name of phrases that these words undo, one for all topics that have them."""
    return Name(Kind.TOPIC, "", company(unless))


def _called(topic: Topic) -> set[str]:
    """Return what a topic can be asked for by."""
    names = {topic.id, topic.name_ar, topic.name_en, *topic.aliases}
    return {_as_spoken(name) for name in names}


def _rarest(rule: Rule) -> int:
    """Return the clause to wait for: words before names of places, few before many, long words."""

    def cost(number: int) -> tuple[bool, int, int]:
        clause = rule.clauses[number]
        named = any(term.kind is not Kind.TOPIC for term in clause)
        return named, len(clause), -min(len(term.written) for term in clause)

    return min(range(len(rule.clauses)), key=cost)


def written_rule(match: Match) -> Rule | None:
    """Return the rule that a seed file writes beside names, None where it writes none."""
    clauses: list[tuple[Term, ...]] = [(_term(written),) for written in match.all]
    if match.any:
        clauses.append(tuple(_term(written) for written in match.any))
    if not (clauses or match.none):
        return None
    return Rule(
        clauses=tuple(clauses),
        none=tuple(_term(written) for written in match.none),
        near=match.near,
        same_sentence=match.same_sentence,
        field=Field(match.field) if match.field else None,
    )


def _term(written: str) -> Term:
    if written.startswith("@"):
        return Term(Kind.CONCEPT, written[1:])
    if written.startswith("in:"):
        return Term(Kind.PLACE, written[3:])
    return Term(Kind.TOPIC, written)


def _as_spoken(name: str) -> str:
    """Reduce a name to what is compared when people ask for it."""
    words = [token.word for token in tokens(name)]
    kept = [word for word in words if word not in _FILLERS] or words
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in kept)


def load(folder: Folder) -> Topics:
    """Read `topics/`, `concepts/` and `places/` of a seeds folder.

    Raises `TopicError` with a line for each fault. Without `topics/` the folder is refused; without
    the others, topics must bring their own phrases.
    """
    seeds = read_seeds(folder)
    return Topics(
        (_topic(key, seed) for key, seed in seeds.topics.items()),
        Gazetteer(seeds.places, seeds.concepts),
    )


def _topic(key: str, seed: TopicSeed) -> Topic:
    return Topic(
        id=key,
        name_ar=seed.name,
        name_en=seed.name_en,
        aliases=seed.aliases,
        match=seed.match,
        rule=written_rule(seed.match),
        examples=seed.examples,
        counter_examples=seed.counter_examples,
    )


def from_name(name: str, gazetteer: Gazetteer) -> Topic:
    """Make a topic of a bare name, as someone types it.

    A name of a place is written as that place is (حمص never takes the article, الرقة always does),
    brings its other spellings and keeps its exceptions; one that is also an everyday word counts
    where it stands for the place. Any other word may stand with or without the article.
    Raises `ValueError` when the name holds no word.
    """
    written = " ".join(token.word for token in tokens(name))
    parse(written)
    place = gazetteer.named(written)
    if place is not None and gazetteer.everyday(written):
        match = Match(place=place, phrases=(written,))
    elif place is not None:
        phrases = (written, *gazetteer.spellings(written))
        match = Match(phrases=phrases, unless=gazetteer.exceptions(place))
    else:
        match = Match(phrases=free_forms(written))
    return Topic(id=written.replace(" ", "-"), name_ar=name, name_en=name, match=match)
