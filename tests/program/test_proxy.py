"""MUNADI_PROXY and MUNADI_CONTACT: how all requests of the service leave, and in whose name.

The proxy's password is seen by nobody else.
"""

from __future__ import annotations

from importlib.metadata import version

from loopback.newsweb import Outlet
from loopback.proxy import Proxy
from loopback.running import Start, wait_until


def test_the_whole_crawl_goes_by_the_proxy_in_the_operators_name(
    start: Start, outlet: Outlet
) -> None:
    with Proxy() as proxy:
        running = start(
            *("--roles", "crawl", "--verbose"),
            MUNADI_PROXY=f"http://me:hush-hush@{proxy.host}/",
            MUNADI_CONTACT="desk@paper.example",
        )
        running.until_ready()
        wait_until(lambda: outlet.asked("/news/1"))
        assert "hush-hush" not in " ".join(running.worker().cmdline())
        assert running.stop()[0] == 0
        asked = {outlet.url(seen.path) for seen in outlet.seen}
        assert asked <= set(proxy.targets())
        assert len(proxy.passed) >= len(outlet.seen)
        named = {seen.headers["user-agent"] for seen in outlet.seen}
        assert named == {f"munadi/{version('munadi')} (+desk@paper.example)"}
    assert "hush-hush" not in running.log
    assert "bWU6aHVzaC1odXNo" not in running.log, "nor as it is sent"


def test_a_mistyped_proxy_is_refused_without_its_password(start: Start, outlet: Outlet) -> None:
    running = start(MUNADI_PROXY="https://me:hush-hush@proxy.example")
    assert running.process.wait(60) == 1
    assert "MUNADI_PROXY: not the address of a proxy" in running.log
    assert "hush-hush" not in running.log
    assert outlet.seen == []
