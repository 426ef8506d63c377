"""What readers can ask for: a handler for each command, run on a thread of the store's.

Handlers return a reply and know nothing of Telegram. All of them may be run twice with one outcome,
because an update that was handled just before a crash is handed over again. In a group only admins
change what the group follows and how; everybody may ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.commands import keyboards
from bot.commands.asking import Ask, Handler, Reply, nearest
from bot.commands.following import (
    choice,
    follow,
    follow_about,
    follow_all,
    mine,
    topic_buttons,
    topics,
    unfollow,
)
from bot.commands.lookup import latest, stats, why
from bot.commands.spoken import is_off
from bot.commands.watching import confirm, search, watch
from bot.commands.wishes import digest, limit, mute, quiet, unmute, urgent
from bot.texts.replies import of
from bot.texts.wishes import setting_texts
from storage.people import Language

YES_WORDS = frozenset({"yes", "نعم", "اجل", "أجل"})
LANGUAGE_WORDS: Mapping[Language, frozenset[str]] = MappingProxyType(
    {
        "ar": frozenset({"ar", "arabic", "عربي", "عربية", "العربية"}),
        "en": frozenset({"en", "english", "انجليزي", "إنجليزي", "الإنجليزية"}),
    }
)


def start(ask: Ask) -> Reply:
    """Greet and show the topics; `/start TOPIC` (a link to the bot) follows one at once."""
    ask.welcome()
    if ask.words and ask.topics.find(ask.words):
        return follow(ask)
    return choice(ask, ask.texts.welcome if ask.kind == "private" else ask.texts.greeting)


def forget(ask: Ask) -> Reply:
    """Ask once, then remove all that is kept of this reader."""
    if ask.words.strip().lower() in YES_WORDS:
        ask.people.forget(ask.chat_id)
        return Reply(html=ask.texts.forgotten)
    if is_off(ask.words):
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
    return Reply(html=of(language).language_set, language=language)


def usage(ask: Ask) -> Reply:
    """Say what can be asked."""
    return Reply(html=ask.texts.help)


def not_understood(ask: Ask) -> Reply:
    """What is no command: offer the topic it names, or the command it is spelled like."""
    if ask.words.startswith("/"):
        near = nearest(ask.words[1:33].lower(), COMMANDS)
        if near:
            return Reply(html=ask.texts.near_command.format(command=near[0]))
    topic = ask.topics.find(ask.words) if ask.words else None
    if topic is None:
        return Reply(html=ask.texts.unknown_command, buttons=topic_buttons(ask))
    held = ask.people.followed(ask.chat_id)
    rows = keyboards.topic_rows([topic], held, ask.language, ask.texts)
    return Reply(html=ask.texts.choose, buttons=rows)


def stale(ask: Ask) -> Reply:
    """A button that means nothing any more."""
    return Reply(html=ask.texts.stale)


def only_admins(ask: Ask) -> Reply:
    """A member of a group asked for what its admins decide."""
    return Reply(html=setting_texts(ask.language).only_admins)


COMMANDS: Mapping[str, Handler] = MappingProxyType(
    {
        "start": start,
        "follow": follow,
        "unfollow": unfollow,
        "topics": topics,
        "mine": mine,
        "watch": watch,
        "latest": latest,
        "search": search,
        "why": why,
        "mute": mute,
        "unmute": unmute,
        "quiet": quiet,
        "digest": digest,
        "limit": limit,
        "urgent": urgent,
        "stats": stats,
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
        "mute": mute,
        "unmute": unmute,
        "watch": confirm,
        "forget": forget,
        "lang": lang,
    }
)
OPEN = frozenset({topics, mine, latest, search, why, stats, usage, not_understood, stale})
SLOW = frozenset({watch, search})  # they read many articles


def changes(handler: Handler) -> bool:
    """Whether a command changes what a chat is told: in a group that is for its admins."""
    return handler not in OPEN
