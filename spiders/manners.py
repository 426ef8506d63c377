"""What every spider brings to the downloader: the guard behind DNS, the delays, the proxies."""

from __future__ import annotations

from collections.abc import Iterable

from scrapy import Spider

from spiders.guard import Guard, GuardedResolver
from spiders.politeness import Delays
from spiders.proxies import Proxies
from spiders.sites import Site


class MannerlySpider(Spider):
    """A spider whose requests are made as its sites' seeds say."""

    delays: Delays
    proxies: Proxies

    def take_over(self, guard: Guard, sites: Iterable[Site]) -> None:
        """Put guard, delays and proxies in their places, now that the downloader runs."""
        from twisted.internet import reactor  # noqa: PLC0415 - importing it installs one

        resolver = GuardedResolver.from_crawler(self.crawler, reactor)
        resolver.guard = guard
        resolver.install_on_reactor()
        self.proxies = Proxies(self.crawler.settings["MUNADI_PROXY"])
        self.delays = Delays(self.crawler.engine.downloader.per_slot_settings)
        self.name_sites(guard, sites)

    def name_sites(self, guard: Guard, sites: Iterable[Site]) -> None:
        """Take the delays and proxies of these sites, after a start and after a reload."""
        sites = tuple(sites)
        self.delays.name(sites)
        self.proxies.name(sites)
        guard.proxies = self.proxies.hosts()
