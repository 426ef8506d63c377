"""The sieve of a body: takes its lines one by one and keeps the article's.

Labels, boxes of teasers, captions, credits and the title printed again go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from spiders.reading import agencies, captions, dates, furniture, headline, subheadings, teasers
from spiders.reading.labels import Kind
from spiders.reading.markup import Line, ends_sentence
from spiders.reading.trees import Element, ancestors

_SURE_WORDS = 40  # once so many were read, a heading "comments" ends the article
_CREDIT_WORDS = 6
_NAME_WORDS = 4
_CLOSING_WORDS = 4
_SURELY_PROSE_WORDS = 25  # with or without a stop
_DATE_WORDS = 6
_NEAR = 3


def sift(lines: Sequence[Line], title: str, outlets: Sequence[str], head: Sequence[Line]) -> Sieve:
    """The lines of a body, sifted up to what ends the article; `head` stands before them."""
    sieve = Sieve(title, outlets, [*head, *lines])
    end = 0  # of the teasers that a line stands among
    for at, line in enumerate(lines):
        if subheadings.divides(lines, at):
            line.kind = None
        if line.kind in (Kind.END, Kind.COMMENTS) and sieve.read.ends(line.kind, lines[at + 1 :]):
            break
        if sieve.read.words and line.kind is Kind.BOX:
            if teasers.only_teasers(lines, at + 1, teasers.paired(lines, at + 1)):
                break
        elif line.linked_words and sieve.read.words and teasers.teaser(line):  # under no heading
            end = end if at < end else teasers.paired(lines, at)
            if teasers.only_teasers(lines, at, end) and not sieve.stands(lines[at + 1]):
                break
        sieve.take(line, lines[max(0, at - 1) : at + 2])
    return sieve


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


@dataclass
class _Box:
    """A box of teasers among the text, as far as it was read."""

    told: bool  # its label tells a teaser itself: "read also: …"
    shown: bool  # something stands in it
    linked: bool = False  # links do
    headed: bool = False  # a heading does, other than its label
    heading: Line | None = None  # the line before: the article's, if its text goes on below

    def takes(self, line: Line, *, heads: bool) -> None:
        """Take a line for one of the box, which may yet head what follows."""
        self.heading = line if heads and line.kind is None else None
        self.shown |= line.kind is not Kind.BOX
        self.linked |= line.linked
        self.headed |= line.heading and line.kind is None


class Sieve:
    """Takes the lines of a body one by one and keeps the article's."""

    def __init__(self, title: str, outlets: Sequence[str], lines: Sequence[Line]) -> None:
        self.kept: list[Line] = []
        self.head: list[Line] = []
        self.credits: list[str] = []
        self.tail: list[str] = []
        self.read = Read()
        self._title, self._outlets, self._lines = title, outlets, lines
        self._paragraphs = 0  # of running text, kept
        self._box: _Box | None = None  # that a line stands in
        self._teased = False  # by the line before
        self._unended = 0  # paragraphs without a stop at their end, less those with one
        self._places: set[object] = set()  # where running text stood
        self._homes: set[Element] = set()
        self._rooms: set[object] = set()  # and what is around that

    def take(self, line: Line, near: Sequence[Line]) -> None:
        """Keep a line, file it as head, credit or tail, or drop it; `near` is what is beside it."""
        is_credit, agency = agencies.credit(line.text)
        if is_credit and self.read.words:
            self.credits.append(agency or "")
        elif is_credit or line.kind is not None:
            self._box = self._boxed(line)
            if not self.read.words or self._dates(line):
                self.head.append(line)
        elif self._box is None:
            self._judge(line, near)
        elif self._resumes(line, self._box):
            heading, self._box = self._box.heading, None
            for one in filter(None, (heading, line)):
                self._judge(one, ())
        if self._box is not None:
            self._box.takes(line, heads=self._heads(line, self._box))

    def _boxed(self, label: Line) -> _Box | None:
        """The box that goes on behind a line of furniture, if one does."""
        if label.kind is Kind.BOX:
            told = label.linked_words > 0
            return _Box(told, shown=told)
        if label.kind is Kind.LINE and self._box is not None:
            self._box.told, self._box.shown = False, True
            return self._box
        return None

    def _judge(self, line: Line, near: Sequence[Line]) -> None:
        if self.read.words and not line.prose and _captions_one(line, near):
            return
        teaser = teasers.teaser(line)
        captioned = captions.caption(line) or captions.credits_outlet(line.text, self._outlets)
        if captioned and self.read.words and line.tag == "p" and captions.credited_sentence(line):
            captioned = False
        bracketed = captioned and captions.BRACKETED.search(line.text) is not None
        dropped = teaser or captioned or headline.repeats(line, self._title, self._outlets)
        dated = self._teased and _dates_teaser(line)
        if not self.read.words and (dated or (teaser and teasers.only_names(line))):
            self.head.append(line)  # a link to the author, and the date beside it
        elif self._dates(line):
            if _may_sign(self.kept[-1]):
                self.head.append(self.kept.pop())
            self.head.append(line)
        elif not dropped and not dated:
            self.kept.append(line)
            self.read.add(line)
            if line.prose:
                self._paragraphs += 1
                self._unended += -1 if ends_sentence(line.text) else 1
                self._homes.add(_home(line))
                self._places |= {line.around, line.element, _place(line)} - {""}
                self._rooms.add(line.around.getparent())
        elif line.words <= _CREDIT_WORDS and self.read.words and not bracketed:
            self.tail.append(line.text)
        self._teased = teaser

    def _dates(self, line: Line) -> bool:
        """Whether a line dates the article: some pages print that, and a byline, below the lead.

        It is the only one that tells a day, as a line of a chronicle or a live blog is not.
        """
        return self._paragraphs == 1 and tells_day(line) and line is self._day

    @cached_property
    def _day(self) -> Line | None:
        """The line that tells a day, if it is the only one and running text follows it."""
        days = [at for at, line in enumerate(self._lines) if tells_day(line)]
        if len(days) != 1 or not any(line.prose for line in self._lines[days[0] + 1 :]):
            return None
        return self._lines[days[0]]

    def _resumes(self, line: Line, box: _Box) -> bool:
        """Whether the article goes on behind teasers: running text that stands where it stood.

        A line that tells its teaser itself ("read also: …") needs none to follow it. Before any
        text nothing stood anywhere: there the first whole sentence is the article's, but not the
        question of a poll.
        """
        if not line.prose:
            return self._closes(line, box)
        sure = ends_sentence(line.text) or line.words >= _SURELY_PROSE_WORDS
        first = not self.read.words and not line.text.endswith("؟")
        if sure and (first or self._holds_the_rest(line, box)):
            return True
        return (sure or box.told or self._unended > 0) and self.stands(line)

    def _closes(self, line: Line, box: _Box) -> bool:
        """Whether a line behind links is the article's short last sentence, beside its text.

        A question may be one more teaser, unless the line before told its teaser itself.
        """
        stops = (".", "؟", "!") if box.told else "."
        whole = line.words >= _CLOSING_WORDS and line.text.rstrip("\"'”»)").endswith(stops)
        return whole and box.linked and not line.linked_words and _home(line) in self._homes

    def _holds_the_rest(self, line: Line, box: _Box) -> bool:
        """Whether a line behind links begins the text of an article whose lead stands in other
        markup: its element holds paragraphs, more of them than was read so far and than links.
        """
        if not box.linked or box.headed:
            return False
        paragraphs, words = self._texts.get(_home(line), (0, 0))
        return paragraphs > 1 and words > self.read.words

    @cached_property
    def _texts(self) -> dict[Element, tuple[int, int]]:
        """For every element, the paragraphs right in it, and their words less those of links."""
        texts: dict[Element, tuple[int, int]] = {}
        for line in self._lines:
            paragraphs, words = texts.get(home := _home(line), (0, 0))
            words += (line.words if line.prose else 0) - line.linked_words
            texts[home] = (paragraphs + line.prose, words)
        return texts

    def _heads(self, line: Line, box: _Box) -> bool:
        if not box.shown or line.linked or not (line.heading or box.told):
            return False
        return self.stands(line) or (line.heading and line.around.getparent() in self._rooms)

    def stands(self, line: Line) -> bool:
        """Whether a line stands where running text stood."""
        return bool({_home(line), line.element, _place(line)} & self._places)


