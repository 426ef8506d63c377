"""The times that some lines print: of publication and of the last change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from spiders.reading import dates, labels, relative
from spiders.reading.markup import Line
from spiders.reading.spelling import fold
from watch.records import Published

HEADER_LINES = 14  # between the title and the text
DATE_LINE_WORDS = 24
_MOST_BESIDE_WORDS = 8  # on the line of a time
_LABEL_WORDS = 2  # "last update"
_MOST_NAMED_WORDS = 5  # of such links, and the label of the day
_HEADLINE_WORDS = 5  # of a link to another article
_PART_WORDS = 3  # of a date in three lines: "12", "آذار", "2021 - 07:35"
_NAME_WORDS = 3  # of a link to the section or the author
AT_VISIT = timedelta(minutes=10)
_UPDATED = (
    "اخر تحديث",
    "التحديث الاخير",
    "تحديث",
    "تم التحديث",
    "حدث في",
    "محدث",
    "عدل في",
    "اخر تعديل",
    "update",
    "last update",
    "modified",
)
_UPDATE = re.compile(
    r"آخر تحديث|اخر تحديث|التحديث ال[أا]خير|تحديث|حُ?دّ?ث|عُ?دّ?ل|update|last update|modified",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\((?:آخر|اخر) تحديث\)")  # behind the day: of an article, not of a page
# The day of a life or of an event: "تاريخ الميلاد: 12 فبراير 1923".
_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:ال)?(?:ميلاد|ولاد[هة]|مولد|وفا[هة]|تأسيس|موعد|انعقاد)(?!\w)[^\d]{0,20}:"
)
_POSTED = re.compile(r"^(?:posted on|published(?: on)?|نُ?شرت? (?:في|بتاريخ|يوم))\s", re.IGNORECASE)
# "Posted by: an author 2013/09/14 in a section", each linked.
_BYLINED = re.compile(r"^(?:posted (?:by|on)(?!\w)|في\s*:)", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?<!\w)(?:تاريخ النشر|تم النشر|نُ?شرت?|published)(?!\w)", re.IGNORECASE)


def between(
    head: Sequence[Line], zone: tzinfo, now: datetime
) -> tuple[Published | None, Published | None]:
    """The publication and the update that the lines between title and text print.

    A time that counts from the visit ("two hours ago") yields to one that does not: a copy of a
    page may be much older than the visit.
    """
    published = updated = None
    counted = False
    lines = [one for one in _own_lines(head[:HEADER_LINES]) if _may_tell(one)]
    for at, line in enumerate(lines):
        behind = at > 0 and _labels_update(lines[at - 1])
        for changed, text, machine in _clauses(line):
            if changed or behind:
                updated = updated or _told(machine, text, zone, now)
            elif published is None or (counted and dates.holds_date(text)):
                found = _publication(lines, at, text, machine, zone=zone, now=now)
                if found is not None:
                    published = found
                    absolute = any(machine) or dates.holds_date(text)
                    counted = not absolute and relative.told(fold(text))
    return published, updated


def _own_lines(head: Sequence[Line]) -> Sequence[Line]:
    """The lines without those right behind the links to other articles, if these are several."""
    behind = {at + 1 for at, one in enumerate(head) if one.linked and one.words >= _HEADLINE_WORDS}
    return [one for at, one in enumerate(head) if at not in behind] if len(behind) > 1 else head


def _may_tell(line: Line) -> bool:
    """Whether a line may tell the article's own time."""
    short = line.words <= DATE_LINE_WORDS
    return short and own(line) and _OF_ANOTHER.search(line.text) is None


def own(line: Line) -> bool:
    """Whether a line is no link to something else; some pages link their time to themselves, or
    print it beside a link to the section or the author.
    """
    if not line.linked:
        return True
    if not dates.holds_date(line.text):
        return False
    beside = dates.leftover(line.text)
    named = line.linked_words <= min(beside, _NAME_WORDS) and beside <= _MOST_NAMED_WORDS
    if named or _BYLINED.match(line.text):
        return True
    labelled = is_update(line) or _POSTED.match(line.text)
    return beside <= (_LABEL_WORDS if labelled else 0)


