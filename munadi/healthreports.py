"""How the sources and their sites are, for people and for programs: the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from rich.markup import escape
from rich.table import Table

from bot.texts.notices import ENGLISH, in_words
from storage.sources import Source

State = Literal["down", "degraded", "well"]  # of a site: none of its sources, some, all work
WORST_FIRST: tuple[State, ...] = ("down", "degraded", "well")


def site_states(sources: Sequence[Source]) -> dict[str, State]:
    """The state of each site, the worst first; one that was never asked is well."""
    works: dict[str, list[bool]] = {}
    for source in sources:
        works.setdefault(source.site, []).append(source.health.works)
    states: dict[str, State] = {
        site: "well" if all(each) else "degraded" if any(each) else "down"
        for site, each in works.items()
    }
    return dict(sorted(states.items(), key=lambda item: WORST_FIRST.index(item[1])))


def advice(source: Source) -> tuple[str, str]:
    """What is wrong with a source in words, and what to do about it; empty where nothing is."""
    if source.health.condition is None:
        return "", ""
    return in_words(source.health.condition, source.health.moved_to, ENGLISH)


def source_json(source: Source) -> dict[str, Any]:
    """A source for programs: what the store has of it, with its condition in words."""
    words, remedy = advice(source)
    return asdict(source) | {
        "condition": source.health.condition,
        "condition_since": source.health.since,
        "in_words": words,
        "remedy": remedy,
    }


def source_table(sources: Sequence[Source], now: datetime) -> Table:
    """One row a source: what is wrong with it, and what to do about that."""
    table = Table("site", "source", "how it is", "last success", "last new")
    table.columns[1].overflow = "fold"
    states = site_states(sources)
    for source in sources:
        state = states[source.site]
        table.add_row(
            source.site if state == "well" else f"{source.site} ({state})",
            escape(source.url),
            "\n".join(_how_it_is(source, now)),
            ago(source.last_success, now),
            ago(source.last_new, now),
        )
    return table


def _how_it_is(source: Source, now: datetime) -> list[str]:
    condition, (words, remedy) = source.health.condition, advice(source)
    lines = []
    if condition is not None:
        since = ago(source.health.since, now)
        lines.append(f"[bold]{condition}[/bold]: {escape(words)}, since {since}")
    if source.last_reason is not None:
        lines.append(f"failed {source.failures} times: {escape(source.last_reason)}")
    if remedy:
        lines.append(escape(remedy))
    return lines or ["well" if source.last_success else "not asked yet"]


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago, in the largest unit that fits: `3 min ago`; `never` for None."""
    if moment is None:
        return "never"
    seconds = max(0, int((now - moment).total_seconds()))
    for unit, size in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit} ago"
    return f"{seconds} s ago"
