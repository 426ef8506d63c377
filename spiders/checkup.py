"""Looks after the sources: judges each of them now and then, and writes down what to tell."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from spiders.health import facts as noted
from spiders.health.conditions import Finding, judge
from spiders.health.incidents import Case, Told, case_of, hold_of, review
from spiders.health.line import LINE, NOTHING, line_down_since, nothing_since
from spiders.newsroom import Newsroom
from spiders.pace.plan import Pace
from spiders.sites import Site
from storage.errors import StoreError
from storage.health import Diagnosis
from storage.notices import Incident
from storage.sources import Source

REVIEW_SECONDS = 60.0
AT_A_TIME = 50  # sources judged before polls have their turn again
REVIEW_SHARE = 1 / 6  # of the shortest hold, where that is shorter

log = logging.getLogger(__name__)


async def look_after(room: Newsroom) -> None:
    """Review all sources again and again until cancelled."""
    begun_at = room.now()
    while True:
        holds = [hold_of(site).total_seconds() for site in room.sites.values()]
        await asyncio.sleep(min([REVIEW_SECONDS, *(hold * REVIEW_SHARE for hold in holds)]))
        try:
            await check(room, begun_at, room.now())
        except StoreError as error:
            log.error("the sources were not looked after: %s", error)
        except Exception:  # a bug here must not end the crawl
            log.exception("looking after the sources failed within")


async def check(room: Newsroom, begun_at: datetime, now: datetime) -> None:
    """Judge every source as the store knows it, and write down what changed and what to tell."""
    asked, sites = await room.ask(lambda store: store.archive.sources()), room.sites
    sources = [source for source in asked if source.site in sites]
    known = await room.ask(lambda store: store.notices.incidents())
    found: dict[str, Finding | None] = {}
    for number, source in enumerate(sources):
        found[source.url] = judged(source, sites[source.site], room.pace, now)
        if number % AT_A_TIME == 0:
            await asyncio.sleep(0)
    checked = checkup(sources, sites, found, known, begun_at=begun_at, now=now)
    if not checked.is_empty:
        told = checked.told
        await room.ask(
            lambda store: store.notices.settle(
                checked.conditions, told.changed.values(), told.over, checked.notices, now
            )
        )
    for line in checked.said:
        log.warning("%s", line)


@dataclass(slots=True)
class Checkup:
    """What one review comes to."""

    conditions: Mapping[str, Diagnosis]  # those that changed
    told: Told
    notices: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # for the log

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write down."""
        return not (self.conditions or self.told.changed or self.told.over)


def checkup(
    sources: Sequence[Source],
    sites: Mapping[str, Site],
    found: Mapping[str, Finding | None],
    known: Mapping[str, Incident],
    *,
    begun_at: datetime,
    now: datetime,
) -> Checkup:
    """What follows from what was `found` of these sources. Asks no clock and no store."""
    cases = _own_cases(sources, sites, known, begun_at, now)
    line = known.get(LINE)
    if line is None and cases and cases[0].unwell_since:
        line = Incident(subject=LINE, since=cases[0].unwell_since)
    cases += [
        case_of(source, sites[source.site], found[source.url], line, now) for source in sources
    ]
    told = review(cases, known, now)
    conditions: dict[str, Diagnosis] = {
        url: finding or (None, None) for url, finding in found.items()
    }
    changed = {
        source.url: conditions[source.url]
        for source in sources
        if conditions[source.url] != (source.health.condition, source.health.since)
    }
    checked = Checkup(changed, told)
    kinds: tuple[tuple[noted.Kind, list[Incident]], ...] = (
        ("opened", told.opened),
        ("closed", told.closed),
        ("lasting", told.lasting),
    )
    for kind, incidents in kinds:
        if said := noted.facts(kind, incidents, sources, sites, conditions):
            checked.notices.append(said)
            checked.said += [_line(kind, each, conditions) for each in incidents]
    return checked


def judged(source: Source, site: Site, pace: Pace, now: datetime) -> Finding | None:
    """What is wrong with a source, as its own pace has it."""

    def chance(since: datetime, until: datetime) -> float:
        return pace.silence(source.url, since.timestamp(), until.timestamp())

    return judge(source, site, chance, now)


def _own_cases(
    sources: Sequence[Source],
    sites: Mapping[str, Site],
    known: Mapping[str, Incident],
    begun_at: datetime,
    now: datetime,
) -> list[Case]:
    """What may be wrong with us: the line first, and if it is not that, that nothing comes."""
    if not sources:
        return []
    hold = min(hold_of(sites[source.site]) for source in sources) / 3
    down = line_down_since(sources, known, now)
    nothing = None
    if not down or NOTHING in known:
        nothing = nothing_since(sources, sites, begun_at, now)
    return [
        Case(subject=LINE, unwell_since=down, hold=hold),
        Case(subject=NOTHING, unwell_since=nothing, hold=hold / 10),
    ]


def _line(kind: noted.Kind, incident: Incident, conditions: Mapping[str, Diagnosis]) -> str:
    if kind == "closed":
        return f"{incident.subject} is well again, since {incident.well_since:%Y-%m-%d %H:%M}"
    condition = conditions.get(incident.subject, (None, None))[0] or "the crawl itself"
    still = "still " if kind == "lasting" else ""
    return (
        f"{incident.subject} is {still}unwell: {condition}, since {incident.since:%Y-%m-%d %H:%M}"
    )
