"""Whatever the web does: one clear reason, nothing lost, and the other outlets are read on time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from loopback import newsfaults as faults
from loopback import newstexts as texts
from loopback.crawlworker import Worker, until
from loopback.newslistings import Answer
from loopback.newsweb import NewsWeb, Outlet


def watch(worker: Worker, outlet: Outlet, **seed: object) -> str:
    """Give the worker the outlet's seed; return the address of its feed."""
    outlet.write_seed(worker.seeds, **seed)
    worker.reload()
    return outlet.url("/feed")


@pytest.mark.parametrize(
    ("key", "answer", "reason"),
    [
        ("html", faults.html_page(), "an HTML page instead of a feed"),
        ("broken", faults.broken_xml(), "broken XML"),
        ("gone", faults.status(404), "gone (HTTP 404)"),
        ("refused", faults.status(403), "refused (HTTP 403)"),
        ("failing", faults.status(500), "HTTP 500"),
        ("endless", faults.endless(), "larger than 5 MB"),
        ("bomb", faults.gzip_bomb, "larger than 5 MB"),
    ],
)
def test_a_feed_that_fails_has_a_reason_and_recovers(
    worker: Worker, web: NewsWeb, key: str, answer: Answer | Callable[[], Answer], reason: str
) -> None:
    outlet = web.outlet(f"feed_{key}", "المتعثر")
    outlet.answers["/feed"] = answer
    feed = watch(worker, outlet)
    assert reason in worker.failure(feed)
    del outlet.answers["/feed"]
    until(lambda: worker.polled(feed))
    source = worker.source(feed)
    assert source is not None
    assert (source.failures, source.last_reason) == (0, None)


