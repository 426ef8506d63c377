"""A delivery as the message its reader gets; pure, so a golden file can hold every alert.

An alert reads: the title, whole and as printed; outlet, agency and time; the passage with the
matched words in bold; the address; who else printed it; how the story grew; the topics it is for.
Names stand between direction isolates, so that a Latin name cannot turn an Arabic line around.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.messages.digest import gathered
from bot.messages.growth import called, growth
from bot.messages.markup import (
    MESSAGE_UNITS,
    clean,
    is_rtl,
    isolate,
    link,
    shorten,
    text,
    units,
    visible,
)
from bot.messages.passage import passage
from bot.messages.times import clock, moment
from bot.texts.cards import card_texts
from bot.texts.replies import Texts, of
from storage.outbox import Card, CardTopic, Gathering, Printing
from storage.people import Language
from watch.records import Level, Published

SEPARATOR = " · "
SAVED_AGAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each part is shown."""

    title: int  # UTF-16 units
    passage: int  # characters
    also: int  # outlets named
    topics: int = 30
    name: int = 200  # UTF-16 units of an outlet's, agency's or topic's name


# The first that fits one message is taken; about 500 visible characters are normal, since
# Telegram slows down longer texts.
ROOMS = (Room(MESSAGE_UNITS, 280, 5), Room(MESSAGE_UNITS, 0, 2), Room(2400, 0, 0, 3))


def render(
    card: Card,
    *,
    language: Language,
    names: Mapping[str, str],
    now: datetime,
    zone: ZoneInfo,
    follow_up: bool = False,
    gathering: Gathering | None = None,
) -> str:
    """The alert as Telegram's HTML, at most `MESSAGE_UNITS` once its entities are parsed.

    `names` gives the topics' names in the reader's language; a topic without a name shows its id.
    Hours are those of the reader's `zone`.
    `gathering` makes it the live card, which lists what is over the reader's limit.
    """
    for room in ROOMS:
        markup = _message(card, language, names, now, zone, follow_up=follow_up, room=room)
        if gathering is not None:
            markup += "\n\n" + "\n".join(gathered(gathering, language))
        if units(visible(markup)) <= MESSAGE_UNITS:
            break
    return markup


def _message(
    card: Card,
    language: Language,
    names: Mapping[str, str],
    now: datetime,
    zone: ZoneInfo,
    *,
    follow_up: bool,
    room: Room,
) -> str:
    texts = of(language)
    told = passage(card.title, card.text, card.spans, room.passage)
    lines = [
        texts.mark + f"<i>{texts.follow_up}</i>" if follow_up else "",
        _title(card.title, room),
        texts.mark + SEPARATOR.join(_origin(card, language, now, zone, room)),
        f"\n{told}\n" if told else "",
        texts.mark + link(card.url, texts.read) if card.url else "",
        texts.mark + _also(card.also, texts, room) if card.also else "",
        *growth(card, language, now, zone),
        texts.mark + _topics(card.topics, texts, names, room) if card.topics else "",
    ]
    return "\n".join(line for line in lines if line)


def _title(title: str, room: Room) -> str:
    shown = shorten(clean(title), room.title)
    mark = "\u200f" if is_rtl(shown) else "\u200e"
    return f"{mark}<b>{_name(shown, room.title)}</b>" if shown else ""


def _name(value: str, limit: int) -> str:
    shown = text(shorten(clean(value), limit))
    return isolate(shown)


def _origin(card: Card, language: Language, now: datetime, zone: ZoneInfo, room: Room) -> list[str]:
    texts = of(language)
    parts = [_name(card.outlet, room.name)] if clean(card.outlet) else []
    if card.agency:
        parts.append(texts.agency.format(agency=called(card.agency, card_texts(language))))
    if card.published is None:
        parts.append(texts.seen.format(time=moment(card.first_seen, now, zone, texts)))
    else:
        parts.append(moment(card.published, now, zone, texts))
    if isinstance(card.updated, datetime) and _later(card.updated, card.published):
        parts.append(texts.updated.format(time=clock(card.updated, now, zone, texts)))
    return parts


def _later(updated: datetime, published: Published | None) -> bool:
    """Whether an update is one: many outlets save a page again within the minute it came out."""
    return not isinstance(published, datetime) or updated - published >= SAVED_AGAIN


def _also(also: tuple[Printing, ...], texts: Texts, room: Room) -> str:
    named = [link(printing.url, _name(printing.outlet, room.name)) for printing in also]
    shown, left = named[: room.also], len(named) - room.also
    if left <= 0:
        return texts.also.format(outlets=texts.comma.join(shown))
    more = texts.others.counted(left)
    if not shown:
        return texts.also.format(outlets=more)
    listed = texts.also_more.format(outlets=texts.comma.join(shown), more=more)
    return texts.also.format(outlets=listed)


def _topics(
    topics: tuple[CardTopic, ...], texts: Texts, names: Mapping[str, str], room: Room
) -> str:
    about = sorted(topics, key=lambda topic: topic.level is not Level.ABOUT)
    shown = []
    for topic in about[: room.topics]:
        name = _name(names.get(topic.topic, topic.name or topic.topic), room.name)
        shown.append(name if topic.level is Level.ABOUT else texts.mention.format(topic=name))
    template = texts.topic if len(shown) == 1 else texts.topics
    return template.format(topics=texts.comma.join(shown))
