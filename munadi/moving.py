"""`munadi export`, `import` and `backup`: what leaves this machine, and comes back."""

from __future__ import annotations

import json
import os
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from munadi.settings import CrawlSettings
from storage.errors import StoreError

FORMAT = "munadi subscriptions"
VERSION = 1

export_app = typer.Typer(help="The archive, or all readers.", invoke_without_command=True)
import_app = typer.Typer(help="Take in what was exported.", no_args_is_help=True)


@export_app.callback()
def export(
    context: typer.Context,
    days: Annotated[int | None, typer.Option(min=1, help="Only of so many days.")] = None,
) -> None:
    """Print every article as one JSON line: text, story, topics. Or export the subscriptions."""
    if context.invoked_subcommand is not None:
        return
    from munadi.looking import looked_at

    since = None if days is None else datetime.now(UTC) - timedelta(days=days)
    with looked_at(CrawlSettings().db) as store:
        for article in store.archive.articles(since):
            print(json.dumps(article, ensure_ascii=False))


@export_app.command("subscriptions")
def export_subscriptions(
    file: Annotated[Path | None, typer.Argument(help="Where to; none: standard output.")] = None,
) -> None:
    """Write all readers with what they follow and their settings, one reader a line."""
    from storage.store import Store

    with Store(CrawlSettings().db, create=False) as store:
        readers = store.moving.readers()
    told = written(readers, datetime.now(UTC))
    if file is None:
        sys.stdout.write(told)
        return
    if file.exists():
        raise StoreError(f"{file} exists already: name another file, or move it away")
    opened = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(opened, "w", encoding="utf-8") as out:
            out.write(told)
    except OSError as error:
        file.unlink()
        raise StoreError(f"{file} cannot be written: {error.strerror}") from None
    print(f"{len(readers)} readers written to {file}")


@import_app.command("subscriptions")
def import_subscriptions(
    file: Annotated[Path, typer.Argument(help="What export subscriptions wrote; - for input.")],
) -> None:
    """Take in readers; doing it twice changes nothing more. All of them, or none."""
    from storage.store import Store

    try:
        told = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise StoreError(f"{file} is not UTF-8: give the file that export wrote") from None
    readers = read(told, str(file))
    with Store(CrawlSettings().db) as store:
        try:
            new = store.moving.admit(readers)
        except StoreError as error:
            raise StoreError(f"{file}{_line_of(told, str(error))}: {error}") from None
    print(f"{len(readers)} readers taken in, {new} of them new")


def backup(
    file: Annotated[Path, typer.Argument(help="The copy; it must not exist yet.")],
) -> None:
    """Copy the database into one file, consistent even while munadi runs."""
    from storage.store import Store

    with Store(CrawlSettings().db, create=False) as store:
        size = store.archive.backup(file)
    print(f"{size:,} bytes written to {file}")


def written(readers: list[dict[str, Any]], now: datetime) -> str:
    """The document: JSON, a line for each reader."""
    head = {"format": FORMAT, "version": VERSION, "exported_at": now.isoformat(timespec="seconds")}
    lines = ",\n".join(json.dumps(reader, ensure_ascii=False) for reader in readers)
    return json.dumps(head)[:-1] + f', "readers": [\n{lines}\n]}}\n'


def read(told: str, name: str) -> list[dict[str, Any]]:
    """The readers of a document. Raises `StoreError` with the line and the remedy."""
    try:
        document = json.loads(told)
    except json.JSONDecodeError as error:
        raise StoreError(
            f"{name}, line {error.lineno}: no JSON ({error.msg}): export it again"
        ) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise StoreError(
            f'{name}: "format" is not "{FORMAT}": give what export subscriptions wrote'
        )
    if document.get("version") != VERSION:
        raise StoreError(f'{name}: "version" is not {VERSION}: upgrade munadi, or export it again')
    readers = document.get("readers")
    if not isinstance(readers, list) or not all(isinstance(reader, dict) for reader in readers):
        raise StoreError(f'{name}: "readers" is no list of objects: export it again')
    return readers


def _line_of(told: str, error: str) -> str:
    """Where the reader that an error names stands."""
    found = re.match(r"reader (\d+)", error)
    marks = list(re.finditer(r'"chat_id"\s*:', told))
    if found is None or int(found[1]) > len(marks):
        return ""
    return f", line {told.count(chr(10), 0, marks[int(found[1]) - 1].start()) + 1}"
