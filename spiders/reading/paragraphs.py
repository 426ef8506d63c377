"""A body's lines as paragraphs: what the sieve kept, without the places and times before the text,
the credits behind it, and what was read already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spiders.reading import dates, endings, furniture, sieve
from spiders.reading.markup import Line, ends_sentence, first_word
from spiders.reading.spelling import fold, folded_words
from spiders.reading.teasers import links_to_itself

_HOUR_WORDS = 3
_TOLD_WORDS = 3  # beside a day: an entry of a chronicle, no date line
# With which an announcement of a death begins; the names stand on the lines below.
_MOURNS = re.compile(
    r"(?:انتقلت? الي رحمه|انا لله وانا اليه|يا ايتها النفس|[يت]نعي|بمزيد من|ببالغ)"
)
_GREETINGS = ("تحية طيبة", "السلام عليكم ورحمة")  # of a letter
_ADDRESSED_WORDS = 6  # above it: to whom it is written


@dataclass(slots=True)
class Body:
    """The paragraphs, and the lines beside them that tell the article's time and wire."""

    paragraphs: list[str] = field(default_factory=list)
    head: list[Line] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)  # right above the title, in its own box
    below: list[Line] = field(default_factory=list)  # behind the last paragraph
    decks: frozenset[str] = frozenset()  # of the paragraphs, those right below the title
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
    endings.cut_mark(body.paragraphs)
    return body


def _trimmed(lines: list[Line], body: Body) -> list[Line]:
    """The lines without the labels, places and times before and behind the text."""
    first = next((at for at, line in enumerate(lines) if line.prose), None)
    if first is None:
        first = next(
            (at for at, line in enumerate(lines) if line.words >= 5 and ends_sentence(line.text)), 0
        )
    opened = next((at for at in range(first) if _MOURNS.match(fold(lines[at].text))), None)
    opened = _greeting(lines, first) if opened is None else opened
    kept = []
    for at, line in enumerate(lines):
        beside = at == first and furniture.place_line(line.text, line.words)
        leading = at >= first or leads(line) or _heads_entry(lines, at)
        announced = opened <= at < first and line.around is lines[first].around
        if beside or not (leading or announced or _greets(line, lines[first])):
            body.head.append(line)
        else:
            kept.append(line)
    least = endings.signed(kept)
    while len(kept) > least and _trails(kept):
        body.tail.append(kept.pop().text)
    return kept


def _greeting(lines: Sequence[Line], first: int) -> int:
    """Where a letter begins that greets its reader above its first paragraph, else at that."""
    for at in range(first):
        if lines[at].text.startswith(_GREETINGS):
            above = lines[at - 1]
            addressed = at > 0 and above.around is lines[at].around
            return at - (addressed and above.words <= _ADDRESSED_WORDS)
    return first


def _greets(line: Line, first: Line) -> bool:
    """Whether a line before the first paragraph, beside it, is whom a letter speaks to."""
    return line.text.endswith(endings.COMMAS) and line.around is first.around and not line.linked


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
    if line.linked:
        return line.heading and links_to_itself(line)  # of a live blog's first entry
    if line.tag in ("li", "h2", "h3", "h4", "blockquote") and count >= 4:
        return True
    return (count >= 5 and ends_sentence(text) and not text.endswith(":")) or count >= 14


def _trails(kept: list[Line]) -> bool:
    """Whether the last line ends no article: a heading with nothing below it, a stray label."""
    line = kept[-1]
    if endings.closes(kept):
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


def _drop_teaser(paragraphs: list[str]) -> None:
    """Drop a first paragraph that is only the cut-off beginning of the second."""
    if len(paragraphs) > 1:
        start = folded_words(paragraphs[0].rstrip(". …"))
        if len(start) >= 5 and folded_words(paragraphs[1])[: len(start)] == start:
            del paragraphs[0]
