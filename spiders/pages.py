"""A fetched page becomes an article to record, or a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from scrapy.http import Response

from spiders.addresses import canonical, identity, is_article, is_own
from spiders.answers import header
from spiders.reading.extract import extract
from spiders.reading.outcomes import Extracted
from spiders.sites import Site
from storage.sources import Wanted
from watch.records import Article, Published


def astray(site: Site, asked: str, answered: str) -> str | None:
    """Why a redirect did not lead to the article that was asked for; None if it did."""
    if answered == asked:
        return None
    if not is_own(site, answered):
        return "redirected to another outlet"
    if canonical(site, answered) == canonical(site, site.home):
        return "redirected to the front page"
    return None


def read_page(response: Response, site: Site, wanted: Wanted, now: datetime) -> Article | str:
    """Read a page that was fetched for a link: the article, or the reason why there is none."""
    url = wanted.link.url
    if reason := astray(site, url, response.url):
        return reason
    content_type = header(response, "Content-Type")
    found = extract(response.body, response.url, site, now, content_type=content_type)
    if not isinstance(found, Extracted):
        return str(found)
    old = is_old(found.published or wanted.link.published, now, site.max_age_hours)
    return Article(
        site=site.id,
        outlet=site.name,
        url=url,
        identity=identity(site, _named(site, url, response.url, found.url)),
        title=found.title,
        text=found.text,
        published=found.published,
        updated=found.updated,
        agency=found.agency,
        language=found.language,
        first_seen=wanted.first_seen,
        alerts=wanted.alerts and not old,
    )


def is_old(published: Published | None, now: datetime, max_age_hours: float) -> bool:
    """Whether an article is too old to alert; unknown and future times are not.

    A bare date counts to its end, in UTC.
    """
    if published is None or not max_age_hours:
        return False
    if not isinstance(published, datetime):
        published = datetime.combine(_next(published), time(), UTC)
    return now - published > timedelta(hours=max_age_hours)


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _named(site: Site, asked: str, answered: str, canonical_url: str) -> str:
    """The address to take the identity from: what the page calls itself, if that is an article."""
    for url in (canonical_url, answered):
        if is_own(site, url) and is_article(site, canonical(site, url) or ""):
            return url
    return asked
