"""What a source lists becomes links; whatever else it sends becomes a reason."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime

import pytest

from spiders.listing.discover import discover as read_listing
from spiders.listing.entries import MAX_LINKS, Listing, Unlisted

HOME = "https://www.minbar.example"

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>المنبر</title>
<item><title><![CDATA[فتح <b>معبر</b> نهري &amp; ممر بري]]></title>
  <link>{HOME}/news/3?utm_source=rss</link><pubDate>Tue, 03 Mar 2026 10:00:00 +0300</pubDate></item>
<item><title>عودة المدارس</title><link>/news/2/#comments</link></item>
<item><title>بلا رابط</title><guid isPermaLink="true">{HOME}/news/1</guid></item>
<item><title>مكرر</title><link>{HOME}/news/2/</link></item>
<item><title>صفحة ثابتة</title><link>{HOME}/about</link></item>
<item><title>إعلان</title><link>https://shop.example/news/9</link></item>
</channel></rss>"""


NOW = datetime(2026, 3, 4, tzinfo=UTC)


def discover(*asked, **more):
    return read_listing(*asked, now=NOW, **more)


def listed(found: Listing | Unlisted) -> Listing:
    assert isinstance(found, Listing), found
    return found


def reason(found: Listing | Unlisted) -> str:
    assert isinstance(found, Unlisted), found
    return found.reason


def test_a_feed_lists_its_articles_once_and_in_order(make_site) -> None:
    listing = listed(discover("feed", RSS.encode(), f"{HOME}/feed/", make_site()))
    assert [link.url for link in listing.links] == [
        f"{HOME}/news/3",
        f"{HOME}/news/2/",
        f"{HOME}/news/1",
    ]
    first, second, third = listing.links
    assert first.title == "فتح معبر نهري & ممر بري"
    assert first.published == datetime(2026, 3, 3, 7, tzinfo=UTC)
    assert first.modified == "Tue, 03 Mar 2026 10:00:00 +0300"
    assert (second.published, second.modified) == (None, None)
    assert third.title == "بلا رابط"
    assert listing.elsewhere == ["https://shop.example/news/9"]


def test_atom_links_are_resolved_where_the_feed_was_read(make_site) -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>خبر</title>
    <link href="../news/8?fbclid=a"/><updated>2026-03-03T10:00:00Z</updated></entry></feed>"""
    (link,) = listed(discover("feed", atom.encode(), f"{HOME}/feeds/all", make_site())).links
    assert link.url == f"{HOME}/news/8"
    assert link.modified == "2026-03-03T10:00:00Z"
    assert link.published == datetime(2026, 3, 3, 10, tzinfo=UTC)


def test_a_feed_in_windows_1256_is_read_by_its_declaration(make_site) -> None:
    xml = RSS.replace("utf-8", "windows-1256").encode("windows-1256")
    listing = listed(discover("feed", xml, HOME, make_site(), "text/xml"))
    assert listing.links[1].title == "عودة المدارس"


def test_a_feed_that_breaks_off_gives_what_it_has(make_site) -> None:
    broken = RSS[: RSS.index("<item><title>بلا")].encode()
    assert len(listed(discover("feed", broken, HOME, make_site())).links) == 2


def test_an_empty_feed_is_no_failure(make_site) -> None:
    empty = b"<rss version='2.0'><channel><title>x</title></channel></rss>"
    assert listed(discover("feed", empty, HOME, make_site())).links == []


ENTITY_BOMB = (
    b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(10))
    + b"]><rss version='2.0'><channel><title>&k;</title><item><title>&k;</title>"
    b"<link>https://www.minbar.example/news/1</link></item></channel></rss>"
)


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", ["feed", "sitemap", "page"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-7"])
def test_an_entity_bomb_does_not_go_off(make_site, kind: str, charset: str) -> None:
    bomb = ENTITY_BOMB.decode().replace("'1.0'", f"'1.0' encoding='{charset}'").encode(charset)
    discover("feed", RSS.encode(), HOME, make_site())  # what is loaded once is not timed
    start = time.process_time()
    found = discover(kind, bomb, HOME, make_site())  # type: ignore[arg-type]
    assert time.process_time() - start < 0.2
    if isinstance(found, Listing):
        assert [link.title for link in found.links] in ([], ["&k;"])


def test_entities_of_files_stay_closed(make_site) -> None:
    xml = (
        "<!DOCTYPE rss [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><rss version='2.0'><channel>"
        f"<item><title>x&f;y</title><link>{HOME}/news/1</link></item></channel></rss>"
    )
    found = discover("feed", xml.encode(), HOME, make_site())
    if isinstance(found, Listing):
        assert [link.title for link in found.links] in ([], ["xy"], ["x&f;y"])


@pytest.mark.parametrize("path", ["/etc/hostname", "http://127.0.0.1:1/feed", "pyproject.toml"])
def test_a_body_that_names_a_file_is_not_opened(make_site, path: str) -> None:
    assert "not a feed" in reason(discover("feed", path.encode(), HOME, make_site()))


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("feed", b"<!DOCTYPE html><html><body>login</body></html>", "an HTML page instead"),
        ("feed", b"\n<!-- x --><html lang='ar'><p>x</html>", "an HTML page instead"),
        ("feed", b"{'json': 1}", "not a feed"),
        ("feed", b"<rss version='2.0'><channel><item><ti", "broken XML"),
        ("feed", b"  \n", "empty answer"),
        ("feed", b"\x1f\x8bgarbage", "broken gzip"),
        ("feed", b"\x00\xff" * 50, "not a feed"),
        ("sitemap", b"<!doctype html><html></html>", "an HTML page instead"),
        (
            "sitemap",
            b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>",
            "index",
        ),
        ("sitemap", b"<places/>", "its root is <places>"),
        ("sitemap", b"garbage", "broken XML"),
        ("page", b"<!-- nothing -->", "not an HTML page"),
        ("page", b"<a href='/about'>x</a><a href='/team'>y</a>", "none of its 2 links"),
        ("page", b"<a href='http://a.example/1'>x</a><a href='/team'>y</a>", "none of its 1 links"),
        ("feed", b"<rss><channel><item><link>//a.example/1</link></item></channel></rss>", "hosts"),
    ],
)
def test_what_is_no_listing_is_a_reason(make_site, kind: str, body: bytes, said: str) -> None:
    found = discover(kind, body, HOME, make_site())  # type: ignore[arg-type]
    assert said in reason(found)


def test_a_gzip_bomb_is_cut_short(make_site) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert "larger than 5 MB" in reason(discover("sitemap", bomb, HOME, make_site()))


SITEMAP = f"""<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> {HOME}/news/5 </loc><lastmod>2026-03-03T12:00:00+03:00</lastmod>
  <news:news><news:publication_date>2026-03-03T11:00:00+03:00</news:publication_date>
  <news:title>حصاد القمح يبدأ مبكرا</news:title></news:news></url>
