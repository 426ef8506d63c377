"""What one telling says in the very place where another says something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from watch.arabic import fold, rows
from watch.gist import LEAD_WORDS, Gist, gist, stem, stems
from watch.numbers import same_sum, value
from watch.records import Change, Telling
from watch.tolls import Toll, counted_as, first, toll, uncounted

PLACE_WORDS = 4  # the longest wording that is taken for a replacement
AROUND_WORDS = 3  # that both texts share around it, on either side at least one
NEAR_WORDS = 3  # in which a number says what it counts
ALIGNED_WORDS = 4000  # from the beginning; aligning costs the square, news is shorter
CROSSINGS = 20_000  # pairs of places with one word; the words of news repeat less
ALIKE = 0.7  # from here on two spellings of one word: of four letters one may differ
LETTERS = 3  # names of fewer, long vowels aside, are as they are: Homs and Hama
FEW = 2  # words exchanged in an otherwise equal text; more is an editor's hand

_WRITTEN_ON = "بلك"
_NEGATIONS = frozenset(fold("لم لن لا ليس ليست نفى نفت ينفي تنفي ونفى ولم ولن ولا").split())
_TOLL = (
    "قتيل",
    "قتل",
    "ضحاي",
    "جريح",
    "جرح",
    "مصاب",
    "اصاب",
    "اصيب",
    "جروح",
    "شهيد",
    "شهدا",
    "وفا",
    "مفقود",
    "مصرع",
    "حصيل",
)

Words = Sequence[str]
Exchange = tuple[str, str]  # a name, and the other's in its place
Place = tuple[int, int, int, int]  # where it stands: before from, to; now from, to


@dataclass(frozen=True, slots=True)
class Changes:
    """What was replaced between two tellings that run alike."""

    figures: tuple[tuple[str, str], ...]  # other numbers, or other units of time
    denied: int  # places where only one of the two says no
    words: int  # single words of the text replaced by unlike ones that the other never has
    names: int  # likewise, of those that each says again and again
    titled: bool  # one of them in the title and in the text, by one and the same


NONE = Changes(figures=(), denied=0, words=0, names=0, titled=False)


def changes(new: Gist, old: Gist) -> Changes:
    """Align two tellings and count what was replaced."""
    figures: dict[tuple[str, str], None] = {}
    denied, single = 0, 0
    names: set[str] = set()
    for before, now, titled in _pairs(new, old):
        if _recounted(before, now):
            figures[" ".join(before), " ".join(now)] = None
        if before and now:
            gone, come = _only(before, new), _only(now, old)
            lost, found = _unlike(gone, come), _unlike(come, gone)
            if lost and found:
                single += not titled and len(before) <= FEW and len(now) <= FEW
                if _repeated(lost, old) and _repeated(found, new):
                    names.update(lost)
        denied += _NEGATIONS.isdisjoint(before) != _NEGATIONS.isdisjoint(now)
    return Changes(tuple(figures), denied, single, len(names), _titled(new, old))


def retitled(new: Gist, old: Gist) -> bool:
    """Tell whether a name stands in another's place in titles that run alike around it."""
    return bool(_exchanges(old.title_words, new.title_words, new, old, around=AROUND_WORDS))


def _titled(new: Gist, old: Gist) -> bool:
    """Tell whether one name stands in another's place in the title, and so in the text."""
    titles = _exchanges(old.title_words, new.title_words, new, old, around=1)
    return bool(titles) and not titles.isdisjoint(
        _exchanges(old.said, new.said, new, old, around=AROUND_WORDS)
    )


def _exchanges(before: Words, now: Words, new: Gist, old: Gist, *, around: int) -> set[Exchange]:
    found: set[Exchange] = set()
    for a, b, c, d in _places(before, now, around):
        gone, come = _only(before[a:b], new), _only(now[c:d], old)
        found.update(map(_bare, product(_unlike(gone, come), _unlike(come, gone))))
    return found


def _bare(names: Exchange) -> Exchange:
    """Take off what both are written with: in Sanaa and in Taiz is Sanaa and Taiz."""
    one, other = names
    both = one[0] == other[0] and one[0] in _WRITTEN_ON
    return (one[1:], other[1:]) if both else names


