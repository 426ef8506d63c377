"""What reading a page gives: the article, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from watch.records import Published

Reason = Literal[
    "not-html",
    "too-large",
    "empty",
    "no-title",
    "no-body",
    "not-found-page",
    "login-wall",
    "error-page",
]

SENTENCES: Mapping[Reason, str] = {
    "not-html": "the answer is not an HTML page",
    "too-large": "the page is larger than any article",
    "empty": "the page has no text at all",
    "no-title": "no headline was found on the page",
    "no-body": "no article text was found on the page",
    "not-found-page": "the page says that the article does not exist",
    "error-page": "the page is a server's error, a check for robots or a notice of maintenance",
    "login-wall": "the page asks to log in or to subscribe before it shows the article",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """One article as its page tells it, free of the page's furniture."""

    url: str  # canonical as the page says, else the address that was asked for
    title: str
    text: str  # paragraphs with a blank line between
    published: Published | None  # with the offset of the page or of the seed's zone
    updated: Published | None  # None if never, or not later than `published`
    agency: str | None  # the wire it credits: "AFP", "Reuters", "SANA", "AA", …
    language: str  # ISO 639-1
    author: str | None = None  # a person; never the outlet, a wire or "admin"
    section: str | None = None  # as the page names it
    place: str | None = None  # of the place line or the dateline: "واشنطن - العرب اليوم"
    undated: str | None = None  # why `published` is None
    layers: Mapping[str, str] = field(default_factory=dict)  # field: the layer that gave it


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No article, and why: `reason` is a stable word to count by."""

    reason: Reason

    def __str__(self) -> str:
        return SENTENCES[self.reason]
