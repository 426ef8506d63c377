"""What reading a site's pages taught: lines that they share, and why some gave nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage.connection import Connection
from storage.times import storable

LEAST_ARTICLES = 8  # a line seen in fewer distinct articles is never learned
LEAST_SHARE = 0.6  # of the articles read since the line was first seen
_FORGOTTEN = 100  # articles later, a line that was not seen again and not learned goes
_RETIRED = 1_000  # articles later, so does a learned one

TABLES = """
CREATE TABLE readings (                        -- how many articles were read of each site
    site TEXT PRIMARY KEY,
    articles INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE shared_lines (                    -- first and last lines of articles, as compared
    site TEXT NOT NULL,
    spelt TEXT NOT NULL,
    printed TEXT NOT NULL,
    articles INTEGER NOT NULL,                 -- distinct ones that held it
    since INTEGER NOT NULL,                    -- readings.articles when first seen,
    last INTEGER NOT NULL,                     -- and when last seen
    PRIMARY KEY (site, spelt)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLine:
    """A line that was learned to be furniture, and in how many articles it stood."""

    spelt: str  # as it is compared
    printed: str
    articles: int


class Readings:
    """Tables `readings` and `shared_lines`; some hundred rows a site at most."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def observe(self, site: str, lines: Mapping[str, str]) -> None:
        """Count the lines (spelt: printed) of one article, once for each article. Atomic."""
        with self._connection.transaction():
            self._connection.execute(
                """INSERT INTO readings VALUES (?, 1)
                ON CONFLICT (site) DO UPDATE SET articles = articles + 1""",
                (site,),
            )
            (count,) = self._connection.execute(
                "SELECT articles FROM readings WHERE site = ?", (site,)
            ).fetchone()
            for spelt, printed in lines.items():
                self._connection.execute(
                    """INSERT INTO shared_lines VALUES (?, ?, ?, 1, ?, ?)
                    ON CONFLICT (site, spelt) DO UPDATE
                    SET articles = articles + 1, last = excluded.last""",
                    (site, storable(spelt), storable(printed), count, count),
                )
            self._connection.execute(
                """DELETE FROM shared_lines WHERE site = ?
                AND last < ? - CASE WHEN articles < ? THEN ? ELSE ? END""",
                (site, count, LEAST_ARTICLES, _FORGOTTEN, _RETIRED),
            )

    def learned(self, site: str) -> list[SharedLine]:
        """The lines that are furniture of a site, commonest first."""
        rows = self._connection.execute(
            """SELECT spelt, printed, shared_lines.articles
            FROM shared_lines JOIN readings USING (site)
            WHERE site = ? AND shared_lines.articles >= ?
            AND shared_lines.articles >= ? * (readings.articles - since + 1)
            ORDER BY shared_lines.articles DESC, spelt""",
            (site, LEAST_ARTICLES, LEAST_SHARE),
        )
        return [SharedLine(spelt=row[0], printed=row[1], articles=row[2]) for row in rows]

    def unreadable(self, site: str) -> list[tuple[str, int]]:
        """Why addresses of a site gave no article, and how many each, commonest first."""
        rows = self._connection.execute(
            """SELECT reason, count(*) AS pages FROM links
            WHERE site = ? AND reason IS NOT NULL GROUP BY reason ORDER BY pages DESC, reason""",
            (site,),
        )
        return [(reason, pages) for reason, pages in rows]