def replaced(newer: Telling, older: Telling, limit: int = 3) -> tuple[Change, ...]:
    """Return the facts that the newer telling puts in the place of others, as printed.

    Those are numbers, each pair once, in order of appearance, title first, at most `limit`; where
    no number changed, the one or two words that were mended in an otherwise equal text.
    """
    numbers: dict[Change, None] = {}
    wordings: dict[Change, None] = {}
    for before, now in ((older.title, newer.title), (older.text, newer.text)):
        told, said = rows(before), rows(now)
        for a, b, c, d in _places([row[0] for row in told], [row[0] for row in said]):
            gone, come = [row[0] for row in told[a:b]], [row[0] for row in said[c:d]]
            near = [row[0] for row in said[max(0, c - NEAR_WORDS) : d + NEAR_WORDS]]
            change = Change(
                before=before[told[a][1] : told[b - 1][2]] if gone else "",
                now=now[said[c][1] : said[d - 1][2]] if come else "",
                toll=any(mark in word for word in near for mark in _TOLL),
            )
            if _recounted(gone, come):
                numbers[change] = None
            elif _mended(gone, come):
                wordings[change] = None
    if not any(change.toll for change in numbers):
        numbers = dict.fromkeys((*_raised(newer, older), *numbers))
    return tuple(numbers or (wordings if len(wordings) <= FEW else ()))[:limit]


def _raised(newer: Telling, older: Telling) -> list[Change]:
    """Return the toll of titles or leads, where another outdates it, in whatever words."""
    told, said = _printed_toll(older), _printed_toll(newer)
    if said is None or not outdates(said[0], told and told[0], newer, older):
        return []
    return [Change(before=told[1] if told else "", now=said[1], toll=True)]


def outdates(said: Toll, told: Toll | None, newer: Telling, older: Telling) -> bool:
    """Tell whether the toll of a newer title or lead is news after the older's, if it has one.

    The first dead are news, and so is a page that now counts them.
    """
    old = gist(older)
    if told is not None:
        return said.outdates(told) and (said.lowered or uncounted(said, old.said))
    if bool(newer.url) and (newer.outlet, newer.url) == (older.outlet, older.url):
        return uncounted(said, old.said)
    return first(said, old.title_words, old.said)


def _printed_toll(telling: Telling) -> tuple[Toll, str] | None:
    for printed, limit in ((telling.title, None), (telling.text, LEAD_WORDS)):
        said = rows(printed)[:limit]
        if found := toll([row[0] for row in said]):
            return found, printed[said[found.start][1] : said[found.end - 1][2]]
    return None


def _mended(gone: Words, come: Words) -> bool:
    """Tell whether other words say something else, or only one of the two says no."""
    if _NEGATIONS.isdisjoint(gone) != _NEGATIONS.isdisjoint(come):
        return True
    lost, found = _unlike(stems(gone), stems(come)), _unlike(stems(come), stems(gone))
    return bool(lost and found) and not any(map(value, (*gone, *come)))


def _pairs(new: Gist, old: Gist) -> list[tuple[Words, Words, bool]]:
    """Return what stands in each other's place, and whether in the title."""
    told = ((old.title_words, new.title_words, True), (old.said, new.said, False))
    return [
        (before[a:b], now[c:d], titled)
        for before, now, titled in told
        for a, b, c, d in _places(before, now)
    ]


def _places(before: Words, now: Words, around: int = AROUND_WORDS) -> list[Place]:
    """Find where few words stand in the place of few others, with shared words around."""
    length = ALIGNED_WORDS
    while _crossings(before[:length], now[:length]) > CROSSINGS:
        length //= 2
    steps = SequenceMatcher(None, before[:length], now[:length]).get_opcodes()
    found = []
    for at, (tag, a, b, c, d) in enumerate(steps):
        if tag == "equal" or b - a > PLACE_WORDS or d - c > PLACE_WORDS:
            continue
        sides = [steps[side] for side in (at - 1, at + 1) if 0 <= side < len(steps)]
        if sum(side[2] - side[1] for side in sides) >= around:
            found.append((a, b, c, d))
    return found


def _crossings(before: Words, now: Words) -> int:
    """Count the pairs of places that aligning looks at, again and again where nothing is alike.

    Words that make up over a hundredth of a longer text are left out, as by `SequenceMatcher`.
    """
    told = Counter(before)
    popular = len(now) // 100 + 1 if len(now) >= 200 else len(now)
    return sum(told[word] * times for word, times in Counter(now).items() if times <= popular)


def _recounted(before: Words, now: Words) -> bool:
    counted = any(map(value, before)) and any(map(value, now))
    return counted and not same_sum(before, now)


def _only(said: Words, other: Gist) -> list[str]:
    """Return the names said that the other telling never says.

    A unit of time is none, nor is what a toll counts.
    """
    told = (word for word in said if not value(word) and not counted_as(word))
    names = [name for word in told if (name := stem(word))]
    return [name for name in names if name not in other.named]


def _unlike(names: Words, others: Words) -> list[str]:
    """Return the names that are no other's spelling: two men may share one of their names."""
    return [one for one in names if not any(_one_name(one, other) for other in others)]


def _one_name(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < LETTERS:
        return False
    return shorter in longer or SequenceMatcher(None, one, other).ratio() >= ALIKE


def _repeated(names: Words, gist: Gist) -> bool:
    return any(gist.named[name] > 1 for name in names)
