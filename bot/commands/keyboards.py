"""Buttons under messages, and what a pressed one says. Telegram gives a button 64 bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.texts.replies import Texts
from storage.people import Language, Subscription
from watch.records import Level

if TYPE_CHECKING:
    from watch.topics import Topic, Topics

DATA_BYTES = 64
ROWS = 40  # Telegram takes 100 buttons; a longer list is reached by name
LABEL_CHARACTERS = 48


@dataclass(frozen=True, slots=True)
class Button:
    """`data` comes back when it is pressed: `verb:argument`."""

    label: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


def data(verb: str, topic: str) -> str:
    """Button data for a topic: its id, or a digest of it where the id is too long."""
    said = f"{verb}:{topic}"
    return said if len(said.encode()) <= DATA_BYTES else f"{verb}:#{_digest(topic)}"


def pressed(said: str, topics: Topics) -> tuple[str, str]:
    """The verb and the argument of button data; a digest is turned back into its topic's id."""
    verb, _, argument = said.partition(":")
    if argument.startswith("#"):
        argument = next((t.id for t in topics if _digest(t.id) == argument[1:]), "")
    return verb, argument


def _digest(topic: str) -> str:
    return hashlib.blake2s(topic.encode(), digest_size=8).hexdigest()


def name_of(topic: Topic, language: Language) -> str:
    """The topic's name in a reader's language."""
    return topic.name_ar if language == "ar" else topic.name_en


def topic_rows(
    topics: Iterable[Topic],
    followed: Sequence[Subscription],
    language: Language,
    texts: Texts,
) -> Rows:
    """One row a topic: follow it or leave it; once followed, a second button sets the level."""
    levels = {subscription.topic: subscription.level for subscription in followed}
    rows: list[tuple[Button, ...]] = []
    for topic in topics:
        label = name_of(topic, language)[:LABEL_CHARACTERS]
        level = levels.get(topic.id)
        if level is None:
            rows.append((Button(label, data("follow", topic.id)),))
        elif level is Level.ABOUT:
            more = Button(texts.every_mention, data("all", topic.id))
            rows.append((Button(f"✅ {label}", data("unfollow", topic.id)), more))
        else:
            less = Button(texts.only_about, data("about", topic.id))
            rows.append((Button(f"✅ {label}", data("unfollow", topic.id)), less))
    return tuple(rows[:ROWS])


def mine_rows(held: Iterable[tuple[str, str, Level]], muted: Collection[str], texts: Texts) -> Rows:
    """One row for each id, name and level followed: leave it, set its level, mute it."""
    rows = []
    for topic, name, level in held:
        about = level is Level.ABOUT
        rows.append(
            (
                Button(f"❌ {name[:LABEL_CHARACTERS]}", data("unfollow", topic)),
                Button(
                    texts.every_mention if about else texts.only_about,
                    data("all" if about else "about", topic),
                ),
                Button(
                    texts.ring if topic in muted else texts.hush,
                    data("unmute" if topic in muted else "mute", topic),
                ),
            )
        )
    return tuple(rows[: ROWS * 2 // 3])


def forget_rows(texts: Texts) -> Rows:
    """Yes and no."""
    return ((Button(texts.forget_yes, "forget:yes"), Button(texts.forget_no, "forget:no")),)


def language_rows() -> Rows:
    """The languages, each in its own words."""
    return ((Button("العربية", "lang:ar"), Button("English", "lang:en")),)
