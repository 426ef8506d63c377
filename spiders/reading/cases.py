"""Keeps a page as a test case: trimmed of what no reader looks at, with what it is read to now.

What goes: scripts other than JSON-LD, unless the article is only in one; styles, pictures' data,
hidden frames, long attributes.
What stays: every element that holds text, its class and id, and the meta tags. Whoever keeps a
case corrects `expected.json` by hand: it says what munadi reads, not what is right.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from spiders.reading import charset, trees
from spiders.reading.extract import extract
from spiders.reading.outcomes import Extracted, Unreadable
from spiders.reading.trees import Element
from spiders.sites import Site

_KEPT = frozenset(
    {"class", "id", "href", "rel", "property", "name", "content", "itemprop", "itemtype"}
    | {"itemscope", "datetime", "lang", "dir", "role", "hidden", "aria-hidden", "style", "type"}
    | {"http-equiv", "charset"}
)
_GONE = frozenset(
    {"style", "svg", "noscript", "iframe", "object", "embed", "canvas", "source", "template"}
)
_DATA_CHARS = 300  # of a script that may hold an article
_DOOMED = "doomed"
_LONGEST_ATTRIBUTE = 300
_LONGEST_CONTENT = 2_000


def trimmed(page: bytes, content_type: str | None, *, scripts: bool = False) -> str:
    """A page as UTF-8 text without what plays no part in reading it; empty if it is none.

    `scripts`: keep those that hold data, since one of them holds the article.
    """
    tree, _ = trees.parse(trees.sparse(charset.decode(page, content_type).encode()))
    if tree is None:
        return ""
    for element in tree.iter():
        if _useless(element) and not (scripts and _holds_data(element)):
            element.tag = _DOOMED
        else:
            _strip(element)
    etree.strip_elements(tree, _DOOMED, with_tail=False)
    html = etree.tostring(tree, encoding="unicode", method="html", doctype="<!DOCTYPE html>")
    html = re.sub(r"<meta[^>]*charset=[^>]*>", "", html, flags=re.IGNORECASE)
    html = re.sub(r"(<head[^>]*>)", r'\1<meta charset="utf-8">', html, count=1)
    return re.sub(r"[ \t]*\n\s*", "\n", html).strip() + "\n"


def record(
    folder: Path,
    page: bytes,
    url: str,
    site: Site | None,
    now: datetime,
    *,
    content_type: str | None = None,
) -> Path:
    """Write `page.html`, `meta.json` and `expected.json` to a new folder; returns it.

    `now` is the time of the visit. Raises FileExistsError rather than overwrite a case.
    """
    found = extract(page, url, site, now, content_type=content_type)
    in_script = isinstance(found, Extracted) and found.layers.get("text") == "script"
    html = trimmed(page, content_type, scripts=in_script)
    meta: dict[str, Any] = {"address": url, "origin": "recorded", "visited": now.isoformat()}
    if site is not None:
        seed = site.model_dump(mode="json", exclude_defaults=True, exclude={"id", "proxy"})
        meta["seed"] = {"feeds": ["https://feeds.example/rss"], **seed}
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(html, encoding="utf-8")
    _write(folder / "meta.json", meta)
    _write(folder / "expected.json", _told(html, url, site, now))
    return folder


def _told(html: str, url: str, site: Site | None, now: datetime) -> dict[str, Any]:
    found = extract(html, url, site, now)
    if isinstance(found, Unreadable):
        return {"unreadable": found.reason}
    return {
        "title": found.title,
        "text": found.text.split("\n\n"),
        "published": found.published.isoformat() if found.published else None,
        "updated": found.updated.isoformat() if found.updated else None,
        "agency": found.agency,
        "language": found.language,
        "author": found.author,
        "section": found.section,
        "place": found.place,
    }


def _write(path: Path, value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _useless(element: Element) -> bool:
    if element.getparent() is None:
        return False
    if element.tag == "script":
        return "ld+json" not in (element.get("type") or "").casefold()
    return element.tag in _GONE or (element.tag == "link" and element.get("rel") != "canonical")


def _holds_data(element: Element) -> bool:
    return element.tag == "script" and len(element.text or "") >= _DATA_CHARS


def _strip(element: Element) -> None:
    for name, value in list(element.attrib.items()):
        longest = _LONGEST_CONTENT if name == "content" else _LONGEST_ATTRIBUTE
        if name not in _KEPT or len(value) > longest:
            del element.attrib[name]
