"""Trying topics on their own examples: what `munadi topics test` runs."""

from __future__ import annotations

from collections.abc import Iterator

from watch.matching import match
from watch.records import Level
from watch.seeds import CounterExample, Example
from watch.topics import Topic, Topics


def check(topics: Topics) -> list[str]:
    """Judge every topic's examples; return a line for each that is judged otherwise."""
    return [line for topic in topics for line in _check(topic, topics)]


def _check(topic: Topic, topics: Topics) -> Iterator[str]:
    where = f"topics/{topic.id}.toml"
    for number, example in enumerate(topic.examples, 1):
        level = _level(example, topic, topics)
        if level != example.level:
            yield (
                f"{where}: example {number} must be {example.level}, "
                f"is judged {level or 'none'}: {_short(example)}"
            )
    for number, counter in enumerate(topic.counter_examples, 1):
        level = _level(counter, topic, topics)
        if level:
            yield (
                f"{where}: counter-example {number} must not match ({counter.why}), "
                f"is judged {level}: {_short(counter)}"
            )


def _level(example: Example | CounterExample, topic: Topic, topics: Topics) -> Level | None:
    hits = match(example.title, example.text, topics)
    return next((hit.level for hit in hits if hit.topic == topic.id), None)


def _short(example: Example | CounterExample) -> str:
    words = f"{example.title} {example.text}".split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
