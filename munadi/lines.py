"""Lines that operators type in place of a topic: understood, said back, or refused."""

from __future__ import annotations

import typer

from munadi.output import say
from watch.query import Understood, understand
from watch.topics import Topics


def typed(line: str, topics: Topics) -> Topics:
    """Return the one topic that a line makes, and say on stderr how it was understood.

    A line that makes none ends the program with its reason and exit status 1.
    """
    read = understand(line, topics.gazetteer)
    if not isinstance(read, Understood):
        say(read.why.ar, read.why.en)
        raise typer.Exit(1)
    say(read.said.ar, read.said.en)
    return Topics([read.topic], topics.gazetteer)
