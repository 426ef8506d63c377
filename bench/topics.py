"""How well topics are named and told apart from passing mentions, and how fast."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import Stemmer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench import about, mistakes
from bench.fit_salience import Figures
from bench.labelled import LABELS, Labelled, articles, shipped
from watch.arabic import fold, tokens
from watch.matching import match
from watch.topics import Topics, from_name

# What a reader would type into a plain keyword filter for each topic.
KEYWORDS = {
    "aleppo": ("حلب",),
    "syria-ceasefire": ("وقف إطلاق النار", "هدنة", "الهدنة"),
}
TYPED = {"حلب": "aleppo", "وقف إطلاق النار في سوريا": "syria-ceasefire"}

Namer = Callable[[Labelled, str], bool]
Stem = Callable[[str], str]
_SNOWBALL = Stemmer.Stemmer("arabic")


def run(corpus: Path) -> None:
    """Print the figures on the labelled articles and sentences of a corpus folder."""
    console = Console()
    topics, labelled = shipped(), articles(corpus)
    console.print(_side_by_side(labelled, topics))
    about.run(console, labelled, topics)
    console.print(mistakes.table(labelled, topics))
    console.print(_sentences(corpus, topics))
    console.print(_speed(labelled, topics))


def _side_by_side(labelled: Sequence[Labelled], topics: Topics) -> Table:
    """Compare five ways of finding that a topic is named, on the same labels."""
    ways: dict[str, Namer] = {
        "raw substring": _substring,
        "whole words, folded": _whole_words,
        "Snowball stems": lambda article, topic: _stemmed(article, topic, _SNOWBALL.stemWord),
        "light10-style stems": lambda article, topic: _stemmed(article, topic, _light),
        "munadi": lambda article, topic: _level(article, topic, topics) is not None,
    }
    table = Table("topic", "way", "P", "R", "F1", title="Named (about or mention against none)")
    for topic in LABELS:
        for way, namer in ways.items():
            said = [namer(article, topic) for article in labelled]
            truth = [article.labels[topic] != "none" for article in labelled]
            _add(table, topic, way, _figures(said, truth))
    return table


def _sentences(corpus: Path, topics: Topics) -> Table:
    """Try the hard sentences; names that are not shipped topics are typed as one."""
    table = Table("topic", "text", "must match", "why", title="Hard sentences judged otherwise")
    right = total = 0
    with (corpus / "words_dev.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            total += 1
            wanted = row["should_match"] == "1"
            if _matches(row["topic"], row["text"].replace("\\n", "\n"), topics) is wanted:
                right += 1
            else:
                table.add_row(row["topic"], row["text"], str(wanted), row["why"])
    table.caption = f"{right} of {total} right"
    return table


def _speed(labelled: Sequence[Labelled], topics: Topics) -> Table:
    """Time the full rule with level on every article, ten topics, one core."""
    names = ("غزة", "حمص", "درعا", "الرقة", "مصر", "لبنان", "العراق", "اليمن")
    ten = topics.with_topics(from_name(name, topics.gazetteer) for name in names)
    begun = time.process_time()
    for article in track(labelled, "timing", transient=True):
        match(article.title, article.text, ten)
    seconds = time.process_time() - begun
    words = sum(len(tokens(article.text)) for article in labelled) / len(labelled)
    table = Table("topics", "words an article", "articles a second of one core", title="Speed")
    table.add_row(str(len(ten)), f"{words:.0f}", f"{len(labelled) / seconds:.0f}")
    return table


def _matches(name: str, text: str, topics: Topics) -> bool:
    if name in TYPED:
        return any(hit.topic == TYPED[name] for hit in match("", text, topics))
    topic = from_name(name, topics.gazetteer)
    hits = match("", text, topics.with_topics([topic]))
    return any(hit.topic == topic.id for hit in hits)


def _level(article: Labelled, topic: str, topics: Topics) -> str | None:
    hits = match(article.title, article.text, topics)
    return next((str(hit.level) for hit in hits if hit.topic == topic), None)


def _substring(article: Labelled, topic: str) -> bool:
    return any(word in f"{article.title}\n{article.text}" for word in KEYWORDS[topic])


def _whole_words(article: Labelled, topic: str) -> bool:
    row = " ".join(token.word for token in tokens(f"{article.title}\n{article.text}"))
    return any(f" {fold(word)} " in f" {row} " for word in KEYWORDS[topic])


def _stemmed(article: Labelled, topic: str, stem: Stem) -> bool:
    """Tell whether a keyword stands in an article, both stemmed word by word."""

    def row(text: str) -> str:
        return f" {' '.join(stem(token.word) for token in tokens(text))} "

    whole = row(f"{article.title}\n{article.text}")
    return any(row(word) in whole for word in KEYWORDS[topic])


def _light(word: str) -> str:
    """Strip و, one article and one ending as Larkey's light10 does, leaving two letters or more."""
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    for front in ("وال", "بال", "كال", "فال", "لل", "ال"):
        if word.startswith(front) and len(word) >= len(front) + 2:
            word = word[len(front) :]
            break
    for end in ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"):
        if word.endswith(end) and len(word) >= len(end) + 2:
            word = word[: -len(end)]
    return word


def _figures(said: Sequence[bool], truth: Sequence[bool]) -> Figures:
    both = sum(one and other for one, other in zip(said, truth, strict=True))
    return Figures(both / max(1, sum(said)), both / max(1, sum(truth)))


def _add(table: Table, topic: str, way: str, figures: Figures) -> None:
    numbers = (figures.precision, figures.recall, figures.f1)
    table.add_row(topic, way, *(f"{number:.3f}" for number in numbers))
