"""`munadi sites show` and `munadi sites record`: what reading a site taught, and a page kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from munadi.livecommands import sites_app
from munadi.output import AsJson, print_json, refuse
from munadi.settings import CrawlSettings

if TYPE_CHECKING:  # the store loads slowly, and the line filters must start at once
    from storage.readings import SharedLine
    from storage.sources import Source

__all__ = ["sites_app"]


@sites_app.command("show")
def show_site(
    site: Annotated[str, typer.Argument(help="The id of a seed.")], as_json: AsJson = False
) -> None:
    """Show a site: how its sources are, the lines learned to be furniture, why pages failed."""
    from munadi.healthreports import source_json
    from munadi.looking import looked_at
    from spiders.sites import load

    settings = CrawlSettings()
    seed = load(settings.seeds).by_id.get(site)
    if seed is None:
        refuse(f"no seed is called {site!r}: see munadi sites list")
    with looked_at(settings.db) as store:
        learned, unreadable = store.readings.learned(site), store.readings.unreadable(site)
        asked = {source.url: source for source in store.archive.sources()}
    if as_json:
        row = {
            "id": seed.id,
            "name": seed.name,
            "sources": [
                {"url": url, "kind": kind} | (source_json(asked[url]) if url in asked else {})
                for url, kind in seed.sources
            ],
            "furniture": [{"line": one.printed, "articles": one.articles} for one in learned],
            "unreadable": dict(unreadable),
        }
        print_json(row)
        return
    console = Console()
    console.print(f"[bold]{escape(seed.id)}[/bold]  {escape(seed.name)}  {escape(seed.home)}")
    for url, kind in seed.sources:
        _show_source(console, url, kind, asked.get(url))
    _show_readings(console, learned, unreadable)


def _show_source(console: Console, url: str, kind: str, source: Source | None) -> None:
    from munadi.healthreports import advice, ago

    console.print(f"  {kind}: {escape(url)}")
    if source is None:
        console.print("    not asked yet")
        return
    now = datetime.now(UTC)
    success, new = ago(source.last_success, now), ago(source.last_new, now)
    console.print(f"    last success {success}, last new article {new}")
    if source.last_reason:
        console.print(f"    failed {source.failures} times: {escape(source.last_reason)}")
    if condition := source.health.condition:
        words, remedy = advice(source)
        since = ago(source.health.since, now)
        console.print(f"    [bold]{condition}[/bold]: {escape(words)}, since {since}")
        console.print(f"    {escape(remedy)}")


def _show_readings(
    console: Console, learned: Sequence[SharedLine], unreadable: Sequence[tuple[str, int]]
) -> None:
    console.print("Lines dropped from its articles, and in how many they stood:")
    for one in learned:
        console.print(f"  {one.articles:5}  {escape(one.printed)}")
    if not learned:
        console.print("  none")
    console.print("Pages without an article, and why:")
    for reason, pages in unreadable:
        console.print(f"  {pages:5}  {escape(reason)}")
    if not unreadable:
        console.print("  none")


@sites_app.command("record")
def record_page(
    address: Annotated[str, typer.Argument(help="The article's address.")],
    name: Annotated[
        str, typer.Option(help="What to call the case; else the site and the time.")
    ] = "",
    folder: Annotated[Path, typer.Option(help="Where the cases are.")] = Path("tests/pages"),
    file: Annotated[
        Path | None, typer.Option(help="A page saved before, instead of fetching.")
    ] = None,
) -> None:
    """Keep a page as a test case: fetched with the crawl's manners, trimmed, read as it is now."""
    from munadi.reading import site_of
    from spiders.errand import fetch
    from spiders.reading.cases import record
    from spiders.sites import load

    settings = CrawlSettings()
    sites = list(load(settings.seeds).by_id.values())
    site, now = site_of(address, sites), datetime.now(UTC).replace(microsecond=0)
    content_type = None
    if file is None:
        fetched = fetch(address, sites, settings.db, settings.outward)
        if isinstance(fetched, str):
            refuse(f"{address}: {fetched}")
        page, address, content_type = fetched.body, fetched.url, fetched.content_type
    else:
        page = file.read_bytes()
    target = folder / (name or f"{site.id if site else 'page'}-{now:%Y%m%d-%H%M%S}")
    try:
        record(target, page, address, site, now, content_type=content_type)
    except OSError as error:
        refuse(f"{target}: {error.strerror}; give another --name")
    print(f"{target}: now correct expected.json by hand")
