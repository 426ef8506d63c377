"""SQLite meets the contract of `watch.ports.Memory`."""

from __future__ import annotations

import pytest
from contracts.memory import MemoryContract

from storage.store import Store
from storage.stories import Stories


class TestStories(MemoryContract):
    @pytest.fixture
    def memory(self, store: Store) -> Stories:
        return store.stories
