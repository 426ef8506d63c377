"""The archive as it leaves: article by article, and the whole file."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from storage.connection import Connection
from storage.errors import StoreError
from storage.faults import primary, worded
from storage.times import stamp

_BATCH = 200


def articles(connection: Connection, since: datetime | None) -> Iterator[dict[str, Any]]:
    """Every article first seen since then, in its latest version, in order of arrival.

    Read in small batches: one that is recorded meanwhile may come along, none comes twice.
    """
    last, from_then = 0, "" if since is None else stamp(since)
    while True:
        with connection.reading():
            rows = connection.execute(_ARTICLES, (last, from_then, _BATCH)).fetchall()
        if not rows:
            return
        for row in rows:
            article = dict(zip(_KEYS, row, strict=True))
            yield article | {"topics": json.loads(article["topics"])}
        last = rows[-1][0]


def backup(connection: Connection, target: Path) -> int:
    """Write a consistent copy of the database while others use it; its size in bytes.

    The file appears whole or not at all, readable by its owner only. Raises `StoreError` when it is
    there already or cannot be written.
    """
    if target.exists():
        raise StoreError(f"{target} exists already: name another file, or move it away")
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with worded(connection.path), closing(sqlite3.connect(part)) as copy:
            _copy(connection, copy)
        part.replace(target)
    except OSError as error:
        raise StoreError(
            f"{target} cannot be written ({error.strerror}): choose another folder"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target.stat().st_size


def _copy(connection: Connection, copy: sqlite3.Connection) -> None:
    """Copy all pages; only the copy grows, so it is its disk that is full."""
    try:
        connection.db.conn.backup(copy)
    except sqlite3.Error as error:
        if primary(error) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise OSError(errno.ENOSPC, str(error)) from error
        raise


_KEYS = (
    "id", "story", "relation", "site", "outlet", "url", "title", "text", "published", "updated",
    "agency", "language", "first_seen", "topics",
)  # fmt: skip

_ARTICLES = """
    SELECT articles.id, articles.story, articles.relation, articles.site, articles.outlet,
        articles.url, tellings.title, tellings.text, tellings.published, tellings.updated,
        articles.agency, articles.language, articles.first_seen,
        (SELECT json_group_array(json_object('topic', topic, 'level', level, 'score', score,
            'matched', json(matched))) FROM hits WHERE article = articles.id)
    FROM articles JOIN tellings ON tellings.id = articles.telling
    WHERE articles.id > ? AND articles.first_seen >= ? ORDER BY articles.id LIMIT ?"""
