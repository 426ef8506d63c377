"""Outlets in the shapes that news sites come in, to be found by their address alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from loopback import newstexts as texts
from loopback.newslistings import Answer, atom, rss, section, sitemap
from loopback.newsmaps import daily_map, day_path, index
from loopback.newsweb import Outlet

NEWS = (texts.ALEPPO, texts.TRAIN, texts.HARVEST, texts.LIBRARY, texts.BRIDGE, texts.FERRY)
MENU = {"/about": "من نحن", "/category/sport": "رياضة", "/category/culture": "ثقافة وفنون"}
NOW = datetime.now(UTC).replace(microsecond=0)


def print_news(outlet: Outlet, path: str = "/news/{number}") -> None:
    """Publish some articles under addresses of one form."""
    for at, text in enumerate(NEWS):
        told = NOW - timedelta(minutes=20 * (len(NEWS) - at))
        where = path.format(number=4100 + at, day=f"{told:%Y/%m/%d}", slug=f"short-slug-{at}-of-it")
        outlet.publish(*text, path=where, published=told)


def front_page(outlet: Outlet, *links: str, articles: bool = False) -> None:
    """Give the outlet a front page with a menu and what is given for its head."""
    menu = "".join(f"<a href='{path}'>{words}</a>" for path, words in MENU.items())
    latest = section(outlet).body.decode() if articles else ""
    page = (
        "<!doctype html><html lang='ar'><head><meta charset='utf-8'>"
        f"<title>الرئيسية | {outlet.name}</title>{''.join(links)}</head>"
        f"<body><nav>{menu}</nav><main>{latest}</main></body></html>"
    )
    outlet.answers["/"] = Answer(page.encode())
    for path in ("/feed", "/news.xml", "/atom", "/latest"):  # what the stand-in serves by itself
        outlet.answers.setdefault(path, Answer(b"<h1>404</h1>", status=404))


def alternate(path: str, kind: str = "application/rss+xml") -> str:
    """A link tag that names a feed."""
    return f"<link rel='alternate' type='{kind}' href='{path}'>"


def wordpress(outlet: Outlet) -> None:
    """Feeds in link tags, the comments' among them, and a sitemap index for all that is old."""
    print_news(outlet, "/{day}/{slug}/")
    front_page(outlet, alternate("/feed/"), alternate("/comments/feed/"), articles=True)
    outlet.answers["/feed/"] = rss(outlet)
    outlet.answers["/comments/feed/"] = rss(outlet)


def news_sitemap_alone(outlet: Outlet) -> None:
    """Nothing but a news sitemap that robots.txt names."""
    print_news(outlet, "/politics/{number}-{slug}")
    front_page(outlet)
    outlet.robots += f"Sitemap: {outlet.url('/maps/google-news.xml')}\n"
    outlet.answers["/maps/google-news.xml"] = sitemap(outlet)


def daily_maps(outlet: Outlet) -> None:
    """A sitemap index with a map for each day, at the usual place."""
    print_news(outlet)
    front_page(outlet)
    days = [NOW - timedelta(days=back) for back in range(30)]
    outlet.answers["/sitemap.xml"] = index(
        outlet, *((day_path(day), None) for day in reversed(days))
    )
    for day in days:
        outlet.answers[day_path(day)] = daily_map(outlet, [])
    outlet.answers[day_path(NOW)] = daily_map(outlet, outlet.stories)


def page_alone(outlet: Outlet) -> None:
    """No feed, no sitemap: a front page that links its articles."""
    print_news(outlet, "/article/{number}/{slug}")
    front_page(outlet, articles=True)


def json_feed(outlet: Outlet) -> None:
    """A JSON feed in a link tag."""
    print_news(outlet, "/{number}/{slug}")
    front_page(outlet, alternate("/feeds/latest.json", "application/feed+json"))
    items = [
        {
            "id": str(at),
            "url": outlet.url(story.path),
            "title": story.title,
            "date_published": story.published.isoformat(),
        }
        for at, story in enumerate(outlet.stories)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": outlet.name, "items": items}
    body = json.dumps(feed, ensure_ascii=False).encode()
    outlet.answers["/feeds/latest.json"] = Answer(body, "application/feed+json")


def arabic_addresses(outlet: Outlet) -> None:
    """Articles whose addresses hold Arabic words, percent-encoded."""
    print_news(outlet, "/خبر-عاجل/{number}")
    front_page(outlet, alternate("/feed/"))
    outlet.answers["/feed/"] = rss(outlet)


def odd_address(outlet: Outlet) -> None:
    """An Atom feed under an address that nobody would guess, called a page by its type."""
    print_news(outlet, "/ar/story/{number}")
    front_page(outlet, alternate("/ar/xml.php", "application/atom+xml"))
    found = atom(outlet)
    found.content_type = "text/html"
    outlet.answers["/ar/xml.php"] = found


def sister_host(outlet: Outlet, sister: Outlet) -> None:
    """A feed whose links are on a host of their own that serves the same articles."""
    print_news(outlet)
    front_page(outlet, alternate("/feed/"))
    items = "".join(
        f"<item><title>{story.title}</title><link>{sister.url(quote(story.path))}</link></item>"
        for story in outlet.stories
    )
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    outlet.answers["/feed/"] = Answer(feed.encode(), "application/rss+xml")
