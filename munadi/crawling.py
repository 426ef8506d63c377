"""`munadi crawl`: one round now, watched as it goes, and a table of what it came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.live import Live
from rich.table import Table

from munadi.output import print_json, say
from munadi.settings import CrawlSettings
from spiders import rounds
from spiders.report import SiteReport
from spiders.sites import load_usable


def crawl(settings: CrawlSettings, sites: Sequence[str], *, as_json: bool) -> int:
    """Crawl these sites once, or all; return 1 if a site is unknown or none of them answered.

    Raises SeedError if no seed can be used.
    """
    active = {site.id for site in load_usable(settings.seeds).active()}
    if unknown := [site for site in sites if site not in active]:
        say(*(f"no active seed sites/{site}.toml in {settings.seeds}" for site in unknown))
        return 1
    seen: dict[str, SiteReport] = {}
    with Live(console=Console(stderr=True), transient=True, auto_refresh=False) as live:

        def progress(report: SiteReport) -> None:
            seen[report.site] = report
            live.update(table(list(seen.values())), refresh=True)

        reports = rounds.once(
            settings.db,
            settings.seeds,
            settings.topic_seeds,
            sites,
            polls_per_second=settings.polls_per_second,
            outward=settings.outward,
            progress=progress,
        )
    if as_json:
        print_json([asdict(report) for report in reports])
    else:
        Console().print(table(reports))
    return 0 if any(report.polls for report in reports) else 1


def table(reports: Sequence[SiteReport]) -> Table:
    """One row a site: what it listed, what was new, what could not be had and why."""
    columns = ("site", "found", "new", "joined", "changed", "alerted", "unreadable", "failed")
    shown = Table(*columns)
    for report in reports:
        shown.add_row(
            report.site,
            *(
                str(count or "")
                for count in (
                    report.found,
                    report.new,
                    report.joined,
                    report.changed,
                    report.alerted,
                )
            ),
            reasons(report.unreadable),
            reasons(report.failed),
        )
    return shown


def reasons(counted: Mapping[str, int]) -> str:
    """How often each reason was met, the most frequent first."""
    return "\n".join(f"{count} × {reason}" for reason, count in Counter(counted).most_common())
