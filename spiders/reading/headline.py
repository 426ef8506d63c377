"""Headlines compared: with each other, with the name of an outlet and with what a page prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from spiders.reading import trees
from spiders.reading.markup import Line
from spiders.reading.spelling import fold, folded_words

_SEPARATOR = re.compile(r"\s+[-–—|:»«•·/]+\s+|\s*[|•]\s*|\s+ـ\s+|::")
_SEPARATING = re.compile("[-–—|:»«•·/ـ]")  # each separator holds one; few titles do
_HOME = re.compile(r"(?:https?:)?//[^/?#]+/?|/")
_LABEL_WORDS, _LABELLED_WORDS = 2, 4  # "عاجل", "محليات" before a headline
_BYLINE_WORDS = 5  # behind a title: "بقلم: سامي العلي"
MIN_WORDS = 2
MAX_CHARS = 600  # of a title: what is longer was never one
MAX_WORDS = 45


@lru_cache(maxsize=512)  # a page's titles, headings and names are compared with each other
def words(title: str) -> tuple[str, ...]:
    """The folded words of a title, without signs."""
    return folded_words(title[:MAX_CHARS])


@lru_cache(maxsize=64)
def _longest_first(title: str) -> list[str]:
    return sorted(words(title), key=len, reverse=True)


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
            if is_outlet(after, names) and len(words(before)) >= MIN_WORDS:
                title, changed = before, True
                break
            if is_outlet(before, names) and len(words(after)) >= MIN_WORDS:
                title, changed = after, True
                break
    return title


def parts(title: str) -> list[str]:
    """What stands before, between and behind the signs that part a title from names."""
    return _SEPARATOR.split(title[:MAX_CHARS])


def ends(title: str) -> tuple[str, ...]:
    """The first and the last part of a title of several, where outlets put their names."""
    found = parts(title)
    return (found[0], found[-1]) if len(found) > 1 else ()


def outlets_of(url: str, *names: str) -> tuple[str, ...]:
    """The names by which a page may call its outlet: those given and its host's."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return (*(name for name in names if name), host, *host.split("."))


def outdated(selected: str, told: Sequence[tuple[str, str]], headings: Iterable[Line]) -> bool:
    """Whether a seed's selector names what no title of the page agrees with, while these agree with
    a heading: the page was laid out anew since the seed was written.
    """
    if not told or any(agree(selected, title) for _, title in told):
        return False
    return printed(told, headings) is not None


def bared(claimed: Sequence[tuple[str, str]], outlets: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The (layer, title) of what is claimed, without the outlet's name, and no bare name."""
    names = [words(one) for one in outlets]
    told = ((layer, bare(title, outlets)) for layer, title in claimed if title.strip())
    return ((layer, title) for layer, title in told if not is_outlet(title, names))


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
    whole = _whole(line)
    return bare(whole if _begins(words(whole), titles) else _unlabelled(line, titles), outlets)


def _whole(line: Line) -> str:
    """The text of a heading that is broken in two; empty if it is not."""
    broken = next(line.element.iter("br"), None) is not None
    return trees.text_of(line.element) if broken else ""


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
    if line.heading and _is_part(line, wanted):
        return True
    if line.words > 2 * (3 * len(wanted) + 6):
        return False  # spares running text the spelling
    if not all(map(fold(line.text).__contains__, _longest_first(title))):
        return False  # spares most other lines too
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
    bylined = strangers[:1] == ["بقلم"] and not line.prose
    most = _BYLINE_WORDS if bylined else 3
    return not strangers or (len(wanted) >= 4 and len(strangers) <= most and (bylined or beside))


def _is_part(line: Line, wanted: tuple[str, ...]) -> bool:
    """Whether a line is a part of the title, which its heading breaks in two."""
    return line.words < len(wanted) and words(_whole(line)) == wanted


def _parted(text: str) -> bool:
    """Whether a line is a title and a name beside it."""
    return _SEPARATOR.search(text) is not None


def _longer(title: str, heading: str) -> bool:
    """Whether a title says much more than a heading that merely shares its words."""
    return len(words(title)) > 2 * len(words(heading)) + 2


def links_home(line: Line) -> bool:
    """Whether a line links to a home page, as the name of a site does."""
    for link in (*islice(line.element.iter("a"), 1), *islice(line.element.iterancestors("a"), 1)):
        if _HOME.fullmatch((link.get("href") or "").strip()):
            return True
    return False


def is_outlet(text: str, names: Sequence[tuple[str, ...]]) -> bool:
    """Whether a text is only a name of the outlet, as `words` spells these, or nothing at all."""
    spelt = words(text)
    if not spelt:
        return True
    joined = "".join(spelt)
    if any(map(str.isascii, spelt)) and not joined.isascii() and _in_both(spelt, names):
        return True
    return any(
        spelt == name
        or joined == "".join(name)
        or (name and len(spelt) <= len(name) + 1 and set(name) <= set(spelt))
        for name in names
    )


def _in_both(spelt: Sequence[str], names: Sequence[tuple[str, ...]]) -> bool:
    """Whether words in two scripts are all of a name's: it is told in both."""
    return all(any(word in name for name in names) for word in spelt)
