"""Feeds that list their archive again, with new ids, times or addresses: no flood, no loss."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count

from loopback import newstexts as texts
from loopback.crawlworker import Worker, until
from loopback.newslistings import Answer
from loopback.newsweb import NewsWeb, Outlet, Story

NOW = datetime.now(UTC).replace(microsecond=0)
ARCHIVE = (texts.HARVEST, texts.LIBRARY, texts.BRIDGE, texts.OBSERVATORY, texts.FERRY, texts.ALEPPO)
_numbers = count()

# News of Aleppo, a piece for each alert of these tests: one that is like another would join it.
FRESH = {
    "newids": (
        "مخابز حلب تعود إلى العمل ليلا",
        "عادت مخابز حلب الآلية إلى العمل ليلا بعد وصول شحنة من الخميرة، وقال صاحب مخبز في حلب إن "
        "الطابور أمام نافذته قصر إلى النصف.",
    ),
    "oneid": (
        "فريق حلب لكرة السلة يتوج بطلا للمرة التاسعة",
        "توج فريق حلب لكرة السلة بطلا بعد مباراة حسمتها رمية ثلاثية في الثانية الأخيرة، واحتفل "
        "جمهوره في شوارع حلب حتى الفجر.",
    ),
    "redated": (
        "جامعة حلب تفتح قسما لترميم المخطوطات",
        "فتحت جامعة حلب قسما لترميم المخطوطات يتسع لعشرين طالبا، وتبرعت أسر من حلب بدفاتر عائلية "
        "ليتدرب عليها الدارسون.",
    ),
    "moved": (
        "حدائق حلب العامة تزرع ألف شجرة ليمون",
        "بدأت بلدية حلب زراعة ألف شجرة ليمون في الحدائق العامة، وسقى تلاميذ مدارس حلب الشتلات "
        "الأولى بأباريق صغيرة.",
    ),
    "nodate": (
        "مسرح حلب البلدي يرفع ستارته على كوميديا جديدة",
        "رفع مسرح حلب البلدي ستارته على كوميديا عن ساعي بريد ينسى العناوين، ونفدت تذاكر العرض "
        "الأول في حلب خلال ساعة.",
    ),
    "future": (
        "مطار حلب يستقبل أول رحلة شحن هذا الشهر",
        "استقبل مطار حلب طائرة شحن تحمل آلات نسيج، وأوضح مدير الجمارك في حلب أن التخليص استغرق "
        "يوما واحدا بدلا من أسبوع.",
    ),
    "epoch": (
        "أطباء حلب يجرون عملية قلب لرضيعة",
        "أجرى أطباء مستشفى حلب عملية قلب مفتوح لرضيعة عمرها أربعون يوما، وغادرت مع أمها إلى بيتهما "
        "في حلب بعد أسبوعين من النقاهة.",
    ),
    "zoneless": (
        "مياه حلب تعود إلى الأحياء الشرقية بضخ منتظم",
        "عادت المياه إلى أحياء حلب الشرقية بضخ منتظم كل يومين، وقال مهندس في مؤسسة مياه حلب إن "
        "مضختين جديدتين ركبتا عند النهر.",
    ),
    "words": (
        "صاغة حلب ينظمون معرضا للفضة القديمة",
        "نظم صاغة حلب معرضا للفضة القديمة في خان مسقوف، وعرض حرفي من حلب خلخالا ورثه عن جدته عمره "
        "مئة وخمسون عاما.",
    ),
}


def feed(
    outlet: Outlet,
    stories: Iterable[Story],
    date: Callable[[Story], str] = lambda story: format_datetime(story.published),
    guid: Callable[[Story], str] = lambda story: story.path,
) -> Answer:
    """A feed whose ids and times are given."""
    items = "".join(
        f"<item><title>{story.title}</title><link>{outlet.url(story.path)}</link>"
        f"<guid isPermaLink='false'>{guid(story)}</guid>"
        + (f"<pubDate>{told}</pubDate>" if (told := date(story)) else "")
        + "</item>"
        for story in stories
    )
    return Answer(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "text/xml")


def archive(worker: Worker, web: NewsWeb, key: str, **seed: object) -> Outlet:
    """An outlet whose old articles were read in its first round."""
    outlet = web.outlet(key, key)
    for at, (title, *paragraphs) in enumerate(ARCHIVE):
        words = [f"{paragraph} ({key})" for paragraph in paragraphs]  # no reprint of another test's
        told = NOW - timedelta(days=30, hours=at)
        outlet.publish(f"{title} {key}", *words, published=told)
    outlet.answers["/feed"] = feed(outlet, outlet.stories)
    outlet.write_seed(worker.seeds, **seed)
    worker.reload()
    until(lambda: len(asked_pages(outlet)) == len(ARCHIVE))
    until(lambda: worker.articles(key, outlet))
    assert worker.owed(outlet) == []
    return outlet


def asked_pages(outlet: Outlet) -> list[str]:
    return [seen.path for seen in outlet.seen if seen.path.startswith("/news/")]


def two_more_polls(outlet: Outlet) -> None:
    polls = len(outlet.asked("/feed"))
    until(lambda: len(outlet.asked("/feed")) >= polls + 2)


def told_as_news(worker: Worker, outlet: Outlet, key: str) -> str:
    """Publish an article of Aleppo: it alone alerts. Return its address."""
    story = outlet.publish(*FRESH[key])
    (alert,) = until(lambda: worker.owed(outlet))
    assert alert.card.url == outlet.url(story.path)
    return story.path


def test_new_ids_at_every_fetch_are_nothing_new(worker: Worker, web: NewsWeb) -> None:
    outlet = archive(worker, web, "newids")
    outlet.answers["/feed"] = lambda: feed(
        outlet, outlet.stories, guid=lambda _: f"id-{next(_numbers)}"
    )
    two_more_polls(outlet)
    assert len(asked_pages(outlet)) == len(ARCHIVE)
    told_as_news(worker, outlet, "newids")


def test_one_id_for_all_articles_hides_none(worker: Worker, web: NewsWeb) -> None:
    outlet = archive(worker, web, "oneid")
    outlet.answers["/feed"] = lambda: feed(outlet, outlet.stories, guid=lambda _: "1")
    told_as_news(worker, outlet, "oneid")


def test_an_archive_dated_anew_at_every_fetch_is_not_read_anew(
    worker: Worker, web: NewsWeb
) -> None:
    outlet = archive(worker, web, "redated")
    moment = count()
    outlet.answers["/feed"] = lambda: feed(
        outlet,
        outlet.stories,
        date=lambda _: format_datetime(datetime.now(UTC) + timedelta(seconds=next(moment))),
    )
    two_more_polls(outlet)
    assert len(asked_pages(outlet)) == len(ARCHIVE)
    assert worker.owed(outlet) == []
    told_as_news(worker, outlet, "redated")


def test_one_article_dated_anew_is_read_again(worker: Worker, web: NewsWeb) -> None:
    outlet = archive(worker, web, "corrected")
    corrected = outlet.stories[2]
    corrected.published += timedelta(minutes=1)
    outlet.answers["/feed"] = feed(outlet, outlet.stories)
    until(lambda: asked_pages(outlet).count(corrected.path) == 2)
    two_more_polls(outlet)
    assert len(asked_pages(outlet)) == len(ARCHIVE) + 1


def test_an_archive_under_new_addresses_alerts_nobody(worker: Worker, web: NewsWeb) -> None:
    outlet = archive(worker, web, "moved")
    for at, story in enumerate(outlet.stories):
        story.path = f"/news/9{at}"
    outlet.answers["/feed"] = feed(outlet, outlet.stories)
    until(lambda: len(asked_pages(outlet)) == 2 * len(ARCHIVE))
    two_more_polls(outlet)
    assert len(asked_pages(outlet)) == 2 * len(ARCHIVE)
    outlet.answers["/feed"] = lambda: feed(outlet, outlet.stories)
    told_as_news(worker, outlet, "moved")


def test_an_archive_under_new_addresses_and_times_alerts_nobody(
    worker: Worker, web: NewsWeb
) -> None:
    outlet = archive(worker, web, "movednow")
    for at, story in enumerate(outlet.stories):
        story.path, story.published = f"/news/9{at}", datetime.now(UTC).replace(microsecond=0)
    outlet.answers["/feed"] = feed(outlet, outlet.stories)
    until(lambda: len(asked_pages(outlet)) == 2 * len(ARCHIVE))
    two_more_polls(outlet)
    assert worker.owed(outlet) == []


def test_no_date_a_future_one_or_one_without_zone_hides_nothing(
    worker: Worker, web: NewsWeb
) -> None:
    dates = {
        "nodate": "",
        "future": "Fri, 01 Jan 2100 00:00:00 GMT",
        "epoch": "Thu, 01 Jan 1970 00:00:00 GMT",
        "zoneless": f"{NOW:%Y-%m-%d %H:%M:%S}",
        "words": "اليوم بعد الظهر",
    }
    for key, date in dates.items():
        outlet = archive(worker, web, key)
        outlet.answers["/feed"] = lambda outlet=outlet, date=date: feed(
            outlet,
            outlet.stories,
            date=lambda story, date=date: (
                date if story.path == "/news/7" else format_datetime(story.published)
            ),
        )
        assert told_as_news(worker, outlet, key) == "/news/7"
        two_more_polls(outlet)
        assert asked_pages(outlet).count("/news/7") == 1
        assert worker.owed(outlet) == []