def is_update(line: Line) -> bool:
    """Whether a line says that what it tells is the last change."""
    spelt = labels.label(line.text)
    return any(name in spelt for name in _UPDATED)


def only_updates(line: Line) -> bool:
    """Whether a line says when something was changed, and not when it was published."""
    if not is_update(line) or _PUBLISHED.search(line.text):
        return False
    found = _BRACKETED.search(line.text)
    return found is None or not dates.holds_date(line.text[: found.start()])


def _labels_update(line: Line) -> bool:
    """Whether a line is only the label of the update that the next one tells."""
    return line.words <= _LABEL_WORDS + 1 and is_update(line) and not dates.holds_date(line.text)


def _clauses(line: Line) -> Iterator[tuple[bool, str, Sequence[str]]]:
    """What a line tells: whether it is the update, in which words, and for machines. One line often
    tells both times, in either order.
    """
    if not is_update(line):
        yield False, line.text, line.times
        return
    found = _UPDATE.search(line.text)
    cut = found.start() if found else 0
    before, after = line.text[:cut], line.text[cut:]
    behind = _PUBLISHED.search(after)
    if dates.holds_date(before):
        yield False, before, line.times[:1]
        # "4/3/2020, updated 10:40"
        yield True, after if dates.holds_date(after) else line.text, line.times[1:]
    elif behind and dates.holds_date(after[: behind.start()]):
        yield True, after[: behind.start()], line.times[:1]
        yield False, after[behind.start() :], line.times[1:]
    else:
        yield True, after if dates.holds_date(after) else line.text, line.times


def _publication(
    lines: Sequence[Line],
    at: int,
    text: str,
    machine: Sequence[str],
    *,
    zone: tzinfo,
    now: datetime,
) -> Published | None:
    """The time that a line tells in a text, with what the lines beside it add to it: the hour, or
    month and year in boxes of their own.
    """
    if dates.leftover(text) > _MOST_BESIDE_WORDS:
        return None
    three = lines[at : at + 3]
    if len(three) == 3 and lines[at].words == 1 and all(one.words <= _PART_WORDS for one in three):
        joined = " ".join(line.text for line in three)
        parted = not any(dates.holds_date(line.text) for line in three)
        text = (
            joined if parted and dates.holds_date(joined) and not dates.leftover(joined) else text
        )
    found = _told(machine, text, zone, now)
    if found is None or isinstance(found, datetime) or text != lines[at].text:
        return found
    return _with_hour(found, lines, at, zone, now)


def _told(machine: Sequence[str], text: str, zone: tzinfo, now: datetime) -> Published | None:
    """The time that a line tells to machines, or else to people."""
    told = (dates.parse(one, zone, now) for one in (*machine[:1], text))
    return next((one for one in told if one is not None), None)


def _with_hour(
    day: Published, lines: Sequence[Line], at: int, zone: tzinfo, now: datetime
) -> Published:
    """A day with the hour that stands on a line of its own before or behind it."""
    for near in (lines[at + 1 : at + 2], lines[max(0, at - 1) : at]):
        for line in near:
            if dates.hour_alone(line.text):
                return dates.parse(f"{day.isoformat()} {line.text}", zone, now) or day
    return day


def unlabelled(lines: Sequence[Line], zone: tzinfo, now: datetime) -> Published | None:
    """The publication that stands right above the title or behind the text, if not the time of the
    visit.

    A day alone that is the visit's may be the page's header, an hour only if it is the visit's too.
    """
    dated = [line for line in lines if any(line.times) or dates.holds_date(line.text)]
    published, _ = between(dated, zone, now)
    if isinstance(published, datetime):
        return published if now - published > AT_VISIT else None
    return published if published and not on_visit(published, zone, now) else None


def on_visit(time: Published, zone: tzinfo, now: datetime) -> bool:
    """Whether a time is on the day of the visit, or on one beside it."""
    then = time.astimezone(zone).date() if isinstance(time, datetime) else time
    return abs(then - now.astimezone(zone).date()) <= timedelta(days=1)
