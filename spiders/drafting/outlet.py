"""A seed for an outlet, from its address alone: explored, drafted, tried."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from spiders.drafting import clues, patterns, seedfile, zones
from spiders.drafting.explore import Explored, Explorer
from spiders.drafting.patterns import Drafted
from spiders.drafting.seedfile import Value
from spiders.drafting.trial import Sample, Tried, first_articles, of_entries, read_article
from spiders.errand import Ask
from spiders.sites import Site
from storage.sources import Kind

SAMPLES = 4  # articles read to show what the draft would read
KEYS: tuple[Kind, ...] = ("feed", "sitemap", "page")
SISTER_SHARE = 0.2  # of the links must be on a host for it to be named


@dataclass(frozen=True, slots=True)
class Draft:
    """A seed's text, the site it describes, and what its sources and first articles gave."""

    key: str
    text: str
    site: Site
    tried: Sequence[Tried]
    samples: Sequence[Sample]


async def draft(
    ask: Ask,
    address: str,
    now: datetime,
    key: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Draft | str:
    """Draft a seed; text is the reason why there is none. Never more than some 35 requests."""
    explored = await Explorer(ask, now, progress).explore(address)
    if explored.fault:
        return explored.fault
    urls = [entry.address for source in explored.sources for entry in source.entries]
    drafted = patterns.draft(_on_outlet(urls))
    if drafted is None:
        gave = Counter(explored.asked.values()).most_common(4)
        told = ", ".join(f"{count} times {answer}" for answer, count in gave)
        wrong = f"no feed, sitemap or page of articles was found ({told})"
        return f"{wrong}; give the address of its feed or of a section page"
    key = key or seedfile.id_of(explored.home)
    values = _values(explored, drafted)
    site = seedfile.parsed(seedfile.text_of([], values), key)
    tried = [
        of_entries(Tried(source.url, source.kind, source.shape), source.entries, site, now)
        for source in explored.sources
    ]
    samples = []
    for url in first_articles(tried, SAMPLES):
        progress(url)
        samples.append(await read_article(ask, url, site, now))
    if any(sample.found for sample in samples):
        values.insert(3, Value("checked", f"{now:%Y-%m}"))
    text = seedfile.text_of(_remarks(address, now, drafted, tried, samples), values)
    return Draft(key, text, seedfile.parsed(text, key), tried, samples)


def _on_outlet(urls: Sequence[str | None]) -> list[str]:
    """The links on the host that most of them are on: patterns are about its paths."""
    told = [url for url in urls if url]
    host, _ = Counter(urlsplit(url).netloc for url in told).most_common(1)[0] if told else ("", 0)
    return [url for url in told if urlsplit(url).netloc == host]


def _values(explored: Explored, drafted: Drafted) -> list[Value]:
    host = urlsplit(explored.home).netloc
    name, whence = clues.best_name(explored.clues.names, host)
    dates = [entry.dated for source in explored.sources for entry in source.entries]
    zone, rests_on = zones.guess(host, dates)
    sources: dict[Kind, list[str]] = {
        kind: [source.url for source in explored.sources if source.kind == kind] for kind in KEYS
    }
    fits = f"{drafted.fits} of {drafted.links} links fit"
    if loose := _loose(explored, drafted):
        fits += f"; uncertain: so does {loose}"
    elif drafted.weak:
        fits += "; uncertain: nothing but a slug tells an article from a section"
    return [
        Value("name", name, whence),
        Value("home", explored.home),
        Value("zone", zone, rests_on),
        Value("hosts", _sisters(explored), "uncertain: must serve the home's paths"),
        Value("feeds", sources["feed"]),
        Value("sitemaps", sources["sitemap"]),
        Value("pages", sources["page"]),
        Value("article", drafted.article, fits),
        Value("identity", drafted.identity or ""),
    ]


def _sisters(explored: Explored) -> list[str]:
    """Other hosts that so many links are on that they serve the outlet's articles."""
    home = urlsplit(explored.home).netloc.removeprefix("www.")
    links = [urlsplit(e.address or "") for source in explored.sources for e in source.entries]
    hosts = Counter(link.netloc.lower() for link in links if link.netloc)
    return [
        host
        for host, count in hosts.items()
        if count >= SISTER_SHARE * len(links)
        and host.removeprefix("www.") != home
        and not host.endswith(f".{home}")
    ]


def _loose(explored: Explored, drafted: Drafted) -> str | None:
    """A link of the page with a word or two, as menus have, that the pattern takes too."""
    listed = {entry.address for source in explored.sources for entry in source.entries}
    host = urlsplit(explored.home).netloc
    for url, words in explored.clues.links.items():
        parts = urlsplit(url)
        in_menu = parts.netloc == host and url not in listed and 0 < len(words.split()) <= 2
        if in_menu and re.search(drafted.article, unquote(parts.path)):
            return unquote(parts.path)
    return None


def _remarks(
    address: str,
    now: datetime,
    drafted: Drafted,
    tried: Sequence[Tried],
    samples: Sequence[Sample],
) -> list[str]:
    """What a reader of the draft should know, a line each."""
    lines = [f"Drafted from {address}, {now:%Y-%m-%d}. Look at whatever is called uncertain."]
    for each in tried:
        said = each.fault or f"{each.fits} of {each.entries} links are articles"
        lines.append(f"{each.kind} {each.url}: {each.shape}; {said}.")
    if drafted.identity is None:
        lines.append("No identity: no number names an article, so a changed address is a new one.")
    faults = Counter(sample.fault for sample in samples if sample.fault)
    for fault, count in faults.items():
        lines.append(f"Uncertain: {count} of {len(samples)} articles tried gave none: {fault}.")
    if any(sample.found and sample.found.published is None for sample in samples):
        lines.append("Uncertain: a page printed no time; [select] published may find it.")
    return lines
