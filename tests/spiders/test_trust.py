"""A server whose 304 hides news is found out, believed no more, and given another chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from loopback import newstexts as texts
from loopback.crawlworker import Worker, until
from loopback.newslistings import rss
from loopback.newsweb import NewsWeb, Outlet, Seen

from storage.audits import Audit
from storage.store import Store

DAY = timedelta(days=1)


@pytest.fixture
def outlet(own_worker: Worker) -> Iterator[Outlet]:
    """An outlet whose feed was polled and has answered 304."""
    with NewsWeb() as web:
        outlet = web.outlet("minbar", "المنبر")
        outlet.publish(*texts.HARVEST)
        outlet.write_seed(own_worker.seeds)
        own_worker.reload()
        until(lambda: [seen.status for seen in outlet.asked("/feed")].count(304) >= 2)
        yield outlet


def audited(worker: Worker, outlet: Outlet, ago: timedelta, **more: datetime) -> list[Seen]:
    """Let the last audit be so long ago, start the worker anew, and list what it asks from then."""
    worker.stop()
    before = len(outlet.asked("/feed"))
    with Store(worker.database) as store:
        audit = Audit(audited_at=datetime.now(UTC) - ago, **more)
        store.audits.write(outlet.url("/feed"), audit)
    worker.start()
    until(lambda: len(outlet.asked("/feed")) >= before + 5)
    return outlet.asked("/feed")[before:]


def conditional(polls: list[Seen]) -> list[bool]:
    return ["if-none-match" in seen.headers for seen in polls[:5]]


def last_audit(worker: Worker, outlet: Outlet) -> Audit:
    with Store(worker.database) as store:
        return store.audits.known()[outlet.url("/feed")]


def test_an_honest_source_is_tested_once_a_day(own_worker: Worker, outlet: Outlet) -> None:
    asked = audited(own_worker, outlet, 2 * DAY)
    assert conditional(asked) == [True, False, True, True, True]
    assert [seen.status for seen in asked[:2]] == [304, 200]
    assert last_audit(own_worker, outlet).distrusted_until is None
    assert conditional(audited(own_worker, outlet, DAY / 2)) == [True] * 5
    outlet.assert_polite()


def test_a_304_that_hides_news_is_believed_no_more(own_worker: Worker, outlet: Outlet) -> None:
    lie = outlet.asked("/feed")[-1].headers["if-none-match"]
    outlet.answers["/feed"] = lambda: replace(rss(outlet), etag=lie)
    outlet.publish(*texts.LIBRARY)
    assert conditional(audited(own_worker, outlet, 2 * DAY)) == [True, False, False, False, False]
    until(lambda: own_worker.articles("مكتبة متنقلة", outlet))
    assert len(own_worker.logged("its 304 hid 1 articles")) == 1
    until_when = last_audit(own_worker, outlet).distrusted_until
    assert until_when is not None
    assert until_when - datetime.now(UTC) > 6 * DAY
    outlet.publish(*texts.BRIDGE)
    until(lambda: own_worker.articles("الجسر المعلق", outlet))

    week_over = {"distrusted_until": datetime.now(UTC) - DAY}
    asked = audited(own_worker, outlet, 8 * DAY, **week_over)
    assert conditional(asked) == [True, False, True, True, True], "nothing was hidden this time"
    assert last_audit(own_worker, outlet).distrusted_until is None
