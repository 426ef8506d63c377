"""One request per host at a time, the most urgent first, and no host waits for another."""

from __future__ import annotations

from types import SimpleNamespace

from scrapy import Request
from scrapy.settings import Settings

from spiders.politeness import Delays, HostScheduler, host_of


def ask(path: str, priority: int = 0, host: str = "a.example") -> Request:
    return Request(f"https://{host}{path}", priority=priority)


def drain(scheduler: HostScheduler) -> list[str]:
    """What the scheduler hands out now."""
    handed = []
    while request := scheduler.next_request():
        handed.append(request.url.partition("//")[2])
    return handed


def test_http_and_https_of_a_name_are_one_host() -> None:
    assert host_of("http://A.example/x") == host_of("https://a.example:443/") == "a.example"
    assert host_of("http://a.example:8001/") == "a.example:8001"


def test_a_host_is_asked_one_thing_at_a_time_the_most_urgent_first() -> None:
    active: set[Request] = set()
    scheduler = HostScheduler(active.__contains__)
    requests = {path: ask(path, priority) for path, priority in (("/1", 0), ("/2", 9), ("/3", 9))}
    for request in requests.values():
        scheduler.enqueue_request(request)
    order = []
    while request := scheduler.next_request():
        active.add(request)
        order.append(request.url[-2:])
        assert scheduler.next_request() is None, "the host is being asked"
        active.clear()
    assert order == ["/2", "/3", "/1"]
    assert not scheduler.has_pending_requests()


def test_a_host_with_much_to_fetch_keeps_nobody_waiting() -> None:
    active: set[Request] = set()
    scheduler = HostScheduler(active.__contains__)
    for number in range(1000):
        scheduler.enqueue_request(ask(f"/{number}"))
    first = scheduler.next_request()
    assert first is not None
    active.add(first)
    for host in ("b.example", "c.example"):
        scheduler.enqueue_request(ask("/", host=host))
    assert drain(scheduler) == ["b.example/", "c.example/"]


def test_nothing_is_handed_out_while_enough_answers_wait_to_be_settled() -> None:
    asked, answered = set[Request](), set[Request]()
    crawler = SimpleNamespace(
        engine=SimpleNamespace(
            downloader=SimpleNamespace(active=asked),
            scraper=SimpleNamespace(slot=SimpleNamespace(active=answered)),
        ),
        settings=Settings({"CONCURRENT_REQUESTS": 3}),
    )
    scheduler = HostScheduler.from_crawler(crawler)
    for number in range(9):
        scheduler.enqueue_request(ask("/", host=f"{number}.example"))
    for _ in range(3):
        request = scheduler.next_request()
        assert request is not None
        answered.add(request)
    assert scheduler.next_request() is None
    assert scheduler.has_pending_requests()
    answered.pop()
    assert scheduler.next_request() is not None


def test_what_waits_for_a_host_can_be_dropped() -> None:
    scheduler = HostScheduler(lambda _: False)
    for path, priority in (("/1", 0), ("/2", 5)):
        scheduler.enqueue_request(ask(path, priority))
    scheduler.enqueue_request(ask("/", host="b.example"))
    assert [request.url[-2:] for request in scheduler.drop("a.example")] == ["/2", "/1"]
    assert scheduler.drop("a.example") == []
    assert drain(scheduler) == ["b.example/"]
    scheduler.enqueue_request(ask("/3"))
    assert drain(scheduler) == ["a.example/3"]


def test_delays_are_the_seeds_and_the_longest_asked_for(make_site) -> None:
    slots: dict[str, dict[str, object]] = {}
    delays = Delays(slots)
    slow = {"poll": {"delay_seconds": 3.0}}
    delays.name([make_site(hosts=["m.minbar.example"]), make_site(**slow)])
    assert delays.of("www.minbar.example") == 3.0
    assert delays.of("m.minbar.example") == 1.0
    assert delays.of("other.example") is None
    assert delays.obey("m.minbar.example", 20) == 20
    assert delays.obey("www.minbar.example", 0.5) == 3.0
    assert delays.obey("other.example", 1e9) == 300
    delays.name([make_site(hosts=["m.minbar.example"])])
    assert delays.of("m.minbar.example") == 20, "robots.txt still says so after a reload"
    assert slots["www.minbar.example"] == {"concurrency": 1, "delay": 1.0, "jitter": 0.0}