def tells_day(line: Line) -> bool:
    """Whether a line tells a day and little else."""
    if line.prose or line.heading or line.tag == "li" or line.kind not in (None, Kind.LINE):
        return False
    return furniture.date_line(line.text, line.words) and dates.holds_date(line.text)


def _dates_teaser(line: Line) -> bool:
    """Whether a line behind a teaser tells its time, be it without the year."""
    if furniture.date_line(line.text, line.words):
        return True
    digits = any(sign.isdigit() for sign in line.text)
    return line.words <= _DATE_WORDS and digits and dates.leftover(line.text) <= 1


def _captions_one(line: Line, near: Sequence[Line]) -> bool:
    """Whether a line is the caption of a picture among paragraphs.

    Several in a row are a photo story, points behind pictures of bullets, or people's portraits.
    """
    return captions.pictured(line) and not any(
        captions.pictured(one) for one in near if one is not line
    )


def _may_sign(line: Line) -> bool:
    """Whether a line right above a date may name who wrote: a person, or a place and a wire."""
    if line.prose or line.heading or line.tag == "li" or ends_sentence(line.text):
        return False
    return line.words <= _NAME_WORDS or furniture.place_line(line.text, line.words)


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


def prose_words(lines: Sequence[Line]) -> int:
    """The words of running text in some lines."""
    return sum(line.words for line in lines if line.prose)
