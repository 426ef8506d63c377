"""Pairs of invented articles in every shape that outlets make: what one is to the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from flood import told

from watch.records import Relation
from watch.stories import JOINED, judge

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("story_pairs.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
PASSAGES = {row[0]: row[1].replace(" ¶ ", "\n") for row in ROWS if len(row) == 2}
ALLOWED = {"joined": JOINED, "apart": {Relation.NEW, Relation.FOLLOW_UP}}


@dataclass(frozen=True)
class Printed:
    """One article of a pair: its title and the names of its passages."""

    title: str
    passages: str

    @property
    def paragraphs(self) -> list[str]:
        return [PASSAGES[name] for name in self.passages.split()]


@pytest.mark.parametrize("row", [pytest.param(row, id=row[0]) for row in ROWS if len(row) > 2])
def test_a_pair_is_judged(row: list[str]) -> None:
    _, wanted, hours, outlet, *printed = row
    newer, older = Printed(*printed[:2]), Printed(*printed[2:])
    earlier = told(older.title, *older.paragraphs)
    outlet = earlier.outlet if outlet == "same" else "وكالة المدى"
    later = told(newer.title, *newer.paragraphs, outlet=outlet, hours=float(hours))
    allowed = ALLOWED.get(wanted) or {Relation(name) for name in wanted.split("/")}
    assert judge(later, [earlier]).relation in allowed
