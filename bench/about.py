"""How well articles about a topic are told from those that only name it, beside other ways."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.fit_salience import Figures, Rounds, report
from bench.labelled import LABELS, Labelled, samples
from bench.topic_references import RULES, named, plain
from watch.matching import match
from watch.records import Level
from watch.topics import Topics


def run(console: Console, labelled: list[Labelled], topics: Topics) -> None:
    """Print the figures on `about`."""
    columns = ("topic", "way", "P", "R", "F1", "±")
    table = Table(*columns, title="About it (against mention and none)")
    rows = named(labelled, topics)
    ours = report(list(samples(labelled, topics)), labelled)
    theirs = report([plain(each) for each in rows], labelled)
    for topic in LABELS:
        own = [each for each in rows if each.topic == topic]
        about = sum(article.labels[topic] == "about" for article in labelled)
        for way, rule in RULES.items():
            said = [each.about for each in own if rule(each)]
            _add(table, topic, way, Figures(sum(said) / max(1, len(said)), sum(said) / about))
        for way, rounds in theirs[topic].items():
            _add_rounds(table, topic, f"plain logistic regression, {way}", rounds)
        for way, rounds in ours[topic].items():
            _add_rounds(table, topic, f"munadi, {way}", rounds)
        _add(
            table,
            topic,
            "munadi as shipped, on what it was fitted on",
            _shipped(topic, labelled, topics),
        )
    console.print(table)


def _shipped(topic: str, labelled: Sequence[Labelled], topics: Topics) -> Figures:
    right = said = 0
    for article in labelled:
        hits = match(article.title, article.text, topics)
        if any(hit.topic == topic and hit.level is Level.ABOUT for hit in hits):
            said += 1
            right += article.labels[topic] == "about"
    about = sum(article.labels[topic] == "about" for article in labelled)
    return Figures(right / max(1, said), right / about)


def _add_rounds(table: Table, topic: str, way: str, rounds: Rounds) -> None:
    spread = f"{rounds.spread:.3f}" if len(rounds.each) > 1 else ""
    _add(table, topic, way, rounds.mean, spread)


def _add(table: Table, topic: str, way: str, figures: Figures, spread: str = "") -> None:
    numbers = (figures.precision, figures.recall, figures.f1)
    table.add_row(topic, way, *(f"{number:.3f}" for number in numbers), spread)
