"""What may be fetched: the web, and of private hosts only those that a seed names."""

from __future__ import annotations

import pytest
from scrapy.resolver import dnscache
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from spiders.guard import Guard, GuardedResolver, is_private


@pytest.fixture
def guard(make_site) -> Guard:
    return Guard(
        [
            make_site(hosts=["mirror.example", "127.0.0.9:9000"]),
            make_site(
                home="http://127.0.0.1:8001/",
                feeds=["http://127.0.0.1:8002/feed", "http://press.local:8003/feed"],
            ),
        ]
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://www.minbar.example/news/7",
        "http://www.minbar.example/news/7",
        "https://anything.example/",
        "http://anything.example:8080/",
        "http://93.184.216.34/",
        "http://127.0.0.1:8001/a",
        "http://127.0.0.1:8002/a",
        "http://127.0.0.9:9000/a",
        "http://press.local:8003/a",
        "https://mirror.example:444/",
    ],
)
def test_the_web_and_named_hosts_may_be_asked(guard: Guard, url: str) -> None:
    assert guard.refusal(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:8003/",
        "http://127.0.0.9/",
        "http://127.0.0.2:8001/",
        "http://localhost:8001/",
        "http://LOCALHOST./",
        "http://x.localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]:8001/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1%25eth0]/",
        "http://10.1.2.3/",
        "http://192.168.0.1/router",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://press.local/",
        "http://press.local:22/",
        "https://www.minbar.example:22/",
        "ftp://www.minbar.example/",
        "file:///etc/passwd",
        "http:///news",
        "http://[::1/",
        "http://www.minbar.example:99999/",
    ],
)
def test_nobody_else_is_asked(guard: Guard, url: str) -> None:
    assert guard.refusal(url)


def test_seeds_that_go_take_their_hosts_with_them(guard: Guard, make_site) -> None:
    guard.name([make_site()])
    assert guard.refusal("http://127.0.0.1:8001/a") == "no seed names the private host 127.0.0.1"
    assert not guard.names("press.local")


def test_names_are_private_only_where_they_say_so() -> None:
    assert is_private("localhost")
    assert not is_private("localhost.example")
    assert not is_private("10.0.0.1.example")


@pytest.mark.parametrize(
    ("name", "address", "refused"),
    [
        ("rebound.example", "127.0.0.1", True),
        ("rebound.example", "10.0.0.8", True),
        ("fine.example", "93.184.216.34", False),
        ("press.local", "127.0.0.1", False),
    ],
)
def test_a_public_name_does_not_lead_to_a_private_address(
    guard: Guard, name: str, address: str, refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(dnscache, name, address)  # what DNS would answer
    resolver = GuardedResolver(None, 9, 1.0)  # type: ignore[arg-type]
    resolver.guard = guard
    answers: list[str | Failure] = []
    resolver.getHostByName(name).addBoth(answers.append)
    (answer,) = answers
    if refused:
        assert isinstance(answer, Failure)
        assert answer.check(DNSLookupError)
        assert guard.misled(f"http://{name}:81/x") == f"no seed names the private host {name}"
    else:
        assert answer == address
        assert guard.misled(f"http://{name}/") is None
