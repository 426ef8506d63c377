"""Where an article ends in the source of its page: what stands behind it need not be parsed.

That is half of a news page: teasers, comments, menus. The end is looked for in the bytes, and the
tree tells whether it was the end: what holds the article must have been closed by then. A parser
only reads forward, so it made the same of all before as it would have of the whole page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from spiders.reading import jsonld
from spiders.reading.trees import Element, ancestors

_LEAST_BYTES = 4_000  # less behind an article is sooner parsed than looked through
_TELLING = (b"headline", b"articlebody", b"date", b"author", b"articlesection", b"dc:")
_TITLE = b"<h1"  # without one before the text, one behind it may be the article's
_END = b"<br>"  # an element wherever it stands, but in a script or a comment
_BOX = re.compile(rb"<(/?)(?:div|section|article|main|td)\b")  # no capitals: twice as quick
_TAG = re.compile(rb"<([a-zA-Z][a-zA-Z0-9]{0,20})\s[^<>]*")
_HIDING = ((b"<!--", b"-->"), (b"<script", b"</script"))  # tags in these are none

_NAMES = re.compile(r"[.#]([A-Za-z][\w-]*)|=\s*[\"']?([A-Za-z][\w-]*)")  # "div.story", "#text"
_COMBINATORS = re.compile(r"[\s>+~]+")
_MORE_THAN_NAMES = re.compile(r":|[*^$|]=")  # ".story:not(.card)", "[class*=story]"
_IN_NAME = re.compile(rb"[\w-]")
_MOST_NAMED = 100
# Without its beginning, which frameworks write itemP.
_BODY = b"articleBody"
_MARKED = tuple(b"rop=%b%b%b" % (quote, _BODY, quote) for quote in (b'"', b"'", b""))

_TOLD = b'"%b"' % _BODY
_TOLD_CHARS = 200  # of its beginning, and of its end
_MOST_WORDS = 12  # of each by which it is looked for,
_PIECE_WORDS = 3  # so many at once: one may be parted by a tag, or written in numbers

RELATED = re.compile(rb"""rel=["']?[^"'<>]{0,100}?(?:author|category)""")
# What tells more of the article that stands above, first as it is quickly looked for.
_SIGNS = (
    *(
        (sign, re.compile(name + rb"""=["']?[^"'<>]{0,100}?(?i:%b)""" % b"|".join(_TELLING)))
        for sign, name in ((b"rop=", b"item[pP]rop"), (b"property=", b"property"))
    ),
    (b"rel=", RELATED),
    (b"vcard", re.compile(b"vcard")),
)
_WAY = re.compile(rb"""\b(?:class|id)=["']?[^<>"'=]{0,80}?crumb""")  # to the article
_NEAR_BYTES = 10_000  # behind an article: what tells more of it stands no farther off
_SIGN_BYTES = 1_000  # in which an element with such a sign is closed
_DATA_SIGNS = (b"ld+json", b"ld&#43;json")  # as some templates write it
_DATA = re.compile(
    rb"<script\b[^<>]{0,200}?ld(?:\+|&#43;)json[^<>]{0,200}>.*?(?:</script\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)


def parted(source: bytes, css: str | None) -> tuple[bytes, bytes] | None:
    """A page's source up to the end of the article at which it points, or the seed's selector of
    the body does, with the JSON-LD that stands behind; and what stands behind. None if the end is
    not known, or not much stands there.
    """
    end = _end(source, css)
    if end is None or len(source) - end < _LEAST_BYTES or source.find(_TITLE, 0, end) < 0:
        return None
    if (sign := max(_signs(source, end), default=-1)) >= 0:
        end = _behind(source, source.find(b"</", sign + _SIGN_BYTES))  # of a script, it may be
        if end is None or end <= sign or len(source) - end < _LEAST_BYTES:
            return None
    data = _data(source, end)
    return None if data is None else (b"".join((source[:end], _END, *data)), source[end:])


def ended(tree: Element, holding: Iterable[Element]) -> bool:
    """Whether some elements were closed where a shortened page's source ends, and no script or
    comment was open there.
    """
    last: Element | None = tree
    while last is not None and len(last):
        last = last[-1]
    while last is not None and last.tag == "script":  # the data from behind
        last = last.getprevious()
    return last is not None and last.tag == "br" and set(holding).isdisjoint(ancestors(last))


def holds_end(source: bytes, text: str) -> bool:
    """Whether a part of a page's source shows some of the last words of a text."""
    return any(piece in source for piece in _ends(text))


def _end(source: bytes, css: str | None) -> int | None:
    """Where the element ends that holds the article, as far as the bytes tell."""
    names = _names(css) if css else []
    if css and not names:
        return None
    named = max((_last_named(source, name) for name in names), default=-1)
    if named >= 0:
        return _element_end(source, named)
    told = _told_end(source)
    if told is not None and source.rfind(_BODY, told) < 0:
        return told
    marked = max(map(source.rfind, _MARKED))
    around = _element_end(source, marked) if marked >= 0 else None
    return around if told is None or marked >= told else max(told, around or 0)


def _names(css: str) -> list[bytes]:
    """The last class, id or value in each part of a selector; none if a part has none, or more."""
    if _MORE_THAN_NAMES.search(css):
        return []
    parts = (_NAMES.findall(_COMBINATORS.split(part.strip())[-1]) for part in css.split(","))
    names = [next(filter(None, found[-1])).encode() if found else b"" for found in parts]
    return names if all(names) else []


def _last_named(source: bytes, name: bytes) -> int:
    """Where a name stands last, but as a part of another; -1 if nowhere."""
    at = len(source)
    for _ in range(_MOST_NAMED):
        at = source.rfind(name, 0, at)
        behind = at + len(name)
        if at < 0 or not _IN_NAME.search(source[at - 1 : at] + source[behind : behind + 1]):
            break
    return at


def _element_end(source: bytes, named: int) -> int | None:
    """Where the element ends in whose opening tag a name stands."""
    opened = _TAG.match(source, max(0, source.rfind(b"<", 0, named)))
    if opened is None or opened.end() < named:
        return None
    depth = 0
    for tag in re.compile(rb"<(/?)%b\b" % opened[1]).finditer(source, opened.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return _behind(source, tag.end())
    return None


def _told_end(source: bytes) -> int | None:
    """Where the box ends around the text that JSON-LD tells, or around its beginning if its end is
    not shown.
    """
    at = source.find(_TOLD)
    data = source.find(b"</script", at)
    if not 0 <= at < data:
        return None
    try:
        text = _told(source[at + len(_TOLD) : data].decode())
    except (ValueError, RecursionError):
        return None
    starts, ends = _pieces(_words(text[:_TOLD_CHARS])[:_MOST_WORDS]), _ends(text)
    body = max(0, source.find(b"<body"))
    for begin, stop in ((max(body, data), len(source)), (body, at)):
        if (start := _first(source.find(one, begin, stop) for one in starts)) >= 0:
            return _box_end(source, start, _first(source.rfind(one, start, stop) for one in ends))
    return None


def _told(data: str) -> str:
    """The string with which the value of a key begins; ValueError if it is none, or broken."""
    value, _ = json.JSONDecoder(strict=False).raw_decode(data.lstrip(" \t\r\n:"))
    return value if isinstance(value, str) else ""


def _ends(text: str) -> list[bytes]:
    """The words with which a told text ends, a few each, the last first."""
    return _pieces(_words(text[-_TOLD_CHARS:])[-_MOST_WORDS:])[::-1]


def _words(told: str) -> list[str]:
    return jsonld.text(told).split()


def _pieces(words: Sequence[str]) -> list[bytes]:
    """Some words as they stand in a source, a few each."""
    places = range(0, len(words), _PIECE_WORDS)
    joined = (" ".join(words[at : at + _PIECE_WORDS]) for at in places)
    return [piece.encode(errors="replace") for piece in joined]


def _first(places: Iterator[int]) -> int:
    """The first place where something was found; -1 if nothing was."""
    return next((at for at in places if at >= 0), -1)


def _box_end(source: bytes, start: int, last: int) -> int | None:
    """Where the smallest box ends that holds two places."""
    depth = lowest = 0
    for box in _BOX.finditer(source, start):
        depth += -1 if box[1] else 1
        if box.start() < last:
            lowest = min(lowest, depth)
        elif depth < lowest:
            return _behind(source, box.end())
    return None


def _data(source: bytes, end: int) -> list[bytes] | None:
    """The JSON-LD that stands behind a place; None if some is in a comment or another script."""
    found: list[bytes] = []
    if all(source.rfind(sign, end) < 0 for sign in _DATA_SIGNS):
        return found
    for script in _DATA.finditer(source, end):
        if _hidden(source, end, script.start()):
            return None
        found.append(script[0])
        end = script.end()
    return found


def _hidden(source: bytes, begin: int, at: int) -> bool:
    """Whether a place stands in a comment or a script that opens behind another place."""
    return any(source.rfind(one, begin, at) > source.rfind(end, begin, at) for one, end in _HIDING)


def _behind(source: bytes, at: int) -> int | None:
    """Where a tag ends in which a place is."""
    return source.find(b">", at) + 1 or None


def _signs(source: bytes, end: int) -> Iterator[int]:
    """Where something stands behind a place that tells more of the article."""
    near = end + _NEAR_BYTES
    way = source.rfind(b"crumb", end)  # at the foot of some pages
    if way >= 0 and not _WAY.search(source, 0, end):
        yield way
    for sign, pattern in _SIGNS:
        if source.rfind(sign, end, near) >= 0:
            yield from (found.end() for found in pattern.finditer(source, end, near))