<url><loc>{HOME}/news/4</loc><news:news><news:publication_date>2026-03-03</news:publication_date>
  <news:title>معرض الكتاب</news:title></news:news></url>
<url><loc>{HOME}/tags/قمح</loc></url>
</urlset>"""


@pytest.mark.parametrize("packed", [False, True])
def test_a_news_sitemap_keeps_title_and_date(make_site, packed: bool) -> None:
    body = gzip.compress(SITEMAP.encode()) if packed else SITEMAP.encode()
    first, second = listed(discover("sitemap", body, HOME, make_site(), "text/plain")).links
    assert (first.url, first.title) == (f"{HOME}/news/5", "حصاد القمح يبدأ مبكرا")
    assert first.modified == "2026-03-03T12:00:00+03:00"
    assert first.published == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert (second.title, second.modified, second.published) == ("معرض الكتاب", "2026-03-03", None)


def test_a_section_page_lists_its_articles_with_their_words(make_site) -> None:
    page = """<meta charset="windows-1256"><base href="/"><ul>
    <li><a href="/news/7"><img src="i.png"></a><a href="/news/7?utm_medium=home"> أمطار
    غزيرة </a></li><li><a href="news/6" title="سوق الخضار"><img></a></li>
    <li><a href="/tags/1">وسم</a><a href="javascript:void(0)">x</a><a>y</a></li></ul>"""
    listing = listed(discover("page", page.encode("windows-1256"), f"{HOME}/", make_site()))
    assert [(link.url, link.title) for link in listing.links] == [
        (f"{HOME}/news/7", "أمطار غزيرة"),
        (f"{HOME}/news/6", "سوق الخضار"),
    ]


def test_a_page_goes_on_behind_its_end(make_site) -> None:
    page = f"<html><body><p>x</p></body></html> <!doctype html><a href='{HOME}/news/1'>خبر</a>"
    links = listed(discover("page", page.encode(), HOME, make_site())).links
    assert [link.title for link in links] == ["خبر"]


def test_a_listing_is_read_from_its_top_up_to_a_bound(make_site) -> None:
    page = "".join(f"<a href='/news/{n}'>خبر {n}</a>" for n in range(MAX_LINKS + 50))
    links = listed(discover("page", page.encode(), HOME, make_site())).links
    assert len(links) == MAX_LINKS
    assert links[0].url == f"{HOME}/news/0"


BENT = ("http://[::1/news/9", "http://[", "//[x/news/9")  # what urllib refuses with an exception


def test_a_bent_address_costs_its_own_entry_only(make_site) -> None:
    items = "".join(f"<item><title>x</title><link>{bent}</link></item>" for bent in BENT)
    feed = RSS.replace("</channel>", f"{items}</channel>")
    places = "".join(f"<url><loc>{bent}</loc></url>" for bent in BENT)
    sitemap = SITEMAP.replace("</urlset>", f"{places}</urlset>")
    page = "".join(f'<a href="{at}">خبر</a>' for at in (*BENT, "/news/7"))
    assert len(listed(discover("feed", feed.encode(), HOME, make_site())).links) == 3
    assert len(listed(discover("sitemap", sitemap.encode(), HOME, make_site())).links) == 2
    for base in ("", "<base href='/'>", "<base href='http://['>"):
        found = discover("page", (base + page).encode(), HOME, make_site())
        assert len(listed(found).links) == (0 if "[" in base else 1)


@pytest.mark.parametrize(
    "date",
    [
        *("0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"),
        "Mon, 1 Jan 2026 00:00:00 -9999999999999999",
    ],
)
def test_a_date_outside_the_calendar_is_none(make_site, date: str) -> None:
    sitemap = SITEMAP.replace("2026-03-03T11:00:00+03:00", date)
    first, _ = listed(discover("sitemap", sitemap.encode(), HOME, make_site())).links
    assert first.published is None
