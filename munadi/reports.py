"""What commands print for people, as tables, or for programs, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from munadi.healthreports import ago, site_states, source_json, source_table
from munadi.output import print_json
from storage.archive import Status
from storage.search import Found
from watch.matching import Explanation
from watch.records import Level


def show_status(status: Status, now: datetime, *, as_json: bool) -> None:
    """`munadi status`: counts, what is owed since when, and every source, worst first."""
    if as_json:
        sources = [source_json(source) for source in status.sources]
        states = site_states(status.sources)
        print_json(asdict(status) | {"sources": sources, "sites": states})
        return
    console = Console()
    counts = Table(show_header=False, box=None)
    owed = f"{status.owed} (oldest {ago(status.owed_since, now)})" if status.owed else "none"
    for name, value in (
        ("articles", str(status.articles)),
        ("stories", f"{status.stories}, {status.told_again} of today in several outlets"),
        ("readers", f"{status.readers}, following {status.subscriptions} topics"),
        ("owed", owed),
        ("held for summaries", str(status.held)),
        ("sent", f"{status.sent}, last {ago(status.last_sent, now)}"),
        ("refused for good", str(status.refused)),
        ("found and not read yet", str(status.wanted)),
        ("unreadable", str(status.unreadable)),
    ):
        counts.add_row(name, value)
    console.print(counts)
    console.print(source_table(status.sources, now))


def show_found(found: Sequence[Found], *, as_json: bool) -> None:
    """`munadi search`: one block an article, newest first."""
    if as_json:
        print_json([asdict(each) for each in found])
        return
    console = Console()
    for each in found:
        topics = escape(f"  [{', '.join(each.topics)}]") if each.topics else ""
        console.print(f"[bold]{escape(each.title)}[/bold]")
        told = f"story {each.story}, {each.relation}, outlets: {each.outlets}"
        seen = f"{each.first_seen:%Y-%m-%d %H:%M} UTC"
        console.print(f"{escape(each.outlet)} · {seen} · {told}", topics)
        console.print(escape(each.passage))
        console.print(escape(each.url), soft_wrap=True)
        console.print()
    console.print(f"{len(found)} found")


def show_explanation(explanation: Explanation, *, as_json: bool) -> None:
    """`munadi topics explain`: the rule, the words that count and those that do not, the level."""
    if as_json:
        print_json(asdict(explanation))
        return
    console = Console()
    level = explanation.level or "none"
    console.print(f"[bold]{explanation.topic}: {level}[/bold], score {explanation.score:.2f}")
    console.print(f"asks for: {escape(explanation.rule)}")
    console.print(f"because: {escape(explanation.reason)}")
    if explanation.findings:
        words = Table("words", "where", "counts", "why")
        for finding in explanation.findings:
            where = f"{finding.span.field} {finding.span.start}-{finding.span.end}"
            counts = "yes" if finding.counts else "no"
            words.add_row(escape(finding.words), where, counts, escape(finding.why))
        console.print(words)
    if explanation.level is not None:
        wanted = "about" if explanation.level is Level.MENTION else "this level"
        measures = Table("measure", "value", "push", title=f"what speaks for and against {wanted}")
        for measure in explanation.measures:
            measures.add_row(measure.name, f"{measure.value:.2f}", f"{measure.push:+.2f}")
        console.print(measures)
