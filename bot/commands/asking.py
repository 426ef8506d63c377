"""A request of a chat, the reply to it, and what its words name."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.commands import keyboards
from bot.commands.keyboards import Rows, name_of
from bot.messages.markup import clean, directed, shorten
from bot.texts.replies import Texts, of, say
from storage.people import ChatKind, Language, People
from storage.store import Store
from storage.watches import PREFIX
from watch.arabic import fold
from watch.records import Level

if TYPE_CHECKING:
    from watch.topics import Topics

NAME_UNITS = 60  # of an unknown name, when it is repeated to who wrote it
NEAREST = 5
LIKENESS = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request of a chat. `language` is what its app says until the reader has one."""

    chat_id: int
    kind: ChatKind
    language: Language
    words: str  # what follows the command, or a button's argument
    now: datetime
    topics: Topics
    store: Store
    reply_to: int | None = None  # the message that was answered with this request
    thread: int | None = None  # the topic of a forum in which it was asked

    @property
    def people(self) -> People:
        return self.store.people

    @property
    def texts(self) -> Texts:
        return of(self.language)

    @property
    def arabic(self) -> bool:
        return self.language == "ar"

    def welcome(self) -> None:
        """Make who asks a reader, since something of his is about to be kept."""
        self.people.welcome(self.chat_id, self.kind, self.language, self.now)

    def receive_here(self) -> None:
        """Let alerts come to the topic of a forum in which this is asked."""
        self.store.preferences.place(self.chat_id, self.thread)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """HTML with buttons under it, in the reader's language unless another is named."""

    html: str
    buttons: Rows = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A topic, or a line that this reader saved, by its name in the reader's language."""

    id: str
    name: str
    saved: int | None = None  # the number of a saved line


Handler = Callable[[Ask], Reply]


def answer(handler: Handler, ask: Ask) -> Reply:
    """Run a handler in the reader's own language; a reader who was paused is back."""
    reader = ask.people.find(ask.chat_id)
    if reader is not None:
        if reader.paused is not None:  # who writes to us can be reached again
            ask.people.welcome(ask.chat_id, ask.kind, reader.language, ask.now)
        ask = replace(ask, language=reader.language)
    reply = handler(ask)
    told_in = reply.language or ask.language
    return replace(reply, html=directed(reply.html, of(told_in).mark))


def saved(ask: Ask) -> list[Named]:
    """The lines that this reader saved."""
    return [
        Named(id=watch.topic, name=watch.name, saved=watch.id)
        for watch in ask.store.watches.of(ask.chat_id)
    ]


def named(ask: Ask, words: str) -> Named | None:
    """What these words name: one of the reader's own lines, or a topic."""
    spoken = fold(words).strip()
    for line in saved(ask):
        if spoken in (fold(line.name), line.id, line.id.removeprefix(PREFIX)):
            return line
    topic = ask.topics.find(words) if words else None
    return None if topic is None else Named(id=topic.id, name=name_of(topic, ask.language))


def followed(ask: Ask) -> list[tuple[Named, Level]]:
    """What this reader follows, topics in the order of the seeds, then saved lines."""
    levels = {each.topic: each.level for each in ask.people.followed(ask.chat_id)}
    known = [Named(id=each.id, name=name_of(each, ask.language)) for each in ask.topics]
    known += saved(ask)
    gone = sorted(levels.keys() - {each.id for each in known})  # taken away since
    known += [Named(id=topic, name=topic) for topic in gone]
    return [(each, levels[each.id]) for each in known if each.id in levels]


def unknown(ask: Ask, words: str) -> Reply:
    """Repeat the name that nobody knows, with the topics that are spelled most like it."""
    names = {name: t for t in ask.topics for name in (t.id, t.name_ar, t.name_en, *t.aliases)}
    shown = shorten(clean(words), NAME_UNITS)
    near = nearest(shown, names, NEAREST)
    found = tuple({names[name].id: names[name] for name in near}.values())
    head = say(ask.texts.unknown_topic, name=shown)
    hint = ask.texts.near if found else ask.texts.list_head
    rows = keyboards.topic_rows(
        found or ask.topics, ask.people.followed(ask.chat_id), ask.language, ask.texts
    )
    return Reply(html=f"{head}\n{hint}", buttons=rows)


def nearest(word: str, known: Iterable[str], count: int = 1) -> list[str]:
    """The known names that are spelled most like a word."""
    return difflib.get_close_matches(word, list(known), count, LIKENESS)
