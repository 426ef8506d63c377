"""What came of the made-up articles, held against what had to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from munadi.demo.cast import Outlet, Piece
from storage.ledger import Entry
from watch.records import Level, Relation

MAX_AGE = timedelta(hours=48)  # what seeds say when they say nothing
JOINED = (Relation.REPRINT, Relation.SAME_EVENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One article of the play: what became of it and why, and whether that was right."""

    outlet: str
    title: str
    fate: str
    why: str
    note: str  # what made it hard
    wrong: str  # what was expected instead, "" when all is as it must be


def outcomes(
    outlets: Sequence[Outlet], entries: Sequence[Entry], unreadable: Mapping[str, str]
) -> list[Outcome]:
    """Judge every article of the press; `unreadable` gives, by outlet id, why a page gave none."""
    keys = {
        entry.article: piece.key
        for outlet in outlets
        for piece in outlet.pieces
        for entry in _entries_of(outlet, piece, entries)
    }
    leaders = {
        entry.story: (keys.get(entry.article, "?"), entry.outlet) for entry in reversed(entries)
    }
    found: list[Outcome] = []
    for outlet in outlets:
        for piece in outlet.pieces:
            own = _entries_of(outlet, piece, entries)
            reason = unreadable.get(outlet.id, "")
            found.append(_outcome(outlet, piece, own, leaders, reason))
    return found


def _entries_of(outlet: Outlet, piece: Piece, entries: Iterable[Entry]) -> list[Entry]:
    titles = {version.title for version in piece.versions}
    return [entry for entry in entries if entry.outlet == outlet.name and entry.title in titles]


def _outcome(
    outlet: Outlet,
    piece: Piece,
    own: list[Entry],
    leaders: Mapping[int, tuple[str, str]],
    reason: str,
) -> Outcome:
    fate, why = "never read", ""
    if len(own) > 1:
        fate = f"recorded {len(own)} times"
    elif own:
        fate, why = _fate(own[0], leaders)
    elif reason:
        fate, why = "unreadable", reason
    topics = {hit.topic: hit.level.value for entry in own for hit in entry.hits}
    return Outcome(
        outlet=outlet.name,
        title=piece.versions[-1].title,
        fate=fate,
        why=why,
        note=piece.note,
        wrong=_wrong(piece, fate, topics),
    )


def _wrong(piece: Piece, fate: str, topics: Mapping[str, str]) -> str:
    if fate != piece.fate:
        return f"expected: {piece.fate}"
    if topics != piece.topics:
        return f"expected topics: {dict(piece.topics) or 'none'}, got: {dict(topics) or 'none'}"
    return ""


def _fate(entry: Entry, leaders: Mapping[int, tuple[str, str]]) -> tuple[str, str]:
    """What became of an article that was recorded, and why."""
    hits = "; ".join(f"{hit.topic}: {hit.level.value}, {hit.reason}" for hit in entry.hits)
    if not entry.alerts:
        return ("old", "older than 48 hours") if _old(entry) else ("archive", "first round")
    if entry.relation in JOINED:
        key, outlet = leaders[entry.story]
        return f"joins {key}", f"the report of {outlet}: its card is edited"
    if not entry.hits:
        return "no topic", "names none of the topics"
    if entry.alerted:
        updated = ", then an update" if entry.versions > 1 and entry.edited else ""
        return f"alert{updated}", hits
    if all(hit.level is Level.MENTION for hit in entry.hits):
        return "mention", hits
    return "not told", hits


def _old(entry: Entry) -> bool:
    if not isinstance(entry.published, datetime):
        return False
    return entry.first_seen - entry.published > MAX_AGE
