"""Every reply in both languages, held to a golden file, so that its wording is seen whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loopback.botrules import parse_html
from newsroom import NOON, Newsroom, a_hit

from bot.commands import handlers as commands
from bot.commands.asking import Ask, answer
from bot.messages.markup import directed
from storage.outbox import Sent
from storage.people import Language
from storage.store import Store
from watch.records import Level
from watch.topics import Topics

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 3, 5, 12, 30, tzinfo=UTC)
ANA = 101
ASKED = (
    *("start", "help", "dance", "qiet", "follow alepo", "follow حلب", "follow حلب كل", "mine"),
    *("quiet", "quiet 23:00-07:00 برلين", "quiet tonight", "quiet 23-7 Berlim", "quiet off"),
    *("digest", "digest hourly", "digest daily 8", "digest weekly", "digest off"),
    *("limit", "limit 10", "limit lots", "limit off"),
    *("mute", "mute حلب 2h", "mute all 1 day", "mute homs", "quiet 23-7", "digest daily 8"),
    *("limit 10", "mine", "unmute حلب", "unmute", "quiet off", "digest off", "limit off"),
    *("urgent", "urgent حلب", "mine", "urgent حلب off", "urgent homs"),
    *("urgent حلب", "urgent off", "follow حلب عنه", "follow aleppo about"),
    *("latest", "latest حلب", "latest homs", "why", "stats"),
    *("search", "search عودة", "search @nothing", "search قطار"),
    *("watch", "watch عودة | رجوع -سفر", "watch نعم", "watch -x", "watch no", "mine"),
    *("unfollow", "unfollow حلب", "lang", "forget", "forget yes"),
)


def said(store: Store, topics: Topics, language: Language) -> str:
    """What a reader of one story writes, and what it is answered."""
    newsroom = Newsroom(store)
    store.people.welcome(ANA, "private", language, NOON)
    store.people.follow(ANA, "aleppo", Level.ABOUT, NOON)
    newsroom.prints(a_hit(), first_seen=NOW - timedelta(hours=1))
    (delivery,) = newsroom.claims(NOW)
    newsroom.settles(delivery, Sent(7), NOW)
    lines = []
    for asked in ASKED:
        name, _, words = asked.partition(" ")
        handler = commands.COMMANDS.get(name)
        if handler is None:
            handler, words = commands.not_understood, f"/{name}"
        ask = Ask(
            chat_id=ANA,
            kind="private",
            language=language,
            words=words,
            now=NOW,
            topics=topics,
            store=store,
        )
        reply = answer(handler, ask)
        parse_html(reply.html)
        buttons = "".join(f"\n[{' | '.join(b.label for b in row)}]" for row in reply.buttons[:3])
        lines.append(f"> /{asked}\n{reply.html}{buttons}\n")
    return "\n".join(lines)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_replies_read_as_their_golden_file(
    tmp_path: Path, topics: Topics, language: Language
) -> None:
    with Store(tmp_path / "munadi.db") as store:
        assert said(store, topics, language) == (GOLDEN / f"replies_{language}.txt").read_text()


def test_a_line_that_begins_with_the_other_hand_is_turned() -> None:
    assert directed("/help – ما أفهمه", "\u200f") == "\u200f\u200e/help – ما أفهمه"
    assert directed("✅ حلب\n<b>/x</b>\n12:30", "\u200f") == "✅ حلب\n\u200f<b>/x</b>\n12:30"
    assert directed("حلب – Aleppo", "\u200e") == "\u200eحلب – Aleppo"


def test_a_command_in_arabic_keeps_its_stroke_before_it() -> None:
    link = '<a href="https://x.example/?u=/abc">أ</a>'
    for line, kept in (
        ("اكتب /help", "اكتب \u200e/help"),
        ("اكتب <code>/quiet off</code>.", "اكتب \u200e<code>/quiet off</code>."),
        (f"{link} و/أو https://a.example/abc", f"{link} و/أو https://a.example/abc"),
    ):
        assert directed(line, "\u200f") == kept
        assert directed(kept, "\u200f") == kept
    assert directed("Write /help", "\u200e") == "Write /help"
