"""Our own reader: the article's paragraphs among the lines of a page whose markup nobody described.

In order: furniture by tag and class is set aside; the title printed on the page is the anchor;
the region runs from it to the first thing that only stands behind an article; within it the
smallest element that holds most of the running text is the body; then single lines go: labels,
teasers, captions, the title again, what was read already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from spiders import agencies, furniture, headline, labels
from spiders.labels import Kind
from spiders.markup import Line, ends_sentence

_MOST = 0.7  # of the running text must be in an element that is taken for the body
_UNBOXED = (
    0.4  # of the page's running text: what holds more is no furniture, whatever its class says
)
_NEAR_LINES = 12
_CREDIT_WORDS = 6
_BETTER = 2.5  # times the running text makes an earlier, far title the anchor
_SURE_WORDS = 40  # once so many were read, a heading "comments" ends the article


@dataclass(slots=True)
class Body:
    """The paragraphs, and the lines beside them that tell the article's time and wire."""

    paragraphs: list[str] = field(default_factory=list)
    head: list[Line] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)

    @property
    def words(self) -> int:
        return sum(len(one.split()) for one in self.paragraphs)


def unboxed(lines: Sequence[Line]) -> list[Line]:
    """The lines that do not stand in furniture, by tag and class."""
    shares = _shares(lines)
    total = sum(line.words for line in lines if line.prose) or 1
    known: dict[HtmlElement, bool] = {}

    def furnished(element: HtmlElement) -> bool:
        path = []
        at: HtmlElement | None = element
        while at is not None and at not in known:
            path.append(at)
            at = at.getparent()
        verdict = known[at] if at is not None else False
        for one in reversed(path):
            if not verdict and furniture.boxed(one):
                verdict = shares.get(one, 0) < _UNBOXED * total and not _holds_headline(one)
            known[one] = verdict
        return verdict

    return [line for line in lines if not furnished(line.element)]


def region(lines: Sequence[Line], title: str, outlets: Sequence[str]) -> tuple[list[Line], int]:
    """The lines from the printed title to what ends an article; and where it is, -1 if nowhere."""
    anchors = [at for at, line in enumerate(lines) if headline.repeats(line, title, outlets)]
    best, best_at, best_score = lines, len(lines), -1
    for at in reversed([-1, *anchors]):
        found = _until_end(lines[at + 1 :])
        score = _prose_words(found)
        near = at >= 0 and best_at - at <= _NEAR_LINES  # the title again, below its deck
        if score > best_score * (1 if near else _BETTER):
            best, best_at, best_score = found, at, score
    return list(best), best_at


def inside(lines: Sequence[Line], roots: Sequence[HtmlElement]) -> list[Line]:
    """The lines that stand in some elements."""
    return [line for line in lines if _under(line.element, roots)] if roots else []


def decks(head: Sequence[Line]) -> list[Line]:
    """What stands between the title and the body and is the article's: a deck, up to two."""
    found = [
        line
        for line in head
        if not (_caption(line) or line.linked)
        and labels.kind(line.text, line.words) is None
        and (line.prose or (line.heading and _leads(line)))
    ]
    return found[-2:]


def tidy(lines: Sequence[Line], title: str, outlets: Sequence[str]) -> Body:
    """The paragraphs among the lines of a body."""
    body = Body()
    kept = _trimmed(_filtered(lines, title, outlets, body), body)
    seen: set[str] = set()
    for line in kept:
        spelt = " ".join(headline.words(line.text))
        if spelt in seen and (line.words >= 5 or body.paragraphs[-1] == line.text):
            continue
        seen.add(spelt)
        body.paragraphs.append(line.text)
    _drop_teaser(body.paragraphs)
    return body


def _filtered(lines: Sequence[Line], title: str, outlets: Sequence[str], body: Body) -> list[Line]:
    kept: list[Line] = []
    boxes = teased = False
    for at, line in enumerate(lines):
        is_credit, agency = agencies.credit(line.text)
        if is_credit:
            if any(one.prose for one in kept):
                body.credits.append(agency or "")
            else:
                body.head.append(line)
            continue
        of_kind = labels.kind(line.text, line.words)
        if of_kind in (Kind.END, Kind.COMMENTS) and _ends(of_kind, kept, lines[at + 1 :]):
            break
        if of_kind is not None:
            boxes = of_kind is Kind.BOX or (boxes and of_kind is Kind.LINE)
            if not any(one.prose for one in kept):
                body.head.append(line)
            continue
        if boxes and not _resumes(line, kept):
            continue
        boxes = False
        dropped = headline.repeats(line, title, outlets) or _teaser(line) or _caption(line)
        if not dropped and not (teased and furniture.date_line(line.text, line.words)):
            kept.append(line)
        elif line.words <= _CREDIT_WORDS and any(one.prose for one in kept):
            body.tail.append(line.text)
        teased = _teaser(line)
    return kept


def _trimmed(lines: list[Line], body: Body) -> list[Line]:
    """The lines without the labels, places and times before and behind the text."""
    first = next((at for at, line in enumerate(lines) if line.prose), None)
    if first is None:
        first = next(
            (at for at, line in enumerate(lines) if line.words >= 5 and ends_sentence(line.text)), 0
        )
    kept = []
    for at, line in enumerate(lines):
        if at < first and not _leads(line):
            body.head.append(line)
        elif not (at == first and furniture.place_line(line.text, line.words)):
            kept.append(line)
    while kept and _trails(kept):
        body.tail.append(kept.pop().text)
    return kept


