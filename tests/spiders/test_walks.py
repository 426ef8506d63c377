"""Indexes of sitemaps, polled by the worker: only the newest maps, only when they changed."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

from loopback import newstexts as texts
from loopback.crawlworker import Worker, until
from loopback.newsfaults import status
from loopback.newslistings import Answer
from loopback.newsmaps import daily_map, day_path, index
from loopback.newsweb import NewsWeb, Outlet

NOW = datetime.now(UTC).replace(microsecond=0)
DAYS = [NOW - timedelta(days=back) for back in range(40)]


class Maps:
    """An outlet whose index names a map for each of forty days; a day's lastmod can be moved."""

    def __init__(self, outlet: Outlet) -> None:
        self.outlet = outlet
        self.moved = {0: NOW}
        for day in DAYS:
            outlet.answers[day_path(day)] = daily_map(outlet, [])
        self.publish()

    def publish(self) -> None:
        """Write today's map anew, and the index with it."""
        outlet = self.outlet
        outlet.answers[day_path(NOW)] = daily_map(outlet, outlet.stories)
        places = [
            (day_path(day), self.moved.get(back, day).isoformat()) for back, day in enumerate(DAYS)
        ]
        outlet.answers["/maps.xml"] = index(outlet, *reversed(places))

    def asked(self) -> list[str]:
        return [seen.path for seen in self.outlet.seen if seen.path.startswith("/maps/")]


def watch(worker: Worker, outlet: Outlet, path: str = "/maps.xml") -> str:
    url = outlet.url(path)
    outlet.write_seed(worker.seeds, feeds=[], sitemaps=[url])
    worker.reload()
    until(lambda: worker.polled(url))
    return url


def test_the_newest_maps_of_an_index_are_read_and_then_the_changed_one(
    worker: Worker, web: NewsWeb
) -> None:
    outlet = web.outlet("daily", "اليومية")
    outlet.publish(*texts.HARVEST)
    maps = Maps(outlet)
    watch(worker, outlet)
    assert maps.asked() == [day_path(day) for day in DAYS[:3]]
    until(lambda: worker.articles("موسم القطاف", outlet))
    assert worker.owed(outlet) == []

    outlet.publish(*texts.TRAIN)
    maps.moved[0] = NOW + timedelta(minutes=5)
    maps.publish()
    (alert,) = until(lambda: worker.owed(outlet))
    assert alert.card.url == outlet.url("/news/2"), "a map that grew alerts"
    assert maps.asked()[3:] == [day_path(NOW)], "what did not change was not asked again"

    polls = len(outlet.asked("/maps.xml"))
    until(lambda: len(outlet.asked("/maps.xml")) >= polls + 3)
    assert [seen.status for seen in outlet.asked("/maps.xml")].count(304) >= 3
    assert len(maps.asked()) == 4
    outlet.assert_polite()


def test_an_old_map_that_is_edited_brings_no_flood(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("edited", "المنقحة")
    maps = Maps(outlet)
    watch(worker, outlet)
    maps.moved[30] = NOW + timedelta(hours=1)
    maps.publish()
    polls = len(outlet.asked("/maps.xml"))
    until(lambda: len(outlet.asked("/maps.xml")) >= polls + 2)
    assert day_path(DAYS[30]) not in maps.asked()


def test_maps_without_lastmod_are_asked_conditionally(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("undated", "غير المؤرخة")
    outlet.publish(*texts.FERRY)
    outlet.answers["/maps.xml"] = index(outlet, ("/news-1.xml", None))
    outlet.answers["/news-1.xml"] = lambda: packed(daily_map(outlet, outlet.stories))
    watch(worker, outlet)
    until(lambda: [seen.status for seen in outlet.asked("/news-1.xml")].count(304) >= 2)
    outlet.publish(*texts.BRIDGE)
    (found,) = until(lambda: worker.articles("الجسر المعلق", outlet))
    assert found.url == outlet.url("/news/2")


def packed(answer: Answer) -> Answer:
    """A map as a gzip file that nothing says is one."""
    return Answer(gzip.compress(answer.body, mtime=0), "application/octet-stream")


def test_indexes_that_contain_themselves_or_each_other_end(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("circle", "الدائرة")
    outlet.publish(*texts.LIBRARY)
    outlet.answers["/maps.xml"] = index(outlet, ("/maps.xml", None), ("/other.xml", None))
    outlet.answers["/other.xml"] = index(
        outlet, ("/maps.xml", None), ("/other.xml", None), ("/leaf.xml", None)
    )
    outlet.answers["/leaf.xml"] = daily_map(outlet, outlet.stories)
    watch(worker, outlet)
    assert len(outlet.asked("/other.xml")) == len(outlet.asked("/maps.xml"))
    until(lambda: worker.articles("مكتبة متنقلة", outlet))
    outlet.assert_polite()


def test_an_index_of_nothing_but_indexes_is_bounded(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("deep", "العميقة")
    outlet.answers["*"] = lambda: index(
        outlet, *((f"/{len(outlet.seen)}-{n}.xml", None) for n in range(50))
    )
    watch(worker, outlet)
    assert len([seen for seen in outlet.seen if seen.path.endswith("-0.xml")]) <= 6


def test_a_map_that_fails_is_asked_again_and_the_others_are_read(
    worker: Worker, web: NewsWeb
) -> None:
    outlet = web.outlet("halffailed", "النصف")
    outlet.publish(*texts.OBSERVATORY)
    maps = Maps(outlet)
    outlet.answers[day_path(DAYS[1])] = status(500)
    watch(worker, outlet)
    until(lambda: worker.articles("مذنبا", outlet))
    until(lambda: maps.asked().count(day_path(DAYS[1])) >= 2)
    outlet.answers[day_path(DAYS[1])] = daily_map(outlet, [])
    asked = until(lambda: [s for s in outlet.asked(day_path(DAYS[1])) if s.status == 200])
    assert len(asked) == 1
    assert maps.asked().count(day_path(NOW)) == 1


def test_an_index_whose_maps_all_fail_is_a_failing_source(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("allfailed", "الفاشلة")
    outlet.answers["/maps.xml"] = index(outlet, ("/a.xml", None))
    outlet.write_seed(worker.seeds, feeds=[], sitemaps=[outlet.url("/maps.xml")])
    worker.reload()
    assert "404" in worker.failure(outlet.url("/maps.xml"))
