"""What is stored of a text: its letters, without the signs that only hide or break it.

Kept as printed: spelling, tashkeel, quotation marks, digits. Taken out: bidi marks, zero-width
signs and controls; letters written as presentation forms become the letters they show.
"""

from __future__ import annotations

import re
import unicodedata

from spiders.reading import windows1256

MAX_TITLE_CHARS = 500
MAX_TEXT_CHARS = 400_000  # some 60,000 words; the longest true article seen has 20,000
_MAX_MARKS = 3  # shadda, a vowel and a small alef: nothing in Arabic carries more

_PRESENTATION = re.compile("[\ufb50-\ufdf9\ufdfc\ufe70-\ufefc]+")
# Controls, soft hyphens, bidi marks, zero-width signs, joiners, byte-order marks, surrogates.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200d-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffd\ud800-\udfff\U000e0000-\U000e0fff]"
)
_JOINER = re.compile(
    "(?<![\u06a9\u06cc\u067e\u0686\u06afا-ي])\u200c|\u200c(?![\u0600-\u06ff])"
    "|(?<=[اأإآدذرزوؤةء])\u200c"  # behind a letter that never joins it hides nothing
)
_MARK = (
    "[\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_STORM = re.compile(f"({_MARK}{{{_MAX_MARKS}}}){_MARK}+")
# What most texts have nothing of: they are spared the search for each.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u0300-\u036f\u0483-\u0489\u0610-\u061c\u0640"
    "\u064b-\u065f\u0670\u06d6-\u06ed\u180e\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u20d0-\u20ff\ud800-\udfff\ufb50-\uffff\U000e0000-\U000e0fff]"
)
_MARK_BYTES = windows1256.having(lambda sign: sign == "ـ" or re.match(_MARK, sign))
_UNSEEN_BYTES = windows1256.having(lambda sign: sign == "\u200c" or _UNSEEN.match(sign))
_ROW = re.compile(b"[%s]{%d}" % (re.escape(_MARK_BYTES), _MAX_MARKS))  # a storm, or tatweels
_SPACES = windows1256.table(lambda sign: " " if sign.isspace() else sign)
_BREAKS = re.compile(r"[\n\r]")
_TATWEELS = re.compile("ـ{3,}")


def line(text: str) -> str:
    """One line of text, cleaned; white space of any kind becomes single spaces."""
    spelt = windows1256.encode(text)
    if spelt is None or not _plain(spelt):
        if spelt is not None or _SUSPECT.search(text):
            text = _mended(text)
        return " ".join(text.split())
    spaced = spelt.translate(_SPACES).strip()
    if b"  " in spaced:
        spaced = b" ".join(spaced.split())
    return text if spaced == spelt else windows1256.decode(spaced)


def plain(text: str) -> bool:
    """Whether a text needs no cleaning but of its white space."""
    spelt = windows1256.encode(text)
    return _SUSPECT.search(text) is None if spelt is None else _plain(spelt)


def _plain(spelt: bytes) -> bool:
    """The same of a text in windows-1256."""
    if len(spelt.translate(None, _UNSEEN_BYTES)) < len(spelt):
        return False
    few_marks = len(spelt) - len(spelt.translate(None, _MARK_BYTES)) < _MAX_MARKS
    return few_marks or _ROW.search(spelt) is None


def _mended(text: str) -> str:
    text = _PRESENTATION.sub(_resolve, text)
    if "\u200c" in text:
        text = _JOINER.sub("", text)
    if "ـــ" in text:
        text = _TATWEELS.sub("ـ", text)
    return _UNSEEN.sub("", _STORM.sub(r"\1", text))


def lines(text: str) -> list[str]:
    """The lines of a text, cleaned; none of them empty."""
    return list(filter(None, map(line, _BREAKS.split(text))))


def title(text: str) -> str:
    """A headline, cleaned and bounded."""
    cleaned = line(text)
    if len(cleaned) <= MAX_TITLE_CHARS:
        return cleaned
    return cleaned[:MAX_TITLE_CHARS].rsplit(" ", 1)[0] + "…"


def paragraphs(lines: list[str]) -> str:
    """Paragraphs joined by blank lines; whole paragraphs are left out beyond the bound."""
    kept: list[str] = []
    size = 0
    for paragraph in lines:
        size += len(paragraph) + 2
        if size > MAX_TEXT_CHARS:
            if not kept:
                kept.append(paragraph[:MAX_TEXT_CHARS].rsplit(" ", 1)[0])
            break
        kept.append(paragraph)
    return "\n\n".join(kept)


def _resolve(forms: re.Match[str]) -> str:
    """The letters that presentation forms show; a lone mark loses its carrier space."""
    return "".join(
        unicodedata.normalize("NFKC", form).strip() if len(form) == 1 else form
        for form in forms.group()
    )
