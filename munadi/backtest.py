"""Trying a topic on what was read already: alerts a day, examples, and what a change would move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from munadi.output import print_json
from storage.replay import Replayed
from watch.matching import match
from watch.records import Level
from watch.topics import Topics

EXAMPLES = 10  # shown of each kind


@dataclass(slots=True)
class Kind:
    """Articles of one kind: how many, and the newest of them."""

    count: int = 0
    newest: list[tuple[datetime, str, str]] = field(default_factory=list)  # seen, outlet, title

    def take(self, article: Replayed) -> None:
        """Count an article; articles come oldest first."""
        self.count += 1
        self.newest.append((article.first_seen, article.outlet, article.title))
        del self.newest[:-EXAMPLES]


@dataclass(slots=True)
class Backtest:
    """What came of a topic on the archive."""

    articles: int = 0
    days: float = 0.0  # between the first article and the last, at least one
    stories: int = 0  # that would have been told: one alert each
    about: Kind = field(default_factory=Kind)
    mention: Kind = field(default_factory=Kind)
    added: Kind = field(default_factory=Kind)  # about now, and not as recorded
    dropped: Kind = field(default_factory=Kind)  # about as recorded, and not now

    @property
    def alerts_a_day(self) -> float:
        """Stories told over the days of the archive."""
        return self.stories / self.days if self.days else 0.0


def backtest(articles: Iterable[Replayed], topics: Topics) -> Backtest:
    """Run the one topic of `topics` over articles, oldest first."""
    found, stories = Backtest(), set()
    first: datetime | None = None
    for article in articles:
        found.articles += 1
        first = first or article.first_seen
        found.days = max(1.0, (article.first_seen - first).total_seconds() / 86_400)
        level = next((hit.level for hit in match(article.title, article.text, topics)), None)
        if level is Level.ABOUT:
            stories.add(article.story)
            found.about.take(article)
        elif level is Level.MENTION:
            found.mention.take(article)
        if (level is Level.ABOUT) is not (article.level is Level.ABOUT):
            (found.added if level is Level.ABOUT else found.dropped).take(article)
    found.stories = len(stories)
    return found


def show(found: Backtest, against: str, *, as_json: bool) -> None:
    """Print the sums and the newest ten of each kind; `against` is the topic it is held against."""
    kinds = {"about": found.about, "mention": found.mention}
    if against:
        kinds |= {"added": found.added, "dropped": found.dropped}
    if as_json:
        sums = {"articles": found.articles, "days": found.days, "stories": found.stories}
        told = {"alerts_a_day": found.alerts_a_day, "against": against or None}
        print_json(sums | told | {name: _row(kind) for name, kind in kinds.items()})
    else:
        _show_tables(found, against, kinds)


def _row(kind: Kind) -> dict[str, object]:
    newest = [
        {"first_seen": seen, "outlet": outlet, "title": title}
        for seen, outlet, title in reversed(kind.newest)
    ]
    return {"count": kind.count, "newest": newest}


def _show_tables(found: Backtest, against: str, kinds: Mapping[str, Kind]) -> None:
    console = Console()
    console.print(
        f"{found.articles} articles of {found.days:.1f} days: {found.about.count} about it in "
        f"{found.stories} stories, {found.mention.count} only name it"
    )
    console.print(f"alerts a day: {found.alerts_a_day:.1f}")
    if against:
        console.print(
            f"against what was recorded for {escape(against)}: "
            f"{found.added.count} added, {found.dropped.count} dropped"
        )
    for name, kind in kinds.items():
        if kind.count:
            table = Table("first seen", "outlet", "title", title=f"{name}, the newest")
            for seen, outlet, title in reversed(kind.newest):
                table.add_row(f"{seen:%Y-%m-%d %H:%M}", escape(outlet), escape(title))
            console.print(table)
