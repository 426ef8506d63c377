"""The crawl worker against a strict news web: what it asks for, what it records, what it owes."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

from loopback import newstexts as texts
from loopback.crawlworker import Worker, until
from loopback.newslistings import Answer, sitemap
from loopback.newsweb import NewsWeb, Outlet


def watch(worker: Worker, outlet: Outlet, **seed: object) -> None:
    """Give the worker the outlet's seed and wait for the first round."""
    outlet.write_seed(worker.seeds, **seed)
    worker.reload()
    until(lambda: worker.polled(outlet.seed(**seed)["feeds"][0]))


def test_the_first_round_records_and_the_next_article_alerts(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("first", "المنبر")
    outlet.publish(*texts.HARVEST)
    watch(worker, outlet)
    (old,) = until(lambda: worker.articles("موسم القطاف", outlet))
    assert old.url == outlet.url("/news/1"), "the tracking parameter is gone"
    assert worker.owed(outlet) == []

    outlet.publish(*texts.TRAIN)
    (alert,) = until(lambda: worker.owed(outlet))
    assert alert.card.title == texts.TRAIN[0]
    assert alert.card.outlet == "المنبر"
    assert alert.card.url == outlet.url("/news/2")
    assert alert.card.text.split("\n\n") == list(texts.TRAIN[1:])

    until(lambda: [seen.status for seen in outlet.asked("/feed")].count(304) >= 2)
    assert len(outlet.asked("/news/1")) == len(outlet.asked("/news/2")) == 1
    outlet.assert_polite()


def test_atom_sitemaps_and_section_pages_are_read_too(worker: Worker, web: NewsWeb) -> None:
    atom, maps, page = web.outlet("atom", "a"), web.outlet("maps", "b"), web.outlet("page", "c")
    atom.publish(*texts.LIBRARY)
    maps.publish(*texts.BRIDGE)
    page.publish(*texts.OBSERVATORY)
    packed = gzip.compress(sitemap(maps).body)
    maps.answers["/news.xml"] = Answer(packed, "text/plain")
    watch(worker, atom, feeds=[atom.url("/atom")])
    maps.write_seed(worker.seeds, feeds=[], sitemaps=[maps.url("/news.xml")])
    page.write_seed(worker.seeds, feeds=[], pages=[page.url("/latest")])
    worker.reload()
    for words, shown in (("مكتبة متنقلة", atom), ("الجسر المعلق", maps), ("مذنبا", page)):
        (found,) = until(lambda words=words, shown=shown: worker.articles(words, shown))
        assert found.url == shown.url("/news/1")
        shown.assert_polite()


def test_one_article_under_many_addresses_is_fetched_once(worker: Worker, web: NewsWeb) -> None:
    outlet, sister = web.outlet("many", "البيدر"), web.outlet("sister", "مرآة البيدر")
    article = outlet.publish(*texts.FERRY, path="/news/77")
    items = "".join(
        f"<item><title>{article.title}</title><link>{link}</link></item>"
        for link in (
            outlet.url("/news/77?utm_source=x&fbclid=y#z"),
            outlet.url("/news/77/amp"),
            outlet.url("/amp/news/77"),
            sister.url("/news/77"),
        )
    )
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    outlet.answers["/feed"] = Answer(feed.encode(), "application/rss+xml")
    watch(worker, outlet, hosts=[sister.host], identity=r"^/news/(\d+)")
    until(lambda: worker.articles("عبارة جديدة", outlet))
    assert len(outlet.asked("/news/77")) == 1
    assert [seen.path for seen in outlet.seen if "amp" in seen.path] == []
    assert sister.seen == []


def test_a_changed_listing_is_read_again_as_the_same_article(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("changing", "السنبلة")
    watch(worker, outlet)
    story = outlet.publish(
        "وفاة ثلاثة في انهيار منجم للملح",
        "أعلنت فرق الإنقاذ وفاة ثلاثة عمال في انهيار منجم للملح شرق البلاد، وقال الناطق باسمها إن "
        "البحث عن آخرين مستمر تحت الأنقاض.",
        "وفتحت النيابة تحقيقا في أسباب الانهيار الذي وقع مع تبدل وردية العمل عند الفجر.",
    )
    until(lambda: worker.articles("منجم للملح", outlet))
    story.title = story.title.replace("ثلاثة", "خمسة")
    story.paragraphs[0] = story.paragraphs[0].replace("ثلاثة", "خمسة")
    until(lambda: "خمسة" in worker.articles("منجم للملح", outlet)[0].title)
    assert len(worker.articles("منجم للملح", outlet)) == 1
    assert len(outlet.asked("/news/1")) == 2


def test_a_listing_that_only_dates_itself_anew_tells_nothing(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("dated", "الساعة")
    outlet.publish(*texts.BRIDGE)
    item = f"<item><title>{texts.BRIDGE[0]}</title><link>/news/1</link></item>"

    def serve(minute: int) -> None:
        built = f"<lastBuildDate>Tue, 03 Mar 2026 10:0{minute}:00 GMT</lastBuildDate>"
        feed = f"<rss version='2.0'><channel>{built}{item}</channel></rss>".encode()
        outlet.answers["/feed"] = Answer(feed, "application/rss+xml", etag=f'"at-{minute}"')

    def is_known(minute: int) -> bool:
        last = outlet.asked("/feed")[-1]
        return last.headers.get("if-none-match") == f'"at-{minute}"' and last.status == 304

    serve(0)
    watch(worker, outlet)
    for minute in range(1, 3):
        serve(minute)
        until(lambda minute=minute: is_known(minute))
    assert len(outlet.asked("/news/1")) == 1
    outlet.answers.pop("/feed")
    outlet.publish(*texts.TRAIN)
    until(lambda: outlet.asked("/news/2"))


def test_what_is_older_than_the_seed_allows_does_not_alert(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("old", "الدفتر")
    watch(worker, outlet, max_age_hours=6)
    title = "ترميم قلعة حلب يدخل عامه الثالث"
    outlet.publish(
        title,
        "دخل ترميم قلعة حلب عامه الثالث، وقال المشرفون عليه إن الأسوار الشمالية في حلب ستفتح "
        "للزوار في الربيع بعد تدعيم أبراجها.",
        published=datetime.now(UTC) - timedelta(hours=7),
    )
    until(lambda: worker.articles("ترميم قلعة", outlet))
    assert worker.owed(outlet) == []


def test_a_page_in_windows_1256_is_read(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("arabic1256", "القرطاس")
    watch(worker, outlet)
    outlet.publish(
        "متحف صغير للطوابع يفتح أبوابه في دكان قديم",
        "فتح متحف صغير للطوابع أبوابه في دكان قديم وسط المدينة، وجمع صاحبه ثلاثة آلاف طابع خلال "
        "نصف قرن من المراسلات مع هواة في أربعين بلدا.",
        charset="windows-1256",
    )
    (found,) = until(lambda: worker.articles("متحف صغير للطوابع", outlet))
    assert found.title == "متحف صغير للطوابع يفتح أبوابه في دكان قديم"


def test_robots_txt_is_obeyed(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("robots", "الحارس")
    outlet.robots = "User-agent: munadi\nDisallow: /news/1\nCrawl-delay: 0.4\n"
    outlet.publish(*texts.HARVEST)
    outlet.publish("عرض مسرحي للعرائس في الحديقة", *texts.LIBRARY[1:])
    watch(worker, outlet)
    until(lambda: worker.logged("robots.txt forbids it"))
    until(lambda: outlet.asked("/news/2") and len(outlet.asked("/feed")) > 2)
    assert outlet.asked("/news/1") == []
    assert len(outlet.asked("/robots.txt")) == 1
    outlet.assert_polite(delay_seconds=0.4)


def test_the_delay_of_the_seed_is_kept(worker: Worker, web: NewsWeb) -> None:
    outlet = web.outlet("delay", "المهل")
    for number in range(4):
        outlet.publish(f"خبر رقم {number} عن سباق القوارب", *texts.FERRY[1:])
    poll = {"min_seconds": 0.3, "max_seconds": 1, "delay_seconds": 0.25}
    watch(worker, outlet, poll=poll)
    until(lambda: all(outlet.asked(story.path) for story in outlet.stories))
    outlet.assert_polite(delay_seconds=0.25)


def test_a_site_that_leaves_the_seeds_is_asked_no_more(worker: Worker, web: NewsWeb) -> None:
    outlet, other = web.outlet("leaving", "الرحيل"), web.outlet("staying", "البقاء")
    watch(worker, outlet)
    watch(worker, other)
    (worker.seeds / "sites" / "leaving.toml").unlink()
    (worker.seeds / "sites" / "broken.toml").write_text("name = ", encoding="utf-8")
    worker.reload()
    until(lambda: worker.source(outlet.url("/feed")) is None)
    asked, polls = len(outlet.asked("/feed")), len(other.asked("/feed"))
    until(lambda: len(other.asked("/feed")) > polls + 2)
    assert len(outlet.asked("/feed")) <= asked + 1, "at most what was under way"
    assert len(worker.logged("sites/broken.toml: not TOML")) == 1
    (worker.seeds / "sites" / "broken.toml").unlink()
