"""Lines that people type: tried on the archive, kept once they are confirmed, and searched with.

Both commands read many articles, so they run apart from delivery, and for a bounded time.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.commands.asking import Ask, Reply
from bot.commands.keyboards import Button
from bot.commands.lookup import story_lines
from bot.commands.spoken import is_off
from bot.messages.markup import clean, shorten
from bot.texts.archive import AskTexts, ask_texts
from bot.texts.replies import say
from storage.questions import Line
from storage.replay import Replayed
from storage.search import Found
from watch.arabic import fold
from watch.matching import match
from watch.query import Understood, understand
from watch.records import Level
from watch.topics import Topics

LINES = 30  # that one chat may save
NAME_UNITS = 80  # of a line, where it stands for itself
EXAMPLES = 3
SHOWN = 10
SEARCHED = 1_500  # articles of those that hold its words: a second or two
LOOK_SECONDS = 1.5  # that one look at the archive may take
LOOKED_AT = 3_000  # articles at most
EVERYTHING = 0.5  # of the articles: a line that matches more is refused
ENOUGH = 40  # articles to tell that from
YES_WORDS = frozenset(fold("yes نعم اجل أجل").split())


@dataclass(slots=True)
class Tried:
    """What a line finds among the newest articles."""

    articles: int = 0
    matched: int = 0
    days: float = 1.0
    stories: dict[int, Line] = field(default_factory=dict)  # about it, newest first

    @property
    def alerts_a_day(self) -> int:
        return round(len(self.stories) / self.days)


def watch(ask: Ask) -> Reply:
    """Say a line back with what it would have found, and ask; `yes` keeps the last one asked."""
    texts = ask_texts(ask.language)
    if not ask.words:
        return Reply(html=texts.watch_how)
    if fold(ask.words) in YES_WORDS:
        return _keep(ask, ask.store.preferences.draft(ask.chat_id), texts)
    if is_off(ask.words):
        return _drop(ask, texts)
    if len(ask.store.watches.of(ask.chat_id)) >= LINES:
        return Reply(html=say(texts.watch_many, number=str(LINES)))
    read = understand(ask.words, ask.topics.gazetteer)
    if not isinstance(read, Understood):
        why = read.why.ar if ask.arabic else read.why.en
        return Reply(html=say(texts.refused, why=why))
    return _asked(ask, read, tried(ask, read), texts)


def _asked(ask: Ask, read: Understood, found: Tried, texts: AskTexts) -> Reply:
    said = read.said.ar if ask.arabic else read.said.en
    lines = [say(texts.watch_said, said=said)]
    articles = texts.articles.counted(found.articles)
    alerts = texts.alerts.counted(found.alerts_a_day) if found.alerts_a_day else texts.seldom
    if found.articles >= ENOUGH and found.matched > EVERYTHING * found.articles:
        return Reply(html="\n".join([*lines, say(texts.watch_much, alerts=alerts)]))
    if found.stories:
        lines += [say(texts.watch_estimate, articles=articles, alerts=alerts)]
        lines += [texts.watch_examples]
        lines += story_lines(ask, list(found.stories.values())[:EXAMPLES])
    elif found.matched:
        named = texts.named_in.counted(found.matched)
        lines.append(say(texts.watch_named, articles=articles, named=named))
    else:
        none = say(texts.watch_none, articles=articles)
        lines.append(none if found.articles else texts.read_nothing)
    lines.append(texts.watch_ask)
    ask.welcome()
    ask.store.preferences.consider(ask.chat_id, ask.words)
    mark = _mark(ask.words)
    yes = Button(texts.watch_yes, f"watch:{mark}")
    no = Button(texts.watch_no, f"watch:no:{mark}")
    return Reply(html="\n".join(lines), buttons=((yes, no),))


def confirm(ask: Ask) -> Reply:
    """The buttons under a line: keep or drop it, if it is still the one that was asked about."""
    texts = ask_texts(ask.language)
    answer, _, mark = ask.words.rpartition(":")
    line = ask.store.preferences.draft(ask.chat_id)
    if answer == "no":
        asked = line is not None and _mark(line) == mark
        return _drop(ask, texts) if asked else Reply(html=texts.watch_old)
    for kept in ask.store.watches.of(ask.chat_id):
        if _mark(kept.line) == ask.words:  # pressed twice
            return Reply(html=say(texts.watch_kept, line=kept.name))
    if line is None or _mark(line) != ask.words:
        return Reply(html=texts.watch_old)
    return _keep(ask, line, texts)


def _keep(ask: Ask, line: str | None, texts: AskTexts) -> Reply:
    if line is None:
        return Reply(html=texts.watch_how)
    ask.welcome()
    ask.receive_here()
    name = shorten(clean(line), NAME_UNITS)
    kept = ask.store.watches.keep(ask.chat_id, line, name, ask.now)
    ask.store.preferences.consider(ask.chat_id, None)
    return Reply(html=say(texts.watch_kept, line=kept.name))


def _drop(ask: Ask, texts: AskTexts) -> Reply:
    ask.store.preferences.consider(ask.chat_id, None)
    return Reply(html=texts.watch_dropped)


def search(ask: Ask) -> Reply:
    """The newest stories in the archive that a line matches."""
    texts = ask_texts(ask.language)
    if not ask.words:
        return Reply(html=texts.search_how)
    read = understand(ask.words, ask.topics.gazetteer)
    if not isinstance(read, Understood):
        why = read.why.ar if ask.arabic else read.why.en
        return Reply(html=say(texts.refused, why=why))
    said = say(texts.found, said=read.said.ar if ask.arabic else read.said.en)
    found = ask.store.archive.matching(
        read.topic, ask.topics.gazetteer, SHOWN * 3, looked_at=SEARCHED
    )
    stories: dict[int, Line] = {}
    for each in found:  # the newest first
        stories.setdefault(each.story, _line(each, each.outlets))
    lines = story_lines(ask, list(stories.values())[:SHOWN])
    return Reply(html="\n".join([said, *(lines or [texts.found_nothing])]))


def tried(ask: Ask, read: Understood) -> Tried:
    """Read the newest articles with a line, until they are enough or time is up."""
    topics = Topics([read.topic], ask.topics.gazetteer)
    found, newest = Tried(), None
    for article in _bounded(ask.store.archive.newest()):
        newest = newest or article.first_seen
        found.articles += 1
        found.days = max(1.0, (newest - article.first_seen).total_seconds() / 86_400)
        level = next((hit.level for hit in match(article.title, article.text, topics)), None)
        found.matched += level is not None
        if level is Level.ABOUT:
            found.stories.setdefault(article.story, _line(article, outlets=1))
    return found


def _bounded(articles: Iterator[Replayed]) -> Iterator[Replayed]:
    end = time.monotonic() + LOOK_SECONDS
    for number, article in enumerate(articles):
        if number >= LOOKED_AT or time.monotonic() > end:
            return
        yield article


def _line(article: Replayed | Found, outlets: int) -> Line:
    return Line(
        title=article.title,
        outlet=article.outlet,
        url=article.url,
        first_seen=article.first_seen,
        outlets=outlets,
    )


def _mark(line: str) -> str:
    """A short mark of a line, for a button's 64 bytes."""
    return hashlib.blake2s(line.encode(), digest_size=8).hexdigest()
