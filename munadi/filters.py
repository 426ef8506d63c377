"""The line filters: JSON lines in, JSON lines out, in order; a bad line costs one line of error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import IO, Any, NoReturn

from munadi.output import say
from watch.matching import match
from watch.records import Judgement, Published, Relation, Telling
from watch.stories import judge
from watch.stream import Stream
from watch.topics import Topics

Row = dict[str, Any]


class BadLineError(ValueError):
    """This line cannot be answered; the message says why."""


def filter_lines(lines: Iterable[bytes], answer: Callable[[Row], Row], out: IO[bytes]) -> int:
    """Answer each line as it comes; return the exit status: 1 if any line was bad, else 0."""
    status = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            reply = _written(answer(_row(line)))
        except BadLineError as bad:
            print(f"line {number}: {bad}", file=sys.stderr)
            status = 1
            continue
        out.write(reply + b"\n")
        out.flush()
    return status


def filter_stdin(answer: Callable[[Row], Row]) -> int:
    """`filter_lines` from standard input to standard output; either may have been closed."""
    if sys.stdout is None:
        say("standard output is closed: there is nowhere to answer")
        return 1
    lines = () if sys.stdin is None else sys.stdin.buffer
    return filter_lines(lines, answer, sys.stdout.buffer)


def matcher(topics: Topics) -> Callable[[Row], Row]:
    """`munadi match`: which topics an article is about, and which it only names."""

    def answer(row: Row) -> Row:
        hits = match(_text(row, "title"), _text(row, "text"), topics)
        return {
            "id": row.get("id"),
            "topics": [
                {
                    "topic": hit.topic,
                    "level": str(hit.level),
                    "score": round(hit.score, 4),
                    "matched": list(hit.matched),
                }
                for hit in hits
            ],
        }

    return answer


def storyteller() -> Callable[[Row], Row]:
    """`munadi stories`: which story each article of a stream tells."""
    told = Stream()

    def answer(row: Row) -> Row:
        placed = told.tell(row.get("id"), _telling(row))
        return {
            "id": row.get("id"),
            "story": placed.story,
            "relation": str(placed.relation),
            "to": placed.to,
            "score": round(placed.score, 4),
        }

    return answer


def pair_judge() -> Callable[[Row], Row]:
    """`munadi stories --pairs`: what b is to a, each pair alone."""

    def answer(row: Row) -> Row:
        a, b = row.get("a"), row.get("b")
        if not isinstance(a, dict) or not isinstance(b, dict):
            raise BadLineError('a pair needs two objects, "a" and "b"')
        judged: Judgement = judge(_telling(b), [_telling(a)])
        joined = judged.relation not in {Relation.NEW, Relation.FOLLOW_UP}
        return {
            "id": row.get("id"),
            "story": "a" if joined else "b",
            "relation": str(judged.relation),
            "score": round(judged.score, 4),
        }

    return answer


def _row(line: bytes) -> Row:
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise BadLineError(f"not UTF-8 at byte {error.start}") from None
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise BadLineError("not a JSON object")
    return row


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")  # Python's reader takes it, no other does


def _written(reply: Row) -> bytes:
    try:
        return json.dumps(reply, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"its id cannot be written back: {error}") from None


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadLineError(f'"{key}" must be text, not {type(value).__name__}')
    return value.encode("utf-8", "replace").decode()  # lone surrogates cannot be written back


def _telling(row: Row) -> Telling:
    return Telling(
        outlet=_text(row, "outlet"),
        url=_text(row, "url"),
        title=_text(row, "title"),
        text=_text(row, "text"),
        published=_published(_text(row, "published")),
    )


def _published(value: str) -> Published | None:
    """An ISO time or date, zoneless taken as UTC; what cannot be read is unknown, not an error."""
    try:
        if len(value) <= len("2016-04-15"):
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
