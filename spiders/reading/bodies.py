"""The article's body: which of the layers' texts, and read from where on the page.

The rule. The visible text is taken: in the elements that the seed's selector names, else those
that microdata marks, else those that our own reader finds. JSON-LD's `articleBody` is weighed
against it:
- it is at least half as long again as what can be seen (a teaser before a wall): the
  `articleBody` is the text;
- it holds nearly all of what can be seen: visible paragraphs that it does not hold are furniture,
  and go, but for the deck;
- otherwise it is a summary or another text, and the visible text stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice, takewhile

from spiders.reading import (
    agencies,
    captions,
    cards,
    cleaning,
    dates,
    markup,
    paragraphs,
    reader,
    short_lines,
    sieve,
)
from spiders.reading.layers import Claims
from spiders.reading.markup import Line
from spiders.reading.opened import Page
from spiders.reading.paragraphs import Body
from spiders.reading.scopes import Scope
from spiders.reading.spelling import folded_words

Read = Callable[[Page, str], tuple[Body, str]]

MIN_WORDS = 5  # a breaking-news page may hold one short sentence
MAX_FALLBACK_CHARS = 800_000  # trafilatura takes seconds for what is larger,
MAX_FALLBACK_ELEMENTS = 8_000  # and for what has more elements; large news pages have 5,000
_LONGER = 1.5
_NEARLY = 0.9
_MIN_TOLD_WORDS = 40  # by which a told text may judge the visible one
MOST_TEASER_WORDS = 60
_START_WORDS = 8
_SURELY = _NEARLY * _LONGER
_HEAD_LINES = 30  # between title and text
_MOST_BESIDE = 100  # lines looked for in a told text
_DECK_LINES = 2  # behind the title
_BEHIND_LINES = 4  # a credit may stand in a box of its own


def own(page: Page, title: str) -> tuple[Body, str]:
    """The body and the layer that gave it, without trafilatura."""
    visible, layer = _visible(page, title)
    visible.above = reader.above_title(page.lines, title, page.outlets)
    return _weighed(visible, _told(page, title, visible), layer)


def pointed(page: Page, scope: Scope) -> tuple[Body, str] | None:
    """The body and the layer that gave it, if it stands where it is said to stand."""
    region, at = reader.region(scope.lines, scope.title, page.outlets)
    inside = reader.inside(scope.lines, scope.roots)
    if not inside:
        return None
    above = region if at >= 0 else []
    visible = _tidied(page, scope.title, above, inside)
    if _astray(above, inside, visible):
        return None
    visible.above = reader.above_title(scope.lines, scope.title, page.outlets)
    if visible.words < MIN_WORDS:
        return None
    told = _told(page, scope.title, visible)
    if scope.layer == "json-ld" and visible.words < _NEARLY * told.words < _SURELY * visible.words:
        return None  # the rest may stand elsewhere: the whole page is weighed against it
    return _weighed(visible, told, scope.layer)


def _weighed(visible: Body, told: Body, layer: str) -> tuple[Body, str]:
    """The visible body, or what JSON-LD tells instead of it."""
    if told.words >= max(MIN_WORDS, _LONGER * visible.words):
        told.head, told.above, told.below = visible.head, visible.above, visible.below
        told.credits = told.credits or visible.credits
        return told, "json-ld"
    if told.words >= _MIN_TOLD_WORDS and told.paragraphs != visible.paragraphs:
        _agreed(visible, told)
    return visible, layer


def trafilatura(page: Page, title: str) -> tuple[Body, str]:
    """The body as trafilatura reads the page."""
    from trafilatura import extract  # noqa: PLC0415 - loading it takes half a second

    if len(page.source) > MAX_FALLBACK_CHARS or page.elements > MAX_FALLBACK_ELEMENTS:
        return Body(), "trafilatura"
    found = extract(
        page.source,
        url=page.url,
        include_comments=False,
        include_tables=False,
        favor_precision=True,
    )
    teased = cards.texts(page.every_line) | {line.text for line in page.every_line if line.linked}
    texts = [text for text in cleaning.lines(found or "") if not _of_teasers(text, teased)]
    body = paragraphs.tidy(_lines(texts, page), title, page.outlets)
    if body.words < MIN_WORDS and not any(map(markup.ends_sentence, body.paragraphs)):
        body.paragraphs.clear()  # a label
    return body, "trafilatura"


def _of_teasers(text: str, teased: set[str]) -> bool:
    """Whether a text is a teaser, or several that stand one right behind the other."""
    if text in teased:
        return True
    begun = [one for one in teased if text.startswith(one) and " " in one]
    return any(text[len(one) :].strip().startswith(tuple(teased - {""})) for one in begun)


def _visible(page: Page, title: str) -> tuple[Body, str]:
    region, at = reader.region(page.lines, title, page.outlets)
    above = region if at >= 0 else []  # without a printed title, nothing says where the head begins
    for layer in ("selectors", "microdata"):
        inside = reader.inside(page.lines, page.claim(layer).elements)
        if inside:
            body = _tidied(page, title, above, inside)
            if body.words >= MIN_WORDS and not _astray(above, inside, body):
                return body, layer
    short_lines.take_for_text(region)
    inside = reader.inside(region, reader.container(region)) or region
    body = _tidied(page, title, above, inside)
    if not any(line.prose or _said(line) for line in inside):
        body.paragraphs.clear()
    return body, "reader"


def _tidied(page: Page, title: str, above: list[Line], inside: list[Line]) -> Body:
    """The paragraphs of some lines, with the decks between the title and them."""
    first = inside[0].index if inside else 0
    head = [line for line in above if line.index < first]
    decks = reader.decks(head)
    head = [line for line in head if line not in decks]
    body = paragraphs.tidy([*decks, *inside], title, page.outlets, head)
    body.head = [*head, *body.head]
    body.decks = frozenset(line.text for line in decks if line in above[:_DECK_LINES])
    last = inside[-1].index if inside else 0
    behind = [line for line in above if last < line.index <= last + _BEHIND_LINES]
    body.credits += [named for line in behind if (named := agencies.source(line.text))]
    body.below = [*_below(body, inside), *behind]
    body.lines = inside
    return body


def _below(body: Body, inside: Sequence[Line]) -> list[Line]:
    """The lines of a body's element that stand behind its last paragraph."""
    last = body.paragraphs[-1] if body.paragraphs else ""
    behind = list(takewhile(lambda line: not line.text.startswith(last), reversed(inside)))
    return behind[::-1]


