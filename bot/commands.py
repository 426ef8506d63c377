"""What readers can ask for: a handler for each command, run on the store's thread.

Handlers return a reply and know nothing of Telegram. All of them may be run twice with one outcome,
because an update that was handled just before a crash is handed over again. In a group every
member may change what the group follows.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot import keyboards
from bot.keyboards import Rows, name_of
from bot.texts import Texts, of, say
from storage.people import ChatKind, Language, People
from watch.records import Level

if TYPE_CHECKING:
    from watch.topics import Topic, Topics

ALL_WORDS = frozenset({"all", "every", "كل", "الكل", "كله"})
YES_WORDS = frozenset({"yes", "نعم", "اجل", "أجل"})
LANGUAGE_WORDS: Mapping[Language, frozenset[str]] = MappingProxyType(
    {
        "ar": frozenset({"ar", "arabic", "عربي", "عربية", "العربية"}),
        "en": frozenset({"en", "english", "انجليزي", "إنجليزي", "الإنجليزية"}),
    }
)
NAME_CHARACTERS = 60  # of an unknown name, when it is repeated to who wrote it
NEAREST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request of a chat. `language` is what its app says until the reader has one."""

    chat_id: int
    kind: ChatKind
    language: Language
    words: str  # what follows the command, or a button's argument
    now: datetime
    topics: Topics
    people: People

    @property
    def texts(self) -> Texts:
        return of(self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """HTML with buttons under it."""

    html: str
    buttons: Rows = ()


Handler = Callable[[Ask], Reply]


def answer(handler: Handler, ask: Ask) -> Reply:
    """Run a handler in the reader's own language; a reader who was paused is back."""
    reader = ask.people.find(ask.chat_id)
    if reader is None:
        return handler(ask)
    if reader.paused is not None:  # who writes to us can be reached again
        ask.people.welcome(ask.chat_id, ask.kind, reader.language, ask.now)
    return handler(replace(ask, language=reader.language))


def start(ask: Ask) -> Reply:
    """Greet and show the topics; `/start TOPIC` (a link to the bot) follows one at once."""
    ask.people.welcome(ask.chat_id, ask.kind, ask.language, ask.now)
    if ask.words and ask.topics.find(ask.words):
        return follow(ask)
    greeting = ask.texts.welcome if ask.kind == "private" else ask.texts.greeting
    return Reply(html=greeting, buttons=_topic_buttons(ask))


def follow(ask: Ask) -> Reply:
    """Follow a topic by its id or any of its names, `all` for every mention; bare: buttons."""
    if not ask.words:
        return _choice(ask, ask.texts.choose)
    topic, level = _wanted(ask)
    if topic is None:
        return _unknown(ask)
    return _follow(ask, topic, level)


def follow_all(ask: Ask) -> Reply:
    """The button beside a followed topic: every mention."""
    topic = ask.topics.find(ask.words)
    return _follow(ask, topic, Level.MENTION) if topic else _unknown(ask)


def follow_about(ask: Ask) -> Reply:
    """The same button when every mention is on: only what is about it."""
    topic = ask.topics.find(ask.words)
    return _follow(ask, topic, Level.ABOUT) if topic else _unknown(ask)


def _follow(ask: Ask, topic: Topic, level: Level) -> Reply:
    ask.people.welcome(ask.chat_id, ask.kind, ask.language, ask.now)
    changed = ask.people.follow(ask.chat_id, topic.id, level, ask.now)
    told = ask.texts.followed_all if level is Level.MENTION else ask.texts.followed
    template = told if changed else ask.texts.already
    return Reply(html=say(template, topic=_name(ask, topic)), buttons=_topic_buttons(ask))


def unfollow(ask: Ask) -> Reply:
    """Stop following a topic; bare: buttons of what is followed."""
    if not ask.words:
        if not ask.people.followed(ask.chat_id):
            return _choice(ask, ask.texts.nothing_followed)
        return _choice(ask, ask.texts.choose_stop, only_followed=True)
    topic = ask.topics.find(ask.words)
    followed = {subscription.topic for subscription in ask.people.followed(ask.chat_id)}
    if topic is None and ask.words not in followed:  # a topic may have been taken away since
        return _unknown(ask)
    changed = ask.people.unfollow(ask.chat_id, topic.id if topic else ask.words)
    template = ask.texts.unfollowed if changed else ask.texts.not_followed
    name = _name(ask, topic) if topic else ask.words
    return Reply(html=say(template, topic=name), buttons=_topic_buttons(ask))


def topics(ask: Ask) -> Reply:
    """List the topics and mark those that are followed."""
    followed = {s.topic: s.level for s in ask.people.followed(ask.chat_id)}
    lines = [ask.texts.list_head if len(ask.topics) else ask.texts.list_none]
    for topic in ask.topics:
        mark = "✅" if topic.id in followed else "▫️"
        told = say(
            "{mark} {name} – <code>{id}</code>", mark=mark, name=_name(ask, topic), id=topic.id
        )
        every = followed.get(topic.id) is Level.MENTION
        lines.append(told + (f" ({ask.texts.every_mention})" if every else ""))
    return Reply(html="\n".join(lines), buttons=_topic_buttons(ask))


def forget(ask: Ask) -> Reply:
    """Ask once, then remove all that is kept of this reader."""
    if ask.words.strip().lower() in YES_WORDS:
        ask.people.forget(ask.chat_id)
        return Reply(html=ask.texts.forgotten)
    if ask.words == "no":
        return Reply(html=ask.texts.kept)
    return Reply(html=ask.texts.ask_forget, buttons=keyboards.forget_rows(ask.texts))


def lang(ask: Ask) -> Reply:
    """Set the language of messages; bare: buttons."""
    word = ask.words.strip().lower()
    language = next((code for code, words in LANGUAGE_WORDS.items() if word in words), None)
    if language is None:
        return Reply(html=ask.texts.choose_language, buttons=keyboards.language_rows())
    ask.people.welcome(ask.chat_id, ask.kind, language, ask.now)
    ask.people.speak(ask.chat_id, language)
    return Reply(html=of(language).language_set)


def usage(ask: Ask) -> Reply:
    """Say what can be asked."""
    return Reply(html=ask.texts.help)


def not_understood(ask: Ask) -> Reply:
    """A message that is no command: offer the topic it names, else point to what is."""
    topic = ask.topics.find(ask.words) if ask.words else None
    if topic is None:
        return Reply(html=ask.texts.unknown_command, buttons=_topic_buttons(ask))
    followed = ask.people.followed(ask.chat_id)
    rows = keyboards.topic_rows([topic], followed, ask.language, ask.texts)
    return Reply(html=ask.texts.choose, buttons=rows)


def stale(ask: Ask) -> Reply:
    """A button that means nothing any more."""
    return Reply(html=ask.texts.stale)


COMMANDS: Mapping[str, Handler] = MappingProxyType(
    {
        "start": start,
        "follow": follow,
        "unfollow": unfollow,
        "topics": topics,
        "lang": lang,
        "forget": forget,
        "help": usage,
    }
)
BUTTONS: Mapping[str, Handler] = MappingProxyType(
    {
        "follow": follow,
        "all": follow_all,
        "about": follow_about,
        "unfollow": unfollow,
        "forget": forget,
        "lang": lang,
    }
)


def _wanted(ask: Ask) -> tuple[Topic | None, Level]:
    """The topic and the level in `TOPIC [all]`; a topic whose own name ends so wins."""
    if (topic := ask.topics.find(ask.words)) is not None:
        return topic, Level.ABOUT
    name, _, last = ask.words.rpartition(" ")
    if name and last.lower() in ALL_WORDS:
        return ask.topics.find(name), Level.MENTION
    return None, Level.ABOUT


def _unknown(ask: Ask) -> Reply:
    """Repeat the name that nobody knows, with the topics that are spelled most like it."""
    names = {name: t for t in ask.topics for name in (t.id, t.name_ar, t.name_en, *t.aliases)}
    near = difflib.get_close_matches(ask.words[:NAME_CHARACTERS], names, NEAREST, 0.6)
    found = tuple({names[name].id: names[name] for name in near}.values())
    head = say(ask.texts.unknown_topic, name=ask.words[:NAME_CHARACTERS])
    hint = ask.texts.near if found else ask.texts.list_head
    rows = keyboards.topic_rows(
        found or ask.topics, ask.people.followed(ask.chat_id), ask.language, ask.texts
    )
    return Reply(html=f"{head}\n{hint}", buttons=rows)


def _choice(ask: Ask, html: str, *, only_followed: bool = False) -> Reply:
    return Reply(html=html, buttons=_topic_buttons(ask, only_followed=only_followed))


def _topic_buttons(ask: Ask, *, only_followed: bool = False) -> Rows:
    followed = ask.people.followed(ask.chat_id)
    ids = {subscription.topic for subscription in followed}
    shown = [topic for topic in ask.topics if not only_followed or topic.id in ids]
    return keyboards.topic_rows(shown, followed, ask.language, ask.texts)


def _name(ask: Ask, topic: Topic) -> str:
    return name_of(topic, ask.language)
