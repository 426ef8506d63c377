"""SQLite meets the contract of `watch.ports.Memory`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from contracts.memory import MemoryContract

from storage.store import Store
from storage.stories import Stories


class TestStories(MemoryContract):
    @pytest.fixture
    def memory(self, tmp_path: Path) -> Iterator[Stories]:
        with Store(tmp_path / "munadi.db") as store:
            yield store.stories