def _astray(above: Sequence[Line], inside: Sequence[Line], body: Body) -> bool:
    """Whether most text stands between the title and what a layer says is the body: the page was
    laid out anew since its seed was written.
    """
    before = sieve.prose_words([line for line in above if line.index < inside[0].index])
    return before > max(MOST_TEASER_WORDS, body.words)


def _said(line: Line) -> bool:
    """Whether a line that is no running text is a short, whole sentence all the same."""
    return line.words >= MIN_WORDS and markup.ends_sentence(line.text) and not line.linked


def told_by(claims: Claims, page: Page) -> Body:
    """The body that the data of a script tells."""
    lines = _lines(cleaning.lines(claims.body), page)
    return paragraphs.tidy(lines, claims.title, page.outlets)


def goes_on(teaser: Body, told: Body) -> bool:
    """Whether a told text begins as a short visible one does, and is much longer."""
    if teaser.words > MOST_TEASER_WORDS or told.words < _LONGER * teaser.words:
        return False
    start = " ".join(folded_words(teaser.paragraphs[0])[:_START_WORDS])
    return start in " ".join(folded_words(" ".join(told.paragraphs)))


def _told(page: Page, title: str, visible: Body) -> Body:
    """What JSON-LD tells; nothing if that is too short, or the same text as what is visible, or
    longer by furniture: some pages tell all that stands in the element of the text.
    """
    words = page.told.count(" ") + 1
    if words < min(_MIN_TOLD_WORDS, _NEARLY * visible.words):
        return Body()
    if _NEARLY * words <= visible.words or words >= _LONGER * visible.words:
        least = (words - visible.words) / 2  # of what it has more
        held = _holds(page.told, visible.paragraphs)
        if held and (words < _LONGER * visible.words or _glued(page.told, visible) >= least):
            return Body()
    return paragraphs.tidy(_lines(page.told_lines, page), title, page.outlets)


def _glued(told: str, visible: Body) -> int:
    """The words in a told text of what stands beside the visible paragraphs and was no text."""
    shown = set(visible.paragraphs)
    beside = islice((one for one in visible.lines if one.text not in shown), _MOST_BESIDE)
    return sum(line.words for line in beside if line.words > 2 and line.text in told)


def _holds(told: str, paragraphs: Sequence[str]) -> bool:
    """Whether a text holds all of some paragraphs, in their order."""
    at = 0
    for paragraph in paragraphs:
        found = told.find(paragraph, at)
        if found < 0:
            return False
        at = found + len(paragraph)
    return True


def _lines(texts: Sequence[str], page: Page) -> list[Line]:
    """The lines of a text without markup."""
    holder = page.tree.makeelement("p", {})
    return [Line(text, holder, at, text.count(" ") + 1) for at, text in enumerate(texts)]


def _agreed(visible: Body, told: Body) -> None:
    """Drop the visible paragraphs that a whole `articleBody` does not hold."""
    held = folded_words(" ".join(told.paragraphs))
    text, triples, at = " ".join(held), set(zip(held, held[1:], held[2:], strict=False)), 0
    inside = []
    for paragraph in visible.paragraphs:
        if paragraph in visible.decks:
            inside.append(paragraph)
            continue
        spelt = folded_words(paragraph)
        if len(spelt) < 3 or spelt[-3:] in triples:  # spares the search for what is not there
            piece = " ".join(spelt)
            found = text.find(piece, at)  # both texts have one order
            found = text.find(piece) if found < 0 else found
            if found >= 0:
                inside.append(paragraph)
                at = found + len(piece)
    words = sum(len(one.split()) for one in inside if one not in visible.decks)
    if words >= _NEARLY * told.words:
        visible.paragraphs = inside


def agency(page: Page, body: Body) -> str | None:
    """The wire that the article credits, in the order of the places where credits stand."""
    if any(body.credits):
        return next(filter(None, body.credits))
    if body.paragraphs:
        starts = map(agencies.at_start, body.paragraphs[:3])  # decks may stand before the place
        tails = map(agencies.at_start, body.tail)
        tail_ends = map(agencies.at_end, body.tail)
        ends = (agencies.at_end(body.paragraphs[-1]), *tails, *tail_ends, *starts)
        found = next(filter(None, ends), None)
        if found:
            return found
    names = [name for claims in page.claims for name in claims.authors]
    for line in body.head[:_HEAD_LINES]:
        if line.words > 9 or captions.credited(line.text):
            continue
        behind = (line.text.removeprefix(name) for name in names if line.text.startswith(name))
        if found := next(filter(None, map(agencies.author, behind)), None):
            return found
        if dates.holds_date(line.text):  # "عمان - بترا - 14 آب 1999"
            if found := agencies.at_start(re.split(r"\d", line.text)[0]):
                return found
            continue
        found = agencies.at_start(line.text) or agencies.named_alone(line.text)
        if found:
            return found
    return next(filter(None, map(agencies.author, names)), None)
