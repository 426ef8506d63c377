"""The table of date expressions in `tests/spiders/dates.tsv`, beside dateparser alone."""

from __future__ import annotations

import time
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from spiders.reading import dates

TABLE = Path(__file__).parents[1] / "tests" / "spiders" / "dates.tsv"
NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)

Read = Callable[[str, str], str]


def run() -> None:
    """Print how many expressions are read right, wrong and not at all, and the time of each."""
    rows = [line.split("\t") for line in TABLE.read_text().splitlines()[1:]]
    table = Table(title=f"{len(rows)} date expressions")
    for column in ("reader", "right", "wrong day", "day right, hour wrong", "not read", "ms each"):
        table.add_column(column)
    for name, read in (("munadi", _munadi), ("dateparser alone", _dateparser)):
        started = time.process_time()
        counts = Counter(_verdict(read(text, zone), expected) for text, zone, expected in rows)
        spent = (time.process_time() - started) * 1000 / len(rows)
        cells = (str(counts[one]) for one in ("right", "wrong", "hour", "none"))
        table.add_row(name, *cells, f"{spent:.2f}")
    Console().print(table)


def _verdict(told: str, expected: str) -> str:
    if told == expected or (len(expected) == 10 and told[:10] == expected):
        return "right"
    if told == "-":
        return "none"
    return "hour" if told[:10] == expected[:10] else "wrong"


def _munadi(text: str, zone: str) -> str:
    found = dates.parse(text, ZoneInfo(zone), NOW)
    return found.isoformat() if found else "-"


def _dateparser(text: str, zone: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dateparser  # noqa: PLC0415

        found = dateparser.parse(
            text,
            languages=["ar", "en"],
            settings={
                "TIMEZONE": zone,
                "RETURN_AS_TIMEZONE_AWARE": True,
                "DATE_ORDER": "DMY",
                "RELATIVE_BASE": NOW.astimezone(ZoneInfo(zone)).replace(tzinfo=None),
            },
        )
    return found.isoformat() if found else "-"
