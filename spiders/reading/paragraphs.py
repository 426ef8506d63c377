"""A body's lines as paragraphs: what the sieve kept, without the places and times before the text,
the credits behind it, and what was read already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spiders.reading import dates, furniture, labels, sieve
from spiders.reading.markup import Line, ends_sentence, first_word, folded_words
from spiders.reading.spelling import fold
from spiders.reading.teasers import links_to_itself

_HOUR_WORDS = 3
_COMMAS, _SIGNED_WORDS, _PRAYER_WORDS = ("،", ","), 4, 6
_TOLD_WORDS = 3  # beside a day: an entry of a chronicle, no date line
_MARK_LINES, _DESK_WORDS = 3, 6  # at the end, where a wire marks it and its desk signs
_END_MARKS = ("انتهى", "انتهي", "النهاية", "أهـ")
_ENDED = re.compile(  # "(انتهى)", and the letters by which a desk signs behind it
    rf"([.!؟»\"”)])\s*[(\[/#-]*\s*(?:{'|'.join(_END_MARKS)})\s*[)\]/#-]*(?:[\s./]+\w(?!\w))*[\s.]*$"
)
_SIGNED = re.compile(r"\W*\([^()]{2,12}\)(?:[\s./]+\w{1,2}(?!\w))+\W*")  # "--(بترا) م خ/ا ح"
_MOST_SIGNERS = 30
_SIGNERS = frozenset(
    map(labels.label, ("الموقعون", "الموقعون أدناه", "التوقيع", "التواقيع", "الموقعات"))
)
# With which an announcement of a death begins; the names stand on the lines below.
_MOURNS = re.compile(
    r"(?:انتقلت? الي رحمه|انا لله وانا اليه|يا ايتها النفس|[يت]نعي|بمزيد من|ببالغ)"
)
_BY_TRADE = re.compile(
    r"(?:كاتبه?|صحفيه?|صحافيه?|شاعره?|روايي[هة]?|باحثه?|اعلاميه?|محلله?|مدونه?|استاذه?)(?!\w)"
)
_PRAYERS = frozenset(
    map(
        labels.label,
        (
            *("والله ولي التوفيق", "والله الموفق", "والله من وراء القصد", "والله أعلم"),
            *("إنا لله وإنا إليه راجعون", "والسلام عليكم ورحمة الله وبركاته", "وللحديث بقية"),
        ),
    )
)


@dataclass(slots=True)
class Body:
    """The paragraphs, and the lines beside them that tell the article's time and wire."""

    paragraphs: list[str] = field(default_factory=list)
    head: list[Line] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)  # right above the title, in its own box
    below: list[Line] = field(default_factory=list)  # behind the last paragraph
    lines: Sequence[Line] = ()  # all that stands where the paragraphs do

    @property
    def words(self) -> int:
        return sum(one.count(" ") + 1 for one in self.paragraphs)


def tidy(
    lines: Sequence[Line], title: str, outlets: Sequence[str], head: Sequence[Line] = ()
) -> Body:
    """The paragraphs among the lines of a body; `head` stands between the title and them."""
    sifted = sieve.sift(lines, title, outlets, head)
    body = Body(head=sifted.head, credits=sifted.credits, tail=sifted.tail)
    kept = _trimmed(sifted.kept, body)
    firsts: dict[str, Line] = {}  # by their first word, spelt once another has it
    seen: set[tuple[str, ...]] = set()
    for line in kept:
        first = firsts.setdefault(first_word(line.text), line)
        if first is not line:
            seen.add(first.spelt)
            if line.spelt in seen and (line.words >= 5 or body.paragraphs[-1] == line.text):
                continue
            seen.add(line.spelt)
        body.paragraphs.append(line.text)
    _drop_teaser(body.paragraphs)
    _cut_at_end_mark(body.paragraphs)
    return body


def cut_biography(paragraphs: list[str], author: str | None) -> None:
    """Drop what a page tells of the author behind the text: the name on a line of its own, and a
    short text that begins with what the author is.
    """
    for at in range(max(1, len(paragraphs) - _MARK_LINES), len(paragraphs) - 1):
        if author and paragraphs[at] == author and _BY_TRADE.match(fold(paragraphs[at + 1])):
            del paragraphs[at:]
            break


def _cut_at_end_mark(paragraphs: list[str]) -> None:
    """Drop a wire's mark of the end, and the letters by which its desk signs below it."""
    for at in range(max(0, len(paragraphs) - _MARK_LINES), len(paragraphs)):
        text = paragraphs[at]
        if at and _SIGNED.fullmatch(text):
            text = ""
        elif any(mark in text for mark in _END_MARKS):
            text = _ENDED.sub(r"\1", text)
        signed = all(one.count(" ") < _DESK_WORDS for one in paragraphs[at + 1 :])
        if text != paragraphs[at] and signed:
            paragraphs[at:] = [text] if text else []
            break


