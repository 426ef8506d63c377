"""`munadi status --check`: does the service do its work? Judged by what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from storage.locks import is_played
from storage.overdue import Overdue
from storage.sources import Source
from storage.store import Store

SILENCE = timedelta(minutes=5)  # with something owed and nothing sent
STUCK = timedelta(minutes=15)  # with a source due and nothing read
BLIND = timedelta(hours=1)  # with every source failing


def trouble(database: Path, now: datetime) -> str | None:
    """One line that says what is wrong and what to look at; None when all is well."""
    for role in ("bot", "crawl"):
        if not is_played(database, role):
            return f"the {role} half does not run: start munadi run"
    with Store(database, create=False) as store:
        owed, status = store.archive.overdue(now), store.archive.status(now)
    return _silent(owed, now) or _blind(status.sources, now)


def _silent(owed: Overdue, now: datetime) -> str | None:
    """Something is owed and nothing has been sent, whatever Telegram says of itself."""
    if owed.since is None or owed.since > now - SILENCE:
        return None
    if owed.last_sent is not None and owed.last_sent > now - SILENCE:
        return None
    said = f"{owed.count} owed since {_time(owed.since)}, last sent {_time(owed.last_sent)}"
    if owed.parked_until is not None:
        return f"{said}: Telegram's flood control holds everything until {_time(owed.parked_until)}"
    return f"{said}: the log says what Telegram answers"


def _blind(sources: Sequence[Source], now: datetime) -> str | None:
    """Sources are due and nothing is read."""
    if not sources:
        return None
    read = max((s.last_success for s in sources if s.last_success), default=None)
    due = min(source.due_at for source in sources)
    if due < now - STUCK and (read is None or read < now - STUCK):
        return f"the crawl is stuck: a source is due since {_time(due)}, restart munadi"
    if all(source.failures for source in sources) and (read is None or read < now - BLIND):
        return f"no source could be read since {_time(read)}: check the network"
    return None


def _time(moment: datetime | None) -> str:
    return "never" if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"
