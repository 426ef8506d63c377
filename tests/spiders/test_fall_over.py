"""A site whose feed fails is read by its sitemap and its section page, and tells nothing twice."""

from __future__ import annotations

from loopback import newsfaults as faults
from loopback import newstexts as texts
from loopback.crawlworker import Worker, until
from loopback.newsweb import NewsWeb

LISTINGS = {
    "/feed": (faults.status(404), texts.ALEPPO),
    "/news.xml": (faults.status(403), texts.TRAIN),
    "/latest": (faults.status(500), texts.HARVEST),
}


def test_each_source_in_turn_may_fail_and_every_story_is_told_once(
    worker: Worker, web: NewsWeb
) -> None:
    outlet = web.outlet("falling", "المتنقل")
    outlet.write_seed(
        worker.seeds, sitemaps=[outlet.url("/news.xml")], pages=[outlet.url("/latest")]
    )
    worker.reload()
    for path in LISTINGS:
        until(lambda path=path: worker.polled(outlet.url(path)))
    pages, told = [], []
    for failing, (answer, story) in LISTINGS.items():
        outlet.answers = {failing: answer}
        pages.append(outlet.publish(*story).path)
        until(lambda: outlet.asked(pages[-1]))
        for path in LISTINGS:  # until each has had its say
            asked = len(outlet.asked(path))
            until(lambda path=path, asked=asked: len(outlet.asked(path)) > asked)
        told += [owed.card.url for owed in worker.owed(outlet)]
    assert sorted(told) == [outlet.url(path) for path in pages[:2]]  # of the third nobody asked
    assert [len(outlet.asked(path)) for path in pages] == [1, 1, 1]
