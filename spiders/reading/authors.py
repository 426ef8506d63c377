"""Who wrote an article: a person; never its outlet, its wire or a name of the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import cast

from lxml import etree

from spiders.reading import (
    agencies,
    cities,
    cleaning,
    datelines,
    given_names,
    headline,
    labels,
    months,
    trees,
)
from spiders.reading.markup import Line
from spiders.reading.opened import Page
from spiders.reading.paragraphs import Body
from spiders.reading.spelling import fold
from spiders.reading.trees import Element

_LONGEST_CHARS = 80
_HEAD_LINES = 12
_BYLINE = re.compile(
    r"^(?:كتبت?|بقلم|اعداد|تقرير|بواسطه|الكاتبه?|المولفه?|المحررة?|مراسلنا|by)"
    r"(?:\s*[:：/|،,-]\s*|\s+)(?P<rest>\S.*)$"
)
_WRITER = re.compile(r"(?:^|[\s_-])(?:author|byline|writer)(?:$|[\s_-])", re.IGNORECASE)
_UNNAMED = re.compile(r"^(?:بقلم|بواسطة|كتبت?|by)\b\s*[:/|-]?\s*", re.IGNORECASE)
_POSTED = re.compile(r"^مرسلة\s+")
_BEHIND = re.compile(r"\s+(?:في|من|لـ?)(?:\s.*|$)|\s*[:：،,].*$")  # "كتب سامي العلي في الصباح:"
_DAY_BEHIND = re.compile(r"\s+(?:(?:في|بتاريخ|يوم|on)\s+)?\d.*$")
_MOST_NAME_WORDS = 4
_MOST_PAIR_WORDS = 9
_MAX_INLINE = 20  # of a line's links and spans
_LINKS = ("a", "span")
_MAX_AUTHORS = 3
_AROUND, _AROUND_CHARS = 2, 60  # elements around a name whose class tells whose it is
_NOBODY = re.compile(
    r"(?<!\w)(?:admin|administrator|editor|editors|webmaster|newsroom|user\d*|super user|محرر|"
    r"المحرر|تحرير|"
    r"المصدر|التحرير|هيئه التحرير|فريق التحرير|وكالات|الوكالات|ادمن|مدير الموقع|"
    r"معلومات المقال|حجم الخط|بتاريخ)(?!\w)"
)
_NO_NAME = re.compile(
    r"(?<!\w)(?:في|من|علي|عن|الي|خلال|اثناء|بعد|قبل|امام|صوره|اخبار|وزاره|هييه|جمعيه|مكتب|اداره|"
    r"مديريه|موسسه|شركه|بلديه|جامعه|مجلس|نقابه|سوق|حي|شارع|مدينه|جسر|مركز)(?!\w)|^ال"
)
_ONLINE = frozenset({"نت", "net", "اونلاين", "online", "ديجيتال", "tv"})  # behind an outlet's name
_KIN = re.compile(r"(?:ابو|ام|ابن|بن)\s")  # "أبو جيان"
# "إكرامي عبدالله من الرياض"
_SENT = re.compile(r"(?P<name>\S+(?:\s\S+){1,3}) من (?P<place>\S+(?:\s\S+)?)")
_PROFILE, _CARD = b"/author", b"vcard"
_cards = etree.XPath("descendant::*/@class[contains(., 'vcard')]/parent::*")


def author(page: Page, body: Body) -> str | None:
    """The person who wrote the article."""
    head = body.head[:_HEAD_LINES]
    claimed = (_unlabelled(name) for claims in page.claims for name in claims.authors)
    parts = (part for line in head for part in line.text.split("|"))
    printed = (_bylined(part.strip()) for part in parts if part.count(" ") < 8)
    classed = (name for line in head for name in _classed(line))
    paired = (_paired(line, page) for line in head)
    told = chain(
        claimed, _linked(page), printed, classed, paired, _elsewhere(page, body), _alone(head)
    )
    names = map(cleaning.line, told)
    people = map(_person, names)
    return next((name for name in people if name and not _nobody(name, page)), None)


def _linked(page: Page) -> Iterator[str]:
    named = (one for one in page.related if one.get("rel") == "author" and one.tag in _LINKS)
    return map(trees.text_of, islice(named, _MAX_AUTHORS))


def _elsewhere(page: Page, body: Body) -> Iterator[str]:
    """The one person to whose page a link above the text leads, or whose card the page has; of
    several, none is known to have written the article.
    """
    for sign in (_PROFILE, _CARD) if page.names_author else ():
        if sign in page.utf8:
            found = _profiles(page, body) if sign is _PROFILE else _carded(page)
            texts = (cleaning.line(trees.text_of(one)) for one in found)
            names = {_person(_UNNAMED.sub("", _POSTED.sub("", text))) for text in texts} - {""}
            if len(names) == 1:
                yield from filter(_is_name, names)


def _carded(page: Page) -> list[Element]:
    return cast("list[Element]", _cards(page.tree))


def _profiles(page: Page, body: Body) -> Iterator[Element]:
    first = body.lines[0].element if body.lines else page.tree
    for one in page.tree.iter("a", str(first.tag)):
        if one is first:
            break
        if one.tag == "a" and _PROFILE.decode() in (one.get("href") or ""):
            yield one


def _unlabelled(name: str) -> str:
    """A claimed name without the word before it: "كتبت أمل عبد الرحيم"."""
    return _bylined(name) or name


def _person(name: str) -> str:
    """The person in "القاهرة - منى الشاذلي"; empty if a name of several parts is no person's."""
    parts = [part for part in datelines.PARTS.split(name) if part]
    people = [part for part in parts if 2 <= len(part.split()) <= _MOST_NAME_WORDS]
    if len(parts) > 1:
        people = [part for part in people if not cities.known(part)]
    return name if len(parts) < 2 else people[0] if len(people) == 1 else ""


