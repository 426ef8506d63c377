"""What stands on a news page beside the article, told by markup and by shape.

Classes and ids are hints, never proof: `spiders.reading.reader` keeps what holds much of the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spiders.reading import agencies
from spiders.reading.dates import holds_date, leftover
from spiders.reading.trees import Element

_HINTS = """
    nav navbar navigation menu submenu breadcrumbs? footer sidebar side-?bar comments? commentform
    respond disqus related relatednews more-?on more-?news read-?also also-?read read-?more
    recommend(?:ed|ations?)? suggest(?:ed|ions?) trending most-?(?:read|viewed|popular) popular
    latest newsletter subscribe subscription share sharing sharebar social socials follow tags?
    tagcloud keywords caption figcaption wp-caption-text credit copyright carousel slider swiper
    ticker breaking stories promo advert advertisement ads? adsense adslot banner sponsored
    taboola outbrain cookie consent popup modal toolbar print login signin poll weather prayer
    author[-_]?(?:box|bio|info|desc(?:ription)?) jp-relatedposts pagination page-links?
    next-?prev prev-?next skip-?link
    screen-reader-text visually-hidden sr-only
"""
_HINT = re.compile(rf"(?:^|[\s_-])(?:{'|'.join(_HINTS.split())})(?:$|[\s_-])", re.IGNORECASE)
_TEASER = re.compile(r"(?:^|[\s_-])teasers?(?:$|[\s_-])", re.IGNORECASE)  # of a <p>: its deck
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BOX_TAGS = frozenset({"nav", "aside", "footer", "form", "figcaption", "dialog", "menu", "caption"})
_LABEL_CHARS = 300
_TIME_WORDS, _TWO_TIMES_WORDS = 16, 24  # of a line that tells a time; the update behind it
_DIGIT = re.compile(r"\d")
_NEVER = frozenset({"html", "body", "main", "article"})
_PLACE = re.compile(
    r"^[\w\s.()«»\"/،,|]{2,40}(?:\s?[-–—ـ/|]\s?[\w\s.()«»\"،,+]{0,40}){1,4}[-–—ـ/|]?$"
)


def boxed(element: Element) -> bool:
    """Whether an element is furniture by its tag, role or class; its text may say otherwise."""
    tag = element.tag
    if tag in _NEVER or (tag == "footer" and _in_article(element)):
        return False
    if tag in _BOX_TAGS or element.get("role") in ("navigation", "banner", "contentinfo", "search"):
        return True
    classes, name = element.get("class"), element.get("id")
    if tag == "section":  # classes that a program made up say nothing, these names do
        name = name or element.get("aria-labelledby") or element.get("data-e2e")
        if _skippable(element):
            return True
    if not classes and not name:
        return False
    hinted, teaser = _hints(f"{(classes or '')[:200]} {(name or '')[:100]}")
    return hinted or (teaser and tag != "p")


def _skippable(section: Element) -> bool:
    """Whether a section begins with a link past its own end, for those who hear the page."""
    link = next(section.iter("a"), None)
    return link is not None and link.get("href", "").startswith("#end-of")


@lru_cache(maxsize=8_192)  # the pages of a site use the same names again and again
def _hints(names: str) -> tuple[bool, bool]:
    """Whether classes and ids hint at furniture, and at teasers."""
    parts = _CAMEL.sub("-", names)
    return _HINT.search(parts) is not None, _TEASER.search(parts) is not None


def _in_article(element: Element) -> bool:
    return any(ancestor.tag == "article" for ancestor in element.iterancestors())


def caption(text: str, words: int) -> bool:
    """Whether a line reads like the caption of a picture: short, and credited to a wire."""
    return words <= 20 and len(text) <= _LABEL_CHARS and agencies.photo_credit(text)


def place_line(text: str, words: int) -> bool:
    """Whether a line only tells place, section and outlet: "واشنطن - العرب اليوم"."""
    if words > 9 or len(text) > _LABEL_CHARS or text.endswith((".", "؟", "!")):
        return False
    return _PLACE.match(text) is not None


def date_line(text: str, words: int) -> bool:
    """Whether a line tells little more than a time."""
    most = _TWO_TIMES_WORDS if "تحديث" in text else _TIME_WORDS
    if words > most or len(text) > _LABEL_CHARS or not _DIGIT.search(text):
        return False
    return (holds_date(text) and leftover(text) <= 5) or leftover(text) == 0
