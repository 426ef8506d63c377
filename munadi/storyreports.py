"""`munadi story`: one story and what changed in it, or the latest ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from difflib import SequenceMatcher

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from munadi.output import print_json
from storage.histories import Headline, History, Part, Version

AROUND_WORDS = 4  # shown on either side of what changed


def show_story(history: History, *, as_json: bool) -> None:
    """Print who told a story when, and the difference between versions of a page."""
    if as_json:
        print_json(_with_differences(history))
        return
    console = Console()
    voices = len({part.voice for part in history.parts})
    told = f"articles: {len(history.parts)}, texts: {voices}, readers told: {history.alerted}"
    console.print(f"[bold]story {history.story}[/bold]: {told}")
    if history.follows is not None:
        console.print(f"follows story {history.follows}")
    for number in history.followed_by:
        console.print(f"followed by story {number}")
    if history.topics:
        console.print(f"topics: {', '.join(history.topics)}")
    for part in history.parts:
        console.print()
        _show_part(console, part, history.parts[0].article)


def _show_part(console: Console, part: Part, first: int) -> None:
    agency = f" ({escape(part.agency)})" if part.agency else ""
    copies = f", prints the text of article {part.voice}" if part.voice != part.article else ""
    relation = "first" if part.article == first else f"{part.relation} {part.score:.2f}{copies}"
    console.print(
        f"{part.first_seen:%Y-%m-%d %H:%M} UTC · [bold]{escape(part.outlet)}[/bold]{agency} · "
        f"article {part.article}, {relation}"
    )
    console.print(escape(part.versions[0].title))
    console.print(escape(part.url), soft_wrap=True)
    if part.gone_at:
        console.print(f"  its page is gone since {part.gone_at:%Y-%m-%d %H:%M} UTC")
    _show_changes(console, part.versions[0])
    for before, now in zip(part.versions, part.versions[1:], strict=False):
        console.print(f"  version of {now.seen_at:%Y-%m-%d %H:%M} UTC")
        _show_changes(console, now)
        for sign, words in differences(before, now):
            style = {"-": "red", "+": "green"}.get(sign, "dim")
            console.print(Text(f"    {sign} {words}", style=style))


def _show_changes(console: Console, version: Version) -> None:
    for change in version.changes:
        console.print(f"  replaced: {escape(change.before)} ← {escape(change.now)}")


def differences(before: Version, now: Version) -> Iterator[tuple[str, str]]:
    """Yield what went (`-`) and came (`+`) from one version to the next, with words around."""
    told, said = (f"{version.title}\n{version.text}".split() for version in (before, now))
    for tag, a, b, c, d in SequenceMatcher(None, told, said, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        yield " ", f"… {' '.join(said[max(0, c - AROUND_WORDS) : c])} …"
        if b > a:
            yield "-", " ".join(told[a:b])
        if d > c:
            yield "+", " ".join(said[c:d])


def _with_differences(history: History) -> dict[str, object]:
    told = asdict(history)
    for part, written in zip(history.parts, told["parts"], strict=True):
        steps = zip(part.versions, part.versions[1:], strict=False)
        written["differences"] = [list(differences(before, now)) for before, now in steps]
    return told


def show_recent(stories: Sequence[Headline], *, as_json: bool) -> None:
    """Print the latest stories, newest first."""
    if as_json:
        print_json([asdict(each) for each in stories])
        return
    table = Table("story", "since", "title", "first", "outlets", "texts", "changes", "follows")
    for each in stories:
        table.add_row(
            str(each.story),
            f"{each.first_seen:%m-%d %H:%M}",
            escape(each.title),
            escape(each.outlet),
            str(each.outlets),
            str(each.voices),
            str(each.updates or ""),
            str(each.follows or ""),
        )
    Console().print(table)
