"""`python -m bench`: every measured figure, one table after another.

The labelled data lies outside the project and is named by arguments; without them the figures that
need none are printed. Speeds are ratios within one run wherever two things can be compared.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from bench import (
    crawl,
    delivery,
    feeds,
    health,
    idle,
    kills,
    latency,
    many,
    memory,
    outage,
    pages,
    polling,
    polling_day,
    polls,
    scale,
    storage,
    stories,
    story_index,
    topics,
)

POLL_BUDGET_SECONDS = 300  # a poll per source in that time


def main() -> None:
    """Print the figures that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="folder of the labelled articles and pairs")
    parser.add_argument("--pages", type=Path, help="folder of real pages with gold.json")
    parser.add_argument("--feeds", type=Path, help="folder of feedparser's own test suite")
    asked = parser.parse_args()
    console = Console()
    for title, part in (
        ("Page fetched to alert sent", latency),
        ("Memory of the service", memory),
        ("Ingest and outbox", storage),
        ("Crawl", crawl),
        ("Polls beside Scrapy alone", polls),
        ("An idle hour", idle),
        ("Delivery", delivery),
        ("Twelve hours without Telegram", outage),
        ("Killed at any instant (long)", kills),
    ):
        console.rule(title)
        part.run()
    console.rule("Feeds beside feedparser")
    feeds.run(asked.feeds)
    found = asked.pages or (asked.corpus and asked.corpus.parent / "pages")
    if found and found.is_dir():
        console.rule("Pages")
        pages.run(found)
    if asked.corpus:
        console.rule("Topics")
        topics.run(asked.corpus)
        console.rule("Stories")
        stories.run(asked.corpus)
        console.rule("When to poll")
        polling.run(asked.corpus / "pubtimes.tsv", POLL_BUDGET_SECONDS)
        console.rule("Silent or only quiet")
        health.run(asked.corpus / "pubtimes.tsv")
        console.rule("Many topics (long)")
        many.run(asked.corpus)
    console.rule("A day of planning, six thousand sources")
    polling_day.run()
    console.rule("Ten minutes of six thousand sources (long)")
    scale.run()
    console.rule("Index of stories (long)")
    story_index.run()


if __name__ == "__main__":
    main()
