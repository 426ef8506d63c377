"""A body's lines as paragraphs: labels, teasers, captions and the title printed again go, and so do
the places and times before the text, the credits behind it, and what was read already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from spiders.reading import agencies, dates, furniture, headline
from spiders.reading.labels import Kind
from spiders.reading.markup import Line, ends_sentence, first_word, folded_words
from spiders.reading.trees import Element, ancestors

_SURE_WORDS = 40  # once so many were read, a heading "comments" ends the article
_CREDIT_WORDS = 6
_NAME_WORDS, _HOUR_WORDS = 4, 3
_NEAR = 3
_ENDED = re.compile(  # "(انتهى)", and the letters by which a desk signs behind it
    r"([.!؟»\"”)])\s*[(\[/#-]*\s*(?:انتهى|انتهي|النهاية|أهـ)\s*[)\]/#-]*(?:[\s./]+\w(?!\w))*[\s.]*$"
)
_BRACKETED = re.compile(r"\(([^()]{2,40})\)\s*$")


@dataclass(slots=True)
class Body:
    """The paragraphs, and the lines beside them that tell the article's time and wire."""

    paragraphs: list[str] = field(default_factory=list)
    head: list[Line] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)  # right above the title, in its own box
    below: list[Line] = field(default_factory=list)  # behind the last paragraph

    @property
    def words(self) -> int:
        return sum(one.count(" ") + 1 for one in self.paragraphs)


def tidy(lines: Sequence[Line], title: str, outlets: Sequence[str]) -> Body:
    """The paragraphs among the lines of a body."""
    body = Body()
    kept = _trimmed(_sifted(lines, title, outlets, body), body)
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
    if body.paragraphs:
        body.paragraphs[-1] = _ENDED.sub(r"\1", body.paragraphs[-1])
    return body


@dataclass
class Read:
    """What was read so far, by which a furniture heading is judged."""

    words: int = 0  # of running text
    lines: int = 0  # of six words or more

    def add(self, line: Line) -> None:
        self.words += line.words if line.prose else 0
        self.lines += line.words >= 6 and line.kind is None and not line.linked

    def ends(self, kind: Kind, rest: Sequence[Line]) -> bool:
        """Whether a heading ends the article: a comment form does, "comments" at the top not."""
        if kind is Kind.END:
            return self.words > 0 or self.lines > 0
        return self.words >= _SURE_WORDS or 0 < self.words >= prose_words(rest)


class _Sieve:
    """Takes the lines of a body one by one and keeps the article's."""

    def __init__(self, title: str, outlets: Sequence[str], body: Body) -> None:
        self.kept: list[Line] = []
        self.read = Read()
        self._title, self._outlets, self._body = title, outlets, body
        self._boxed = self._teased = self._told = False
        self._shown = False  # something in the box
        self._heading: Line | None = None  # in a box: the article's, if its text goes on below
        self._unended = 0  # paragraphs without a stop at their end, less those with one
        self._places: set[object] = set()  # where running text stood
        self._rooms: set[object] = set()  # and what is around that

    def take(self, line: Line) -> None:
        """Keep a line, or file it as head, credit or tail, or drop it."""
        is_credit, agency = agencies.credit(line.text)
        if is_credit and self.read.words:
            self._body.credits.append(agency or "")
        elif is_credit or line.kind is not None:
            self._boxed = line.kind is Kind.BOX or (self._boxed and line.kind is Kind.LINE)
            self._told = line.kind is Kind.BOX and line.linked_words > 0
            self._shown = self._told or (self._boxed and line.kind is Kind.LINE)
            if not self.read.words:
                self._body.head.append(line)
        elif not self._boxed:
            self._judge(line)
        elif self._resumes(line):
            self._boxed = False
            for one in filter(None, (self._heading, line)):
                self._judge(one)
        self._heading = line if self._boxed and line.kind is None and self._heads(line) else None
        self._shown |= self._boxed and line.kind is not Kind.BOX

    def _judge(self, line: Line) -> None:
        teaser = _teaser(line)
        captioned = caption(line) or _credits(line.text, self._outlets)
        if captioned and self.read.words and line.tag == "p" and _credited_sentence(line):
            captioned = False
        bracketed = captioned and _BRACKETED.search(line.text) is not None
        dropped = teaser or captioned or headline.repeats(line, self._title, self._outlets)
        dated = self._teased and furniture.date_line(line.text, line.words)
        if not self.read.words and (dated or (teaser and _names(line))):
            self._body.head.append(line)  # a link to the author, and the date beside it
        elif not dropped and not dated:
            self.kept.append(line)
            self.read.add(line)
            if line.prose:
                self._unended += -1 if ends_sentence(line.text) else 1
                self._places |= {line.around, line.element, _place(line)} - {""}
                self._rooms.add(line.around.getparent())
        elif line.words <= _CREDIT_WORDS and self.read.words and not bracketed:
            self._body.tail.append(line.text)
        self._teased = teaser

    def _resumes(self, line: Line) -> bool:
        """Whether the article goes on behind teasers: running text that stands where it stood.

        A line that tells its teaser itself ("read also: …") needs none to follow it.
        """
        if not line.prose:
            return False
        sure = ends_sentence(line.text) or line.words >= 25
        return (sure or self._told or self._unended > 0) and self._stands(line)

    def _heads(self, line: Line) -> bool:
        if not self._shown or line.linked or not (line.heading or self._told):
            return False
        return self._stands(line) or (line.heading and line.around.getparent() in self._rooms)

    def _stands(self, line: Line) -> bool:
        """Whether a line stands where running text stood."""
        return bool({_home(line), line.element, _place(line)} & self._places)


