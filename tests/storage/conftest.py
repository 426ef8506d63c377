"""A store in a fresh folder, and a newsroom over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsroom import Newsroom

from storage.store import Store


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "munadi.db"


@pytest.fixture
def store(database: Path, new_database: Path) -> Iterator[Store]:
    shutil.copy(new_database, database)
    with Store(database) as opened:
        yield opened


@pytest.fixture
def newsroom(store: Store) -> Newsroom:
    return Newsroom(store)
