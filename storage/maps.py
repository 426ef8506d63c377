"""The sitemaps that an index led to: how they were when they were last read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.connection import Connection
from storage.times import storable

TABLES = """
CREATE TABLE maps (                            -- only those of an index's latest walk
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    lastmod TEXT,                              -- as the index gave it, NULL: it gives none
    etag TEXT,
    last_modified TEXT,
    PRIMARY KEY (source, url)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRead:
    """A sitemap with the lastmod its index gave it, and the validators it was answered with."""

    url: str
    lastmod: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class Maps:
    """Table `maps`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, source: str) -> dict[str, MapRead]:
        """The maps that an index, a source, led to when it was last walked, by address."""
        with self._connection.reading():
            rows = self._connection.execute(
                """SELECT maps.url, lastmod, maps.etag, maps.last_modified FROM maps
                JOIN sources ON sources.id = source WHERE sources.url = ? ORDER BY maps.url""",
                (source,),
            ).fetchall()
        return {
            url: MapRead(url=url, lastmod=lastmod, etag=etag, last_modified=modified)
            for url, lastmod, etag, modified in rows
        }

    def remember(self, source: str, maps: Iterable[MapRead]) -> None:
        """Keep these, and no others, as the maps of an index.

        Told after the links of the walk are stored: a crash in between has the maps read again.
        """
        with self._connection.transaction():
            self._connection.execute(
                "DELETE FROM maps WHERE source = (SELECT id FROM sources WHERE url = ?)", (source,)
            )
            self._connection.many(
                """INSERT OR REPLACE INTO maps (source, url, lastmod, etag, last_modified)
                SELECT id, ?, ?, ?, ? FROM sources WHERE url = ?""",
                [
                    (
                        storable(each.url),
                        each.lastmod and storable(each.lastmod),
                        each.etag,
                        each.last_modified,
                        source,
                    )
                    for each in maps
                ],
            )
