"""How many died, as the title or the lead of a report says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from watch.arabic import fold
from watch.numbers import value

NEAR_WORDS = 2  # between a number and the word that says what it counts
KNOWN_WORDS = 80  # from the beginning; what comes later is mostly about other events
DENIED_WORDS = 7  # "no reports of any dead"
RAISED_WORDS = 25  # from "the toll rose" to its number: the event stands between them

_BEFORE = frozenset(
    fold(
        """
        قتل قتلت قتلوا مقتل مصرع وفاة توفي استشهد استشهاد وقتل ومقتل ومصرع بمقتل بمصرع لقي بحياة
        يودي تودي أودى أودت
        """
    ).split()
)
_AFTER = frozenset(
    fold(
        "قتلى قتيل قتيلا قتيلة شهداء شهيدا ضحايا ضحية وفيات وفاة قتلوا لقوا قضوا توفوا استشهدوا"
    ).split()
)
_COUNTED = frozenset(
    fold("حصيلة الحصيلة وحصيلة عدد بحصيلة لحصيلة ارتفاع ارتفع ارتفعت يرتفع ترتفع").split()
)
_DEAD = frozenset(
    fold("قتلى القتلى ضحايا الضحايا الوفيات وفيات شهداء الشهداء الحصيلة حصيلة").split()
)
_UNITS = frozenset(fold("عاما سنة سنوات عام أعوام يوما أيام ساعة ساعات شهرا أشهر دقيقة").split())
_OTHERS = frozenset(fold("جريح جريحا جرحى مصاب مصابا مصابين إصابة مفقود مفقودا مفقودين").split())
_ONE = frozenset(fold("قتيل قتيلة وقتيل وقتيلة").split())
_BETWEEN = fold("بين")  # "dead or wounded" counts nobody, and "12 dead" are not thirteen
_TWO = frozenset(fold("قتيلان قتيلين شهيدان شهيدين").split())
_PERSONS = {fold("شخصان"): 2, fold("شخصين"): 2, fold("شخص"): 1}
_TEENS = {fold(word): 1 for word in ("أحد", "إحدى", "وأحد")} | {
    fold(word): 2 for word in ("اثنا", "اثني", "اثنتا", "اثنتي")
}
_LOWERED = frozenset(fold("انخفاض انخفضت تراجع تراجعت خفضت خفض تخفض تصحيح صحح صححت").split())
_TO = frozenset(fold("إلى لتبلغ بلغت بلغ").split())
_NOBODY = frozenset(fold("لا لم دون بدون ولا ولم نفى نفت عدم").split())
_DIED = _BEFORE | _AFTER | _DEAD | _ONE | _TWO


@dataclass(frozen=True, slots=True)
class Toll:
    """A count of the dead, and the words that say it: from `start` up to `end`."""

    dead: int
    start: int
    end: int
    lowered: bool = False  # the text says that fewer died than was thought
    risen: bool = False  # it says that the toll rose to this

    def outdates(self, other: Toll) -> bool:
        """Tell whether this is news after another; a lower toll is mostly an older one."""
        return self.dead > other.dead or (self.lowered and self.dead < other.dead)


def toll(said: Sequence[str]) -> Toll | None:
    """Return the first count of the dead among folded words; a raised toll is its new count."""
    numbers = list(_numbers(said))
    raised = [found for found in numbers if _raised(said, found)]
    counted = [found for found in numbers if _counts_dead(said, found)]
    found = min(raised or counted, key=lambda found: found.start, default=None)
    return found and replace(found, lowered=not _LOWERED.isdisjoint(said), risen=found in raised)


def first(said: Toll, title: Sequence[str], text: Sequence[str]) -> bool:
    """Tell whether a telling of these folded words, which counts no dead, knew of none at all."""
    mourned = any(map(_mourns, (title, text[:KNOWN_WORDS])))
    return not mourned and uncounted(said, text)


def uncounted(said: Toll, text: Sequence[str]) -> bool:
    """Tell whether folded words count so many dead nowhere."""
    return all(said.dead != found.dead for found in _numbers(text) if _counts_dead(text, found))


def _mourns(said: Sequence[str]) -> bool:
    """Tell whether folded words speak of dead, and not of nobody."""
    return any(
        word in _DIED and _NOBODY.isdisjoint(said[max(0, at - DENIED_WORDS) : at])
        for at, word in enumerate(said)
    )


def counted_as(word: str) -> bool:
    """Tell whether a folded word says what a toll counts: dead, wounded or missing."""
    return word in _DIED or word in _OTHERS or word in _PERSONS


def _numbers(said: Sequence[str]) -> Iterator[Toll]:
    at = 0
    while at < len(said):
        end, total = at, 0
        while end < len(said) and (part := _part(said, end)):
            total, end = total + part, end + 1
            if said[end - 1] in _TWO or said[end - 1] in _ONE or said[end - 1] in _PERSONS:
                break  # "two dead and five wounded" are not seven dead
        if end > at:
            yield Toll(total, at, end)
        at = max(end, at + 1)


def _part(said: Sequence[str], at: int) -> int:
    """Return what a word adds to a number; 0 for other words."""
    word = said[at]
    if word in _TWO:
        return 2
    if word in _ONE:
        return not (at and (value(said[at - 1]) or said[at - 1] == _BETWEEN))
    if word in _PERSONS and not {*said[max(0, at - 1) : at]}.isdisjoint(_BEFORE):
        return _PERSONS[word]
    if word in _TEENS and at + 1 < len(said) and value(said[at + 1]) == "10":
        return _TEENS[word]
    counted = value(word)
    return int(counted) if counted.isdecimal() else 0


def _raised(said: Sequence[str], found: Toll) -> bool:
    """Tell whether it stands in "the toll of ... to so many"."""
    if not found.start or said[found.start - 1] not in _TO or _other(said, found):
        return False
    before = said[max(0, found.start - RAISED_WORDS) : found.start]
    return any(
        word in _COUNTED and not _DEAD.isdisjoint(before[at : at + 2])
        for at, word in enumerate(before)
    )


def _counts_dead(said: Sequence[str], found: Toll) -> bool:
    if said[found.start] in _TWO or said[found.start] in _ONE:
        return True
    if _other(said, found):
        return False
    before = said[max(0, found.start - NEAR_WORDS) : found.start]
    after = said[found.end : found.end + NEAR_WORDS]
    return not (_BEFORE.isdisjoint(before) and _AFTER.isdisjoint(after))


def _other(said: Sequence[str], found: Toll) -> bool:
    """Tell whether it counts the wounded, the missing, or years of age."""
    following = said[found.end : found.end + 1]
    return any(
        word in _OTHERS or word in _UNITS or (value(word) and not value(word).isdecimal())
        for word in following
    )
