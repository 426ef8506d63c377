"""Munadi and its peers as readers of the same page: title, body and day.

readability-lxml is not among the development dependencies, because it asks for chardet 5, which
is under the LGPL; it is measured where it happens to be installed.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec

from spiders.reading import charset
from spiders.reading.extract import Extracted, extract
from spiders.sites import Site

_STRUCTURED = {"selectors", "json-ld", "microdata", "script"}


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


Reader = Callable[[Case], Reading]


def readers() -> dict[str, Reader]:
    """All readers that are installed, ours first."""
    found: dict[str, Reader] = {
        "munadi": _munadi,
        "trafilatura": _trafilatura(precision=False),
        "trafilatura, precision": _trafilatura(precision=True),
    }
    if find_spec("readability"):
        found["readability-lxml"] = _readability
    if find_spec("newspaper"):
        found["newspaper4k"] = _newspaper
    return found


def structured(case: Case) -> bool:
    """Whether structured data or a selector of the seed tells where a page's text stands."""
    found = extract(case.page, case.url, case.site, case.now)
    return isinstance(found, Extracted) and found.layers.get("text") in _STRUCTURED


def _munadi(case: Case) -> Reading:
    found = extract(case.page, case.url, case.site, case.now)
    if not isinstance(found, Extracted):
        return Reading()
    return Reading(found.title, found.text, str(found.published or "")[:10])


def _trafilatura(*, precision: bool) -> Reader:
    from trafilatura import bare_extraction  # noqa: PLC0415 - loading it takes half a second

    def reader(case: Case) -> Reading:
        found = bare_extraction(
            charset.decode(case.page, None),
            url=case.url,
            with_metadata=True,
            include_comments=False,
            favor_precision=precision,
        )
        if found is None or isinstance(found, dict):
            return Reading()
        return Reading(found.title or "", found.text or "", found.date or "")

    return reader


def _readability(case: Case) -> Reading:
    from lxml.html import fromstring  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    read = Document(charset.decode(case.page, None))
    return Reading(read.short_title(), fromstring(read.summary()).text_content())


def _newspaper(case: Case) -> Reading:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import newspaper  # noqa: PLC0415

        article = newspaper.Article(case.url, language="ar", fetch_images=False)
        try:
            article.download(input_html=charset.decode(case.page, None))
            article.parse()
        except newspaper.ArticleException:
            return Reading()
    return Reading(article.title or "", article.text or "", str(article.publish_date or "")[:10])
