"""Without a token the same alerts are printed."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from typing import Any

from rich.console import Console

from bot.sender import Outgoing
from bot.terminal import TerminalSender, styled
from storage.outbox import Later, Sent
from watch.records import Relation


async def test_the_built_in_reader_follows_all_topics(
    start: Any, press: Any, eventually: Callable[..., Awaitable[None]]
) -> None:
    running = await start(token=None)
    title = "عنوان طويل بعض الشيء عن ترميم الأسواق القديمة في حلب وما حولها من الخانات [red]"
    first = press.prints("aleppo", title=title)
    press.prints("syria-ceasefire", title="إعلان هدنة في سوريا \x1b[31mأحمر")
    await eventually(lambda: press.owed() == 0)
    printed = running.output.getvalue()
    assert title in printed
    assert "جريدة الضفة 1" in printed
    assert "https://paper1.example/news/1?a=1&b=2" in printed
    assert "الموضوع: وقف إطلاق النار في سوريا" in printed
    assert "\x1b" not in printed
    press.prints("aleppo", relation=Relation.REPRINT, story=first.story)
    await eventually(lambda: "نشرته أيضا: جريدة الضفة 3" in running.output.getvalue())
    assert await running.end() == 0


async def test_a_token_set_later_owes_the_terminal_nothing(start: Any, press: Any) -> None:
    running = await start(token=None)
    await running.end()
    running = await start()
    press.prints("aleppo")
    assert press.owed() == 0
    await running.end()
    running = await start(token=None)
    press.prints("aleppo")
    assert press.find(0).paused is None


def test_markup_becomes_style() -> None:
    text = styled(
        '\u200f<b>\u2067عنوان\u2069</b> <a href="https://x.example/?a&amp;b">اقرأ</a> &lt;'
    )
    assert text.plain == "عنوان اقرأ https://x.example/?a&b <"
    assert [str(span.style) for span in text.spans] == ["bold", "blue underline"]


async def test_a_terminal_that_is_gone_loses_nothing() -> None:
    class Broken(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(5, "Input/output error")

    sender = TerminalSender(Console(file=Broken()))
    outcome = await sender.send(Outgoing(chat_id=0, html="x"))
    assert isinstance(outcome, Later)
    assert "Input/output error" in outcome.reason
    sender.console.quiet = True  # what rich does when a pipe breaks
    assert isinstance(await sender.send(Outgoing(chat_id=0, html="x")), Later)
    assert await sender.trouble() is None


async def test_messages_are_numbered_and_an_edit_keeps_its_number() -> None:
    file = io.StringIO()
    sender = TerminalSender(Console(file=file))
    assert await sender.send(Outgoing(chat_id=0, html="a")) == Sent(1)
    assert await sender.send(Outgoing(chat_id=0, html="b")) == Sent(2)
    assert await sender.send(Outgoing(chat_id=0, html="c", edits=1)) == Sent(1)
    assert "1 ↻" in file.getvalue()
