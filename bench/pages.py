"""How well and how fast pages are read, beside trafilatura on the same pages in one run.

Two sets: the real pages of a folder with `gold.json`, and our own cases in `tests/pages`. Body F1
counts words as a bag; a title is right if it is the same text, a date if it is the same day.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from spiders import charset
from spiders.extract import Extracted, extract
from spiders.sites import Site

OWN = Path(__file__).parents[1] / "tests" / "pages"
_ROUNDS = 3  # the fastest of so many readings is the time of a page


@dataclass(frozen=True)
class Case:
    """One page and what is known of its article."""

    page: bytes
    url: str
    now: datetime
    site: Site | None
    title: str | None = None
    body: str | None = None
    date: str | None = None
    dateless: bool = False  # the page tells no date, so telling one is wrong
    must: Sequence[str] = ()
    must_not: Sequence[str] = ()


@dataclass
class Reading:
    """What a reader made of a page."""

    title: str = ""
    body: str = ""
    date: str = ""


@dataclass
class Score:
    """A reader's figures over a set of pages."""

    f1: list[float] = field(default_factory=list)
    rights: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)

    def judge(self, what: str, *, right: bool) -> None:
        self.known[what] += 1
        self.rights[what] += right

    def cell(self, what: str) -> str:
        return f"{self.rights[what]}/{self.known[what]}" if self.known[what] else "-"


Reader = Callable[[Case], Reading]


def run(pages: Path) -> None:
    """Print the figures on the real pages of a folder and on our own cases."""
    for name, cases in (("real pages", list(_real(pages))), ("own cases", list(_own()))):
        _print(f"{name}: {len(cases)}", cases)


def _munadi(case: Case) -> Reading:
    found = extract(case.page, case.url, case.site, case.now)
    if not isinstance(found, Extracted):
        return Reading()
    return Reading(found.title, found.text, str(found.published or "")[:10])


def _trafilatura(*, precision: bool) -> Reader:
    from trafilatura import bare_extraction  # noqa: PLC0415 - loading it takes half a second

    def reader(case: Case) -> Reading:
        text = charset.decode(case.page, None)
        found = bare_extraction(
            text,
            url=case.url,
            with_metadata=True,
            include_comments=False,
            favor_precision=precision,
        )
        if found is None or isinstance(found, dict):
            return Reading()
        return Reading(found.title or "", found.text or "", found.date or "")

    return reader


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


def _score(reader: Reader, cases: Sequence[Case]) -> Score:
    score = Score()
    for case in cases:
        times = []
        for _ in range(_ROUNDS):
            started = time.perf_counter()
            told = reader(case)
            times.append(time.perf_counter() - started)
        score.milliseconds.append(min(times) * 1000)
        _judge(score, case, told)
    return score


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


def _print(title: str, cases: Sequence[Case]) -> None:
    table = Table(title=title)
    for column in ("reader", "body F1", "title", "date", "must have", "must not", "ms a page"):
        table.add_column(column)
    readers = {
        "munadi": _munadi,
        "trafilatura": _trafilatura(precision=False),
        "trafilatura, precision": _trafilatura(precision=True),
    }
    for name, reader in readers.items():
        score = _score(reader, cases)
        table.add_row(
            name,
            f"{sum(score.f1) / len(score.f1):.3f}" if score.f1 else "-",
            *(score.cell(what) for what in ("title", "date", "must", "must not")),
            f"{sum(score.milliseconds) / len(score.milliseconds):.1f}",
        )
    Console().print(table)
