"""The schema, in steps; each step runs in a transaction with its record.

Steps are only ever added. All of them run under the one write lock, so that two processes that
start together cannot both migrate.
"""

from __future__ import annotations

from sqlite3 import complete_statement

from sqlite_utils import Database, Migrations

from storage.answers import TABLES as ANSWERS
from storage.answers import THREADS as ANSWER_THREADS
from storage.audits import TABLES as AUDITS
from storage.connection import Connection
from storage.errors import StoreError
from storage.faults import worded
from storage.fingerprints import HEADINGS
from storage.health import TABLES as HEALTH
from storage.holding import STEPS as HOLDING
from storage.maps import TABLES as MAPS
from storage.notices import TABLES as NOTICES
from storage.preferences import DRAFTS
from storage.preferences import TABLES as PREFERENCES
from storage.preferences import THREADS as PREFERENCE_THREADS
from storage.readings import TABLES
from storage.revisits import TABLES as REVISITS
from storage.schema import CARDS, DELIVERIES, READERS, SHORT_SKETCHES, SOURCES, STORIES
from storage.summaries import STEPS as SUMMARIES
from storage.watches import TABLES as WATCHES

steps = Migrations("munadi")


def _run(db: Database, script: str) -> None:
    """Run statements that each begin on a line of their own, in the transaction that is open.

    The driver's `executescript` would commit first; sqlite-utils' own looks for the end of each
    statement again after every letter, which was most of the time that a new database took.
    """
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if complete_statement(statement):
            db.execute(statement)
            statement = ""


@steps(name="0001_sources_and_links")
def _sources(db: Database) -> None:
    _run(db, SOURCES)


@steps(name="0002_articles_and_stories")
def _stories(db: Database) -> None:
    _run(db, STORIES)


@steps(name="0003_readers")
def _readers(db: Database) -> None:
    _run(db, READERS)


@steps(name="0004_deliveries")
def _deliveries(db: Database) -> None:
    _run(db, DELIVERIES)


@steps(name="0005_cards")
def _cards(db: Database) -> None:
    _run(db, CARDS)


@steps(name="0006_habits")
def _habits(db: Database) -> None:
    db.execute("ALTER TABLE sources ADD COLUMN habit TEXT")  # as the crawl writes it, NULL: none


@steps(name="0007_readings")
def _readings(db: Database) -> None:
    _run(db, TABLES)


@steps(name="0026_answers")
def _answers(db: Database) -> None:
    _run(db, ANSWERS)


@steps(name="0013_revisits")
def _revisits(db: Database) -> None:
    _run(db, REVISITS)


@steps(name="0010_maps")
def _maps(db: Database) -> None:
    _run(db, MAPS)


@steps(name="0011_prints_in_two_parts")
def _prints(db: Database) -> None:
    db.execute("DELETE FROM listings")  # of the old form; each next listing is compared with again


@steps(name="0023_watches")
def _watches(db: Database) -> None:
    _run(db, WATCHES)


@steps(name="0030_preferences")
def _preferences(db: Database) -> None:
    _run(db, PREFERENCES)


@steps(name="0031_summaries")
def _summaries(db: Database) -> None:
    states = "'owed', 'claimed', 'sent'"
    _remake(db, "deliveries", states, f"{states}, 'held', 'told'")
    for statement in (*HOLDING, *SUMMARIES):
        db.execute(statement)


@steps(name="0032_drafts")
def _drafts(db: Database) -> None:
    db.execute(DRAFTS)


def _remake(db: Database, table: str, old: str, new: str) -> None:
    """Change the text of a table's definition, which SQLite alters only by copying the table.

    Its rows, indexes and triggers stay as they are.
    """
    made = [
        sql
        for (sql,) in db.execute(
            """SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL
            ORDER BY type = 'table' DESC, type = 'index' DESC""",
            [table],
        ).fetchall()
    ]
    _, brace, body = made[0].partition("(")
    if old not in body:
        raise LookupError(f"table {table} was made otherwise")
    db.execute(f"CREATE TABLE remade {brace}{body.replace(old, new)}")
    db.execute(f"INSERT INTO remade SELECT * FROM {table}")  # noqa: S608 (its columns are the same)
    db.execute(f"DROP TABLE {table}")
    db.execute(f"ALTER TABLE remade RENAME TO {table}")
    for sql in made[1:]:
        db.execute(sql)


@steps(name="0017_health")
def _health(db: Database) -> None:
    _run(db, HEALTH)


@steps(name="0018_notices")
def _notices(db: Database) -> None:
    _run(db, NOTICES)


@steps(name="0014_audits")
def _audits(db: Database) -> None:
    _run(db, AUDITS)


@steps(name="0040_short_fingerprints")
def _short_fingerprints(db: Database) -> None:
    _run(db, SHORT_SKETCHES)


@steps(name="0041_numbers_given_once")
def _numbers(db: Database) -> None:
    """A sender may hold the number of a row that is gone: no other row may get it."""
    for table in ("deliveries", "answers"):
        _remake(db, table, "id INTEGER PRIMARY KEY", "id INTEGER PRIMARY KEY AUTOINCREMENT")


@steps(name="0050_threads")
def _threads(db: Database) -> None:
    db.execute(ANSWER_THREADS)
    db.execute(PREFERENCE_THREADS)


@steps(name="0060_headings")
def _headings(db: Database) -> None:
    _run(db, HEADINGS)


def migrate(connection: Connection, migrations: Migrations = steps) -> None:
    """Bring the database up to date.

    Raises `StoreError` for a database of a newer munadi or of another program: nothing is changed.
    """
    with worded(connection.path):
        if not _pending(connection, migrations):
            return
    with connection.transaction():
        if _pending(connection, migrations):
            migrations.apply(connection.db)


def _pending(connection: Connection, migrations: Migrations) -> bool:
    db = connection.db
    applied = {step.name for step in migrations.applied(db)}
    pending = {step.name for step in migrations.pending(db)}
    known = {step.name for step in migrations._migrations}
    if unknown := sorted(applied - known):
        raise StoreError(
            f"{connection.path} was written by a newer munadi (step {unknown[-1]}): "
            "upgrade munadi, or set MUNADI_DB to another path"
        )
    if not applied and db.table_names():
        raise StoreError(
            f"{connection.path} is a database of another program: set MUNADI_DB to another path"
        )
    return bool(pending)
