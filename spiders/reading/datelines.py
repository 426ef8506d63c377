"""Where an article was written: the place before the outlet's or the wire's name, or before the
dash that opens a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spiders.reading import agencies, cities, cleaning, furniture, headline, labels
from spiders.reading.opened import Page
from spiders.reading.paragraphs import Body
from spiders.reading.spelling import fold

PARTS = re.compile(r"\s*(?:[-–—ـ/|:]+|\(|\)|,|،)\s*")
_INLINE_PARTS = re.compile(r"\s*(?:[-–—/|:]+|\(|\))\s*|\sـ+\s|\.\s")  # "لـ«الغد»" is one part
_HEAD_LINES = 12
_MOST_LINE_WORDS, _MOST_LINE_CHARS = 9, 150
_MOST_PLACE_WORDS = 4
_START_CHARS = 90
_DAY = re.compile(
    r"\s(?:في\s)?\d{1,2}[-/\s]+(?:\d{1,2}|[^\W\d]+(?:/[^\W\d]+)?)(?:[-/\s]+\d{4})?(?!\w)"
)
_WIRE_FIRST = re.compile(r"\S+\s*[-–—/]\s*(?P<place>\S+(?:\s\S+)?)\s*[-–—/]\s")  # "وطنية - صيدا - "
# "القاهرة - بوابة الوسط الثلاثاء 07 أكتوبر": what a line tells before its day
_DAY_NAMES = re.compile(
    r"\s?ال(?:[اأإ]حد|[اإ]ثنين|ثلاثاء|[اأ]ربعاء|خميس|جمعة|سبت)(?!\w).*|\s?(?<!\w)\d.*"
)
_NO_PLACE = frozenset(
    fold(
        "خاص حصري متابعات متابعة رصد نص كتب كتبت ترجمة تقرير حوار تحقيق المصدر تحرير تصوير "
        "محليات محلي سياسة اقتصاد رياضة ثقافة منوعات"
    ).split()
)
_HANDLE = re.compile(r"\s*(?:@\w+|\w+@)\s*")
# "كسلا 2 أكتوبر 2025 –", "العلا (السعودية) -", "عمان –": the day or the land make a place sure.
_OPENING = re.compile(
    r"(?P<place>[^\W\d]+(?:\s[^\W\d]+){0,2}?)\s?"
    r"(?P<sure>\((?P<land>[^()]{2,30})\)|[،,]?\s(?:في\s)?\d{1,2}\s[^-–—ـ]{3,25})?\s?[-–—ـ]\s"
)
_BRACKETED = re.compile(r"\((?P<place>[^()]{2,30})\)\s?[-–—ـ]\s")
_FROM = re.compile(r"(?P<outlet>\S+(?:\s\S+)?)\sمن\s(?P<place>[^\W\d]+(?:\s[^\W\d]+)?)\s?[:-]\s")
_REPORTING = re.compile(r"Reporting from[,:]?\s(?P<place>.+)")  # as the BBC tells who hears a page
_BEFORE_DAY = re.compile(
    r"(?P<place>[^\W\d]+(?:\s[^\W\d]+)?)\s?[،,-]\s?(?:في\s)?\d{1,2}[-/.\s]\S.*"
)


def place(page: Page, body: Body) -> str | None:
    """Where the article was written.

    Told by a line of its own ("واشنطن - العرب اليوم") or by the first words ("دمشق-سانا").
    """
    return next(filter(None, _places(page, body)), None)


def _places(page: Page, body: Body) -> Iterator[str | None]:
    """What may be the place, the surest first."""
    head = [line for line in body.head[:_HEAD_LINES] if len(line.text) <= _MOST_LINE_CHARS]
    yield from (found["place"] for line in head if (found := _REPORTING.fullmatch(line.text)))
    for line in (one for one in head if one.kind is None):
        text = _DAY_NAMES.sub("", line.text)
        if len(text.split()) <= _MOST_LINE_WORDS and ":" not in text[:-1].replace(": «", ""):
            yield _beside_outlet(text, page)
    last = [line.text for line in head[-1:] if ":" not in line.text]
    for text in last + body.paragraphs[:2]:
        yield _opening(text[:_START_CHARS], page)
    for text in body.tail:
        if furniture.place_line(text, len(text.split())):
            yield _beside_outlet(text, page)
    for name in (name for claims in page.claims for name in claims.authors):
        yield _beside_outlet(_HANDLE.sub(" ", name), page)
        yield _city(PARTS.split(cleaning.line(name))[0])
    for line in head:
        parts = PARTS.split(line.text) if line.words <= _MOST_LINE_WORDS else []
        named = (one for one in parts[:3] if cities.known(one) and not names_outlet(one, page))
        yield next(named, None) or _sent_from(line.text)


def _sent_from(text: str) -> str | None:
    """The city in "إكرامي عبدالله من الرياض"."""
    name, _, city = text.partition(" من ")
    return _city(city) if 2 <= len(name.split()) <= _MOST_PLACE_WORDS else None


def _city(text: str) -> str | None:
    return text.strip() if cities.known(text) else None


def _opening(start: str, page: Page) -> str | None:
    """The place with which a text opens."""
    dated = agencies.dated(start)
    if dated:
        return dated[0]
    if beside := _beside_outlet(_DAY.sub(" - ", start, count=1), page, whole=False):
        return beside
    if (found := _FROM.match(start)) and names_outlet(found["outlet"], page):
        return found["place"]
    if (found := _BRACKETED.match(start)) and cities.known(found["place"]):
        return found["place"]
    before = _BEFORE_DAY.fullmatch(start)
    opened = _OPENING.match(start)
    for told in filter(None, (before, opened)):
        if cities.known(told["place"]) or (told is opened and _sure(told, page)):
            return told["place"]
    return None


def _sure(opened: re.Match[str], page: Page) -> bool:
    """Whether a day or a land behind a name at the start of a text says that it is a place."""
    if not opened["sure"] or names_outlet(opened["place"], page):
        return False
    return not _is_no_place(opened["place"], page)


def _beside_outlet(text: str, page: Page, *, whole: bool = True) -> str | None:
    """The place that a text tells beside the name of the outlet or a wire."""
    split = (PARTS if whole else _INLINE_PARTS).split(_HANDLE.sub(" ", text) if whole else text)
    parts = [part for part in (part.strip(" .«»\"'") for part in split) if part]
    named = [names_outlet(part, page) for part in parts[:4]] if len(parts) > 1 else []
    if not whole and len(named) > 1 and cities.known(parts[0]):  # "دمشق-سانا أعادت"
        named[1] = named[1] or agencies.leads(parts[1])
    if True not in named:
        return None
    at = named.index(True)
    if at == 0:  # "العرب اليوم - واشنطن"
        behind = _WIRE_FIRST.match(text)
        candidate = behind["place"] if behind and not whole else ""
        alone = whole and len(parts) == 2 and not named[1]
        if alone and (" " not in parts[1] or cities.known(parts[1])):  # two words: who wrote it
            candidate = parts[1]
    else:
        candidate = parts[0]
        if any(len(part.split()) > _MOST_PLACE_WORDS for part in parts[:at]):
            return None
    candidate = candidate.partition("،")[0]  # "دبي، الإمارات العربية المتحدة"
    words = len(candidate.split())
    if not 0 < words <= _MOST_PLACE_WORDS or re.search(r"\d", fold(candidate)):
        return None
    return None if _is_no_place(candidate, page) else candidate


def _is_no_place(name: str, page: Page) -> bool:
    """Whether a name beside the outlet's is a label, a section, or a part of the outlet's name."""
    if cities.known(name):
        return False
    if labels.kind(name, name.count(" ") + 1) or fold(name) in _NO_PLACE or " في " in name:
        return True
    spelt = set(headline.words(name))
    return any(spelt <= set(headline.words(outlet)) for outlet in page.outlets)


def names_outlet(part: str, page: Page) -> bool:
    """Whether a part of a line is the name of the page's outlet, or of a wire."""
    if len(part.split()) > 5:
        return False
    spelt = headline.words(part)
    if spelt in names(page.outlets) or spelt == ("وكالات",):
        return True
    return agencies.author(part) is not None


@lru_cache(maxsize=64)  # the pages of an outlet call it the same
def names(outlets: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The names of an outlet, and the parts of those that are written in two ways, as words."""
    whole = (part for name in outlets for part in (name, *headline.parts(name)))
    return frozenset(filter(None, map(headline.words, whole)))
