"""How a text ends: a wire's mark and its desk's letters, signatures, prayers, a few words about who
wrote it. What belongs to the article stays, the rest goes.
"""

from __future__ import annotations

import re

from spiders.reading import labels
from spiders.reading.markup import Line
from spiders.reading.spelling import fold

COMMAS = ("،", ",")  # behind whom a letter speaks to, and before who signs it
_SIGNED_WORDS, _PRAYER_WORDS = 4, 6
_MARK_LINES, _DESK_WORDS = 3, 6  # at the end, where a wire marks it and its desk signs
_END_MARKS = ("انتهى", "انتهي", "النهاية", "أهـ")
_ENDED = re.compile(  # "(انتهى)", and the letters by which a desk signs behind it
    rf"([.!؟»\"”)])\s*[(\[/#-]*\s*(?:{'|'.join(_END_MARKS)})\s*[)\]/#-]*(?:[\s./]+\w(?!\w))*[\s.]*$"
)
_DESK = re.compile(r"\W*\([^()]{2,12}\)(?:[\s./]+\w{1,2}(?!\w))+\W*")  # "--(بترا) م خ/ا ح"
_MOST_SIGNERS = 30
_SIGNERS = frozenset(
    map(labels.label, ("الموقعون", "الموقعون أدناه", "التوقيع", "التواقيع", "الموقعات"))
)
_BY_TRADE = re.compile(
    r"(?:كاتبه?|صحفيه?|صحافيه?|شاعره?|روايي[هة]?|باحثه?|اعلاميه?|محلله?|مدونه?|استاذه?)(?!\w)"
)
# "With great respect", above the name of who signs a letter.
_LEAVE = re.compile(r"و?(?:تفضلوا? بقبول|تقبلوا? |دمتم)|مع (?:خالص|فائق|وافر|جزيل) ")
_LEAVE_WORDS, _LEAVE_LINES = 8, 2  # what signs a letter: a name, a trade and a place
_PRAYERS = frozenset(
    map(
        labels.label,
        (
            *("والله ولي التوفيق", "والله الموفق", "والله من وراء القصد", "والله أعلم"),
            *("إنا لله وإنا إليه راجعون", "والسلام عليكم ورحمة الله وبركاته", "وللحديث بقية"),
        ),
    )
)


def cut_mark(paragraphs: list[str]) -> None:
    """Drop a wire's mark of the end, and the letters by which its desk signs below it."""
    for at in range(max(0, len(paragraphs) - _MARK_LINES), len(paragraphs)):
        text = paragraphs[at]
        if at and _DESK.fullmatch(text):
            text = ""
        elif any(mark in text for mark in _END_MARKS):
            text = _ENDED.sub(r"\1", text)
        signed = all(one.count(" ") < _DESK_WORDS for one in paragraphs[at + 1 :])
        if text != paragraphs[at] and signed:
            paragraphs[at:] = [text] if text else []
            break


def cut_biography(paragraphs: list[str], author: str | None) -> None:
    """Drop what a page tells of the author behind the text: the name on a line of its own, and a
    short text that begins with what the author is.
    """
    last = len(paragraphs) - 1
    for at in range(max(1, len(paragraphs) - _MARK_LINES), last):
        named = paragraphs[at] == author if author else at + 1 == last and _may_name(paragraphs[at])
        if named and _BY_TRADE.match(fold(paragraphs[at + 1])):
            del paragraphs[at:]
            break


def _may_name(text: str) -> bool:
    """Whether a line may be a person's name."""
    return 0 < text.count(" ") < _SIGNED_WORDS and text[-1].isalpha()


def signed(kept: list[Line]) -> int:
    """Where the names end that stand below "signed:", with the day they signed on; 0 if none do."""
    for at in range(len(kept) - 1, max(0, len(kept) - _MOST_SIGNERS), -1):
        if kept[at].words <= _SIGNED_WORDS and labels.label(kept[at].text) in _SIGNERS:
            return len(kept)
    return 0


def closes(kept: list[Line]) -> bool:
    """Whether the last line is a prayer that closes a text, or signs a letter: it stands behind one
    that ends with a comma, "yours sincerely,", or a line or two behind one that takes leave.
    """
    line = kept[-1]
    if line.heading or line.linked:
        return False
    if line.words <= _PRAYER_WORDS and labels.label(line.text) in _PRAYERS:
        return True
    if line.words > _SIGNED_WORDS or len(kept) < 2:
        return False
    return _takes_leave(kept[-2]) or any(map(_leaves, kept[-1 - _LEAVE_LINES :]))


def _takes_leave(line: Line) -> bool:
    return line.text.endswith(COMMAS) and line.words <= _SIGNED_WORDS and not line.heading


def _leaves(line: Line) -> bool:
    return line.words <= _LEAVE_WORDS and _LEAVE.match(fold(line.text)) is not None
