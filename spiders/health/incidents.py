"""What the admins are told, and when: once, then daily, then when it is over. Pure.

A source must be unwell for its `hold`, which is thirty of its shortest intervals (half an hour; an
hour at most), before it is told, and well for as long before that is told. One that was told and
came back within a day is told only after twice as long, and so on up to a day, so that flapping is
no spam. What else is about to be told, that is, unwell for half its hold, goes into the same
message, and a further message waits a third of a hold. Once a day one message repeats all that
lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from spiders.health.conditions import Finding
from spiders.sites import Site
from storage.health import WORKING, Condition
from storage.notices import Incident
from storage.sources import Source

HOLD_POLLS = 30
HOLD_MAX = timedelta(hours=1)
DAY = timedelta(days=1)
FAILURES_LEAST = 2  # one failure is no incident, however long the next poll takes
MINOR = WORKING - {None}  # the news arrives: not repeated daily


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One subject as it is now; `unwell_since` is None when nothing is wrong with it."""

    subject: str
    unwell_since: datetime | None
    hold: timedelta
    ready: bool = True  # to be told, once it has held
    not_before: datetime | None = None  # from when it counts, however long it has been so
    minor: bool = False


@dataclass(slots=True)
class Told:
    """What a review comes to: incidents to write down, and what messages are about."""

    changed: dict[str, Incident] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)
    opened: list[Incident] = field(default_factory=list)
    closed: list[Incident] = field(default_factory=list)
    lasting: list[Incident] = field(default_factory=list)


def hold_of(site: Site) -> timedelta:
    """How long a source of a site must be unwell before that is told."""
    return min(timedelta(seconds=HOLD_POLLS * site.poll.min_seconds), HOLD_MAX)


def case_of(
    source: Source, site: Site, finding: Finding | None, line: Incident | None, now: datetime
) -> Case:
    """A source's case; while our own line is down, and because of it, it is not the source's."""
    hold = hold_of(site)
    if finding is None:
        return Case(subject=source.url, unwell_since=None, hold=hold)
    condition, since = finding
    failing = source.health.trouble is not None
    ours = line if condition is Condition.DOWN else None
    return Case(
        subject=source.url,
        unwell_since=since if failing else now,  # how long a silence is was weighed already
        hold=hold,
        ready=(not failing or source.failures >= FAILURES_LEAST) and not (ours and is_on(ours)),
        not_before=ours.well_since if ours else None,
        minor=condition in MINOR,
    )


def is_on(incident: Incident) -> bool:
    """Whether this goes on, as far as is known."""
    return incident.well_since is None


def review(cases: Sequence[Case], known: Mapping[str, Incident], now: datetime) -> Told:
    """What becomes of the incidents, and what is to be told now."""
    told = Told()
    ripe, closing = [], []
    minor = {case.subject for case in cases if case.minor}
    for case in cases:
        before = known.get(case.subject)
        incident = _followed(case, before, now)
        if incident is None:
            told.over += [case.subject] if before else []
            continue
        if incident != before:
            told.changed[case.subject] = incident
        if is_on(incident) and incident.told_at is None and case.ready:
            since = max(incident.since, case.not_before or incident.since)
            ripe.append((incident, now - since, _patience(case, incident)))
        if incident.well_since is not None and incident.told_at is not None:
            closing.append((incident, now - incident.well_since, case.hold))
    told.over += known.keys() - {case.subject for case in cases}
    incidents = [told.changed.get(subject, each) for subject, each in known.items()]
    last = max((each.told_at for each in incidents if each.told_at), default=None)
    for incident in _due(ripe, last, now):
        told.opened.append(replace(incident, told_at=now))
    for incident in _due(closing, None, now):
        told.closed.append(replace(incident, told_at=None, flaps=incident.flaps + 1))
    told.lasting = _daily([*_merged(incidents, told)], minor, now)
    for each in (*told.opened, *told.closed, *told.lasting):
        told.changed[each.subject] = each
    return told


def _followed(case: Case, before: Incident | None, now: datetime) -> Incident | None:
    """The incident of a case as it is now; None where there is none, or none any more."""
    if case.unwell_since is not None:
        if before is None:
            return Incident(subject=case.subject, since=case.unwell_since)
        if before.well_since is None:
            return before
        since = before.since if before.told_at else case.unwell_since
        return replace(before, since=since, well_since=None)
    if before is None or (before.told_at is None and before.flaps == 0):
        return None
    if before.well_since is None:
        return replace(before, well_since=now)
    forgotten = before.told_at is None and now - before.well_since >= DAY
    return None if forgotten else before


def _patience(case: Case, incident: Incident) -> timedelta:
    return min(case.hold * (1 << min(incident.flaps, 10)), DAY)


def _due(
    waiting: Sequence[tuple[Incident, timedelta, timedelta]], last: datetime | None, now: datetime
) -> list[Incident]:
    """Once one has held: it, and all that have held for half as long as they must."""
    held = [hold for _, lasted, hold in waiting if lasted >= hold]
    if not held or (last is not None and now - last < min(held) / 3):
        return []
    return [incident for incident, lasted, hold in waiting if lasted >= hold / 2]


def _merged(incidents: Iterable[Incident], told: Told) -> Iterable[Incident]:
    spoken = {each.subject for each in (*told.opened, *told.closed)}
    gone = set(told.over)
    return (each for each in incidents if each.subject not in spoken | gone)


def _daily(incidents: Sequence[Incident], minor: set[str], now: datetime) -> list[Incident]:
    """All that lasts, if something of it was told a day ago."""
    lasting = [
        each for each in incidents if each.told_at and is_on(each) and each.subject not in minor
    ]
    if not any(each.told_at and now - each.told_at >= DAY for each in lasting):
        return []
    return [replace(each, told_at=now) for each in lasting]
