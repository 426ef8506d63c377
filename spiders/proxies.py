"""Which proxy a request goes through: its site's, the one for all, or none.

A proxy's name and password are sent to it and stand nowhere else: not in an address that is
logged, not in an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError
from scrapy.http import Response

from spiders.answers import Unready, fault_in
from spiders.politeness import host_of
from spiders.proxyaddress import Proxy, proxy_of

if TYPE_CHECKING:
    from spiders.sites import Site


class Proxies:
    """The proxies that the seeds name, and the one for everything else."""

    def __init__(self, for_all: str | None = None) -> None:
        self._for_all = proxy_of(for_all) if for_all else None
        self._by_host: dict[str, Proxy] = {}
        self._by_site: dict[str, Proxy] = {}

    def name(self, sites: Iterable[Site]) -> None:
        """Take the proxies of these seeds and no others."""
        self._by_host.clear()
        self._by_site.clear()
        for site in sites:
            if not site.proxy:
                continue
            self._by_site[site.id] = proxy = proxy_of(site.proxy)
            urls = [site.home, *(url for url, _ in site.sources)]
            urls += [f"https://{host}/" for host in site.hosts]
            self._by_host.update((host_of(url), proxy) for url in urls)

    def of(self, request: Request) -> Proxy | None:
        """The proxy of the host that is asked, else of the site that it is asked for."""
        asked = request.cb_kwargs.get("source") or request.cb_kwargs.get("wanted")
        of_site = self._by_site.get(asked.site) if asked else None
        return self._by_host.get(host_of(request.url)) or of_site or self._for_all

    def hosts(self) -> set[str]:
        """The names of all of them."""
        used = {*self._by_site.values(), *([self._for_all] if self._for_all else [])}
        return {proxy.host for proxy in used}


_OF_A_PROXY = CannotResolveHostError, DownloadConnectionRefusedError  # it is all we connect to


class ProxyMiddleware:
    """Sends every request, robots.txt and each hop of a redirect too, by the proxy of its host.

    What is wrong with a proxy is said of it, and not of the site.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Name the proxy anew: a redirect brings along that of the host it comes from."""
        request.meta.pop("proxy", None)
        request.headers.pop("Proxy-Authorization", None)
        proxies: Proxies = self._crawler.spider.proxies  # type: ignore[union-attr]
        if proxy := proxies.of(request):
            request.meta["proxy"] = proxy.address
            if proxy.authorization:
                request.headers["Proxy-Authorization"] = proxy.authorization

    def process_response(self, request: Request, response: Response) -> Response:
        """A proxy that wants another password is no site that refuses us."""
        if response.status == 407 and (proxy := request.meta.get("proxy")):
            raise Unready(f"its proxy {proxy} refuses us (HTTP 407): check name and password")
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Name the proxy that could not be reached."""
        if isinstance(exception, _OF_A_PROXY) and (proxy := request.meta.get("proxy")):
            raise Unready(f"its proxy {proxy}: {fault_in(exception).reason}") from exception
