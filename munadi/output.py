"""How all commands answer: JSON for programs, and one line for each thing that is wrong."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Annotated, NoReturn

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def print_json(value: object) -> None:
    """Print plain values, and times among them, as indented JSON."""

    def plain(item: object) -> object:
        if isinstance(item, date | datetime):
            return item.isoformat()
        raise TypeError(f"cannot print {type(item).__name__}")

    print(json.dumps(value, ensure_ascii=False, indent=1, default=plain))


def say(*lines: object) -> None:
    """Say each line on standard error, in the program's name."""
    for line in lines:
        print(f"munadi: {line}", file=sys.stderr)


def refuse(line: str) -> NoReturn:
    """Say why a command cannot be done, and end it with exit status 1."""
    say(line)
    raise typer.Exit(1)
