"""The labelled articles, and the features of every one that names a topic."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from bench.copies import stories
from watch.document import read
from watch.evidence import Worth, gather
from watch.features import case, measure
from watch.topics import Topics, load

LABELS = {"aleppo": "aleppo", "syria-ceasefire": "syria_ceasefire"}  # topic -> column


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article with what a reader said of it: `about`, `mention` or `none` for each topic."""

    title: str
    text: str
    labels: dict[str, str]
    story: int  # equal in copies of one text, so that no fold learns what another is asked
    torn: bool  # the reader was torn over a label


@dataclass(frozen=True, slots=True)
class Sample:
    """The features of an article that names a topic, and whether it is about it."""

    topic: str
    story: int
    values: dict[str, float]
    about: bool


def shipped() -> Topics:
    """Return the topics of this repository's seeds."""
    beside = Path(__file__).resolve().parent.parent / "seeds"
    return load(beside if beside.is_dir() else files("munadi") / "seeds")


def articles(corpus: Path) -> list[Labelled]:
    """Read the labelled articles of a corpus folder."""
    lines = (corpus / "topics_dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    told = stories([(row["title"], row["text"]) for row in rows])
    return [
        Labelled(
            title=row["title"],
            text=row["text"],
            labels={topic: row[column] for topic, column in LABELS.items()},
            story=story,
            torn="?" in (row["note"] or ""),
        )
        for row, story in zip(rows, told, strict=True)
    ]


def samples(labelled: list[Labelled], topics: Topics) -> Iterator[Sample]:
    """Yield the features of every article for each topic that it names."""
    for article in labelled:
        document = read(article.title, article.text)
        names = topics.survey(document)
        for topic in LABELS:
            evidence = gather(topics[topic], names, topics.gazetteer)
            if any(each.worth is Worth.FULL for each in evidence):
                values = measure(case(evidence, topics[topic], names, topics.gazetteer))
                yield Sample(topic, article.story, values, article.labels[topic] == "about")
