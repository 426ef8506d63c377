"""`munadi sites …` and `munadi topics …`: look at the seeds, and hold them to their own words."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from munadi.output import AsJson, print_json, refuse, say
from munadi.settings import CrawlSettings

sites_app = typer.Typer(help="The outlets that are read, one seed file each.", no_args_is_help=True)
topics_app = typer.Typer(help="What is watched, one topic file each.", no_args_is_help=True)


@sites_app.command("list")
def list_sites(as_json: AsJson = False) -> None:
    """List the outlets: which are crawled, from what, and when their seed was last seen working."""
    from spiders.sites import load

    seeds = load(CrawlSettings().seeds)
    say(*seeds.errors)
    rows = [
        {
            "id": site.id,
            "name": site.name,
            "active": site.active,
            "checked": site.checked or None,
            "sources": [{"url": url, "kind": kind} for url, kind in site.sources],
        }
        for site in seeds.by_id.values()
    ]
    if as_json:
        print_json(rows)
    else:
        table = Table("site", "outlet", "crawled", "checked", "sources")
        for column in table.columns:
            column.overflow = "fold"  # an id or an address that is cut names nothing
        for site in seeds.by_id.values():
            sources = "\n".join(f"{kind}: {url}" for url, kind in site.sources)
            active = "yes" if site.active else "no"
            table.add_row(site.id, site.name, active, site.checked or "never", sources)
        Console().print(table)
    raise typer.Exit(1 if seeds.errors else 0)


@sites_app.command("check")
def check_sites(
    sites: Annotated[list[str] | None, typer.Argument(help="Ids of seeds; none: all.")] = None,
    live: Annotated[bool, typer.Option("--live", help="Ask the outlets themselves.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check every site seed; a bad one costs one line: file, key, what is wrong, what to write.

    With --live every source is tried, and `checked` is dated in the seeds that work.
    """
    from spiders.sites import load

    settings = CrawlSettings()
    seeds = load(settings.seeds)
    known = seeds.by_id.keys() | {Path(error.file).stem for error in seeds.errors}
    unknown = [site for site in sites or () if site not in known]
    say(*seeds.errors)
    say(*(f"no seed is called {site!r}: see munadi sites list" for site in unknown))
    wrong = bool(seeds.errors or unknown)
    if live:
        from munadi.livecommands import check_live

        tried = [seeds.by_id[site] for site in sites or () if site in seeds.by_id]
        tried = tried if sites else list(seeds.active())
        all_work = check_live(settings, tried, list(seeds.by_id.values()), as_json=as_json)
        raise typer.Exit(1 if wrong or not all_work else 0)
    well, active, bad = len(seeds.by_id), sum(1 for _ in seeds.active()), len(seeds.errors)
    if as_json:
        print_json({"well": well, "active": active, "errors": [str(each) for each in seeds.errors]})
    else:
        print(f"{well} seeds are well, {active} of them active; {bad} are not")
    raise typer.Exit(1 if wrong else 0)


@topics_app.command("list")
def list_topics(as_json: AsJson = False) -> None:
    """List the topics with the names people may call them by."""
    from watch.topics import load

    topics = load(CrawlSettings().topic_seeds)
    rows = [
        {"id": topic.id, "ar": topic.name_ar, "en": topic.name_en, "aliases": list(topic.aliases)}
        for topic in topics
    ]
    if as_json:
        print_json(rows)
        return
    table = Table("topic", "Arabic", "English", "also called")
    for topic in topics:
        table.add_row(topic.id, topic.name_ar, topic.name_en, "، ".join(topic.aliases))
    Console().print(table)


@topics_app.command("test")
def try_topics(as_json: AsJson = False) -> None:
    """Hold every topic to its own examples and counter-examples."""
    from watch.topics import load
    from watch.trials import check

    topics = load(CrawlSettings().topic_seeds)
    wrong = check(topics)
    say(*wrong)
    held = sum(len(topic.examples) + len(topic.counter_examples) for topic in topics)
    if as_json:
        print_json({"topics": len(topics), "examples": held, "errors": wrong})
    else:
        print(f"{len(topics)} topics, {held} examples, {len(wrong)} judged otherwise")
    raise typer.Exit(1 if wrong else 0)


@topics_app.command("explain", context_settings={"ignore_unknown_options": True})
def explain_topic(
    topic: Annotated[str, typer.Argument(help="A topic's id or any of its names.")],
    file: Annotated[Path | None, typer.Argument(help="The text; none: standard input.")] = None,
    title: Annotated[str, typer.Option(help="The article's title.")] = "",
    line: Annotated[bool, typer.Option("--line", help="TOPIC is a typed line.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say why a text is, or is not, about a topic: which rule, which words, which level."""
    from munadi import reports
    from munadi.lines import typed
    from watch.matching import explain
    from watch.topics import load

    topics = load(CrawlSettings().topic_seeds)
    if line:
        topics = typed(topic, topics)
    found = next(iter(topics)) if line else topics.find(topic)
    if found is None:
        known = ", ".join(each.id for each in topics)
        said = f"no topic is called {topic!r}; there are: {known}; --line takes a typed line"
        refuse(said)
    page = file.read_bytes() if file else sys.stdin.buffer.read()
    explained = explain(title, page.decode("utf-8", "replace"), found, topics)
    reports.show_explanation(explained, as_json=as_json)


@topics_app.command("backtest", context_settings={"ignore_unknown_options": True})
def backtest_topic(
    topic: Annotated[str, typer.Argument(help="A topic's id or name, or a typed line.")],
    days: Annotated[int, typer.Option(min=1, help="How far back to begin.")] = 30,
    against: Annotated[str, typer.Option(help="The topic that a line would change.")] = "",
    as_json: AsJson = False,
) -> None:
    """Replay a topic over the archive: alerts a day, examples, what a change would add and drop."""
    from munadi import backtest
    from munadi.lines import typed
    from munadi.looking import looked_at
    from watch.topics import Topics, load

    settings = CrawlSettings()
    topics = load(settings.topic_seeds)
    found = None if topic.startswith(("-", "@")) else topics.find(topic)
    alone = Topics([found], topics.gazetteer) if found else typed(topic, topics)
    recorded = topics.find(against) if against else found
    if against and recorded is None:
        refuse(f"no topic is called {against!r}")
    held = recorded.id if recorded else ""
    since = datetime.now(UTC) - timedelta(days=days)
    with looked_at(settings.db) as store:
        read = track(
            store.archive.replay(held, since),
            "reading the archive again",
            total=store.archive.count(since),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        backtest.show(backtest.backtest(read, alone), held, as_json=as_json)
