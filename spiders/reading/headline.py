"""The article's title: which of the page's many titles, and without the outlet's name glued to it.

The rule, first that holds:
1. what the seed's selector names, unless the other titles agree with a heading and not with it;
2. a heading on the page that agrees with a machine-readable title: it is the title as printed;
3. the headline of JSON-LD or microdata, then og:title, then <title>, each without the outlet's
   name; but the only <h1> before a meta title that it does not agree with, if the text holds its
   words as well;
4. with no such title at all: the first heading that is not the outlet's name, or else the last
   short line before the running text that is not furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from spiders.reading import furniture, trees
from spiders.reading.markup import Line, folded_words
from spiders.reading.spelling import fold

_SEPARATOR = re.compile(r"\s+[-–—|:»«•·/]+\s+|\s*[|•]\s*|\s+ـ\s+|::")
_SEPARATING = re.compile("[-–—|:»«•·/ـ]")  # each separator holds one; few titles do
_ARABIC = re.compile("[ا-ي]")
_LABEL_WORDS, _LABELLED_WORDS = 2, 4  # "عاجل", "محليات" before a headline
MIN_WORDS = 2
MAX_CHARS = 600  # of a title: what is longer was never one
_HEADLINE_WORDS = 5
_TOLD_LINES = 20  # of a text, in which a headline's words are looked for
_AS_WELL = 0.8
_MAX_HEADINGS = 60
_NEAR_LINES = 12  # before the running text
MAX_WORDS = 45


@lru_cache(maxsize=512)  # a page's titles, headings and names are compared with each other
def words(title: str) -> tuple[str, ...]:
    """The folded words of a title, without signs."""
    return folded_words(title[:MAX_CHARS])


@lru_cache(maxsize=64)
def _longest_word(title: str) -> str:
    return max(words(title), key=len, default="")


def agree(one: str, other: str) -> bool:
    """Whether two titles are the same headline: one holds most of the words of the other."""
    first, second = set(words(one)), set(words(other))
    if not first or not second:
        return False
    common = len(first & second)
    smaller, larger = sorted((len(first), len(second)))
    return common >= 0.75 * smaller and (smaller >= 3 or common == larger or common >= 0.5 * larger)


def same(one: str, other: str) -> bool:
    """Whether two lines are the same words, whatever their signs."""
    return words(one) == words(other)


def bare(title: str, outlets: Iterable[str]) -> str:
    """A machine-readable title without the outlet's name, before or behind it."""
    title, changed = title[:MAX_CHARS], True
    if not _SEPARATING.search(title):
        return title
    names = [words(name) for name in outlets if name]
    while changed:
        changed = False
        for cut in _SEPARATOR.finditer(title):
            before, after = title[: cut.start()].strip(), title[cut.end() :].strip()
            if _is_outlet(after, names) and len(words(before)) >= MIN_WORDS:
                title, changed = before, True
                break
            if _is_outlet(before, names) and len(words(after)) >= MIN_WORDS:
                title, changed = after, True
                break
    return title


def ends(title: str) -> tuple[str, ...]:
    """The first and the last part of a title of several, where outlets put their names."""
    parts = _SEPARATOR.split(title[:MAX_CHARS])
    return (parts[0], parts[-1]) if len(parts) > 1 else ()


def outlets_of(url: str, *names: str) -> tuple[str, ...]:
    """The names by which a page may call its outlet: those given and its host's."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return (*(name for name in names if name), host, *host.split("."))


def choose(
    selected: str, claimed: Sequence[tuple[str, str]], lines: Sequence[Line], outlets: Sequence[str]
) -> tuple[str, str]:
    """The title and the layer that gave it; both empty if the page has none.

    `claimed`: (layer, title) in the order of trust.
    """
    told = list(bared(claimed, outlets))
    headings = [line for line in lines if line.heading and MIN_WORDS <= line.words <= MAX_WORDS]
    headings = headings[:_MAX_HEADINGS]
    ranked = sorted(headings, key=lambda one: one.tag)
    if selected and not outdated(selected, told, ranked):
        return selected, "selectors"
    if found := printed(told, ranked):
        return as_printed(found, told, outlets), "heading"
    if any(line.tag == "h1" and line.words >= 4 and _ARABIC.search(line.text) for line in ranked):
        told = [(layer, title) for layer, title in told if _ARABIC.search(title)]
    if not told:
        return _from_lines(headings, lines, outlets)
    layer, title = told[0]
    if layer not in ("meta", "title"):
        return _as_printed(title, lines) or title, layer
    return _unlike(title, headings, lines, outlets) or (_as_printed(title, lines) or title, layer)


def outdated(selected: str, told: Sequence[tuple[str, str]], headings: Iterable[Line]) -> bool:
    """Whether a seed's selector names what no title of the page agrees with, while these agree with
    a heading: the page was laid out anew since the seed was written.
    """
    if not told or any(agree(selected, title) for _, title in told):
        return False
    return printed(told, headings) is not None


def _unlike(
    title: str, headings: Sequence[Line], lines: Sequence[Line], outlets: Sequence[str]
) -> tuple[str, str] | None:
    """The title, where a page's meta title and its headings disagree: the only main heading, if the
    text holds its words as well; or what stands above the text that holds none of a short title.
    """
    text = {
        word for line in [one for one in lines if one.prose][:_TOLD_LINES] for word in line.spelt
    }
    main = [one for one in headings if one.tag == "h1" and not one.linked and one.kind is None]
    only = main[0] if len(main) == 1 and main[0].words >= _HEADLINE_WORDS else None
    if only and (held := _held(only.text, text)) and held >= _AS_WELL * _held(title, text):
        return bare(only.text, outlets), "heading"
    if len(words(title)) <= _LABELLED_WORDS and text and not _held(title, text):
        found = _from_lines([one for one in headings if one.tag != "h1"], lines, outlets)
        return found if _held(found[0], text) else None
    return None


def _held(title: str, text: set[str]) -> float:
    """The share of a title's words that a text holds too, short ones apart."""
    told = [word for word in words(title) if len(word) > 2]
    return sum(word in text for word in told) / len(told) if told else 0.0


