"""What is wrong with a source, judged from what the store knows of it. Pure.

Times are UTC. What a source is asked to bring is in its seed: at least `min_links` articles in a
listing, and something new within `silent_hours`. One that lists fewer is redesigned if nothing new
has come for longer than ever, and merely sparse if it has. `silent_hours` is kept to the letter
where the seed states it. Where it is the default, a source may be silent for three times its
longest pause of about a month. It is called silent sooner where its own rate and hours leave that
silence a chance of less than one in a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from spiders.sites import Site
from storage.health import Condition, Health, Trouble
from storage.sources import Source

Chance = Callable[[datetime, datetime], float]  # that a living source brings nothing in between
Finding = tuple[Condition, datetime]  # what is wrong, and since when

UNLIKELY = 1e-5
LEAST_SILENCE = timedelta(hours=6)  # editors sleep, eat and pray
PAUSES = 3.0  # times the longest pause
FROZEN_AFTER = timedelta(days=3)  # a silent address is probably dead, and answers with an old copy
DATED_LEAST = 3  # undated items: fewer tell nothing
LONG_POLLS = 60  # a host that asks us to wait for as many shortest intervals is blocking us

_OF_TROUBLE: Mapping[Trouble, Condition] = MappingProxyType(
    {
        Trouble.UNREACHABLE: Condition.DOWN,
        Trouble.FAILING: Condition.DOWN,
        Trouble.BUSY: Condition.BLOCKED,
        Trouble.REFUSED: Condition.BLOCKED,
        Trouble.GONE: Condition.GONE,
        Trouble.ASTRAY: Condition.MOVED,
        Trouble.HTML: Condition.HTML,
        Trouble.BROKEN: Condition.BROKEN,
        Trouble.UNLISTED: Condition.REDESIGNED,
    }
)


def judge(source: Source, site: Site, chance: Chance, now: datetime) -> Finding | None:
    """The condition of a source and since when it has it; None for a healthy one.

    A silence counts up to the last poll that was answered: what we did not ask for, or could not
    have, is no silence of the source.
    """
    if source.health.trouble is not None:
        return _failing(source, site, now)
    if source.last_success is None or source.health.links is None:
        return None  # never polled
    return (
        _redesigned(source, site, source.last_success, now)
        or _quiet(source, site, chance, source.last_success)
        or _odd(source, site, now)
    )


def _failing(source: Source, site: Site, now: datetime) -> Finding | None:
    health = source.health
    since = health.failing_since or now
    if health.trouble is None:
        return None
    waited = now - since
    if health.trouble is Trouble.BUSY and waited < _long(site):
        return None
    return _OF_TROUBLE[health.trouble], since


def _long(site: Site) -> timedelta:
    return timedelta(seconds=LONG_POLLS * site.poll.min_seconds)


def _redesigned(source: Source, site: Site, until: datetime, now: datetime) -> Finding | None:
    health = source.health
    pause = max(LEAST_SILENCE, timedelta(seconds=health.lull_seconds))
    brings = health.links and until - (health.fresh_at or until) <= pause
    if brings or not _is_sparse(source, site):
        return None
    return Condition.REDESIGNED, _kept(health, Condition.REDESIGNED, now)


def _is_sparse(source: Source, site: Site) -> bool:
    """A news sitemap holds two days, so at a quiet time it may hold next to nothing."""
    return source.kind != "sitemap" and (source.health.links or 0) < site.expect.min_links


def _quiet(source: Source, site: Site, chance: Chance, until: datetime) -> Finding | None:
    """Frozen where all was too old when first seen, or nothing has come for days; else silent."""
    health, bound = source.health, _bound(source.health, site)
    fresh_at = health.fresh_at or until
    silence = until - fresh_at
    if health.newest and fresh_at == health.known_at and until - health.newest > bound:
        return Condition.FROZEN, health.newest
    if silence > bound or (silence >= LEAST_SILENCE and chance(fresh_at, until) < UNLIKELY):
        dead = health.dated and silence > FROZEN_AFTER
        return (Condition.FROZEN if dead else Condition.SILENT), fresh_at
    return None


def _bound(health: Health, site: Site) -> timedelta:
    stated = timedelta(hours=site.expect.silent_hours)
    if "silent_hours" in site.expect.model_fields_set:
        return stated
    return max(stated, timedelta(seconds=PAUSES * health.lull_seconds))


def _odd(source: Source, site: Site, now: datetime) -> Finding | None:
    """What costs something, and no news."""
    health = source.health
    if _is_sparse(source, site):
        return Condition.SPARSE, _kept(health, Condition.SPARSE, now)
    if source.kind != "page" and (health.links or 0) >= DATED_LEAST and not health.dated:
        return Condition.UNDATED, _kept(health, Condition.UNDATED, now)
    if health.moved_to is not None:
        return Condition.MOVED, _kept(health, Condition.MOVED, now)
    return None


def _kept(health: Health, condition: Condition, now: datetime) -> datetime:
    """Since when: as it was noted, if it is the same still."""
    return health.since if health.condition is condition and health.since else now
