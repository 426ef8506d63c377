"""The article's title: which of the page's many titles it is.

The rule, first that holds:
1. what the seed's selector names, unless the other titles agree with a heading and not with it;
2. a heading on the page that agrees with a machine-readable title: it is the title as printed;
3. the headline of JSON-LD or microdata, then og:title, then <title>, each without the outlet's
   name; but the only <h1> before a meta title that it does not agree with, if the text holds its
   words as well; and before a title as short as an outlet's name the line of which the text holds
   more;
4. with no such title at all: the first heading that is not the outlet's name, or else the last
   short line before the running text that is not furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from spiders.reading import furniture, headline
from spiders.reading.headline import words
from spiders.reading.markup import Line

_ARABIC = re.compile("[ا-ي]")
_HEADLINE_WORDS = 5
_TOLD_LINES = 20  # of a text, in which a headline's words are looked for
_AS_WELL = 0.8
_MOSTLY = 0.5
_NAME_WORDS = 4  # a shorter title may be the outlet's name
_MAX_HEADINGS = 60
_NEAR_LINES = 12  # before the running text


def choose(
    selected: str, claimed: Sequence[tuple[str, str]], lines: Sequence[Line], outlets: Sequence[str]
) -> tuple[str, str]:
    """The title and the layer that gave it; both empty if the page has none.

    `claimed`: (layer, title) in the order of trust.
    """
    told = list(headline.bared(claimed, outlets))
    headings = [
        line
        for line in lines
        if line.heading
        and headline.MIN_WORDS <= line.words <= headline.MAX_WORDS
        and not (line.linked and headline.links_home(line))
    ]
    headings = headings[:_MAX_HEADINGS]
    ranked = sorted(headings, key=lambda one: one.tag)
    if selected and not headline.outdated(selected, told, ranked):
        return selected, "selectors"
    if found := headline.printed(told, ranked):
        return headline.as_printed(found, told, outlets), "heading"
    if any(line.tag == "h1" and line.words >= 4 and _ARABIC.search(line.text) for line in ranked):
        told = [(layer, title) for layer, title in told if _ARABIC.search(title)]
    if not told:
        return _from_lines(headings, lines, outlets)
    layer, title = told[0]
    if layer not in ("meta", "title"):
        return _as_printed(title, lines) or title, layer
    return _unlike(title, headings, lines, outlets) or (_as_printed(title, lines) or title, layer)


def _unlike(
    title: str, headings: Sequence[Line], lines: Sequence[Line], outlets: Sequence[str]
) -> tuple[str, str] | None:
    """The title, where a page's meta title and its headings disagree: the only main heading, if the
    text holds its words as well; or what stands above the text, if that holds more of its words
    than of those of a title as short as an outlet's name.
    """
    text = _told_words(lines)
    main = [one for one in headings if one.tag == "h1" and not one.linked and one.kind is None]
    only = main[0] if len(main) == 1 and main[0].words >= _HEADLINE_WORDS else None
    if only and (held := _held(only.text, text)) and held >= _AS_WELL * _held(title, text):
        return headline.bare(only.text, outlets), "heading"
    if len(words(title)) <= _NAME_WORDS and text:
        first = next((line.index for line in lines if line.prose), 0)
        above = [one for one in headings if one.tag != "h1" and one.index < first]
        found = _from_lines(above, lines, outlets)
        return found if _tells_more(found[0], title, text, lines) else None
    if text and not _held(title, text) and not any(line.spelt == words(title) for line in lines):
        return _telling(headings, lines, text)
    return None


def _telling(
    headings: Sequence[Line], lines: Sequence[Line], text: set[str]
) -> tuple[str, str] | None:
    """The highest heading above a text whose words that text holds most of: for outlets whose pages
    all have the same <title>.
    """
    first = next((line.index for line in lines if line.prose), 0)
    above = [one for one in headings if one.index < first and not one.linked and one.kind is None]
    for line in sorted(above, key=lambda one: one.tag):
        if line.words >= _HEADLINE_WORDS and _held(line.text, text) >= _MOSTLY:
            return line.text, "heading"
    return None


def _tells_more(found: str, title: str, text: set[str], lines: Sequence[Line]) -> bool:
    """Whether a line says more of a text than a title does that may be the outlet's name.

    A title that the page prints below its first line may be a short headline.
    """
    share, least = _held(found, text), _held(title, text)
    if not least or len(words(found)) < _HEADLINE_WORDS:
        return share > 0 and not least
    printed = any(line.spelt == words(title) for line in lines[1:])
    many = len(_long(found) & text) > len(words(title)) and not printed
    return share > least or many


def _held(title: str, text: set[str]) -> float:
    """The share of a title's words that a text holds too, short ones apart."""
    told = _long(title)
    return len(told & text) / len(told) if told else 0.0