def _sifted(lines: Sequence[Line], title: str, outlets: Sequence[str], body: Body) -> list[Line]:
    sieve = _Sieve(title, outlets, body)
    for at, line in enumerate(lines):
        if line.kind in (Kind.END, Kind.COMMENTS) and sieve.read.ends(line.kind, lines[at + 1 :]):
            break
        if line.kind is Kind.BOX and sieve.read.words and _only_teasers(lines[at + 1 :]):
            break
        sieve.take(line)
    return sieve.kept


def _only_teasers(rest: Sequence[Line]) -> bool:
    """Whether nothing but linked headlines with their excerpts stands behind a heading."""
    at = 0
    while at + 1 < len(rest) and _teaser(rest[at]) and rest[at + 1].prose:
        at += 2
    return at >= 4 and (at == len(rest) or rest[at].kind in (Kind.END, Kind.COMMENTS, Kind.BOX))


def _trimmed(lines: list[Line], body: Body) -> list[Line]:
    """The lines without the labels, places and times before and behind the text."""
    first = next((at for at, line in enumerate(lines) if line.prose), None)
    if first is None:
        first = next(
            (at for at, line in enumerate(lines) if line.words >= 5 and ends_sentence(line.text)), 0
        )
    kept = []
    for at, line in enumerate(lines):
        beside = at == first and furniture.place_line(line.text, line.words)
        if beside or (at < first and not (leads(line) or _heads_entry(lines, at))):
            body.head.append(line)
        else:
            kept.append(line)
    while kept and _trails(kept):
        body.tail.append(kept.pop().text)
    return kept


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
    if line.linked and not (line.heading and _links_to_itself(line)):
        return False
    if line.tag in ("li", "h2", "h3", "h4", "blockquote") and count >= 4:
        return True
    return (count >= 5 and ends_sentence(text) and not text.endswith(":")) or count >= 14


def _trails(kept: list[Line]) -> bool:
    """Whether the last line ends no article: a heading with nothing below it, a stray label."""
    line = kept[-1]
    if ends_sentence(line.text) and line.words >= 2 and not line.text.endswith(":"):
        return furniture.date_line(line.text, line.words)
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


def _place(line: Line) -> str:
    """The tags and class around a line, up to the first class; empty if none is near."""
    tags = line.tag
    for one in islice(ancestors(_home(line)), _NEAR):
        tags += f" {one.tag}"
        if named := one.get("class"):
            return f"{tags} {named}"
    return ""


def _home(line: Line) -> Element:
    """The element around a line, or around the quotation that it is."""
    quoted = line.around.getparent() if line.around.tag == "blockquote" else None
    return line.around if quoted is None else quoted


def _teaser(line: Line) -> bool:
    """Whether a line is a link to another article, not a sentence with a link in it, nor a heading
    that links to itself, as the entries of live blogs do.
    """
    if line.linked_words < 0.85 * line.words or (line.words > 12 and ends_sentence(line.text)):
        return False
    return not (line.heading and _links_to_itself(line))


def _names(line: Line) -> bool:
    """Whether a link is as short as a name, or a time."""
    return line.words <= _NAME_WORDS or furniture.date_line(line.text, line.words)


def _links_to_itself(line: Line) -> bool:
    links = (line.element, *line.element.iter("a"))
    return any(len((one.get("href") or "").partition("#")[2]) > 1 for one in links)


def caption(line: Line) -> bool:
    return furniture.caption(line.text, line.words) and not ends_sentence(line.text.rstrip(")"))


def _credits(text: str, outlets: Sequence[str]) -> bool:
    """Whether a short line ends with the outlet's name in brackets, as captions do."""
    found = _BRACKETED.search(text) if len(text) <= 160 else None
    if not found or ends_sentence(text[: found.start()].rstrip()):
        return False
    return headline.words(found[1]) in [headline.words(name) for name in outlets]


def _credited_sentence(line: Line) -> bool:
    """Whether a line is a whole sentence with a wire in brackets behind it, as last ones are."""
    found = _BRACKETED.search(line.text)
    return (
        found is not None and line.words >= 8 and ends_sentence(line.text[: found.start()].rstrip())
    )


def _drop_teaser(paragraphs: list[str]) -> None:
    """Drop a first paragraph that is only the cut-off beginning of the second."""
    if len(paragraphs) > 1:
        start = folded_words(paragraphs[0].rstrip(". …"))
        if len(start) >= 5 and folded_words(paragraphs[1])[: len(start)] == start:
            del paragraphs[0]


def prose_words(lines: Sequence[Line]) -> int:
    return sum(line.words for line in lines if line.prose)
