"""Lines that operators type in place of a topic: understood, said back, or refused."""

from __future__ import annotations

import sys

import typer

from watch.query import Understood, understand
from watch.topics import Topics


def typed(line: str, topics: Topics) -> Topics:
    """Return the one topic that a line makes, and say on stderr how it was understood.

    A line that makes none ends the program with its reason and exit status 1.
    """
    read = understand(line, topics.gazetteer)
    if not isinstance(read, Understood):
        print(f"munadi: {read.why.ar}\nmunadi: {read.why.en}", file=sys.stderr)
        raise typer.Exit(1)
    print(f"munadi: {read.said.ar}\nmunadi: {read.said.en}", file=sys.stderr)
    return Topics([read.topic], topics.gazetteer)