def _trimmed(lines: list[Line], body: Body) -> list[Line]:
    """The lines without the labels, places and times before and behind the text."""
    first = next((at for at, line in enumerate(lines) if line.prose), None)
    if first is None:
        first = next(
            (at for at, line in enumerate(lines) if line.words >= 5 and ends_sentence(line.text)), 0
        )
    opened = next((at for at in range(first) if _MOURNS.match(fold(lines[at].text))), first)
    kept = []
    for at, line in enumerate(lines):
        beside = at == first and furniture.place_line(line.text, line.words)
        leading = at >= first or leads(line) or _heads_entry(lines, at)
        announced = opened <= at < first and line.around is lines[first].around
        if beside or not (leading or announced or _greets(line, lines[first])):
            body.head.append(line)
        else:
            kept.append(line)
    least = _signed(kept)
    while len(kept) > least and _trails(kept):
        body.tail.append(kept.pop().text)
    return kept


def _signed(kept: list[Line]) -> int:
    """Where the names end that stand below "signed:", with the day they signed on; 0 if none do."""
    for at in range(len(kept) - 1, max(0, len(kept) - _MOST_SIGNERS), -1):
        if kept[at].words <= _SIGNED_WORDS and labels.label(kept[at].text) in _SIGNERS:
            return len(kept)
    return 0


def _greets(line: Line, first: Line) -> bool:
    """Whether a line before the first paragraph, beside it, is whom a letter speaks to."""
    return line.text.endswith(_COMMAS) and line.around is first.around and not line.linked


def _heads_entry(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the hour of a live blog's first entry: others of its kind follow."""
    hour = lines[at]
    if hour.words > _HOUR_WORDS or not dates.hour_alone(hour.text):
        return False
    return any(_alike(one, hour) and dates.hour_alone(one.text) for one in lines[at + 1 :])


def _alike(one: Line, other: Line) -> bool:
    return one.tag == other.tag and one.element.get("class") == other.element.get("class")


def leads(line: Line) -> bool:
    """Whether a line before the first paragraph is the article's: a point, a deck, a sentence."""
    text, count = line.text, line.words
    if furniture.place_line(text, count) or furniture.date_line(text, count):
        return False
    if line.linked and not (line.heading and links_to_itself(line)):
        return False
    if line.tag in ("li", "h2", "h3", "h4", "blockquote") and count >= 4:
        return True
    return (count >= 5 and ends_sentence(text) and not text.endswith(":")) or count >= 14


def _trails(kept: list[Line]) -> bool:
    """Whether the last line ends no article: a heading with nothing below it, a stray label."""
    line = kept[-1]
    if _closes(kept):
        return False
    if ends_sentence(line.text) and line.words >= 2 and not line.text.endswith(":"):
        dated = furniture.date_line(line.text, line.words)
        return dated and dates.leftover(line.text) < _TOLD_WORDS
    if line.tag != "li" and line.words <= 6 and furniture.place_line(line.text, line.words):
        return len(kept) > 1
    if line.heading or line.words < 4 or furniture.date_line(line.text, line.words):
        return len(kept) > 1 and not (line.tag == "li" and kept[-2].tag == "li")
    loose = [
        one
        for one in kept[-3:]
        if not one.prose and not ends_sentence(one.text) and one.tag not in ("li", "p")
    ]
    return len(loose) == 3


def _closes(kept: list[Line]) -> bool:
    """Whether the last line is a prayer that closes a text, or signs a letter: it stands behind one
    that ends with a comma, "yours sincerely,".
    """
    line = kept[-1]
    if line.heading or line.linked:
        return False
    if line.words <= _PRAYER_WORDS and labels.label(line.text) in _PRAYERS:
        return True
    return len(kept) > 1 and line.words <= _SIGNED_WORDS and _takes_leave(kept[-2])


def _takes_leave(line: Line) -> bool:
    return line.text.endswith(_COMMAS) and line.words <= _SIGNED_WORDS and not line.heading


def _drop_teaser(paragraphs: list[str]) -> None:
    """Drop a first paragraph that is only the cut-off beginning of the second."""
    if len(paragraphs) > 1:
        start = folded_words(paragraphs[0].rstrip(". …"))
        if len(start) >= 5 and folded_words(paragraphs[1])[: len(start)] == start:
            del paragraphs[0]
