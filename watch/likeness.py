"""What speaks for and against two tellings being one story. Measures only; no judgement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from watch.arabic import fold
from watch.changes import NONE, Changes, changes, outdates
from watch.gist import DAYS, LEAD_WORDS, RUN_WORDS, Gist, gist, stems
from watch.headlines import AFTER, Headlines, headlines
from watch.numbers import values
from watch.records import Published, Telling
from watch.sketch import FLASH_WORDS, Gram, grams
from watch.tolls import Toll, toll

FAR_HOURS = 14 * 24  # longer apart is no further
RUNS_ALIKE = 0.5  # of the smaller text; from here on it is said what was replaced
RUNS_ALIGNED = 0.2  # from here on a name in the place of another is seen
PASSAGE_WORDS = 40
FLASH_NAMES = 3  # the fewest that tell one event from another
OPENING_WORDS = 20  # about a sentence; what is new in a follow-up is told first
FILLINGS = 50  # a run that stands so often with other numbers is a table's, not a slot
FOREIGN = 0.25  # of what a passage names; less of it known, and it tells of something else

Figure = tuple[str, str]  # a number before, and now

_TURNS = frozenset(
    tuple(fold(turn).split())
    for turn in (
        *("من جهة أخرى", "ومن جهة أخرى", "من ناحية أخرى", "من جانب آخر", "على صعيد آخر"),
        *("وعلى صعيد آخر", "في سياق آخر", "وفي سياق آخر", "في سياق متصل", "وفي سياق متصل"),
        *("في شأن آخر", "وفي شأن آخر", "في غضون ذلك", "وفي غضون ذلك"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two tellings side by side, `newer` and `older` in order of arrival; shares are 0 to 1."""

    shared: float  # of the smaller text's runs of three words, how many the other text has
    newer_told: float  # of the newer text's runs, how many the older text has
    older_told: float  # the reverse
    lead_told: float  # of what the newer lead names, how much the older article names
    older_lead_told: float  # the reverse
    lead_copied: float  # of the newer lead's runs, how many stand in the older text
    titles_told: float  # of what a title names, how much the other article names; the lower side
    title_told: float  # of what the newer title names, how much the older article names
    opening_told: float  # likewise, of the newer text's first words
    opening_copied: float  # of their runs, how many stand in the older text
    brief: bool  # both are flashes
    flash_told: float  # of what an older flash names, how much title and first words name
    headlines: Headlines
    rivals: int  # how many things each names again and again that the other never names
    added: int  # what the newer names again and again and the older never
    reworded: int  # what only one of the two names, be it once
    recounted: int  # numbers, in digits or in words, that only one of the two gives
    slots_agree: int  # numbers and weekdays around which the texts run alike: the same ones
    slots_conflict: int  # others in their place
    figured: float  # of the words of the text that has fewer of them, how many are numbers
    day_replaced: bool  # a weekday stands in another's place
    figures: tuple[Figure, ...]  # that the newer puts in the place of another
    raised: tuple[Figure, ...]  # the toll of title or lead, where the newer counts more dead
    risen: bool  # the newer says that the toll rose to this
    changes: Changes  # all that was replaced, where the texts run alike
    apart: int  # runs that only one of the two has; the greater side
    turns: bool  # the newer says "on the other hand", and the older does not
    foreign: float  # of a longer newer text's passages, how many tell of something else
    hours: float | None  # between them, at most 14 days; None where no times are known
    same_outlet: bool


def shared_runs(newer: Telling, older: Telling) -> float:
    """Return how much of the smaller text's runs of three words the other text has, 0 to 1."""
    new, old = gist(newer), gist(older)
    return len(new.runs & old.runs) / max(1, min(len(new.runs), len(old.runs)))


def compare(newer: Telling, older: Telling) -> Likeness:
    """Measure what two tellings have in common, and what each says that the other does not."""
    new, old = gist(newer), gist(older)
    common, shared = len(new.runs & old.runs), shared_runs(newer, older)
    agree, conflict, day_replaced = _slots(new, old)
    changed = changes(new, old) if _brief(new, old) or shared >= RUNS_ALIGNED else NONE
    novel, gone = _repeated_alone(new, old), _repeated_alone(old, new)
    title_told, opening = _share(new.title, old.named), new.said[:OPENING_WORDS]
    return Likeness(
        shared=shared,
        newer_told=common / max(1, len(new.runs)),
        older_told=common / max(1, len(old.runs)),
        lead_told=_share(new.lead, old.named),
        older_lead_told=_share(old.lead, new.named),
        lead_copied=_share(new.lead_runs, old.runs),
        titles_told=min(title_told, _share(old.title, new.named)),
        title_told=title_told,
        opening_told=_share(stems(opening), old.named),
        opening_copied=_share(grams(opening, RUN_WORDS), old.runs),
        brief=_brief(new, old),
        flash_told=_flash_told(new, old),
        headlines=headlines(newer.title, new, old),
        rivals=min(novel, gone),
        added=novel,
        reworded=len(new.named.keys() ^ old.named.keys()),
        recounted=len(new.counts ^ old.counts),
        slots_agree=agree,
        slots_conflict=conflict,
        figured=min(new.figured, old.figured),
        day_replaced=day_replaced,
        figures=changed.figures if shared >= RUNS_ALIKE else _figures(new, old),
        raised=_raised(newer, older),
        risen=_risen(new),
        changes=changed,
        apart=max(len(new.runs), len(old.runs)) - common,
        turns=not _TURNS.isdisjoint(new.runs - old.runs),
        foreign=_foreign(new, old) if len(new.said) > len(old.said) else 0.0,
        hours=hours_between(newer, older),
        same_outlet=newer.outlet == older.outlet,
    )


