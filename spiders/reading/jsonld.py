"""The article that a page's JSON-LD tells: found wherever it stands, mended where it is slightly
broken.

Broken in the ways that pages break it: line feeds and tabs inside strings, a comma too many,
quotation marks inside a headline, a comment around it, several objects in one script, an end that
was cut off.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from spiders.reading.layers import Claims
from spiders.reading.trees import Element

MAX_CHARS = 2_000_000
_MAX_NODES = 400
_TYPES = re.compile(
    r"(?:^|[/#])(?:\w*NewsArticle|Article|BlogPosting|LiveBlogPosting|Report|NewsReport)$"
)
_PAGE = re.compile(r"(?:^|[/#])(?:Item|Collection)?WebPage$")
_FOLLOWED = ("@graph", "mainEntity", "mainEntityOfPage", "article")
_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:(?://\s*)?-->|//\s*\]\]>|\]\]>|;)\s*$"
)
_COMMA = re.compile(r",(\s*[}\]])")
_SALVAGE = re.compile(
    r'"(headline|datePublished|dateModified|articleBody|url|inLanguage)"\s*:\s*"(.*?)(?:"(?=\s*(?:,\s*"|[}\]]|,?\s*\n|$))|$)',
    re.DOTALL,
)
_AUTHOR = re.compile(r'"author"\s*:\s*(?:\[\s*)?(?:\{[^{}]*?"name"\s*:\s*)?"([^"]{2,80})"')
_STRING = re.compile(
    r'(?<=[:\[,{])(\s*)"(.*?)"(?=\s*(?:[:}\]]|,\s*["{\[\d]|,\s*$|,\s*[}\]]|$))', re.DOTALL
)
_TAG = re.compile(r"<[^<>]{1,400}>")
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d)\b[^<>]*>", re.IGNORECASE)


def articles(scripts: Iterable[Element]) -> list[Claims]:
    """The claims of every article in the JSON-LD of some scripts, in order; behind them those of
    the page itself, which may be all that tells its time.
    """
    found: list[Claims] = []
    pages: list[Claims] = []
    for script in scripts:
        if "ld+json" in (script.get("type") or "").casefold() and script.text:
            values = _load(script.text[:MAX_CHARS])
            found += [_claims(node) for node in _nodes(values, _TYPES)]
            pages += [_of_page(node) for node in _nodes(values, _PAGE) if "datePublished" in node]
    return found + pages


def _load(text: str) -> list[Any]:
    """The JSON values of a script; what cannot be mended is salvaged key by key."""
    text = text.strip("\ufeff \t\r\n")
    if not (text.startswith(("{", "[")) and text.endswith(("}", "]"))):
        text = _WRAPPER.sub("", _WRAPPER.sub("", text)).strip()
    for mend in (str, html.unescape, _without_commas, _requoted, _double_quoted):
        values = _values(mend(text))
        if values:
            return values
    salvaged: dict[str, Any] = {
        key: _unescaped(value) for key, value in reversed(_SALVAGE.findall(text))
    }
    if author := _AUTHOR.search(text):
        salvaged["author"] = _unescaped(author[1])
    if (
        _TYPES.search((re.findall(r'"@type"\s*:\s*\[?\s*"([^"]+)"', text) or [""])[0])
        or "headline" in salvaged
    ):
        return [{"@type": "NewsArticle", **salvaged}] if salvaged else []
    return []


def _values(text: str) -> list[Any]:
    """All the values that follow each other in a text; none if one of them is broken."""
    decoder, at, values = json.JSONDecoder(strict=False), 0, []
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return []
        values.append(value)
        at = len(text) - len(text[at:].lstrip(" \t\r\n,;"))
    return values


def _requoted(text: str) -> str:
    """The text with the quotation marks inside strings escaped and surplus commas gone."""
    escaped = _STRING.sub(lambda m: m[1] + '"' + re.sub(r'(?<!\\)"', r"\"", m[2]) + '"', text)
    return _without_commas(escaped)


def _double_quoted(text: str) -> str:
    """The text with double quotation marks, if it has only single ones."""
    return _without_commas(text if '"' in text else text.replace("'", '"'))


def _without_commas(text: str) -> str:
    """The text without commas before a closing bracket."""
    return _COMMA.sub(r"\1", text)


def _unescaped(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def _nodes(values: list[Any], wanted: re.Pattern[str]) -> Iterator[dict[str, Any]]:
    """The nodes of the wanted types among some values, with their graphs; not those in lists of
    other articles.
    """
    waiting = list(reversed(values))
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            types = value.get("@type")
            if any(
                isinstance(one, str) and wanted.search(one)
                for one in (types if isinstance(types, list) else [types])
            ):
                yield value
            waiting.extend(
                value[key] for key in reversed(_FOLLOWED) if isinstance(value.get(key), dict | list)
            )


def _claims(node: dict[str, Any]) -> Claims:
    page = node.get("mainEntityOfPage")
    address = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    return Claims(
        layer="json-ld",
        title=plain(node.get("headline")) or plain(node.get("name")),
        body=text(node.get("articleBody")) or _live(node.get("liveBlogUpdate")),
        published=_time(node.get("datePublished")) or _time(node.get("dateCreated")),
        updated=_time(node.get("dateModified")),
        url=plain(node.get("url")) or plain(address),
        authors=tuple(_names(node.get("author"))) + tuple(_names(node.get("creator"))),
        language=plain(node.get("inLanguage")).casefold(),
        outlet=next(iter(_names(node.get("publisher"))), ""),
        section=plain(node.get("articleSection")),
    )


def _of_page(node: dict[str, Any]) -> Claims:
    """The times of a page, for the article that it shows."""
    return Claims(
        layer="json-ld",
        published=_time(node.get("datePublished")),
        updated=_time(node.get("dateModified")),
        url=plain(node.get("url")) or plain(node.get("@id")),
    )


def _time(value: Any) -> str:
    """A time, which may be a number of seconds."""
    return str(value) if isinstance(value, int) and value else plain(value)


def plain(value: Any) -> str:
    """A string as one line, its entities and markup resolved; empty if it is none."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(_TAG.sub(" ", html.unescape(value)).split()) if isinstance(value, str) else ""


def text(value: Any) -> str:
    """A body as lines: entities and markup resolved, breaks kept."""
    if isinstance(value, list):
        value = "\n".join(one for one in value if isinstance(one, str))
    if not isinstance(value, str):
        return ""
    return _TAG.sub(" ", _BREAK.sub("\n", html.unescape(html.unescape(value)))).strip()


def _live(entries: Any) -> str:
    """The entries of a live blog, in the order in which the page has them."""
    parts = []
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            parts += [plain(entry.get("headline")), text(entry.get("articleBody"))]
    return "\n".join(filter(None, parts))


def _names(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = plain(one.get("name")) if isinstance(one, dict) else plain(one)
        if name:
            yield name
