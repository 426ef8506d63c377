"""Bytes to text: the charset a page is really in, which is not always the one it declares.

Bytes that are valid UTF-8 and hold more than ASCII are UTF-8, whatever is declared: text in another
charset is almost never valid UTF-8 by chance. Other bytes are read in the declared charset unless
one of the Arabic single-byte charsets makes clearly more Arabic of them.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# One pattern for each word: a search for a word that is known is quicker than for one of two.
_DECLARED = tuple(
    re.compile(word + rb"""\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,30})""")
    for word in (b"charset", b"encoding")
)
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_BLANKED = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_ARABIC = ("windows-1256", "iso-8859-6", "mac-arabic")
_HEAD_BYTES = 4096  # where a page declares its charset
_SAMPLE_BYTES = 200_000  # enough of a page to tell its charset
# The article, "in", "from", "on", "that": every Arabic text holds some; chance bytes hold none.
_COMMON = re.compile(r"\bال\w\w|\bفي\b|\bمن\b|\bعلى\b|\bأن\b|\bان\b|\bإلى\b|\bالى\b")
# UTF-8 once misread as windows-1252 or 1256 and stored again: each Arabic letter became two signs.
_MOJIBAKE = {"windows-1252": "Ø§Ù", "windows-1256": "ط§ظ„"}  # both were "ال"
_IN_MOJIBAKE = "§"  # few other pages hold it: one look is enough for most
_FIRST_BYTE, _LAST_BYTE = (bytes([byte]) for byte in _IN_MOJIBAKE.encode())


def utf8(page: bytes | str, content_type: str | None) -> bytes:
    """A page in UTF-8, without the signs at which a parser may give up. Never raises.

    What says that it is UTF-8, or says nothing, is taken at its word: a parser that finds it is
    not may ask `decode`.
    """
    if isinstance(page, str):
        return mend(plain(page)).encode()
    marked = page.startswith(tuple(bom for bom, _ in _BOMS))
    other = declared(page, content_type) not in ("utf-8", None)
    if marked or other or _may_be_mojibake(page):
        return decode(page, content_type).encode()
    return _blanked(page)


def decode(page: bytes, content_type: str | None) -> str:
    """Read a page's bytes as text; `content_type` is the server's header, if any. Never raises."""
    for bom, charset in _BOMS:
        if page.startswith(bom):
            return plain(page[len(bom) :].decode(charset, "replace"))
    page = _blanked(page)
    try:
        return mend(_cut(page).decode("utf-8"))
    except UnicodeDecodeError:
        pass
    charset = _best(page[:_SAMPLE_BYTES], declared(page, content_type))
    return mend(page.decode(charset, "replace"))


def plain(text: str) -> str:
    """A text without the signs at which a parser may give up, each a space instead."""
    return _SIGNS.sub(" ", text)


def declared(page: bytes, content_type: str | None) -> str | None:
    """The charset that the server or the page names, if Python knows it."""
    places = ((content_type or "").encode("ascii", "ignore"), page[:_HEAD_BYTES])
    for place in places:
        found = filter(None, (pattern.search(place) for pattern in _DECLARED))
        match = min(found, key=re.Match.start, default=None)
        if match:
            try:
                return codecs.lookup(match[1].decode("ascii")).name
            except LookupError:
                continue
    return None


def mend(text: str) -> str:
    """Undo one misreading of UTF-8 as a Windows charset, if the text was stored that way."""
    if _IN_MOJIBAKE not in text:
        return text
    for charset, signs in _MOJIBAKE.items():
        if signs in text:
            mended = _reread(text, charset)
            if _arabic(mended[:_SAMPLE_BYTES]) > 2 * _arabic(text[:_SAMPLE_BYTES]):
                return mended
    return text


def _may_be_mojibake(page: bytes) -> bool:
    """Whether a page holds the sign; its first byte alone is looked for quickly, and is rare."""
    at = page.find(_FIRST_BYTE)
    while at >= 0 and not page.startswith(_LAST_BYTE, at + 1):
        at = page.find(_FIRST_BYTE, at + 1)
    return at >= 0


def _blanked(page: bytes) -> bytes:
    """A page without controls, each a space instead; most have none, and are not copied."""
    return page.translate(_BLANKED) if any(sign in page for sign in _CONTROLS) else page


def _cut(page: bytes) -> bytes:
    """Leave out a last letter that was cut in the middle, as pages are when the line breaks."""
    for back in range(1, min(4, len(page)) + 1):
        if page[-back] >= 0xC0:
            whole = 2 if page[-back] < 0xE0 else 3 if page[-back] < 0xF0 else 4
            return page[:-back] if back < whole else page
        if page[-back] < 0x80:
            break
    return page


def _best(sample: bytes, named: str | None) -> str:
    """The charset that makes most Arabic of the bytes; the named one where they are close."""
    scores = {charset: _arabic(sample.decode(charset, "replace")) for charset in _ARABIC}
    best = max(_ARABIC, key=lambda charset: scores[charset])
    if named is None:
        broken = sample.decode("utf-8", "replace")
        return "utf-8" if _arabic(broken) >= scores[best] else best
    return best if scores[best] > 1.2 * _arabic(sample.decode(named, "replace")) else named


def _arabic(text: str) -> int:
    """How many of the commonest Arabic words a text holds, less what could not be read."""
    return len(_COMMON.findall(text)) - text.count("\ufffd") // 4


def _reread(text: str, charset: str) -> str:
    """The text's signs as bytes again, read as UTF-8; signs outside the charset are kept."""
    out = []
    for run in re.split(r"([ \t\r\n]+)", text):
        try:
            out.append(_signs(run, charset).decode("utf-8"))
        except UnicodeError:
            out.append(run)
    return "".join(out)


def _signs(run: str, charset: str) -> bytes:
    """The bytes that signs came from; bytes that a charset leaves empty stand for themselves."""
    return b"".join(
        bytes([ord(sign)]) if 0x80 <= ord(sign) < 0xA0 else sign.encode(charset) for sign in run
    )