def _long(title: str) -> set[str]:
    return {word for word in words(title) if len(word) > 2}


def _told_words(lines: Sequence[Line]) -> set[str]:
    """The words of the beginning of a text."""
    prose = (line for line in lines if line.prose)
    return {word for line in islice(prose, _TOLD_LINES) for word in line.spelt}


def _from_lines(
    headings: Sequence[Line], lines: Sequence[Line], outlets: Sequence[str]
) -> tuple[str, str]:
    names = [words(name) for name in outlets]
    for line in sorted(headings, key=lambda one: one.tag):
        if not (headline.is_outlet(line.text, names) or line.kind or line.linked):
            return line.text, "heading"
    first = next((at for at, line in enumerate(lines) if line.prose), len(lines))
    near = [
        line
        for line in lines[max(0, first - _NEAR_LINES) : first]
        if 3 <= line.words <= headline.MAX_WORDS
        and not (line.linked or _beside(line) or headline.is_outlet(line.text, names))
    ]
    if not near:
        return "", ""
    # Pages print their title again and again; a caption or a byline stands there once.
    counts = [sum(headline.repeats(other, line.text, outlets) for other in lines) for line in near]
    again = [line for line, count in zip(near, counts, strict=True) if count > 1]
    return _longer_one((again or near), _told_words(lines)).text, "line"


def _longer_one(near: Sequence[Line], text: set[str]) -> Line:
    """The last of some lines; if it is as short as a caption or a name, the last longer one, if
    that holds more of the text's words.
    """
    last = near[-1]
    long = [line for line in near if line.words >= _HEADLINE_WORDS]
    if last.words >= _HEADLINE_WORDS or not long:
        return last
    return max(last, long[-1], key=lambda line: len(text & _long(line.text)))


def _as_printed(title: str, lines: Sequence[Line]) -> str:
    """The line that a title holds beside the name of an outlet we do not know, or between signs; or
    that goes on where a title is cut off.
    """
    wanted, parts = words(title), headline.parts(title)
    parted = [words(part) for part in parts]
    cut = next((words(one) for one in parts if one.rstrip().endswith(("...", "…"))), ())
    inner, longest = parted[1:-1], max(parted, key=len)
    for line in lines:
        spelt = line.spelt
        if len(parted) > 1 and spelt == longest and not line.linked:
            return line.text
        if cut and not (line.linked or line.prose) and _goes_on(spelt, cut):
            return line.text
        few = 3 <= len(spelt) < len(wanted) <= len(spelt) + 5
        if few and spelt in (wanted[: len(spelt)], wanted[-len(spelt) :]):
            return line.text
        if len(spelt) >= _HEADLINE_WORDS and (
            spelt in inner or (spelt == parted[0] and not line.linked)
        ):
            return line.text
    return ""


def _goes_on(spelt: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a line begins with the words of a title that is cut off."""
    many = len(wanted) >= _NAME_WORDS and len(spelt) <= headline.MAX_WORDS
    return many and tuple(spelt[: len(wanted)]) == tuple(wanted)


def _beside(line: Line) -> bool:
    text, count = line.text, line.words
    return (
        line.kind is not None
        or furniture.place_line(text, count)
        or furniture.date_line(text, count)
        or furniture.caption(text, count)
    )
