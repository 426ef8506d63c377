"""Nobody on the web may send the crawl to this machine or its neighbours.

Private and loopback addresses are fetched only where a seed names that exact host. The rule is
asked twice: of the address, before every request and on every hop of a redirect; and of what DNS
answers, so that a public name cannot lead to a private address.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from spiders.sites import Site, is_loopback

NAMES_MAX = 1_000  # names that led astray are remembered until their refusal is told
_PORTS = {"http": 80, "https": 443}


class Guard:
    """What the seeds name, and what may be fetched by that."""

    def __init__(self, sites: Iterable[Site] = ()) -> None:
        self._hosts: dict[str, set[int]] = {}  # named hosts and their ports; 0 stands for any
        self.proxies: set[str] = set()  # named by whoever runs this, for requests to go through
        self.private_names: set[str] = set()  # unnamed names that led to private addresses
        self.name(sites)

    def name(self, sites: Iterable[Site]) -> None:
        """Let these seeds, and no others, say which private hosts are meant."""
        self._hosts.clear()
        for site in sites:
            for url in (site.home, *(url for url, _ in site.sources)):
                parts = urlsplit(url)
                port = parts.port or _PORTS[parts.scheme]
                self._hosts.setdefault(parts.hostname or "", set()).add(port)
            for host in site.hosts:
                parts = urlsplit(f"//{host}")
                self._hosts.setdefault(parts.hostname or "", set()).add(parts.port or 0)

    def names(self, host: str) -> bool:
        """Whether a seed names this host, with whatever port."""
        return host.lower().rstrip(".") in self._hosts

    def refusal(self, url: str) -> str | None:
        """Why this address may not be fetched, None if it may."""
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError:
            return "not a web address"
        if parts.scheme not in _PORTS or not host:
            return "not a web address"
        port = port or _PORTS[parts.scheme]
        named = self._hosts.get(host)
        if named is None and host in self.proxies:
            return f"{host} is a proxy"
        if named is None:
            return f"no seed names the private host {host}" if is_private(host) else None
        if named & {0, port} or (not is_private(host) and named | {port} <= {80, 443}):
            return None
        return f"no seed names port {port} of {host}"

    def suspect(self, name: str) -> None:
        """Remember that a public name led to a private address."""
        if len(self.private_names) >= NAMES_MAX:
            self.private_names.clear()
        self.private_names.add(name)

    def misled(self, url: str) -> str | None:
        """Why an address that did not resolve was refused, None if it was not the guard's doing."""
        host = (urlsplit(url).hostname or "").rstrip(".")
        return f"no seed names the private host {host}" if host in self.private_names else None


def is_private(host: str) -> bool:
    """Whether a host, a name or an address, belongs to this machine or a network of its own.

    Names are taken at their word: what they resolve to is the resolver's matter.
    """
    if is_loopback(host):
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address.sixtofour or address
    return not address.is_global or address.is_multicast


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, which refuses private addresses behind names that no seed names."""

    guard: Guard

    def getHostByName(  # noqa: N802 - Twisted's name
        self, name: str, timeout: Any = ()
    ) -> Deferred[str]:
        """The address of `name`; fails with DNSLookupError where the guard refuses it."""

        def check(address: str) -> str:
            if is_private(address) and not self.guard.names(name) | (name in self.guard.proxies):
                self.guard.suspect(name)
                raise DNSLookupError(f"{name} leads to the private address {address}")
            return address

        return super().getHostByName(name, timeout).addCallback(check)


class Refused(IgnoreRequest):
    """The guard let a request go nowhere; the message says why."""


class GuardMiddleware:
    """Asks the guard before every request, robots.txt and each hop of a redirect included."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one; the spider brings the guard."""
        return cls(crawler.spider.room.guard)  # type: ignore[union-attr]

    def process_request(self, request: Request) -> None:
        """Raise `Refused` for what may not be fetched."""
        if reason := self.guard.refusal(request.url):
            raise Refused(reason)
