"""How fast pages are read that point at their article, by the kind of pointing, beside trafilatura.

Few real pages at hand point at their text, so each is laid out in four kinds: with the class of
the body in a seed's selector, and with JSON-LD that tells the text in one line, in lines, or twice
as much of it as the page shows. A reader reads all pages of a kind in a row, as a crawl does, and
then the other; milliseconds are of the processor, the least of some readings of each page.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree
from rich.console import Console
from rich.table import Table

from bench.page_readers import Case, Reader, readers
from spiders.reading import reader
from spiders.reading.extract import Extracted, extract
from spiders.reading.opened import Page, open_page
from spiders.sites import Site

_ROUNDS = 12
_CLASS = "bench-body"
_HEAD = re.compile(rb"<head[^>]*>")
_SITE = {
    "id": "bench",
    "name": "-",
    "zone": "UTC",
    "article": ".",
    "home": "https://bench.example/",
}


def run(cases: Sequence[Case]) -> None:
    """Print the table over some real pages."""
    told = [(case, found) for case in cases if isinstance(found := _read(case), Extracted)]
    table = Table(
        "kind", "munadi, ms", "trafilatura, ms", "times as fast", title="pages that point"
    )
    ours, theirs = readers()["munadi"], readers()["trafilatura"]
    for kind in ("selector", "JSON-LD, one line", "JSON-LD, lines", "JSON-LD, twice the text"):
        if pages := list(_of_kind(kind, told)):
            mine, other = (1000 * seconds / len(pages) for seconds in _spent(pages, ours, theirs))
            table.add_row(kind, f"{mine:.1f}", f"{other:.1f}", f"{other / mine:.1f}")
    Console(width=130).print(table)


def _read(case: Case) -> object:
    return extract(case.page, case.url, case.site, case.now)


def _of_kind(kind: str, told: Sequence[tuple[Case, Extracted]]) -> Iterator[Case]:
    """The pages in one kind; with more text they also tell another page's."""
    for at, (case, found) in enumerate(told):
        lines = found.text.split("\n\n")
        if kind == "selector":
            yield from _selected(case, lines)
        elif kind == "JSON-LD, one line":
            yield _with_data(case, found.title, " ".join(lines))
        elif kind == "JSON-LD, lines":
            yield _with_data(case, found.title, "\n".join(lines))
        else:
            more = " ".join(other.text for _, other in told[at + 1 :] + told[:at]).split()
            words = " ".join(more[: len(found.text.split())])
            yield _with_data(case, found.title, "\n".join([*lines, words]))


def _with_data(case: Case, title: str, body: str) -> Case:
    node = {"@type": "NewsArticle", "headline": title, "articleBody": body}
    data = json.dumps(node, ensure_ascii=False).replace("</", "<\\/")
    script = f'<script type="application/ld+json">{data}</script>'.encode()
    return replace(case, page=_HEAD.sub(lambda head: head[0] + script, case.page, count=1))


def _selected(case: Case, lines: Sequence[str]) -> Iterator[Case]:
    """The page with a class on the element that holds the text, and a seed that names it."""
    opened = open_page(case.page, case.url, None, None)
    if isinstance(opened, Page):
        held = [line for line in opened.every_line if line.prose and line.text in lines]
        for element in reader.container(held)[:1]:
            element.set("class", f"{element.get('class') or ''} {_CLASS}")
            seed = {**_SITE, "feeds": [f"{_SITE['home']}rss"], "select": {"body": f".{_CLASS}"}}
            page = etree.tostring(opened.tree, encoding="utf-8", method="html")
            yield replace(case, page=page, site=Site.model_validate(seed))


def _spent(pages: Sequence[Case], *found: Reader) -> list[float]:
    """The seconds that each reader needs for all pages."""
    least = [[float("inf")] * len(pages) for _ in found]
    for _ in range(_ROUNDS):
        for read, times in zip(found, least, strict=True):
            for at, page in enumerate(pages):
                started = time.process_time()
                read(page)
                times[at] = min(times[at], time.process_time() - started)
    return list(map(sum, least))