def bared(claimed: Sequence[tuple[str, str]], outlets: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The (layer, title) of what is claimed, without the outlet's name, and no bare name."""
    names = [words(one) for one in outlets]
    told = ((layer, bare(title, outlets)) for layer, title in claimed if title.strip())
    return ((layer, title) for layer, title in told if not _is_outlet(title, names))


def printed(told: Iterable[tuple[str, str]], headings: Iterable[Line]) -> Line | None:
    """The first heading, the highest before the lower, that agrees with a title."""
    for _, title in told:
        for line in headings:
            if agree(line.text, title) and not _longer(title, line.text):
                return line
    return None


def as_printed(line: Line, told: Iterable[tuple[str, str]], outlets: Sequence[str]) -> str:
    """A heading's text without the outlet's name and without a label in a box before it; with its
    second line, if it is broken in two and a title is not.
    """
    titles = [words(title) for _, title in told]
    whole = trees.text_of(line.element)
    broken = whole != line.text and _begins(words(whole), titles)
    return bare(whole if broken else _unlabelled(line, titles), outlets)


def _unlabelled(line: Line, titles: Sequence[tuple[str, ...]]) -> str:
    """A heading's text without a label that no title tells. It stands in an element of its own,
    with a class, or else before words with which a title begins.
    """
    text, first = line.text, next(iter(line.element), None)
    label = " ".join((first.text or "").split()) if first is not None else ""
    if first is None or not text.startswith(f"{label} ") or (line.element.text or "").strip():
        return text
    few, rest = words(label), text[len(label) :].strip()
    if not 0 < len(few) <= _LABEL_WORDS or len(words(rest)) < _LABELLED_WORDS:
        return text
    titled = any(title[: len(few)] == few for title in titles)
    sure = first.get("class") or _begins(words(rest), titles)
    return rest if sure and not titled else text


def _begins(spelt: tuple[str, ...], titles: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of some titles begins with some words."""
    return len(spelt) >= _LABELLED_WORDS and any(one[: len(spelt)] == spelt for one in titles)


def repeats(line: Line, title: str, outlets: Sequence[str]) -> bool:
    """Whether a line is only the title again, perhaps with the outlet's name, perhaps twice."""
    wanted = words(title)
    if line.words > 2 * (3 * len(wanted) + 6):
        return False  # spares running text the spelling
    if _longest_word(title) not in fold(line.text):
        return False
    spelt = line.spelt
    if not wanted or not len(wanted) <= len(spelt) <= 3 * len(wanted) + 6:
        return False
    text, sought = " ".join(spelt), " ".join(wanted)
    left = text.replace(sought, " ")
    if left == text:
        return False
    names = {word for name in outlets for word in words(name)}
    strangers = [word for word in left.split() if word not in names]
    beside = _parted(line.text) or (line.heading and line.kind is None)  # a label, an outlet's name
    return not strangers or (len(wanted) >= 4 and len(strangers) <= 3 and beside)


def _parted(text: str) -> bool:
    """Whether a line is a title and a name beside it."""
    return _SEPARATOR.search(text) is not None


def _longer(title: str, heading: str) -> bool:
    """Whether a title says much more than a heading that merely shares its words."""
    return len(words(title)) > 2 * len(words(heading)) + 2


def _is_outlet(text: str, names: Sequence[tuple[str, ...]]) -> bool:
    spelt = words(text)
    if not spelt:
        return True
    joined = "".join(spelt)
    return any(
        spelt == name
        or joined == "".join(name)
        or (name and len(spelt) <= len(name) + 1 and set(name) <= set(spelt))
        for name in names
    )


def _from_lines(
    headings: Sequence[Line], lines: Sequence[Line], outlets: Sequence[str]
) -> tuple[str, str]:
    names = [words(name) for name in outlets]
    for line in sorted(headings, key=lambda one: one.tag):
        if not _is_outlet(line.text, names) and line.kind is None:
            return line.text, "heading"
    first = next((at for at, line in enumerate(lines) if line.prose), len(lines))
    near = [
        line
        for line in lines[max(0, first - _NEAR_LINES) : first]
        if 3 <= line.words <= MAX_WORDS
        and not (line.linked or _beside(line) or _is_outlet(line.text, names))
    ]
    if not near:
        return "", ""
    # Pages print their title again and again; a caption or a byline stands there once.
    counts = [sum(repeats(other, line.text, outlets) for other in lines) for line in near]
    again = [line for line, count in zip(near, counts, strict=True) if count > 1]
    return (again or near)[-1].text, "line"


def _as_printed(title: str, lines: Sequence[Line]) -> str:
    """The line that a title holds beside the name of an outlet we do not know."""
    wanted = words(title)
    for line in lines:
        spelt = line.spelt
        if 3 <= len(spelt) < len(wanted) <= len(spelt) + 5 and spelt in (
            wanted[: len(spelt)],
            wanted[-len(spelt) :],
        ):
            return line.text
    return ""


def _beside(line: Line) -> bool:
    text, count = line.text, line.words
    return (
        line.kind is not None
        or furniture.place_line(text, count)
        or furniture.date_line(text, count)
        or furniture.caption(text, count)
    )
