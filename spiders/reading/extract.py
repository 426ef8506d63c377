"""Reads one page: its title, body, time and agency, and nothing else that stands on it.

Structured data, the seed's selectors and our own reader take a few milliseconds; trafilatura, which
takes ten times as long, is asked only where they found no text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from spiders.reading import (
    authors,
    bodies,
    cleaning,
    datelines,
    dates,
    endings,
    headline,
    languages,
    other_times,
    printed_times,
    scopes,
    sections,
    states,
    times,
    titles,
)
from spiders.reading.layers import Claims
from spiders.reading.opened import Page, open_article, open_page
from spiders.reading.outcomes import Extracted, Unreadable
from spiders.reading.paragraphs import Body
from spiders.reading.refusals import SHORT_WORDS, refusal
from spiders.sites import Site
from watch.records import Published

__all__ = ["Extracted", "Unreadable", "extract"]

_WHOLE = frozenset({"json-ld", "script"})  # these tell a text whatever the page shows of it


def extract(
    page: bytes | str,
    url: str,
    site: Site | None,
    now: datetime,
    *,
    content_type: str | None = None,
) -> Extracted | Unreadable:
    """Read a page to its article.

    `page` as served (bytes) or already decoded; `url` as asked for; `now` is the time of the visit
    (aware), against which "two hours ago" is read and future dates are refused. Times without an
    offset are read in the seed's zone, UTC without a seed. Never raises for what a page holds. Safe
    to run in a thread, and best run in one: the crawl's loop should not wait for it.
    """
    opened = open_article(page, url, site, content_type)
    if isinstance(opened, Page) and opened.behind:
        pointed = _pointed(opened)
        told = _read(opened, pointed, now) if pointed else None
        if isinstance(told, Extracted) and len(told.text.split()) > SHORT_WORDS:
            return told  # behind a shorter text may stand a wall
        opened = open_page(page, url, site, content_type)
    if isinstance(opened, Unreadable):
        return opened
    found = _read(opened, _own(opened), now)
    if found == Unreadable("no-body"):
        return _read(opened, _by_trafilatura(opened), now)
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    """What a page says, and the layers that said it."""

    title: str
    title_layer: str
    body: Body
    layer: str
    more: Claims | None = None  # what only the data of a script claims


def _pointed(page: Page) -> _Found | None:
    """What is read of an article at which the page points."""
    scope = scopes.find(page)
    told = bodies.pointed(page, scope) if scope else None
    return _Found(scope.title, scope.title_layer, *told) if scope and told else None


def _own(page: Page) -> _Found:
    """Where the page points at its article, only that is read; else all that it shows."""
    if pointed := _pointed(page):
        return pointed
    title, layer = _title(page)
    body, text_layer = bodies.own(page, title)
    found = _Found(title, layer, body, text_layer)
    if body.words > bodies.MOST_TEASER_WORDS:
        return found
    told = _from_script(page, title, layer)
    if told is None or (body.words and not bodies.goes_on(body, told.body)):
        return found
    told.body.head, told.body.above = body.head, body.above
    return told


def _from_script(page: Page, title: str, layer: str) -> _Found | None:
    """What the data of a script tells; its headline wins over a title with the outlet's name."""
    told = states.article(page.named["script"], [title, *(one for _, one in page.titles)])
    if told is None:
        return None
    if not title or layer in ("meta", "title"):
        title, layer = told.title, told.layer
    return _Found(title, layer, bodies.told_by(told, page), told.layer, told)


def _by_trafilatura(page: Page) -> _Found:
    title, layer = _title(page)
    return _Found(title, layer, *bodies.trafilatura(page, title))


