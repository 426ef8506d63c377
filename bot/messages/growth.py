"""How a card grows: how many voices tell the story, who was first, which facts were replaced.

Wire copy counts as one voice: outlets that print one text, or credit one agency, are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.messages.markup import clean, isolate, link, shorten, text
from bot.messages.times import clock
from bot.texts.cards import CardTexts, card_texts
from bot.texts.replies import of
from storage.outbox import Card, Printing
from storage.people import Language
from watch.numbers import in_digits
from watch.records import Change

NAME_UNITS = 80
FACT_UNITS = 60
AGENCIES = 3  # named with their times
SEPARATOR = " · "


def growth(card: Card, language: Language, now: datetime, zone: ZoneInfo) -> list[str]:
    """The lines of a card that several outlets printed or whose facts were replaced."""
    texts = card_texts(language)
    lines = facts(card.changes, texts)
    if len(card.printings) > 1:
        lines += [voices(card.printings, language), _first(card.printings, language, now, zone)]
    return [of(language).mark + line for line in lines]


def reply(card: Card, language: Language, now: datetime, zone: ZoneInfo) -> str:
    """The short message that rings when a fact was replaced, in answer to its card."""
    texts = card_texts(language)
    mark = of(language).mark
    lines = facts(card.changes, texts) or [_name(card.title)]
    teller = card.changed_by
    outlet, url = (card.outlet, card.url) if teller is None else (teller.outlet, teller.url)
    told = card.first_seen if teller is None else teller.first_seen
    heard = clock(told, now, zone, of(language))
    origin = [link(url, _name(outlet)) if url else _name(outlet), heard]
    head = f"<b>{texts.update}</b>"
    return "\n".join(mark + line for line in (head, *lines, SEPARATOR.join(origin)))


def voices(printings: Sequence[Printing], language: Language) -> str:
    """How many tell it by themselves; where it is one text, whose, and how many print it."""
    texts = card_texts(language)
    groups = _groups(printings)
    sites = texts.printed_by(len(printings))
    if len(groups) == 1:
        agency = groups[0]
        told = texts.according.format(agency=called(agency, texts)) if agency else texts.one_text
        return told + sites
    counted = texts.voices.get(len(groups), texts.more_voices.format(number=len(groups)))
    if len(groups) == len(printings):
        return counted
    return counted + of(language).comma + sites


def facts(changes: Sequence[Change], texts: CardTexts) -> list[str]:
    """What was replaced, a line each."""
    return [_fact(change, texts) for change in changes]


def _fact(change: Change, texts: CardTexts) -> str:
    if not change.now:
        template = texts.dropped
    elif not change.before:
        template = texts.first_toll if change.toll else texts.added
    else:
        template = texts.toll if change.toll else texts.corrected
    return template.format(before=_said(change.before, texts), now=_said(change.now, texts))


def _said(words: str, texts: CardTexts) -> str:
    shown = text(shorten(clean(words), FACT_UNITS))
    if not texts.reads_arabic:
        shown = in_digits(words) or shown
    return shown if shown.isdecimal() else isolate(shown)


def _groups(printings: Sequence[Printing]) -> list[str | None]:
    """The agency of each voice, None for an outlet's own; one agency is one voice."""
    agencies: dict[int, str | None] = {}
    for printing in printings:
        agencies[printing.voice] = agencies.get(printing.voice) or printing.agency
    wires = dict.fromkeys(agency for agency in agencies.values() if agency)
    return [*wires, *(None for agency in agencies.values() if not agency)]


def _first(printings: Sequence[Printing], language: Language, now: datetime, zone: ZoneInfo) -> str:
    """Who printed it first, and when each agency was first credited."""
    texts = card_texts(language)
    credited: dict[str, Printing] = {}
    for printing in printings:
        if printing.agency:
            credited.setdefault(printing.agency, printing)
    named = [(_name(printings[0].outlet), printings[0].first_seen)]
    named += [
        (called(agency, texts), printing.first_seen)
        for agency, printing in list(credited.items())[:AGENCIES]
    ]
    told = [
        texts.timed.format(name=name, time=clock(when, now, zone, of(language)))
        for name, when in named
    ]
    return texts.first.format(names=of(language).comma.join(told))


def called(agency: str, texts: CardTexts) -> str:
    """An agency as the reader's language writes it, as markup."""
    return texts.agencies[agency] if agency in texts.agencies else _name(agency)


def _name(value: str) -> str:
    return isolate(text(shorten(clean(value), NAME_UNITS)))
