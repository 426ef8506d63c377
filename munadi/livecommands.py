"""`munadi sites new` and `munadi sites check --live`: what outlets answer when they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote, urlsplit

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from munadi.output import AsJson, print_json, refuse, say
from munadi.seedcommands import sites_app
from munadi.settings import CrawlSettings, packaged_seeds

if TYPE_CHECKING:
    from spiders.drafting.live import Checked
    from spiders.drafting.outlet import Draft
    from spiders.drafting.trial import Sample, Tried
    from spiders.sites import Site

__all__ = ["sites_app"]


@sites_app.command("new")
def draft_site(
    address: Annotated[str, typer.Argument(help="The outlet's front page, or its feed.")],
    name: Annotated[str, typer.Option("--id", help="The seed's id; else from the host.")] = "",
    save: Annotated[bool, typer.Option("--save", help="Write it among the seeds.")] = False,
    as_json: AsJson = False,
) -> None:
    """Draft the seed of an outlet from its address, and show what it would read."""
    from spiders.drafting.seedfile import save as write

    settings, console = CrawlSettings(), Console(stderr=True)
    address = address if "://" in address else f"https://{address}"
    drafted = _drafted(settings, console, address, name or None)
    if isinstance(drafted, str):
        refuse(f"{address}: {drafted}")
    if as_json:
        print_json(
            {
                "id": drafted.key,
                "seed": drafted.text,
                "sources": [_source_row(each) for each in drafted.tried],
                "articles": [_sample_row(each) for each in drafted.samples],
            }
        )
    else:
        _show_samples(console, drafted.samples)
    if save:
        try:
            print(write(settings.seeds, drafted.key, drafted.text))
        except FileExistsError as error:
            refuse(f"{error.filename} is there already: give the new seed another --id")
    elif not as_json:
        print(drafted.text, end="")


def _drafted(
    settings: CrawlSettings, console: Console, address: str, key: str | None
) -> Draft | str:
    from spiders.drafting.outlet import draft
    from spiders.errand import run
    from spiders.sites import load

    named, now = _typed(address), datetime.now(UTC)
    known = load(settings.seeds).by_id.values()
    with console.status("asking …") as shown:

        def progress(url: str) -> None:
            shown.update(f"asking {escape(url)}")

        return run(
            lambda ask: draft(ask, named.home, now, key, progress),
            [named, *known],
            settings.db,
            settings.outward,
        )


def _typed(address: str) -> Site:
    """A site that names the typed address, so that a private host may be meant.

    Nobody but the user waits for his own machine, so that is asked without a delay.
    """
    from spiders.sites import Poll, Site, is_loopback

    try:
        poll = Poll(delay_seconds=0.0 if is_loopback(urlsplit(address).hostname or "") else 1.0)
        return Site(
            id="typed",
            name=address,
            home=address,
            zone="UTC",
            article="^/",
            active=False,
            poll=poll,
        )
    except ValueError:  # pydantic's among them
        refuse(f"{address!r} is not an http or https address")


def check_live(
    settings: CrawlSettings, sites: Sequence[Site], known: Sequence[Site], *, as_json: bool
) -> bool:
    """Try these sites, say what each source gave, date those that work; whether all of them do."""
    from spiders.drafting.live import check
    from spiders.errand import run

    console = Console(stderr=True)
    now, over = datetime.now(UTC), 0
    with console.status("") as shown:

        def done(checked: Checked) -> None:
            nonlocal over
            over += 1
            word = "works" if checked.works else "fails"
            shown.update(f"{over} of {len(sites)} sites tried; {checked.site.id} {word}")

        checked = run(
            lambda ask: check(ask, sites, now, done), known, settings.db, settings.outward
        )
    if as_json:
        print_json([_site_row(each) for each in checked])
    elif checked:
        Console().print(_table(checked, now))
    _date(settings, checked, f"{now:%Y-%m}")
    return all(each.works for each in checked)


def _date(settings: CrawlSettings, checked: Sequence[Checked], month: str) -> None:
    """Date the seeds that work, where they are the user's own."""
    from spiders.drafting.seedfile import date

    working = [each.site.id for each in checked if each.works]
    if not working:
        return
    if settings.seeds == packaged_seeds():
        say("the seeds are those inside the package, so none was dated: see MUNADI_SEEDS")
        return
    dated = [key for key in working if date(settings.seeds / "sites" / f"{key}.toml", month)]
    if dated:
        say(f"dated {month}: {', '.join(dated)}")


def _table(checked: Sequence[Checked], now: datetime) -> Table:
    table = Table("site", "source", "is", "articles", "newest", "came to")
    table.columns[1].overflow = "fold"  # a cut address does not say which source it is
    for each in checked:
        for at, tried in enumerate(each.tried):
            site = each.site.id if at == 0 else ""
            source = f"{tried.kind}: {tried.url}"
            articles = f"{tried.fits} of {tried.entries}" if tried.shape else ""
            outcome = escape(tried.fault) if tried.fault else "[green]lists[/green]"
            table.add_row(site, escape(source), tried.shape, articles, _age(tried, now), outcome)
        if each.sample:
            table.add_row("", escape(each.sample.url), "article", "", "", _read(each.sample))
    return table


def _age(tried: Tried, now: datetime) -> str:
    if tried.newest is None:
        return "undated" if tried.links else ""
    minutes = max((now - tried.newest).total_seconds() / 60, 0)
    if minutes < 90:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.0f} h" if minutes < 48 * 60 else f"{minutes / 1440:.0f} d"


def _read(sample: Sample) -> str:
    return escape(sample.found.title if sample.found else sample.fault or "")


def _show_samples(console: Console, samples: Sequence[Sample]) -> None:
    table = Table("article", "title", "published", "letters")
    table.columns[0].overflow = "fold"
    for sample in samples:
        found = sample.found
        published = str(found.published or found.undated or "") if found else ""
        letters = str(len(found.text)) if found else ""
        table.add_row(escape(_path(sample.url)), _read(sample), published, letters)
    console.print(table)


def _path(url: str) -> str:
    """An address below its host, as people read it."""
    parts = urlsplit(url)
    return unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _site_row(checked: Checked) -> dict[str, object]:
    return {
        "id": checked.site.id,
        "works": checked.works,
        "sources": [_source_row(each) for each in checked.tried],
        "article": _sample_row(checked.sample) if checked.sample else None,
    }


def _source_row(tried: Tried) -> dict[str, object]:
    return {
        "url": tried.url,
        "kind": tried.kind,
        "is": tried.shape or None,
        "fault": tried.fault,
        "links": tried.entries,
        "articles": tried.fits,
        "newest": tried.newest.isoformat() if tried.newest else None,
    }


def _sample_row(sample: Sample) -> dict[str, object]:
    found = sample.found
    return {
        "url": sample.url,
        "title": found.title if found else None,
        "published": found.published.isoformat() if found and found.published else None,
        "letters": len(found.text) if found else 0,
        "fault": sample.fault,
    }
