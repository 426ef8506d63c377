"""A summary as the messages its reader gets: by topic and story, with links; pure.

Follow-ups stand under their story. Times are those of the reader's own zone. What does not fit one
message goes on in the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.messages.growth import facts
from bot.messages.markup import MESSAGE_UNITS, clean, isolate, link, shorten, text, units, visible
from bot.messages.times import clock
from bot.texts.cards import card_texts
from bot.texts.replies import of
from bot.texts.summaries import summary_texts
from storage.outbox import Card, Gathering
from storage.people import Language
from storage.summaries import Summary, Told
from watch.records import Level

TITLE_UNITS = 110
NAME_UNITS = 40
SEPARATOR = " · "


def pages(summary: Summary, names: Mapping[str, str], now: datetime) -> list[str]:
    """The messages of a summary, each at most `MESSAGE_UNITS` long; `names` are the topics'."""
    texts = summary_texts(summary.language)
    mark = of(summary.language).mark
    counted = texts.stories.counted(len(summary.stories) + summary.more)
    head = mark + f"<b>{texts.heads[summary.why].format(stories=counted)}</b>"
    blocks = list(_blocks(summary, names, now))
    if summary.more:
        blocks.append("\n" + mark + texts.more.format(stories=texts.stories.counted(summary.more)))
    return _paged(head, mark + f"<b>{texts.continued}</b>", blocks)


def _paged(head: str, continued: str, blocks: Sequence[str]) -> list[str]:
    made, room = [[head]], MESSAGE_UNITS - units(visible(head))
    for block in blocks:
        size = units(visible(block)) + 1
        if size > room:
            made.append([continued])
            room = MESSAGE_UNITS - units(visible(continued))
        made[-1].append(block)
        room -= size
    return ["\n".join(page) for page in made]


def _blocks(summary: Summary, names: Mapping[str, str], now: datetime) -> Iterator[str]:
    """The lines: a head for each topic, then its stories, each followed by its follow-ups."""
    texts = of(summary.language)
    by_topic: dict[str, list[Told]] = {}
    for told in summary.stories:
        if told.follows is None:
            by_topic.setdefault(_topic(told.card, names), []).append(told)
    for topic, stories in by_topic.items():
        head = f"\n{texts.mark}<b>{topic}</b>\n"
        for told in stories:
            yield head + "\n".join(_thread(told, summary, now))
            head = ""


def _thread(told: Told, summary: Summary, now: datetime) -> Iterator[str]:
    """A story's line, and below it those of the stories that follow it."""
    waiting, sign = [told], "• "
    while waiting:
        each = waiting.pop(0)
        yield of(summary.language).mark + sign + _story(each, summary, now)
        waiting = [t for t in summary.stories if t.follows == each.card.story] + waiting
        sign = "↳ "


def _story(told: Told, summary: Summary, now: datetime) -> str:
    card, texts = told.card, card_texts(summary.language)
    parts = [_title(card), _name(card.outlet, NAME_UNITS)]
    if len(card.printings) > 1:
        parts.append(texts.printed_by(len(card.printings)))
    parts.append(clock(card.first_seen, now, summary.zone, of(summary.language)))
    line = SEPARATOR.join(part for part in parts if part)
    if card.changes and told.changed:
        changed = of(summary.language).comma.join(facts(card.changes, texts))
        line = f"<b>{summary_texts(summary.language).update}</b>: {changed}{SEPARATOR}{line}"
    return line


def _topic(card: Card, names: Mapping[str, str]) -> str:
    """The topic a story stands under: one that it is about, if any."""
    first = min(card.topics, key=lambda topic: topic.level is not Level.ABOUT)
    return _name(names.get(first.topic, first.name or first.topic), NAME_UNITS)


def _title(card: Card) -> str:
    shown = _name(card.title or card.url, TITLE_UNITS)
    return link(card.url, shown) if card.url else shown


def _name(value: str, limit: int) -> str:
    return isolate(text(shorten(clean(value), limit)))


def gathered(gathering: Gathering, language: Language) -> list[str]:
    """The lines of a live card: that the limit is reached, and what came beyond it."""
    texts = summary_texts(language)
    mark = of(language).mark
    until = f"{gathering.until.astimezone(gathering.zone):%H:%M}"
    lines = [f"<i>{texts.full.format(time=until)}</i>"]
    for title in gathering.titles:
        shown = text(shorten(clean(title), TITLE_UNITS))
        lines.append("• " + isolate(shown))
    if gathering.more:
        lines.append("+ " + texts.others.counted(gathering.more))
    return [mark + line for line in lines]
