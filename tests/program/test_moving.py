"""`munadi export`, `import` and `backup` as a user types them."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loopback import forked
from newsroom import Newsroom, a_hit

from munadi import cli
from storage.store import Store

NOW = datetime.now(UTC)


def munadi(folder: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("MUNADI_")}
    environment = clean | {"MUNADI_DB": str(folder / "munadi.db")}
    return forked.run(cli.main, *words, folder=folder, environment=environment, given=given)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose database has two readers and two articles."""
    with Store(tmp_path / "munadi.db") as store:
        newsroom = Newsroom(store)
        newsroom.reader(5, "aleppo")
        newsroom.reader(-6, "aleppo", kind="group")
        newsroom.prints(a_hit(), title='عنوان فيه "علامات" و\n سطران')
        newsroom.prints()
    return tmp_path


def test_readers_move_to_another_database(folder: Path, tmp_path: Path) -> None:
    assert munadi(folder, "export", "subscriptions", "all.json").returncode == 0
    file = folder / "all.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert "exists already" in munadi(folder, "export", "subscriptions", "all.json").stderr
    assert (
        munadi(folder, "export", "subscriptions").stdout.splitlines()[1:]
        == (file.read_text().splitlines()[1:])
    )
    other = tmp_path / "other"
    other.mkdir()
    took = munadi(other, "import", "subscriptions", str(file))
    assert (took.returncode, took.stdout) == (0, "2 readers taken in, 2 of them new\n")
    again = munadi(other, "import", "subscriptions", "-", given=file.read_text())
    assert again.stdout == "2 readers taken in, 0 of them new\n"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("{\n nonsense", "bad.json, line 2: no JSON"),
        ("[]", 'bad.json: "format" is not "munadi subscriptions"'),
        ('{"format": "munadi subscriptions", "version": 9}', 'bad.json: "version" is not 1'),
        ('{"format": "munadi subscriptions", "version": 1}', '"readers" is no list'),
        (
            '{"format": "munadi subscriptions", "version": 1, "readers": [\n'
            '{"chat_id": 1, "kind": "private", "language": "ar", '
            '"since": "2026-03-01T12:00:00.000000Z"},\n'
            '{"chat_id": "two"}\n]}',
            "bad.json, line 3: reader 2: chat_id is 'two': write the chat's number",
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_line(folder: Path, told: str, said: str) -> None:
    (folder / "bad.json").write_text(told)
    refused = munadi(folder, "import", "subscriptions", "bad.json")
    assert refused.returncode == 1
    assert said in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_the_archive_leaves_as_json_lines(folder: Path) -> None:
    told = munadi(folder, "export")
    first, second = map(json.loads, told.stdout.splitlines())
    assert first["title"] == 'عنوان فيه "علامات" و\n سطران'
    assert [topic["topic"] for topic in first["topics"]] == ["aleppo"]
    assert first["topics"][0]["matched"] == ["عودة"]
    assert (second["id"], second["topics"]) == (2, [])
    assert munadi(folder, "export", "--days", "1").stdout == ""  # they are of last March


def test_a_backup_is_whole_while_others_write(folder: Path) -> None:
    with Store(folder / "munadi.db") as store, store.transaction():
        done = munadi(folder, "backup", "copy.db")
    assert done.returncode == 0, done.stderr
    copy = folder / "copy.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert kept.execute("SELECT count(*) FROM readers").fetchone() == (2,)
    again = munadi(folder, "backup", "copy.db")
    assert again.returncode == 1
    assert "exists already: name another file" in again.stderr
    nowhere = munadi(folder, "backup", "no/such/folder/copy.db")
    assert nowhere.returncode == 1
    assert "choose another folder" in nowhere.stderr
