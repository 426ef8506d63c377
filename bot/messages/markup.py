"""Telegram's HTML made safe: escaping, direction, and lengths as Telegram counts them.

All text from the web is hostile: it may hold markup, control characters, half a surrogate pair,
and marks that turn the direction of everything after them.
"""

from __future__ import annotations

import re
from html import escape, unescape

MESSAGE_UNITS = 4096  # UTF-16 units a message may have once its entities are parsed

ELLIPSIS = "…"
_ENDS = "\u2028\u2029\x85\r\x0b\x0c"  # of lines
MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"  # of direction
_ISOLATES = "\u2066\u2067\u2068"
_CLOSE = "\u2069"
# Embeddings, overrides, line and paragraph separators: Telegram drops them, so they go here,
# before lengths are counted. Then what no screen shows, and halves of surrogate pairs.
_DROPPED = re.compile("[\u2028-\u202e\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\n]+")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# A command in a line of markup, where no mark stands before it; links are passed over whole.
_COMMAND = re.compile(r"<a [^>]*>|(?<![\w/<>:.\u200e])((?:<code>)?/[a-z]{3,8}\b)(?!/)")


def clean(text: str) -> str:
    """One line without control characters, whose direction marks cannot reach beyond it.

    Isolates that are properly nested stay as printed; if any is not, all are dropped.
    """
    line = spaced(text)
    return (line if _nested(line) else _SPACES.sub(" ", drop_isolates(line))).strip()


def spaced(text: str) -> str:
    """The text without what no screen shows, every run of spaces and line ends as one space."""
    return _SPACES.sub(" ", _DROPPED.sub(lambda m: " " if m[0] in _ENDS else "", text))


def drop_isolates(text: str) -> str:
    """The text without direction isolates."""
    return re.sub(f"[{_ISOLATES}{_CLOSE}]", "", text)


def _nested(text: str) -> bool:
    depth = 0
    for letter in text:
        if letter in _ISOLATES:
            depth += 1
        elif letter == _CLOSE:
            depth -= 1
        if depth < 0:
            return False
    return depth == 0


def is_rtl(text: str) -> bool:
    """Whether most letters are written from right to left."""
    return 2 * len(_RTL.findall(text)) >= len(_LETTER.findall(text))


def has_letters(text: str) -> bool:
    """Whether anything in it has a direction of its own."""
    return _LETTER.search(text) is not None


def directed(markup: str, mark: str) -> str:
    """The lines of a message, each of which runs as `mark` (RLM or LRM) says.

    An app takes a line's direction from its first letter; a command at its beginning would turn it.
    In a line from right to left the stroke of a command would go to its other end: a mark keeps it.
    """
    rtl = mark == "\u200f"
    lines = []
    for line in markup.split("\n"):
        first = _LETTER.search(visible(line))
        turned = first is not None and is_rtl(first[0]) is not rtl and not line.startswith(mark)
        marked = _COMMAND.sub(_kept_whole, line) if rtl else line
        lines.append(mark + marked if turned else marked)
    return "\n".join(lines)


def _kept_whole(found: re.Match[str]) -> str:
    return "\u200e" + found[0] if found[1] else found[0]


def isolate(markup: str, of: str | None = None) -> str:
    """Markup between direction isolates; `of` is its text where the markup has tags."""
    return ("\u2067" if is_rtl(markup if of is None else of) else "\u2066") + markup + _CLOSE


def text(value: str) -> str:
    """A hostile value as HTML text, cleaned and escaped; quotes stay as printed."""
    return escape(clean(value), quote=False)


def link(address: str, label: str) -> str:
    """A link; `label` is markup. Anything but http and https is not linked."""
    address = clean(address).replace(" ", "%20")
    if not address.lower().startswith(("http://", "https://")):
        return label
    return f'<a href="{escape(address)}">{label}</a>'


def units(value: str) -> int:
    """Length in UTF-16 units: an emoji counts two."""
    return len(value) + sum(letter > "\uffff" for letter in value)


def shorten(value: str, limit: int) -> str:
    """At most `limit` UTF-16 units, cut between words where there are words, with an ellipsis."""
    if units(value) <= limit:
        return value
    kept, used = 0, 1  # the ellipsis
    for letter in value:
        used += units(letter)
        if used > limit:
            break
        kept += 1
    cut = value[:kept]
    space = cut.rfind(" ")
    return (cut[:space] if space > len(cut) // 2 else cut).rstrip(" ،,؛;:-") + ELLIPSIS


def visible(markup: str) -> str:
    """What a reader sees of markup: tags away, character references resolved."""
    return unescape(_TAG.sub("", markup))


def plain(markup: str) -> str:
    """Markup as plain text within one message, addresses written out."""
    return shorten_end(unescape(_TAG.sub("", _LINK.sub(r"\2 \1", markup))), MESSAGE_UNITS)


def shorten_end(value: str, limit: int) -> str:
    """At most `limit` UTF-16 units, cut anywhere."""
    while units(value) > limit:
        value = value[: len(value) - max(1, (units(value) - limit) // 2)]
    return value
