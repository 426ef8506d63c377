"""What flows through munadi: frozen records with no behaviour of their own.

All instants are aware datetimes in UTC unless a field says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

Published = date | datetime  # an instant with the page's or the seed's offset, or a bare date


class Level(StrEnum):
    """How much an article has to do with a topic."""

    ABOUT = "about"
    MENTION = "mention"


class Relation(StrEnum):
    """What an article is to the stories told before it."""

    NEW = "new"
    REPRINT = "reprint"
    SAME_EVENT = "same_event"
    UPDATE = "update"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One page read: what the outlet says, free of its furniture."""

    site: str  # the seed's id
    outlet: str  # the seed's name, as alerts show it
    url: str  # canonical
    identity: str  # names the article among all sites: "<site>:<what the seed's identity captures>"
    title: str
    text: str  # paragraphs with a blank line between
    published: Published | None
    updated: Published | None
    agency: str | None  # "AFP", "Reuters", "SANA", "AA", …
    language: str  # ISO 639-1
    first_seen: datetime
    alerts: bool  # False: a first round or too old, so it is recorded and nobody is told


@dataclass(frozen=True, slots=True)
class Span:
    """Where matched words stand in the article as printed: `start` and `end` count characters."""

    field: Literal["title", "text"]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article is about a topic, or names it, and why we think so."""

    topic: str  # the topic's id
    level: Level
    score: float  # 0 to 1
    matched: tuple[str, ...]  # the words as printed, each once, in order of appearance
    spans: tuple[Span, ...]
    reason: str  # one English clause for the operator: which rule, why not the higher level


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What the judgement of stories compares: one article as it was told."""

    outlet: str
    url: str
    title: str
    text: str
    published: Published | None
    first_seen: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a newer article is to the older ones it was compared with."""

    relation: Relation
    to: int | None  # index of the older telling that decided it, None for `new`
    score: float  # 0 to 1, how sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a telling puts in the place of something else, both as printed; "" for nothing."""

    before: str
    now: str
    toll: bool  # it counts dead, wounded or missing