def test_an_entity_bomb_does_not_go_off(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("entities", "القنبلة")
    outlet.answers["/feed"] = faults.entity_bomb()
    feed = watch(worker, outlet)
    until(lambda: worker.source(feed) and len(outlet.asked("/feed")) > 1)
    del outlet.answers["/feed"]
    until(lambda: worker.polled(feed))


@pytest.mark.parametrize("announced", [False, True])
def test_of_a_feed_of_eighty_megabytes_the_beginning_is_read(
    worker: Worker, web: NewsWeb, announced: bool
) -> None:
    outlet = web.outlet("longer" if announced else "long", "الطويل")
    outlet.answers["/feed"] = faults.long_feed(outlet, announced=announced)
    feed = watch(worker, outlet)
    until(lambda: worker.polled(feed))
    until(lambda: outlet.asked("/news/0"))
    del outlet.answers["/feed"]


def test_a_host_that_cannot_be_reached_has_a_reason(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("dead", "المنقطع")
    outlet.close()
    web.outlets.remove(outlet)
    assert worker.failure(watch(worker, outlet)) == "robots.txt: nobody listens there"
    feed = "http://no-such-host.invalid/feed"
    outlet.write_seed(worker.seeds, feeds=[feed], poll={})
    worker.reload()
    assert worker.failure(feed) == "robots.txt: no such host"
    (worker.seeds / "sites" / "dead.toml").unlink()


def test_a_host_whose_robots_txt_fails_is_not_asked_until_it_is_read(
    worker: Worker, web: NewsWeb
) -> None:
    outlet = web.outlet("norobots", "المتحفظ")
    outlet.robots_answer = faults.status(503)
    feed = watch(worker, outlet)
    assert worker.failure(feed) == "robots.txt: HTTP 503"
    assert outlet.asked("/feed") == []
    outlet.robots_answer = faults.status(404)
    until(lambda: worker.polled(feed))


def test_a_feed_backs_off_while_it_fails(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("backing", "المتراجع")
    outlet.answers["/feed"] = faults.status(500)
    poll = {"min_seconds": 0.2, "max_seconds": 0.2, "delay_seconds": 0.0}
    watch(worker, outlet, poll=poll)
    until(lambda: len(outlet.asked("/feed")) >= 9)
    asked = [seen.at for seen in outlet.asked("/feed")]
    gaps = [after - before for before, after in pairwise(asked)]
    for number, gap in enumerate(gaps, 1):
        assert gap >= 0.2 * 0.9 * 2 ** (number / 4)
    del outlet.answers["/feed"]
    until(lambda: worker.polled(outlet.url("/feed")))
    asked = len(outlet.asked("/feed"))
    until(lambda: len(outlet.asked("/feed")) > asked + 1, seconds=2)  # as if nothing had been


PAGES = {
    "/news/1": (faults.endless(), "larger than 5 MB"),
    "/news/2": (faults.announced(), "larger than 5 MB"),
    "/news/3": (faults.gzip_bomb, "larger than 5 MB"),
    "/news/4": (faults.redirect("/news/4"), "max redirections reached"),
    "/news/5": (faults.truncated(b"<html>" + b"a" * 9000), "cut short"),
    "/news/6": (faults.status(500), "HTTP 500"),
    "/news/7": (faults.status(410), "gone (HTTP 410)"),
    "/news/8": (faults.status(403), "refused (HTTP 403)"),
    "/news/9": (Answer(b"%PDF-1.7", "application/pdf"), "not an HTML page"),
    "/news/10": (Answer(b"\xff\xfe\x00" * 100, "text/html"), "not an HTML page"),
    "/news/11": (Answer(b""), "no text at all"),
    "/news/12": (Answer(f"<article><p>{texts.BRIDGE[1]}</p></article>".encode()), "no headline"),
    "/news/13": (Answer("<h1>عنوان بلا نص</h1>".encode()), "no article text"),
    "/news/14": (faults.redirect("/"), "redirected to the front page"),
}


def test_pages_that_fail_have_a_reason_each_and_the_others_are_read(
    worker: Worker, web: NewsWeb
) -> None:
    outlet = web.outlet("pages", "الصبور")
    # A server takes a moment to see that we hung up in the middle of its endless page.
    poll = {"min_seconds": 0.3, "max_seconds": 1.2, "delay_seconds": 0.2}
    feed = watch(worker, outlet, poll=poll)
    until(lambda: worker.polled(feed))
    outlet.answers.update({path: answer for path, (answer, _) in PAGES.items()})
    outlet.answers["/"] = Answer(b"<h1>front</h1>")
    for path in PAGES:
        outlet.publish(f"خبر من الصفحة {path}", "نص", path=path)
    outlet.publish(*texts.ALEPPO, path="/news/99")
    (alert,) = until(lambda: worker.owed(outlet))
    assert alert.card.url == outlet.url("/news/99")
    for path, (_, reason) in PAGES.items():
        until(lambda path=path: worker.logged(f"{outlet.url(path)}: "))
        assert worker.logged(f"{outlet.url(path)}: ", reason), worker.logged(outlet.url(path))
    polls = len(outlet.asked("/feed"))
    until(lambda: len(outlet.asked("/feed")) > polls + 2)
    for path in PAGES.keys() - {"/news/4"}:
        assert len(outlet.asked(path)) == 1, "a page that failed is not asked at once again"
    assert len(outlet.asked("/news/4")) <= 6
    assert outlet.peak == 1
    bugs = "\n".join(worker.log) if worker.logged("Traceback") else ""
    assert not bugs, "what the web does wrong is no bug of ours"


def test_a_page_with_the_wrong_charset_is_read_as_it_is(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("mislabelled", "الموسوم")
    feed = watch(worker, outlet)
    until(lambda: worker.polled(feed))
    story = outlet.publish(*texts.LIBRARY)
    outlet.answers["/news/1"] = faults.mislabelled(story.page(outlet).decode())
    (found,) = until(lambda: worker.articles("مكتبة متنقلة", outlet))
    assert found.title == texts.LIBRARY[0]


def test_nobody_is_sent_to_a_host_that_no_seed_names(worker: Worker, web: NewsWeb) -> None:
    outlet, secret = web.outlet("tricked", "المخدوع"), web.outlet("secret", "السر")
    port = secret.host.rpartition(":")[2]
    feed = watch(worker, outlet)
    until(lambda: worker.polled(feed))
    for number, to in enumerate(
        (secret.home, f"http://2130706433:{port}/", f"http://0:{port}/"), 1
    ):
        outlet.answers[f"/news/{number}"] = faults.redirect(f"{to}news/1")
        outlet.publish("تحويل إلى مكان آخر", "نص", path=f"/news/{number}")
    outlet.publish("رابط إلى مكان آخر", "نص", path=secret.url("/news/7").replace("http:", ""))
    outlet.publish(*texts.BRIDGE, path="/news/9")
    until(lambda: worker.articles("الجسر المعلق", outlet))
    for number in (1, 2, 3):
        page = outlet.url(f"/news/{number}")
        until(lambda page=page: worker.logged(f"{page}: "))
        assert worker.logged(f"{page}: no seed names"), worker.logged(page)
    assert secret.seen == []

    outlet.answers["/feed"] = faults.redirect(secret.url("/feed"))
    assert "no seed names the private host 127.0.0.1" in worker.failure(feed) or (
        f"no seed names port {port}" in worker.failure(feed)
    )
    assert secret.seen == []


def test_retry_after_is_waited_for(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("busy", "المشغول")
    outlet.answers["/feed"] = faults.status(429, Retry_After="2")
    feed = watch(worker, outlet)
    assert "asked to wait (HTTP 429)" in worker.failure(feed)
    del outlet.answers["/feed"]
    until(lambda: len(outlet.asked("/feed")) > 1)
    first, second = outlet.asked("/feed")[:2]
    assert second.at - first.at >= 2


def test_a_page_that_asks_to_wait_stops_all_requests_to_its_host(
    worker: Worker, web: NewsWeb
) -> None:
    outlet = web.outlet("resting", "المستريح")
    feed = watch(worker, outlet)
    until(lambda: worker.polled(feed))
    outlet.answers["/news/1"] = faults.status(503, Retry_After="2")
    outlet.publish(*texts.OBSERVATORY, path="/news/2")
    outlet.publish("صفحة مشغولة", "نص", path="/news/1")
    until(lambda: worker.articles("مذنبا", outlet))
    (busy,) = outlet.asked("/news/1")
    after = [seen for seen in outlet.seen if seen.at > busy.at]
    assert after[0].at - busy.at >= 2
