"""What to write instead: pydantic's findings in a seed, as one line for its author."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from spiders.errors import SeedError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

REMEDIES = {
    "id": "name the file with small Latin letters, digits and _, as in rt_arabic.toml",
    "name": 'write the name that alerts show, as in name = "المنبر"',
    "home": 'write an address, as in home = "https://example.org/"',
    "zone": 'write a zone of the tz database, as in zone = "Asia/Damascus"',
    "checked": 'write the month in quotes, as in checked = "2026-03", or "" for never',
    "active": "write true or false",
    "hosts": 'write host names without https://, as in hosts = ["m.example.org"]',
    "feeds": 'write at least one source, as in feeds = ["https://example.org/feed/"]',
    "sitemaps": 'write addresses, as in sitemaps = ["https://example.org/news.xml"]',
    "pages": 'write addresses, as in pages = ["https://example.org/latest"]',
    "article": "write a pattern in single quotes, as in article = '^/\\d+/'",
    "identity": "write a pattern with a group, as in identity = '^/(\\d+)/'",
    "proxy": 'write an address, as in proxy = "http://proxy.example:3128", or "" for none',
    "max_age_hours": "write a number of hours, 0 for no limit",
    "select": 'write CSS in quotes, as in title = "h1"; drop takes a list',
    "poll": "write seconds as in min_seconds = 60, max_seconds = 3600, delay_seconds = 1.0",
    "expect": "write numbers as in min_links = 5, silent_hours = 24",
    "poll.min_seconds": "write 60 or more: only sources on loopback may be polled more often",
    "poll.max_seconds": "write a number that is at least min_seconds",
    "poll.delay_seconds": "write seconds between two requests to a host, as in 1.0",
}

KEYS = {
    "": [key for key in REMEDIES if "." not in key and key != "id"],
    "select": ["title", "body", "published", "drop"],
    "poll": ["min_seconds", "max_seconds", "delay_seconds"],
    "expect": ["min_links", "silent_hours"],
}


def seed_error(file: str, findings: Sequence[ErrorDetails]) -> SeedError:
    """The first finding as file, key, what is wrong and what to write; the others are counted."""
    first = findings[0]
    names = [str(part) for part in first["loc"] if isinstance(part, str)]
    wrong = first["msg"].removeprefix("Value error, ")
    head, found, rest = wrong.partition(": ")
    if found and head in REMEDIES:  # a check of the whole seed names the key itself
        names, wrong = [head], rest
    elif wrong.startswith("max_seconds "):
        names = ["poll", "max_seconds"]
    key = ".".join(names)
    if first["type"] == "extra_forbidden":
        wrong, remedy = "unknown key", _spelling(names)
    else:
        wrong = {"missing": "missing"}.get(first["type"], wrong[:1].lower() + wrong[1:])
        remedy = REMEDIES.get(key) or REMEDIES.get(names[0], "see seeds/README.md")
    if more := len(findings) - 1:
        remedy += f" (and {more} more in this file)"
    return SeedError(file, key, " ".join(wrong.split()), remedy)


def _spelling(names: list[str]) -> str:
    table, key = ".".join(names[:-1]), names[-1]
    known = KEYS.get(table, [])
    close = get_close_matches(key, known, n=1)
    return f"did you mean {close[0]}?" if close else f"the keys are {', '.join(known)}"
