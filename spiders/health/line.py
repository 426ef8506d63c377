"""Whether the trouble is our own: the line is down, or nothing at all is fetched. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from spiders.sites import Site
from storage.health import Trouble
from storage.notices import Incident
from storage.sources import Source

LINE, NOTHING = "line", "nothing"  # subjects of incidents, beside the addresses of sources

SITES_LEAST = 3  # fewer may fail together by chance
SHARE = 0.75  # of the sites, unreachable at once: it is not all of them
NOTHING_POLLS = 60  # shortest intervals without one answer
NOTHING_MAX = timedelta(hours=1)


def line_down_since(
    sources: Sequence[Source], known: Mapping[str, Incident], now: datetime
) -> datetime | None:
    """Since when our own line seems to be down; None if it is not.

    Sites whose failure was told before say nothing of the line.
    """
    by_site: dict[str, list[Source]] = {}
    for source in sources:
        asked = source.failures or source.last_success
        before = known.get(source.url)
        if asked and not (before and before.told_at):
            by_site.setdefault(source.site, []).append(source)
    dark = [
        of_site
        for of_site in by_site.values()
        if all(source.health.trouble is Trouble.UNREACHABLE for source in of_site)
    ]
    if len(dark) < SITES_LEAST or len(dark) < SHARE * len(by_site):
        return None
    began = [min(source.health.failing_since or now for source in of_site) for of_site in dark]
    return sorted(began)[len(began) // 2]


def nothing_since(
    sources: Sequence[Source], sites: Mapping[str, Site], begun_at: datetime, now: datetime
) -> datetime | None:
    """Since when no source at all has answered, if that is long; the crawl began at `begun_at`."""
    if not sources:
        return None
    answered = max((source.last_success for source in sources if source.last_success), default=None)
    since = begun_at if answered is None else max(answered, begun_at)
    shortest = min(sites[source.site].poll.min_seconds for source in sources)
    longest = min(timedelta(seconds=NOTHING_POLLS * shortest), NOTHING_MAX)
    return since if now - since >= longest else None
