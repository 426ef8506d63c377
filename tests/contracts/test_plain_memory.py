"""The memory that the tests of `watch` use meets the contract that storage meets."""

from __future__ import annotations

import pytest
from contracts.memory import MemoryContract, PlainMemory


class TestPlainMemory(MemoryContract):
    @pytest.fixture
    def memory(self) -> PlainMemory:
        return PlainMemory()
