"""Pairs made from real articles, where the labels have few: so that the weights know no topic.

Most labelled pairs that are *not* one story are of one formula. Here names and numbers of any
article are exchanged for those of another, an article is put under another's lead or between two
others, trimmed, respelt and repeated. Nothing made here is kept.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from watch.arabic import tokens
from watch.likeness import compare
from watch.records import Telling

Pair = tuple[Telling, Telling, bool]  # newer, older, one story?

START = datetime(2020, 1, 1, tzinfo=UTC)
OTHER = "another outlet"
SENTENCE = re.compile(r"(?<=[.؟!])\s+")
HAMZAS = str.maketrans("أإة", "ااه")
HARDLY_SHARED = 0.1  # of the smaller text
RARE = 25  # a word of fewer articles than this may be a name


class Maker:
    """Makes variants of articles; the same seed makes the same ones."""

    def __init__(self, articles: Sequence[Telling], seed: int = 5) -> None:
        self._articles = [article for article in articles if len(article.text) > 400]
        self._random = random.Random(seed)
        self._words = [{token.word for token in tokens(one.text)} for one in self._articles]
        self._common = Counter(word for words in self._words for word in words)

    def pairs(self, each: int) -> list[Pair]:
        """Return `each` pairs of every kind."""
        kinds = (
            self._trimmed,
            self._repeated,
            self._corrected,
            self._under_a_new_lead,
            self._same_formula,
            self._same_tail,
            self._unrelated,
            self._same_subject,
            self._digest,
        )
        return [kind(self._random.choice(self._articles)) for kind in kinds for _ in range(each)]

    def _trimmed(self, article: Telling) -> Pair:
        told = sentences(article.text)
        kept = told[: max(1, int(len(told) * self._random.uniform(0.35, 0.75)))]
        title = " ".join(told[0].split()[: self._random.randint(5, 10)])
        newer = replace(
            article,
            outlet=OTHER,
            title=self._random.choice((title, article.title)),
            text="\n".join(kept).translate(HAMZAS),
        )
        return self._pair(newer, article, 20, True)

    def _repeated(self, article: Telling) -> Pair:
        told = sentences(article.text)
        again = told[-self._random.randint(1, max(1, len(told) // 2)) :]
        teasers = [self._any().title for _ in range(self._random.randint(2, 6))]
        newer = replace(article, outlet=OTHER, text="\n".join([*told, *again, *teasers]))
        return self._pair(newer, article, 10, True)

    def _corrected(self, article: Telling) -> Pair:
        numbers = re.findall(r"\d+", article.title + article.text[:300]) or ["0"]
        number = self._random.choice(numbers)
        changed = partial(re.sub, rf"\b{number}\b", str(int(number) + self._random.randint(1, 9)))
        added = sentences(self._any().text)[-1]
        newer = replace(
            article,
            outlet=self._random.choice((OTHER, article.outlet)),
            title=changed(article.title),
            text=f"{changed(article.text)}\n{added}",
        )
        return self._pair(newer, article, 8, True)

    def _under_a_new_lead(self, article: Telling) -> Pair:
        other = self._any()
        lead = sentences(other.text)[: self._random.randint(1, 2)]
        outlet = self._random.choice((article.outlet, article.outlet, OTHER))
        text = "\n".join([*lead, article.text])
        newer = replace(article, outlet=outlet, title=other.title, text=text)
        return self._pair(newer, article, 40, False)

    def _same_formula(self, article: Telling) -> Pair:
        names, others = self._names(article), self._names(self._any())
        exchanged = dict(zip(names, others[: self._random.randint(3, 6)], strict=False))
        newer = replace(
            article,
            outlet=self._random.choice((article.outlet, OTHER)),
            title=self._refilled(article.title, exchanged),
            text=self._refilled(article.text, exchanged),
        )
        return self._pair(newer, article, self._random.choice((30, 240)), False)

    def _same_tail(self, article: Telling) -> Pair:
        teasers = "\n".join(self._any().title for _ in range(self._random.randint(4, 9)))
        other = self._any()
        newer = replace(other, outlet=article.outlet, text=f"{other.text}\n{teasers}")
        older = replace(article, text=f"{article.text}\n{teasers}")
        return self._pair(newer, older, 30, False)

    def _unrelated(self, article: Telling) -> Pair:
        outlet = self._random.choice((article.outlet, OTHER))
        return self._pair(replace(self._any(), outlet=outlet), article, 60, False)

    def _same_subject(self, article: Telling) -> Pair:
        """Tell an article after the one that names most of the same, in hardly a passage alike."""
        own = {token.word for token in tokens(article.text)}
        own = {word for word in own if self._common[word] < len(self._articles) / 10}
        order = sorted(
            range(len(self._articles)), key=lambda at: len(own & self._words[at]), reverse=True
        )
        others = (self._articles[at] for at in order)
        other = next(one for one in others if compare(one, article).shared < HARDLY_SHARED)
        return self._pair(other, article, 30, False)

    def _digest(self, article: Telling) -> Pair:
        first, last = self._any(), self._any()
        text = "\n".join((first.text, article.text, last.text))
        newer = replace(first, outlet=OTHER, text=text)
        return self._pair(newer, article, 20, False)

    def _any(self) -> Telling:
        return self._random.choice(self._articles)

    def _pair(self, newer: Telling, older: Telling, hours: float, label: bool) -> Pair:
        """Tell the newer within so many hours of the older, at an address of its own."""
        later = START + timedelta(hours=self._random.uniform(0.3, hours))
        newer = replace(newer, url="https://newer.example/", published=later)
        return newer, replace(older, url="https://older.example/", published=START), label

    def _names(self, article: Telling) -> list[str]:
        """Return words that the article repeats and that few others use, in any order."""
        often = Counter(token.word for token in tokens(f"{article.title}\n{article.text}"))
        names = [
            word
            for word, times in often.items()
            if times > 1 and len(word) > 3 and self._common[word] < RARE
        ]
        self._random.shuffle(names)
        return names

    def _refilled(self, text: str, exchanged: dict[str, str], renumbered: float = 0.7) -> str:
        """Put other names into a text, and others for such a share of its numbers."""
        parts, end = [], 0
        for token in tokens(text):
            word = exchanged.get(token.word)
            if word is None and token.word.isdigit() and self._random.random() < renumbered:
                word = str(self._random.randint(1, 60))
            parts += [text[end : token.start], word or text[token.start : token.end]]
            end = token.end
        return "".join([*parts, text[end:]])


def sentences(text: str) -> list[str]:
    """Return the paragraphs of a text, or its sentences where it has hardly any."""
    told = [line.strip() for line in text.splitlines() if line.strip()]
    if len(told) < 4:
        told = [one for line in told for one in SENTENCE.split(line) if one]
    return told or [text]
