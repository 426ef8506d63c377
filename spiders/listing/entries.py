"""What all listings share: their entries, the links they become, what is wrong with one, bounds."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from storage.sources import Link

MAX_BYTES = 5 * 1024 * 1024  # of a listing, unpacked; of a longer one the beginning is read
MAX_LINKS = 2_000  # of a listing: the newest, or the first where it tells no times
MAX_ENTRIES = 50_000  # looked at, as many as a sitemap may hold
MAX_TITLE_CHARS = 500
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class Lack(StrEnum):
    """What is wrong with an answer that lists nothing usable."""

    EMPTY = "empty"  # an index that names nothing
    HTML = "html"  # a page where a feed or a sitemap should be
    BROKEN = "broken"  # begun as a listing, unreadable
    FOREIGN = "foreign"  # no listing of any kind
    LARGE = "large"
    REDESIGNED = "redesigned"  # it has links, and none of them is an article of the site


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as a listing gives it; `dated` is the text that `published` was read from."""

    address: str | None
    title: str | None = None
    modified: str | None = None
    published: datetime | None = None
    dated: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The articles a source lists, each once, in its order; what it lists of other hosts; how many
    of its articles were left out because it lists too many; and how many links are no articles.
    """

    links: list[Link]
    elsewhere: list[str] = field(default_factory=list)
    left_out: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class Map:
    """A sitemap that an index names, absolute, with its lastmod as given."""

    url: str
    lastmod: str | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """An index of sitemaps."""

    maps: list[Map]


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A source that lists nothing usable, and why; `reason` is for the operator."""

    reason: str
    lack: Lack


def plain(markup: str | None) -> str | None:
    """A title without the tags and entities that feeds put into it, on one line."""
    if not markup:
        return None
    text = markup
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub("", text))
    return " ".join(text.split())[:MAX_TITLE_CHARS] or None


def short(reason: object) -> str:
    """A parser's complaint on one line of bounded length."""
    return " ".join(str(reason).split())[:120]
