"""Notices of sources that fail, as the admins read them. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.messages import markup
from bot.messages.times import at as told_at
from bot.texts.notices import NoticeTexts, in_words, notice_texts
from bot.texts.replies import Texts, of
from storage.health import Condition
from storage.people import Language
from storage.preferences import ZONE

UNITS_MAX = 3_800  # what a message may have, less its last lines
ADMINS_ZONE = ZoneInfo(ZONE)
SOURCES_MAX = 3  # of one site; the others are counted
ADDRESS_CHARS = 80

Facts = Mapping[str, Any]


def worded(facts: str, language: Language, now: datetime) -> str:
    """One notice as HTML; `facts` as the crawl wrote them."""
    said: Facts = json.loads(facts)
    texts, words = of(language), notice_texts(language)
    parts = list(_own(said, texts, words, now))
    if said["sites"]:
        parts.append(_headline(said["kind"], words))
    left = said["more"]
    used = sum(map(markup.units, parts))
    for number, site in enumerate(said["sites"]):
        block = "\n".join(_site(site, said["kind"], texts, words, now))
        used += markup.units(markup.visible(block)) + 2
        if used > UNITS_MAX:
            left += len(said["sites"]) - number
            break
        parts.append(block)
    if left:
        parts.append(words.more_sites.format(number=left))
    if said["kind"] != "closed":
        parts.append(words.status)
    return texts.mark + f"\n\n{texts.mark}".join(parts)


def _headline(kind: str, words: NoticeTexts) -> str:
    return {"opened": words.opened, "lasting": words.lasting, "closed": words.closed}[kind]


def _own(said: Facts, texts: Texts, words: NoticeTexts, now: datetime) -> Iterator[str]:
    """What concerns all sources at once."""
    closed = said["kind"] == "closed"
    for span, going_on, over in (
        (said["line"], words.line, words.line_over),
        (said["nothing"], words.nothing, words.nothing_over),
    ):
        if span is not None:
            yield (over if closed else going_on).format(
                since=_since(span["since"], texts, words, now),
                spell=_spell(span, texts, words, now),
            )


def _site(site: Facts, kind: str, texts: Texts, words: NoticeTexts, now: datetime) -> Iterator[str]:
    """One site's lines: whether its news comes in, and each source with what to do about it."""
    name = f"<b>{markup.isolate(markup.text(site['name']))}</b>"
    sources: Sequence[Facts] = site["sources"]
    if kind == "closed":
        yield name
    else:
        yield f"{name}{texts.comma}{words.works if site['works'] else words.fails}:"
    for source in sources[:SOURCES_MAX]:
        label = markup.text(markup.shorten(source["url"], ADDRESS_CHARS))
        address = markup.isolate(markup.link(source["url"], label), label)
        yield f"{texts.mark}• {address}"
        yield texts.mark + _said_of(source, kind, texts, words, now)
    if len(sources) > SOURCES_MAX:
        yield texts.mark + words.more_sources.format(number=len(sources) - SOURCES_MAX)


def _said_of(source: Facts, kind: str, texts: Texts, words: NoticeTexts, now: datetime) -> str:
    if kind == "closed" or source["condition"] is None:
        return _spell(source, texts, words, now)
    moved_to = source["moved_to"] and markup.shorten(source["moved_to"], ADDRESS_CHARS)
    condition, remedy = in_words(Condition(source["condition"]), moved_to, words)
    since = _since(source["since"], texts, words, now)
    return f"{markup.text(condition)}{texts.comma}{since}.\n{texts.mark}{markup.text(remedy)}"


def _since(at: str, texts: Texts, words: NoticeTexts, now: datetime) -> str:
    return words.since.format(time=_hour(at, texts, now))


def _spell(span: Facts, texts: Texts, words: NoticeTexts, now: datetime) -> str:
    end = span["until"] or now.isoformat()
    return words.spell.format(begin=_hour(span["since"], texts, now), end=_hour(end, texts, now))


def _hour(at: str, texts: Texts, now: datetime) -> str:
    return told_at(datetime.fromisoformat(at), now, ADMINS_ZONE, texts)