def _share(said: Sequence[object], known: Collection[object]) -> float:
    """Return how much of what was said is known; one half where nothing was said."""
    return sum(thing in known for thing in said) / len(said) if said else 0.5


def _brief(new: Gist, old: Gist) -> bool:
    return max(len(new.said), len(old.said)) <= FLASH_WORDS


def _flash_told(new: Gist, old: Gist) -> float:
    """Return how much of an older flash a longer text begins with; 0 where a number stands apart.

    What title and first words number must stand in the flash, and all its numbers there. What they
    say behind "after" is not their news.
    """
    named = {*old.title, *old.lead}
    if len(old.said) > FLASH_WORDS or len(new.said) <= len(old.said) or len(named) < FLASH_NAMES:
        return 0.0
    opening = (*_until_after(new.title_words), *_until_after(new.said[:OPENING_WORDS]))
    if values(new.title_words) - old.counts or old.counts - values(opening):
        return 0.0
    return _share(tuple(named), set(stems(opening)))


def _until_after(said: Gram) -> Gram:
    return said[: next((at for at, word in enumerate(said) if word in AFTER), len(said))]


def _foreign(longer: Gist, shorter: Gist) -> float:
    """Return how many passages of a text name hardly anything of the other's: digests do that."""
    starts = range(0, max(1, len(longer.said) - PASSAGE_WORDS // 2), PASSAGE_WORDS)
    foreign = 0
    for start in starts:
        names = set(stems(longer.said[start : start + PASSAGE_WORDS]))
        foreign += sum(name in shorter.named for name in names) < FOREIGN * len(names)
    return foreign / len(starts)


def _repeated_alone(one: Gist, other: Gist) -> int:
    return sum(often > 1 and name not in other.named for name, often in one.named.items())


def _slots(new: Gist, old: Gist) -> tuple[int, int, bool]:
    """Count the numbers and days that stand alike in both, and those that replace others.

    Each counts once, though it may lie in four frames. Last, whether a day replaces another.
    """
    agree: set[str] = set()
    conflict: set[Figure] = set()
    for frame in new.frames.keys() & old.frames.keys():
        alike = new.frames[frame] & old.frames[frame]
        agree |= {
            word for run in alike for mask, word in zip(frame, run, strict=True) if mask != word
        }
        if not alike:
            conflict |= _replaced(old.frames[frame], new.frames[frame])
    return len(agree), len(conflict), any(now in DAYS for _, now in conflict)


def _replaced(before: Collection[Gram], now: Collection[Gram]) -> set[Figure]:
    """Return the words that differ between runs of one frame."""
    if max(len(before), len(now)) > FILLINGS:
        return set()
    return {
        (one, other)
        for left in before
        for right in now
        for one, other in zip(left, right, strict=True)
        if one != other
    }


def _raised(newer: Telling, older: Telling) -> tuple[Figure, ...]:
    """Return the older and the newer toll, where more have died since, or fewer as it says."""
    told, said = _toll(gist(older)), _toll(gist(newer))
    if said is None or not outdates(said[0], told and told[0], newer, older):
        return ()
    return ((told[1] if told else "", said[1]),)


def _toll(one: Gist) -> tuple[Toll, str] | None:
    for said in (one.title_words, one.said[:LEAD_WORDS]):
        if found := toll(said):
            return found, " ".join(said[found.start : found.end])
    return None


def _risen(new: Gist) -> bool:
    said = [found for words in (new.title_words, new.said[:LEAD_WORDS]) if (found := toll(words))]
    return any(found.risen and found.dead == said[0].dead for found in said)


def _figures(new: Gist, old: Gist) -> tuple[Figure, ...]:
    """Return the numbers that stand where the older text had another, which it no longer has."""
    found: set[Figure] = set()
    for frame, told in new.top_frames.items():
        before = old.top_frames.get(frame, frozenset()) or old.frames.get(frame, frozenset())
        found |= _replaced(before, told)
    return tuple(
        sorted(
            (before, now)
            for before, now in found
            if before.isdigit() and before not in new.counts
            if now.isdigit() and now not in old.counts
        )
    )


def hours_between(newer: Telling, older: Telling) -> float | None:
    """Return the time between two tellings: as published where both say so, else as first seen."""
    new, old = instant(newer.published), instant(older.published)
    if new is None or old is None:
        new, old = instant(newer.first_seen), instant(older.first_seen)
    if new is None or old is None:
        return None
    return min(FAR_HOURS, abs((new - old).total_seconds()) / 3600)


def instant(moment: Published | None) -> datetime | None:
    """Return an instant for a time, noon for a bare date; a time without a zone counts as UTC."""
    if isinstance(moment, datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if isinstance(moment, date):
        return datetime.combine(moment, time(12), UTC)
    return None
