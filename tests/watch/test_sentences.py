"""Hard sentences, one rule each: which name a shipped topic or a name typed a minute ago."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from shipped import TOPICS

from watch.matching import match
from watch.topics import from_name

HERE = Path(__file__).resolve().parent


def _rows() -> list[tuple[str, str, bool, str]]:
    with (HERE / "sentences.tsv").open(encoding="utf-8", newline="") as lines:
        return [
            (row["topic"], row["text"].replace("\\n", "\n"), row["match"] == "1", row["rule"])
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


ROWS = _rows()


@pytest.mark.parametrize(("topic", "text", "named", "rule"), ROWS)
def test_a_hard_sentence(topic: str, text: str, named: bool, rule: str) -> None:
    shipped = TOPICS.find(topic)
    asked = shipped or from_name(topic, TOPICS.gazetteer)
    topics = TOPICS if shipped else TOPICS.with_topics([asked])
    assert any(hit.topic == asked.id for hit in match("", text, topics)) is named, rule


def test_each_sentence_is_asked_once() -> None:
    asked = [(topic, text) for topic, text, _, _ in ROWS]
    assert len(asked) == len(set(asked))
