"""Tries seeds live: every source once, hosts side by side, and one article of each outlet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from spiders.drafting.trial import Sample, Tried, first_articles, read_article, try_source
from spiders.errand import Ask
from spiders.sites import Site

SITES_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Checked:
    """What a site gave. It works if every source lists articles and one of them was read."""

    site: Site
    tried: Sequence[Tried]
    sample: Sample | None

    @property
    def works(self) -> bool:
        """Whether everything that was tried gave what it should."""
        read = self.sample is not None and self.sample.found is not None
        return read and not any(each.fault for each in self.tried)


async def check(
    ask: Ask, sites: Sequence[Site], now: datetime, done: Callable[[Checked], None]
) -> list[Checked]:
    """Try these sites; `done` hears of each as it is over. In the order of `sites`."""
    places = asyncio.Semaphore(SITES_AT_ONCE)

    async def one(site: Site) -> Checked:
        async with places:
            checked = await _checked(ask, site, now)
        done(checked)
        return checked

    return await asyncio.gather(*map(one, sites))


async def _checked(ask: Ask, site: Site, now: datetime) -> Checked:
    tried = [await try_source(ask, url, kind, site, now) for url, kind in site.sources]
    first = first_articles(tried, 1)
    sample = await read_article(ask, first[0], site, now) if first else None
    return Checked(site, tried, sample)
