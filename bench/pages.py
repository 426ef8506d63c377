"""How well and how fast pages are read, beside other readers on the same pages in one run.

Two sets: the real pages of a folder with `gold.json`, and our own cases in `tests/pages`. Body F1
counts words as a bag; a title is right if it is the same text, a date if it is the same day.
Leaked are words of a body that are not the article's; a false hit is a topic that they bring.
Milliseconds are of the processor, the least of three readings.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import page_dates, page_kinds
from bench.page_readers import Case, Reading, readers, structured
from spiders.sites import Site
from watch.matching import match
from watch.topics import Topics, load

ROOT = Path(__file__).parents[1]
OWN, TOPICS = ROOT / "tests" / "pages", ROOT / "seeds"
_ROUNDS = 3  # the fastest of so many readings is the time of a page


@dataclass
class Score:
    """A reader's figures over a set of pages."""

    f1: list[float] = field(default_factory=list)
    rights: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    words: int = 0
    leaked: int = 0  # words of bodies that are not the article's
    false_hits: int = 0  # topics found only because of them

    def judge(self, what: str, *, right: bool) -> None:
        self.known[what] += 1
        self.rights[what] += right

    def cell(self, what: str) -> str:
        return f"{self.rights[what]}/{self.known[what]}" if self.known[what] else "-"


def run(pages: Path) -> None:
    """Print the figures on the real pages of a folder and on our own cases."""
    topics = load(TOPICS)
    real = list(_real(pages))
    for name, cases in (("real pages", real), ("own cases", list(_own()))):
        _print(f"{name}: {len(cases)}", cases, topics)
    page_kinds.run(real)
    page_dates.run()


def _real(folder: Path) -> Iterator[Case]:
    for name, gold in json.loads((folder / "gold.json").read_text()).items():
        body = (folder / gold["body"]).read_text() if "body" in gold else None
        yield Case(
            page=(folder / name).read_bytes(),
            url=gold["url"],
            now=datetime.now(UTC),
            site=None,
            title=gold.get("title"),
            body=body,
            date=gold.get("date"),
            must=gold.get("must_have", ()),
            must_not=gold.get("must_not_have", ()),
        )


def _own() -> Iterator[Case]:
    for folder in sorted(path for path in OWN.iterdir() if path.is_dir()):
        meta = json.loads((folder / "meta.json").read_text())
        told = json.loads((folder / "expected.json").read_text())
        if "unreadable" not in told:
            yield Case(
                page=(folder / "page.html").read_bytes(),
                url=meta["address"],
                now=datetime.fromisoformat(meta["visited"]),
                site=Site.model_validate({**meta["seed"], "id": "case"})
                if "seed" in meta
                else None,
                title=told["title"],
                body="\n".join(told["text"]),
                date=(told["published"] or "")[:10],
                dateless=told["published"] is None,
            )


def _scores(cases: Sequence[Case], topics: Topics) -> dict[str, Score]:
    """Every reader's figures; they take turns at each page, so that a busy machine is fair."""
    found = readers()
    scores = {name: Score() for name in found}
    for case in cases:
        least = dict.fromkeys(found, float("inf"))
        for turn in range(_ROUNDS):
            for name, reader in found.items():
                started = time.process_time()
                told = reader(case)
                least[name] = min(least[name], time.process_time() - started)
                if turn == 0:
                    _judge(scores[name], case, told)
                    _leaks(scores[name], case, told, topics)
        for name, seconds in least.items():
            scores[name].milliseconds.append(seconds * 1000)
    return scores


def _judge(score: Score, case: Case, told: Reading) -> None:
    if case.title is not None:
        score.judge("title", right=" ".join(case.title.split()) == " ".join(told.title.split()))
    if case.date or case.dateless:
        score.judge("date", right=told.date == (case.date or ""))
    if case.body is not None:
        score.f1.append(_f1(case.body, told.body))
    for must in case.must:
        score.judge("must", right=must in told.body)
    for must_not in case.must_not:
        score.judge("must not", right=must_not not in told.body)


def _f1(gold: str, told: str) -> float:
    wanted, found = (Counter(re.findall(r"\w+", text)) for text in (gold, told))
    common = sum((wanted & found).values())
    return 2 * common / (wanted.total() + found.total()) if common else 0.0


def _leaks(score: Score, case: Case, told: Reading, topics: Topics) -> None:
    if case.body is None:
        return
    gold, found = (Counter(re.findall(r"\w+", text)) for text in (case.body, told.body))
    score.words += found.total()
    score.leaked += (found - gold).total()
    title = case.title or ""
    true, hits = (
        {(hit.topic, hit.level) for hit in match(title, text, topics)}
        for text in (case.body, told.body)
    )
    score.false_hits += len(hits - true)


def _print(title: str, cases: Sequence[Case], topics: Topics) -> None:
    table = Table(title=title)
    columns = (
        "reader",
        "body F1",
        "title",
        "date",
        "must have",
        "must not",
        "leaked",
        "false hits",
    )
    marked = [structured(case) for case in cases]
    kinds = (f"ms, structured ({sum(marked)})", f"ms, others ({len(cases) - sum(marked)})")
    for column in (*columns, *kinds):
        table.add_column(column)
    scores = _scores(cases, topics)
    for name, score in scores.items():
        table.add_row(
            name,
            f"{_mean(score.f1):.3f}",
            *(score.cell(what) for what in ("title", "date", "must", "must not")),
            f"{score.leaked / score.words:.1%}" if score.words else "-",
            str(score.false_hits),
            *(f"{_spent(score, marked, of=kind):.1f}" for kind in (True, False)),
        )
    console = Console(width=130)
    console.print(table)
    for kind, of in (("pages with structured data or selectors", True), ("other pages", False)):
        ours, theirs = (_spent(scores[name], marked, of=of) for name in ("munadi", "trafilatura"))
        if ours:
            console.print(f"{kind}: {theirs / ours:.1f} times as fast as trafilatura")


def _spent(score: Score, marked: Sequence[bool], *, of: bool) -> float:
    """The mean milliseconds of the pages that are structured, or are not."""
    chosen = zip(score.milliseconds, marked, strict=True)
    return _mean([spent for spent, mark in chosen if mark is of])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
