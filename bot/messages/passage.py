"""The passage an alert shows: what stands around the first matched words, those words in bold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from bot.messages.markup import ELLIPSIS, clean, drop_isolates, is_rtl, isolate, spaced
from watch.records import Span

LEAD_IN = 100  # characters kept before the first match where the paragraph is long
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")

Range = tuple[int, int]


def passage(title: str, text: str, spans: Sequence[Span], limit: int) -> str:
    """Markup of at most about `limit` characters, "" when the text has nothing to show.

    The paragraph of the first match in the text is taken, else the first one; a paragraph that
    only repeats the title is passed over. It is cut between words and never inside a match that
    fits.
    """
    matches = _merged((span.start, span.end) for span in spans if span.field == "text")
    chosen = _paragraph(title, text, matches)
    if chosen is None or limit <= 0:
        return ""
    inside = [m for m in matches if chosen[0] <= m[0] and m[1] <= chosen[1]]
    start, end = _window(text, chosen, inside, limit)
    markup = "".join(_segments(text, start, end, inside)).strip()
    markup = ELLIPSIS * (start > chosen[0]) + markup + ELLIPSIS * (end < chosen[1])
    mark = "\u200f" if is_rtl(text[start:end]) else "\u200e"
    return mark + isolate(markup, text[start:end])


def _merged(ranges: Iterator[Range] | Sequence[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _paragraph(title: str, text: str, matches: Sequence[Range]) -> Range | None:
    told = [
        match.span()
        for match in _PARAGRAPH.finditer(text)
        if clean(match[0]) not in ("", clean(title))
    ]
    for start, end in matches:
        for paragraph in told:
            if paragraph[0] <= start and end <= paragraph[1]:
                return paragraph
    return told[0] if told else None


def _window(text: str, paragraph: Range, inside: Sequence[Range], limit: int) -> Range:
    """The part of the paragraph to show, cut at spaces."""
    first, last = paragraph
    if last - first <= limit:
        return paragraph
    focus = inside[0] if inside else (first, first)
    start = first
    if focus[1] - first > limit:
        start = max(first, focus[0] - LEAD_IN)
        space = text.find(" ", start, focus[0])
        start = focus[0] if space < 0 else space + 1
    end = min(last, start + limit)
    if end < last:
        space = text.rfind(" ", max(start, focus[1]), end + 1)
        end = space if space > start else end
    return start, end


def _segments(text: str, start: int, end: int, inside: Sequence[Range]) -> Iterator[str]:
    at = start
    for match in inside:
        first, last = max(match[0], start), min(match[1], end)
        if first < last:
            yield _safe(text[at:first])
            yield f"<b>{_safe(text[first:last])}</b>"
            at = last
    yield _safe(text[at:end])


def _safe(part: str) -> str:
    return escape(drop_isolates(spaced(part)), quote=False)
