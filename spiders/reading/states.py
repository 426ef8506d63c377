"""The article in the data of a page that only a script would lay out: `__NEXT_DATA__`, a variable,
or what a framework streams in a form of its own.

Such a page shows nothing by itself. Its data may hold many articles; only the one whose title is
the page's is taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from spiders.reading import headline, jsonld, streams
from spiders.reading.layers import Claims
from spiders.reading.trees import Element

MAX_CHARS = 2_000_000
_NUMBERED = "__NUXT_DATA__"
_MAX_NODES = 20_000
_MIN_WORDS = 20  # of a text: less is a teaser
_OPENS = re.compile(r"^\s*(?=[{\[])|=\s*(?=[{\[])|JSON\.parse\(\s*(?=[\"'])")
_MAX_VALUES = 8  # of one script
_TITLES = ("headline", "title", "name", "seoTitle", "headlines")
_BODIES = (
    "articleBody",
    "body",
    "blocks",
    "content",
    "contentHtml",
    "html",
    "text",
    "story",
    "article",
    "content_elements",
)
_TEXTS = ("rendered", "text", "content", "html", "value", "data", "model", "blocks", "children")
_PARAGRAPH = re.compile(r"paragraph|head|quote|^h[1-6]$|^p$|^li$", re.IGNORECASE)
_BESIDE = re.compile(r"link|image|video|gallery|embed|social|promo|^ad", re.IGNORECASE)
_DEEPEST = 12
_TIMES = (
    *("datePublished", "publishDate", "publishedAt", "published_at", "published", "date"),
    *("first_publish_date", "display_date", "publish_date"),
)


def article(scripts: Iterable[Element], titles: list[str]) -> Claims | None:
    """What the data of some scripts tells of the article with one of some titles, if anything."""
    shown = [title for title in titles if title]
    for value in _told(scripts):
        for node in _nodes(value):
            if found := _claims(node, shown):
                return found
    return None


def _told(scripts: Iterable[Element]) -> Iterator[Any]:
    """The values in some scripts; those that a page streams stand in many."""
    stream: list[str] = []
    for script in scripts:
        kind = (script.get("type") or "").casefold()
        text = (script.text or "")[:MAX_CHARS]
        if "__next_f" in text:
            stream.append(streams.pushed(text))
        elif "ld+json" in kind or len(text) < 10 * _MIN_WORDS:
            continue
        elif "__NUXT__" in text:
            yield streams.called(text)
        else:
            for value in _values(text):
                if script.get("id") == _NUMBERED and isinstance(value, list):
                    yield from streams.numbered(value)
                else:
                    yield value
    yield from streams.flight("".join(stream)[:MAX_CHARS])


def _values(text: str) -> Iterator[Any]:
    """The JSON values that stand alone in a script or are given to a variable."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(_MAX_VALUES):
        opens = _OPENS.search(text, at)
        if opens is None:
            return
        at = opens.end()
        try:
            value, at = decoder.raw_decode(text, at)
            if isinstance(value, str):  # JSON.parse("{…}")
                value = json.loads(value, strict=False)
        except (ValueError, RecursionError):
            continue
        yield value


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(part for part in one.values() if isinstance(part, dict | list))
        elif isinstance(one, list):
            waiting.extend(part for part in one if isinstance(part, dict | list))


def _claims(node: dict[str, Any], shown: list[str]) -> Claims | None:
    """The claims of a node that has one of the titles and a text."""
    title = _first(node, _TITLES)
    if not title or not any(headline.agree(title, one) for one in shown):
        return None
    body = next(filter(None, (_body(node.get(name)) for name in _BODIES)), "")
    if not body:
        return None
    return Claims(layer="script", title=title, body=body, published=_first(node, _TIMES))


def _body(value: Any) -> str:
    body = jsonld.text(list(islice(_texts(value, _DEEPEST), _MAX_NODES)))
    return body if len(body.split()) >= _MIN_WORDS else ""


def _texts(value: Any, deep: int) -> Iterator[str]:
    """The texts in a text, {"rendered": …} or blocks: {"type": "p", "data": {"text": …}}."""
    if isinstance(value, str):
        yield value
    elif deep and isinstance(value, list):
        for one in value:
            yield from _texts(one, deep - 1)
    elif deep and isinstance(value, dict):
        inner = (part for key in _TEXTS for part in _texts(value.get(key), deep - 1))
        kind = str(value.get("type", ""))
        if _PARAGRAPH.search(kind):
            yield "".join(inner)
        elif not _BESIDE.search(kind):
            yield from inner


def _first(node: dict[str, Any], names: tuple[str, ...]) -> str:
    values = (node.get(name) for name in names)
    plain = (
        one.get("rendered") or one.get("basic") if isinstance(one, dict) else one for one in values
    )
    return next(filter(None, map(jsonld.plain, plain)), "")
