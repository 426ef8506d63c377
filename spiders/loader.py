"""Shows Scrapy one spider per active seed: `scrapy list`, `scrapy crawl rt_arabic`."""

from __future__ import annotations

import builtins
import logging
from pathlib import Path
from typing import Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from spiders.addresses import is_own
from spiders.sites import Site, load

log = logging.getLogger(__name__)


class SiteLoader:
    """Scrapy's SPIDER_LOADER_CLASS over a folder of seeds; bad seeds are logged, one line each."""

    def __init__(self, seeds: Path) -> None:
        sites = load(seeds)
        for error in sites.errors:
            log.warning("%s", error)
        self._sites: dict[str, Site] = {site.id: site for site in sites.active()}

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Scrapy's way to make one."""
        return cls(Path(settings["MUNADI_SEEDS"]))

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of one site; KeyError names the seed to write."""
        from spiders.news import NewsSpider  # noqa: PLC0415 - `scrapy list` needs no crawl

        if spider_name not in self._sites:
            raise KeyError(f"no active seed sites/{spider_name}.toml; `scrapy list` shows them")
        return type(spider_name, (NewsSpider,), {"name": spider_name, "only": (spider_name,)})

    def list(self) -> list[str]:
        """The ids of the active sites."""
        return builtins.list(self._sites)

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """The sites on whose hosts an address stands."""
        return [site.id for site in self._sites.values() if is_own(site, request.url)]
