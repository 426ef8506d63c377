"""Our reading of feeds beside feedparser's: the same entries, links and times, and how fast.

`run(FOLDER)` reads every feed of feedparser's own test suite, which its source package holds and
we do not: name the folder with `make bench FEEDS=FOLDER`. The speed needs no folder.
"""

from __future__ import annotations

import io
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import feedparser
from rich.console import Console
from rich.table import Table

from spiders.listing import feeds, plainfeeds
from spiders.listing.discover import unpacked
from spiders.listing.entries import Entry, Unlisted
from spiders.listing.times import of_struct

ENTRIES = 200


def run(folder: Path | None = None) -> None:
    """Print the speed; with a folder, whether each of its feeds is read as feedparser reads it."""
    warnings.simplefilter("ignore")  # feedparser's on its own renamed fields
    _speed()
    if folder is None:
        print("Likeness to feedparser: name its suite with make bench FEEDS=FOLDER")
        return
    counts: Counter[str] = Counter()
    for name, body in _suite(folder):
        counts["feeds"] += 1
        verdict = _compared(body)
        counts[verdict] += 1
        if verdict not in ("alike", "both find none"):
            counts["different"] += 1
            print(f"{verdict}: {name}")
    table = Table("feeds of the suite", "count")
    for verdict, count in counts.most_common():
        table.add_row(verdict, str(count))
    Console().print(table)


def _suite(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".xml", ".gz", ".z"} and (body := unpacked(file.read_bytes())[0]):
            yield str(file.relative_to(folder)), body


def _compared(body: bytes) -> str:
    try:
        ours = feeds.read(body, None)
    except Exception as error:
        return f"our exception ({type(error).__name__})"
    theirs: list[Any] = feedparser.parse(io.BytesIO(body)).entries
    entries = [] if isinstance(ours, Unlisted) else ours
    if [_key(entry) for entry in entries] == [_their_key(entry) for entry in theirs]:
        return "alike" if entries else "both find none"
    usable = [key for key in map(_their_key, theirs) if any(key)]
    return "alike" if not usable and not entries else "not alike"


def _key(entry: Entry) -> tuple[object, ...]:
    return entry.address or None, entry.published


def _their_key(entry: Any) -> tuple[object, ...]:
    link = entry.get("feedburner_origlink") or entry.get("link") or None
    told = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
    return link or feeds.permalink(entry.get("id")), of_struct(told)


def _speed() -> None:
    table = Table("a feed of 200 new entries", "feedparser, ms", "ours, ms", "ratio")
    for name, body in (("RSS 2.0", _rss()), ("Atom 1.0", _atom())):
        data = feeds.without_doctype(body, None)
        if plainfeeds.read(data) != feeds.by_feedparser(data)[0]:
            raise ValueError(f"{name} is not read as feedparser reads it")
        slow = _best(lambda data=data: feeds.by_feedparser(data))  # type: ignore[misc]
        fast = _best(lambda data=data: _read_anew(data))  # type: ignore[misc]
        table.add_row(name, f"{slow * 1e3:.1f}", f"{fast * 1e3:.2f}", f"{slow / fast:.1f}")
    Console().print(table)


def _read_anew(data: bytes) -> None:
    """Read a feed as if none of its times had been met before: those that were are remembered."""
    plainfeeds._instant.cache_clear()
    plainfeeds.read(data)


def _best(work: Callable[[], object], rounds: int = 7) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def _rss() -> bytes:
    items = "".join(
        f"<item><title>خبر محلي رقم {n} عن أعمال الطرق</title><link>https://www.minbar.example/"
        f"news/{n}/?utm_source=rss</link><guid isPermaLink='false'>{n}</guid>"
        f"<pubDate>Tue, 03 Mar 2026 {n % 24:02}:{n % 60:02}:00 +0300</pubDate><dc:creator>المحرر"
        "</dc:creator><category>محليات</category><description>"
        f"<![CDATA[<p>{'نص قصير. ' * 30}</p>]]></description></item>"
        for n in range(ENTRIES)
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' "
        f"xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>{items}</channel></rss>"
    ).encode()


def _atom() -> bytes:
    entries = "".join(
        f"<entry><title type='html'>خبر محلي رقم {n}</title><link href='/news/{n}'/>"
        f"<id>tag:{n}</id><published>2026-03-03T{n % 24:02}:{n % 60:02}:00+03:00</published>"
        f"<updated>2026-03-04T{n % 24:02}:00:00Z</updated><author><name>المحرر</name></author>"
        f"<summary type='html'>{'نص قصير. ' * 30}</summary></entry>"
        for n in range(ENTRIES)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode()


if __name__ == "__main__":
    run(Path(sys.argv[1]) if sys.argv[1:] else None)