def _paired(line: Line, page: Page) -> str:
    """The person on a line that else tells only places, the outlet and wires."""
    if name := _beside_city(line.text):
        return name
    if line.words > _MOST_PAIR_WORDS or line.linked or re.search(r"[\d:.؟!]", line.text):
        return ""
    parts = [part for part in map(str.strip, datelines.PARTS.split(line.text)) if part]
    others = [part for part in parts if cities.known(part) or datelines.names_outlet(part, page)]
    people = [part for part in parts if part not in others]
    if not others or len(people) != 1 or not _may_be_name(people[0]):
        return ""
    if parts[0] == people[0] and not _is_name(people[0]):  # "أورينت نت - إدلب": an outlet
        return ""
    return "" if labels.kind(people[0], 2) else people[0]


def _beside_city(text: str) -> str:
    """The person in "دبي: سومية سعد" and "إكرامي عبدالله من الرياض"."""
    sent = _SENT.fullmatch(text)
    if sent and cities.known(sent["place"]) and _is_name(sent["name"]):
        return sent["name"]
    city, colon, name = text.partition(":")
    return name.strip() if colon and cities.known(city) and _may_be_name(name) else ""


def _may_be_name(text: str) -> bool:
    """Whether a text has the length of a person's name, and no word or sign that none has."""
    if not 2 <= len(text.split()) <= _MOST_NAME_WORDS or re.search(r"[^\w\s]|\d", text):
        return False
    return _NO_NAME.search(fold(text)) is None


def _is_name(text: str) -> bool:
    """Whether a text is a person's name, by its first word."""
    known = given_names.begins(text) or _KIN.match(fold(text)) is not None
    return known and _may_be_name(text)


def _alone(head: list[Line]) -> Iterator[str]:
    """The lines, and the pieces of lines, that are nothing but a person's name."""
    for line in head:
        if line.heading or line.prose or line.kind is not None:
            continue
        if _is_name(line.text):
            yield line.text
        elif line.words <= _MOST_PAIR_WORDS:
            inline = islice(line.element.iter("a", "span", "b", "strong"), _MAX_INLINE)
            yield from filter(_is_name, (cleaning.line(trees.text_of(one)) for one in inline))


def _classed(line: Line) -> Iterator[str]:
    """The names on a line above the text whose class, or the one around it, says that they wrote
    it.
    """
    inline = [
        (one, trees.text_of(one)) for one in islice(line.element.iter("a", "span"), _MAX_INLINE)
    ]
    for one, text in ((line.element, line.text), *inline):
        name = _undated(_UNNAMED.sub("", text))
        named = name in line.text and 2 <= len(name.split()) <= _MOST_NAME_WORDS
        if named and _WRITER.search(one.get("class") or ""):
            yield name
    if 2 <= line.words <= _MOST_NAME_WORDS and line.kind is None:
        for around in islice(line.element.iterancestors(), _AROUND):
            if _WRITER.search(around.get("class") or ""):
                if len(trees.text_of(around)) <= _AROUND_CHARS and ":" not in line.text:
                    yield line.text
                break


def _undated(text: str) -> str:
    """A name without the day behind it: "هبة صالح يوليو 2, 2019"."""
    name = _DAY_BEHIND.sub("", text)
    before, _, last = name.rpartition(" ")
    return before if name != text and fold(last) in months.MONTH_NUMBERS else name


def _bylined(text: str) -> str:
    """The name in "كتب: سامي العلي"; empty if the line is no byline."""
    found = _BYLINE.match(fold(text))
    if not found:
        return ""
    count = len(found["rest"].split())
    name = _BEHIND.sub("", " ".join(text.split()[-count:])).strip(" :/|،,-")
    return name if " " in name or given_names.begins(name) else ""  # "المحرر السياسي"


def _nobody(name: str, page: Page) -> bool:
    if len(name) > _LONGEST_CHARS or re.search(r"\d|[/@]", name) or "://" in name:
        return True
    spelt = headline.words(name)
    if not spelt or _NOBODY.search(fold(name)) or agencies.author(name):
        return True
    joined = {"".join(spelt), "".join(word for word in spelt if word not in _ONLINE)}
    if any("".join(name) in joined for name in datelines.names(page.outlets)):
        return True
    glued = (part for _, title in page.titles for part in headline.ends(title))
    return any("".join(headline.words(part)) in joined for part in glued)
