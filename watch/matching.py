"""One article against all topics: which are named, at what level, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from watch.document import read
from watch.evidence import Evidence, Worth, gather
from watch.gazetteer import Gazetteer, Kind, Name
from watch.phrases import Found
from watch.reasons import Measure
from watch.records import Hit, Level, Span
from watch.rules import Rule, spoken
from watch.salience import judge
from watch.survey import Refusal, Survey
from watch.topics import Topic, Topics

# All that a topic is judged by in one article: its place, its concept, its rule, its own finds.
Case = tuple[str, str, Rule | None, tuple[Found[Name], ...]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that may name a topic: as printed, where, and whether they count."""

    words: str
    span: Span
    counts: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a topic is or is not hit by an article, for the operator."""

    topic: str
    rule: str  # what the topic asks for
    findings: tuple[Finding, ...]  # in the order of the text, also those that do not count
    level: Level | None
    score: float
    reason: str  # why this level and not the higher one
    measures: tuple[Measure, ...]  # what the level was judged by, heaviest first


def match(title: str, text: str, topics: Topics) -> tuple[Hit, ...]:
    """Return a hit for each topic that the article is about or names, in the topics' order."""
    names = topics.survey(read(title, text))
    judged: dict[Case, Hit | None] = {}
    hits = [_hit(topic, names, topics, judged) for topic in topics.nominated(names)]
    return tuple([hit for hit in hits if hit is not None])


def explain(title: str, text: str, topic: Topic, topics: Topics) -> Explanation:
    """Say what of an article speaks for and against a topic."""
    names = topics.survey(read(title, text))
    evidence = gather(topic, names, topics.gazetteer)
    kept = [each for each in evidence if each.worth]
    verdict = judge(kept, names, topic, topics.gazetteer) if kept else None
    evidence += [
        Evidence(refusal.found, Worth.NONE, refusal.why)
        for refusal in _refused(topic, names, topics.gazetteer)
    ]
    return Explanation(
        topic=topic.id,
        rule=_rule(topic, topics),
        findings=tuple(
            Finding(
                names.document.printed(each.found.start, each.found.end),
                names.document.span(each.found.start, each.found.end),
                bool(each.worth),
                each.why,
            )
            for each in sorted(evidence, key=lambda each: each.found.start)
        ),
        level=verdict.level if verdict else None,
        score=verdict.score if verdict else 0.0,
        reason=verdict.reason if verdict else "nothing that names it counts",
        measures=tuple(sorted(verdict.measures, key=_lightness)) if verdict else (),
    )


def _lightness(measure: Measure) -> float:
    return -abs(measure.push)


def _hit(topic: Topic, names: Survey, topics: Topics, judged: dict[Case, Hit | None]) -> Hit | None:
    """Judge a topic; those that ask for the same are judged once: many readers watch alike."""
    asked = topic.match
    own = names.own(topic.id) if asked.phrases else ()
    case = (asked.place, asked.concept, topic.rule, own)
    try:
        hit = judged[case]
    except KeyError:
        hit = judged[case] = _judged(topic, names, topics)
    if hit is None or hit.topic == topic.id:
        return hit
    return Hit(
        topic=topic.id,
        level=hit.level,
        score=hit.score,
        matched=hit.matched,
        spans=hit.spans,
        reason=hit.reason,
    )


def _judged(topic: Topic, names: Survey, topics: Topics) -> Hit | None:
    evidence = [each for each in gather(topic, names, topics.gazetteer) if each.worth]
    if not evidence:
        return None
    verdict = judge(evidence, names, topic, topics.gazetteer)
    document = names.document
    spans = [document.span(each.found.start, each.found.end) for each in evidence]
    return Hit(
        topic=topic.id,
        level=verdict.level,
        score=verdict.score,
        matched=tuple(dict.fromkeys(map(document.shown, spans))),
        spans=tuple(spans),
        reason=f"{evidence[0].why}; {verdict.reason}",
    )


def _refused(topic: Topic, names: Survey, gazetteer: Gazetteer) -> Iterator[Refusal]:
    """Yield the names that would be the topic's if they counted."""
    place, concept = topic.match.place, topic.match.concept
    for refusal in names.refused:
        owner = refusal.found.owner
        if owner.kind is Kind.CONCEPT and owner.id == concept:
            yield refusal
        alone = owner.kind is Kind.PLACE and not (concept or topic.match.phrases)
        if alone and gazetteer.within(owner.id, place):
            yield refusal
    if topic.match.phrases and not concept:
        yield from names.own_refused(topic.id)


def _rule(topic: Topic, topics: Topics) -> str:
    named = _names(topic, topics)
    if topic.rule is None:
        return named
    return " and ".join(part for part in (named, spoken(topic.rule)) if part)


def _names(topic: Topic, topics: Topics) -> str:
    asked, gazetteer = topic.match, topics.gazetteer
    what = ""
    if asked.concept:
        what = gazetteer.concepts[asked.concept].name
    elif asked.phrases:
        what = " | ".join(asked.phrases)
    if not asked.place:
        return what
    place = gazetteer.places[asked.place].name
    return f"{what} attached to {place}" if what else f"{place} and what lies in it"
