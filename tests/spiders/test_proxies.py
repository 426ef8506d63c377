"""Requests go by the proxy that is named for them, as politely, and its password goes nowhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

import pytest
from loopback import newsfaults as faults
from loopback import newstexts as texts
from loopback.crawlworker import Worker, until
from loopback.newsweb import NewsWeb, Outlet
from loopback.proxy import Proxy

from spiders.errors import SeedError
from spiders.proxyaddress import proxy_of
from spiders.sites import read

PASSWORD = "p@ss:word"
SECRET = "Basic " + b64encode(f"reader:{PASSWORD}".encode()).decode()


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with Proxy() as proxy:
        yield proxy


def address(proxy: Proxy) -> str:
    return f"http://reader:p%40ss%3Aword@{proxy.host}"


def watch(worker: Worker, outlet: Outlet, **seed: object) -> None:
    outlet.write_seed(worker.seeds, **seed)
    worker.reload()


def test_a_site_goes_by_its_own_proxy_and_no_other_does(
    worker: Worker, web: NewsWeb, proxy: Proxy
) -> None:
    outlet, direct = web.outlet("proxied", "الوسيط"), web.outlet("direct", "المباشر")
    outlet.publish(*texts.HARVEST)
    outlet.publish("إلى مكان آخر", "نص", path="/news/2")
    outlet.answers["/news/2"] = faults.redirect(direct.url("/news/1"))
    direct.publish(*texts.LIBRARY)
    watch(worker, direct)
    poll = {"min_seconds": 0.3, "max_seconds": 1.2, "delay_seconds": 0.2}
    watch(worker, outlet, proxy=address(proxy), poll=poll)
    until(lambda: worker.articles("موسم القطاف", outlet))
    until(lambda: worker.logged(outlet.url("/news/2"), "redirected"))
    until(lambda: [seen for seen in outlet.asked("/feed") if seen.status == 304])
    until(lambda: worker.articles("مكتبة متنقلة", direct))
    own = [outlet.url(path) for path in ("/robots.txt", "/feed", "/news/1", "/news/2")]
    assert {target for target in proxy.targets() if outlet.home in target} == set(own)
    passed = {(one.authorization, outlet.home in one.target) for one in proxy.passed}
    assert (SECRET, True) in passed
    assert (None, True) not in passed
    assert not [target for target in proxy.targets() if direct.url("/feed") == target]
    for seen in outlet.seen + direct.seen:
        assert "proxy-authorization" not in seen.headers
    outlet.assert_polite(delay_seconds=0.2)
    for secret in (PASSWORD, "p%40ss", SECRET.split()[1]):
        assert not worker.logged(secret)


def test_nobody_is_sent_by_a_proxy_to_a_host_that_no_seed_names(
    worker: Worker, web: NewsWeb, proxy: Proxy
) -> None:
    outlet, secret = web.outlet("lured", "المخدوع"), web.outlet("hidden", "السر")
    for number, home in enumerate((secret.home, f"http://{proxy.host}/"), 1):
        outlet.answers[f"/news/{number}"] = faults.redirect(f"{home}news/1")
        outlet.publish("تحويل إلى مكان آخر", "نص", path=f"/news/{number}")
    watch(worker, outlet, proxy=address(proxy))
    for number in (1, 2):
        page = outlet.url(f"/news/{number}")
        until(lambda page=page: worker.logged(f"{page}: no seed names"))
    assert secret.seen == []
    assert all(outlet.home in target for target in proxy.targets())


def test_a_name_is_resolved_by_the_proxy(worker: Worker, web: NewsWeb, proxy: Proxy) -> None:
    """What the name leads to is for the proxy to judge: the guard does not hear of it."""
    outlet = web.outlet("faraway", "البعيد")
    outlet.publish(*texts.OBSERVATORY)
    proxy.names["faraway.invalid"] = outlet.host
    feed = "http://faraway.invalid/feed"
    items = outlet.answer("/feed").body.replace(outlet.home.encode(), b"http://faraway.invalid/")
    outlet.answers["/feed"] = faults.Answer(items, "application/rss+xml")
    watch(
        worker,
        outlet,
        home="http://faraway.invalid/",
        feeds=[feed],
        poll={"min_seconds": 60.0, "delay_seconds": 0.1},
        proxy=address(proxy),
    )
    until(lambda: worker.polled(feed))
    until(lambda: "http://faraway.invalid/news/1" in proxy.targets())


def test_a_proxy_that_is_down_is_a_reason(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("cut_off", "المنقطع")
    with Proxy() as closed:
        gone = address(closed)
    watch(worker, outlet, proxy=gone)
    reason = f"robots.txt: its proxy http://{closed.host}: nobody listens there"
    assert worker.failure(outlet.url("/feed")) == reason
    assert outlet.seen == []


def test_a_proxy_that_refuses_us_is_told_from_a_site_that_does(
    worker: Worker, web: NewsWeb, proxy: Proxy
) -> None:
    outlet = web.outlet("unpaid", "المحجوب")
    proxy.wanted = "Basic another"
    watch(worker, outlet, proxy=address(proxy))
    said = f"robots.txt: its proxy http://{proxy.host} refuses us (HTTP 407)"
    assert worker.failure(outlet.url("/feed")) == f"{said}: check name and password"
    assert outlet.seen == []
    assert not worker.logged(PASSWORD)


def test_what_is_no_proxy_is_refused_without_repeating_it(web: NewsWeb, worker: Worker) -> None:
    outlet = web.outlet("mistyped", "المنبر")
    file = outlet.write_seed(worker.seeds, proxy="socks5://reader:password@host")
    with pytest.raises(SeedError, match=r"mistyped.toml: proxy: not the address of a proxy") as bad:
        read(file)
    assert "password" not in str(bad.value).replace("name:password@host:3128", "")
    for wrong in ("host:3128", "https://host", "http://", "http://host:99999", "http://h ost"):
        with pytest.raises(ValueError, match="not the address of a proxy"):
            proxy_of(wrong)
    assert proxy_of("http://[::1]:3128").address == "http://[::1]:3128"
    assert proxy_of("http://host").address == "http://host:80"