def _read(opened: Page, found: _Found, now: datetime) -> Extracted | Unreadable:
    title, body = cleaning.title(found.title), found.body
    if found.more is not None:
        opened = replace(opened, claims=(*opened.claims, found.more))
    author = authors.author(opened, body)
    endings.cut_biography(body.paragraphs, author)
    text = cleaning.paragraphs(body.paragraphs)
    refused = refusal(title, text, opened, whole=found.layer in _WHOLE)
    if refused:
        return Unreadable(refused)
    published, updated, time_layer = _times(opened, title, body, now)
    told = {"title": found.title_layer, "text": found.layer, "published": time_layer}
    return Extracted(
        url=_canonical(opened),
        title=title,
        text=text,
        published=published,
        updated=updated,
        agency=bodies.agency(opened, body),
        language=languages.detect(f"{title} {text}", _claimed_language(opened)),
        author=author,
        section=sections.section(opened, title, body),
        place=datelines.place(opened, body),
        undated=None if published else _undated(opened, body),
        layers={field: layer for field, layer in told.items() if layer},
    )


def _title(page: Page) -> tuple[str, str]:
    """The title and the layer that gave it."""
    selected = page.claim("selectors").title
    return titles.choose(selected, page.titles, page.lines, page.outlets)


def _times(
    page: Page, title: str, body: Body, now: datetime
) -> tuple[Published | None, Published | None, str]:
    """When the article was published and updated, and the layer that gave the first."""
    zone = _zone(page)
    shown, shown_update = printed_times.between(body.head, zone, now)
    shown = shown or other_times.above_title(body.above, zone, now)
    told = ((one.layer, dates.parse(one.published, zone, now)) for one in page.claims)
    claimed = [(layer, time) for layer, time in told if not times.of_visit(time, shown, now)]
    address = times.in_address(page.url, now)
    published, layer = times.decide(claimed, shown, address, zone if page.site else None)
    if published is None:
        published = _elsewhere(page, title, body, now)
        if (
            published is None
            and shown_update
            and not printed_times.on_visit(shown_update, zone, now)
        ):
            published = shown_update  # the only day that the article has
        layer = "printed" if published else ""
    updates = (dates.parse(claims.updated, zone, now) for claims in page.claims)
    updated = next((one for one in updates if one is not None), None)
    updated = times.claimed_update(updated, published, now)
    if updated is None:
        shown_update = shown_update or other_times.update_below(body.below, zone, now)
        updated = times.plausible_update(shown_update, published)
    return published, times.later(updated, published), layer


def _elsewhere(page: Page, title: str, body: Body, now: datetime) -> Published | None:
    """The publication of a page that tells none in its data nor between title and text."""
    zone, tag = _zone(page), page.claim("title").title
    found = other_times.below_text(body.below, zone, now)
    found = found or other_times.in_title(tag, title, zone, now)
    if found or not body.paragraphs:
        return found
    lines, first = page.every_line, body.paragraphs[0]
    end = next((at for at, line in enumerate(lines) if line.text.startswith(first)), 0)
    titled = [at for at in range(end) if headline.repeats(lines[at], title, page.outlets)]
    if not titled:
        return None
    at = next((one for one in titled if lines[one].heading), titled[0])
    return other_times.beside_title(lines[:end], at, zone, now)


def _undated(page: Page, body: Body) -> str:
    claimed = [claims.published for claims in page.claims]
    return times.undated(claimed, body.head, _zone(page))


def _zone(page: Page) -> tzinfo:
    return ZoneInfo(page.site.zone) if page.site else UTC


def _canonical(page: Page) -> str:
    """The address that the page gives itself, if it is on the same host or one of the site's."""
    own = urlsplit(page.url)
    hosts = {own.netloc, *(page.site.hosts if page.site else ())}
    for claims in page.claims:
        if claims.layer == "meta" and claims.url:
            try:
                whole = claims.url.startswith("http")
                told = urlsplit(claims.url if whole else urljoin(page.url, claims.url))
            except ValueError:
                continue
            if told.scheme in ("http", "https") and told.netloc in hosts and told.path.strip("/"):
                return told._replace(fragment="").geturl()
    return page.url


def _claimed_language(page: Page) -> str:
    return next((claims.language for claims in page.claims if claims.language), "")
