"""The topics that munadi ships with, loaded once for all tests of a process.

They are there to be looked at: a test that adds a topic loads its own.
"""

from __future__ import annotations

from pathlib import Path

from watch.topics import load

SEEDS = Path(__file__).parents[1] / "seeds"
TOPICS = load(SEEDS)