def _leads(line: Line) -> bool:
    """Whether a line before the first paragraph is the article's: a point, a deck, a sentence."""
    text, count = line.text, line.words
    if furniture.place_line(text, count) or furniture.date_line(text, count) or line.linked:
        return False
    if line.tag in ("li", "h2", "h3", "h4", "blockquote") and count >= 4:
        return True
    return (count >= 5 and ends_sentence(text) and not text.endswith(":")) or count >= 14


def _trails(kept: list[Line]) -> bool:
    """Whether the last line ends no article: a heading with nothing below it, a stray label."""
    line = kept[-1]
    if ends_sentence(line.text) and line.words >= 2 and not line.text.endswith(":"):
        return furniture.date_line(line.text, line.words)
    if line.heading or line.words < 4 or furniture.date_line(line.text, line.words):
        return len(kept) > 1 and not (line.tag == "li" and kept[-2].tag == "li")
    loose = [
        one
        for one in kept[-3:]
        if not one.prose and not ends_sentence(one.text) and one.tag not in ("li", "p")
    ]
    return len(loose) == 3


def _ends(of_kind: Kind, kept: list[Line], rest: Sequence[Line]) -> bool:
    read = sum(line.words for line in kept if line.prose)
    if of_kind is Kind.END:
        return read > 0 or any(line.words >= 6 for line in kept)
    return read >= _SURE_WORDS or (read > 0 and read >= _prose_words(rest))


def _resumes(line: Line, kept: list[Line]) -> bool:
    """Whether the article goes on behind teasers: running text that stands where it stood."""
    if not line.prose or not (ends_sentence(line.text) or line.words >= 25):
        return False
    if _place(line) in {_place(one) for one in kept if one.prose} - {""}:
        return True
    places = {one.element.getparent() for one in kept if one.prose} | {
        one.element for one in kept if one.prose
    }
    return line.element.getparent() in places or line.element in places


def _place(line: Line) -> str:
    """The tag and class of the element around a line; empty where it has no class."""
    around = line.element.getparent()
    named = around.get("class") if around is not None else None
    return f"{around.tag} {named} {line.tag}" if named else ""


def _teaser(line: Line) -> bool:
    """Whether a line is a link to another article, not a sentence with a link in it."""
    return (
        line.words >= 1
        and line.linked_words >= 0.85 * line.words
        and not (line.words > 12 and ends_sentence(line.text))
    )


def _caption(line: Line) -> bool:
    return furniture.caption(line.text, line.words) and not ends_sentence(line.text.rstrip(")"))


def _drop_teaser(paragraphs: list[str]) -> None:
    """Drop a first paragraph that is only the cut-off beginning of the second."""
    if len(paragraphs) > 1:
        start = headline.words(paragraphs[0].rstrip(". …"))
        if len(start) >= 5 and headline.words(paragraphs[1])[: len(start)] == start:
            del paragraphs[0]


def _until_end(lines: Sequence[Line]) -> Sequence[Line]:
    kept: list[Line] = []
    for at, line in enumerate(lines):
        of_kind = labels.kind(line.text, line.words)
        if of_kind in (Kind.END, Kind.COMMENTS) and _ends(of_kind, kept, lines[at + 1 :]):
            return lines[:at]
        kept.append(line)
    return lines


def _prose_words(lines: Sequence[Line]) -> int:
    return sum(line.words for line in lines if line.prose)


def _shares(lines: Sequence[Line]) -> Counter[HtmlElement]:
    """For every element, the words of running text below it."""
    shares: Counter[HtmlElement] = Counter()
    for line in lines:
        if line.prose:
            at: HtmlElement | None = line.element
            while at is not None:
                shares[at] += line.words
                at = at.getparent()
    return shares


def container(lines: Sequence[Line]) -> list[HtmlElement]:
    """The smallest element that holds most of the running text, and its like beside it."""
    shares = _shares(lines)
    if not shares:
        return []
    total = max(shares.values())
    best = min(
        (one for one, share in shares.items() if share >= _MOST * total),
        key=lambda one: (shares[one], -_depth(one)),
    )
    parent = best.getparent()
    if parent is not None and sum(_under(line.element, [best]) for line in lines) == 1:
        best, parent = parent, parent.getparent()  # it was a single paragraph
    if parent is None or not best.get("class"):
        return [best]
    return [one for one in parent if one is best or (_alike(one, best) and one in shares)]


def _alike(one: HtmlElement, other: HtmlElement) -> bool:
    return bool(one.tag == other.tag and one.get("class") == other.get("class"))


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _under(element: HtmlElement, roots: Sequence[HtmlElement]) -> bool:
    at: HtmlElement | None = element
    while at is not None:
        if at in roots:
            return True
        at = at.getparent()
    return False


def _holds_headline(element: HtmlElement) -> bool:
    return (
        element.tag not in ("nav", "aside", "footer") and next(element.iter("h1"), None) is not None
    )
