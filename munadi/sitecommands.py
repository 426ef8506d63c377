"""`munadi sites show` and `munadi sites record`: what reading a site taught, and a page kept."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from munadi.livecommands import sites_app
from munadi.seedcommands import AsJson
from munadi.settings import CrawlSettings

__all__ = ["sites_app"]


@sites_app.command("show")
def show_site(
    site: Annotated[str, typer.Argument(help="The id of a seed.")], as_json: AsJson = False
) -> None:
    """Show a site: its sources, the lines learned to be furniture, why pages gave no article."""
    from spiders.sites import load
    from storage.store import Store

    settings = CrawlSettings()
    seed = load(settings.seeds).by_id.get(site)
    if seed is None:
        _complain(f"no seed is called {site!r}: see munadi sites list")
        return
    with Store(settings.db) as store:
        learned, unreadable = store.readings.learned(site), store.readings.unreadable(site)
    if as_json:
        row = {
            "id": seed.id,
            "name": seed.name,
            "sources": [{"url": url, "kind": kind} for url, kind in seed.sources],
            "furniture": [{"line": one.printed, "articles": one.articles} for one in learned],
            "unreadable": dict(unreadable),
        }
        print(json.dumps(row, ensure_ascii=False, indent=1))
        return
    console = Console()
    console.print(f"[bold]{escape(seed.id)}[/bold]  {escape(seed.name)}  {escape(seed.home)}")
    for url, kind in seed.sources:
        console.print(f"  {kind}: {escape(url)}")
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
        fetched = fetch(address, sites, settings.db)
        if isinstance(fetched, str):
            _complain(f"{address}: {fetched}")
            return
        page, address, content_type = fetched.body, fetched.url, fetched.content_type
    else:
        page = file.read_bytes()
    target = folder / (name or f"{site.id if site else 'page'}-{now:%Y%m%d-%H%M%S}")
    try:
        record(target, page, address, site, now, content_type=content_type)
    except OSError as error:
        _complain(f"{target}: {error.strerror}; give another --name")
        return
    print(f"{target}: now correct expected.json by hand")


def _complain(line: str) -> None:
    print(f"munadi: {line}", file=sys.stderr)
    raise typer.Exit(1)
