"""What is watched: topics read from a folder of seeds, compiled together and found by any name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watch.arabic import fold, tokens
from watch.errors import TopicError
from watch.gazetteer import Gazetteer, Kind, Name, company
from watch.lexicon import Lexicon
from watch.phrases import parse
from watch.rules import Field, Rule, Term
from watch.seedfiles import read_seeds
from watch.seeds import CounterExample, Example, Match, TopicSeed

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

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
        self.lexicon: Lexicon[Name] = Lexicon()  # the topics' own phrases
        self._topics: dict[str, Topic] = {}
        self._names: dict[str, Topic] = {}
        self._watchers: dict[tuple[Kind, str], list[Topic]] = {}
        self._ranks: dict[str, int] = {}  # in which order topics were added
        for topic in topics:
            self.add(topic)

    def add(self, topic: Topic) -> None:
        """Watch one more topic from the next article on; `TopicError` if its id is taken."""
        if topic.id in self._topics:
            raise TopicError([f"topic {topic.id}: there are two of this id; rename one"])
        self._topics[topic.id] = topic
        self._ranks.setdefault(topic.id, len(self._ranks))
        for name in (topic.id, topic.name_ar, topic.name_en, *topic.aliases):
            self._names.setdefault(_spoken(name), topic)
        if topic.rule:
            self._add_rule(topic.id, topic.rule, topic)
        if topic.match.phrases:
            owner = Name(Kind.TOPIC, topic.id, company(topic.match.unless))
            for written in topic.match.phrases:
                self.lexicon.add(parse(written), owner)
        if topic.match.concept:
            self._watch(Kind.CONCEPT, topic.match.concept, topic)
        elif topic.match.place and not topic.match.phrases:
            self._watch(Kind.PLACE, topic.match.place, topic)

    def drop(self, topic_id: str) -> None:
        """Stop watching a topic; one that is not there is no error."""
        topic = self._topics.pop(topic_id, None)
        if topic is None:
            return
        terms = topic.rule.terms() if topic.rule else ()
        own = [term.written for _, term in terms if term.kind is Kind.TOPIC]
        for written in (*topic.match.phrases, *own):
            self.lexicon.discard(parse(written), lambda owner: owner.id == topic_id)
        for watchers in self._watchers.values():
            if topic in watchers:
                watchers.remove(topic)
        for name in (topic.id, topic.name_ar, topic.name_en, *topic.aliases):
            if self._names.get(_spoken(name)) is topic:
                del self._names[_spoken(name)]

    def _add_rule(self, topic_id: str, rule: Rule, topic: Topic) -> None:
        """Look for the terms of a rule; those of one clause are reason enough to judge the topic.

        Where `match` names something, that is the reason, and no clause is.
        """
        match = topic.match
        named = bool(match.place or match.concept or match.phrases)
        key = -2 if named else _rarest(rule)
        for number, term in rule.terms():
            if term.kind is Kind.TOPIC:
                place = self.gazetteer.named(" ".join(fold(term.written).split()))
                unless = self.gazetteer.exceptions(place) if place else ()
                owner = Name(
                    Kind.TOPIC, topic_id, company(unless),
                    written=term.written, clause=number, key=number == key,
                )  # fmt: skip
                self.lexicon.add(parse(term.written), owner)
            elif number == key:
                self._watch(term.kind, term.written, topic)

    def _watch(self, kind: Kind, key: str, topic: Topic) -> None:
        watchers = self._watchers.setdefault((kind, key), [])
        if topic not in watchers[-1:]:
            watchers.append(topic)

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
        return self._topics.get(name.strip().lower()) or self._names.get(_spoken(name))

    def nominated(self, names: Iterable[Name]) -> list[Topic]:
        """Return the topics that these names may be of, each once, in the order of the seeds."""
        ids: set[str] = set()
        for name in names:
            if name.kind is Kind.TOPIC:
                if name.key:
                    ids.add(name.id)
            elif name.kind is Kind.CONCEPT:
                ids |= {topic.id for topic in self._watchers.get((Kind.CONCEPT, name.id), ())}
            else:
                for place in self.gazetteer.up(name.id):
                    ids |= {topic.id for topic in self._watchers.get((Kind.PLACE, place), ())}
        return [self._topics[key] for key in sorted(ids, key=self._ranks.__getitem__)]

    def with_topics(self, topics: Iterable[Topic]) -> Topics:
        """Return these topics and more, beside the same places and concepts."""
        return Topics((*self, *topics), self.gazetteer)


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


def _spoken(name: str) -> str:
    """Reduce a name to what is compared when people ask for it."""
    words = [token.word for token in tokens(name)]
    kept = [word for word in words if word not in _FILLERS] or words
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in kept)


def load(folder: Path | Traversable) -> Topics:
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

    A name of a place is written as that place is (حمص never takes the article, الرقة always does)
    and keeps its exceptions; any other word may stand with or without the article. Raises
    `ValueError` when the name holds no word.
    """
    written = " ".join(token.word for token in tokens(name))
    parse(written)
    place = gazetteer.named(written)
    if place is not None:
        match = Match(phrases=(written,), unless=gazetteer.exceptions(place))
    else:
        free = written if written.startswith("ال") else f"(ال){written}"
        match = Match(phrases=(free,))
    return Topic(id=written.replace(" ", "-"), name_ar=name, name_en=name, match=match)
