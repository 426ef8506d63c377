"""robots.txt, whatever a host answers when it is asked for it (RFC 9309)."""

from __future__ import annotations

from functools import partial

from loopback import newsfaults as faults
from loopback import newstexts as texts
from loopback.crawlworker import Worker, until
from loopback.newslistings import Answer
from loopback.newsweb import NewsWeb, Outlet

RULE = b"User-agent: *\nDisallow: /news/1\n"


def read_all(worker: Worker, web: NewsWeb, key: str, robots: Answer | None = None) -> Outlet:
    """An outlet with this robots.txt and three articles, once its latest article was read."""
    outlet = web.outlet(f"robots_{key}", "الحارس")
    outlet.robots_answer = robots
    outlet.answers["/a/robots"] = Answer(RULE, "text/plain")
    outlet.publish("سباق القوارب يبدأ من الميناء القديم", *texts.FERRY[1:])
    outlet.publish("عرض مسرحي للعرائس في الحديقة", *texts.LIBRARY[1:])
    outlet.publish(*texts.BRIDGE)
    outlet.write_seed(worker.seeds)
    worker.reload()
    until(lambda: outlet.asked("/news/3") and outlet.asked("/news/2"))
    until(lambda: worker.articles("الجسر المعلق", outlet))
    return outlet


def test_only_the_beginning_of_an_endless_one_counts(worker: Worker, web: NewsWeb) -> None:
    filler = b"".join(b"Disallow: /old/%d\n" % number for number in range(300_000))
    for key, answer in (
        ("long", Answer(RULE + filler + b"Disallow: /news/2\n", "text/plain")),
        ("endless", Answer(pieces=lambda: iter([RULE, *[filler] * 8]))),
    ):
        assert len(filler) > 5 * 1024 * 1024
        outlet = read_all(worker, web, key, answer)
        assert outlet.asked("/news/1") == [], key
        assert len(outlet.asked("/robots.txt")) == 1


def test_up_to_five_redirects_are_followed(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("robots_moved", "المنتقل")
    for number in range(1, 5):
        outlet.answers[f"/moved/{number}"] = faults.redirect(f"/moved/{number + 1}")
    outlet.answers["/moved/5"] = Answer(RULE, "text/plain")
    outlet.robots_answer = faults.redirect("/moved/1")
    outlet.publish("سباق القوارب يبدأ من الميناء القديم", *texts.FERRY[1:])
    outlet.publish(*texts.BRIDGE)
    outlet.write_seed(worker.seeds)
    worker.reload()
    until(lambda: worker.articles("الجسر المعلق", outlet))
    until(lambda: worker.logged(outlet.url("/news/1"), "robots.txt forbids it"))
    assert outlet.asked("/news/1") == []


def test_where_there_is_none_everything_is_allowed(worker: Worker, web: NewsWeb) -> None:
    for key, answer in (
        ("missing", faults.status(404)),
        ("forbidden", faults.status(403)),
        ("circle", faults.redirect("/robots.txt")),
        ("page", Answer(b"<html><body>Disallow: /news/1</body></html>")),
    ):
        until(partial(read_all(worker, web, key, answer).asked, "/news/1"))
