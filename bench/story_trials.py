"""What editors and agencies do to an article, done to real ones, and what must be said of it.

Unlike the variants the weights are fitted to (`bench.story_variants`), these are only counted:
for each kind, how many are answered as they must be. Nothing made here is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rich.table import Table

from bench.story_formulas import KINDS, Formulas
from bench.story_variants import HAMZAS, OTHER, Maker, sentences
from watch.arabic import tokens
from watch.gist import stem
from watch.records import Relation, Telling
from watch.stories import JOINED, weigh

APART = frozenset({Relation.NEW, Relation.FOLLOW_UP})
COPIED = frozenset({Relation.REPRINT, Relation.SAME_EVENT})
CHANGED = frozenset({Relation.UPDATE})

Pair = tuple[Telling, Telling]  # newer, older
Make = Callable[[Telling], Pair | None]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many pairs of one kind were answered by each relation."""

    kind: str
    wanted: frozenset[Relation]
    answers: Counter[Relation]

    @property
    def right(self) -> int:
        return sum(count for relation, count in self.answers.items() if relation in self.wanted)


def table(articles: Sequence[Telling], each: int) -> Table:
    """Return how many pairs of every kind are answered as they must be."""
    shown = Table("made of real articles", "right", *(str(relation) for relation in Relation))
    for rate in Trials(articles, seed=21).rates(each):
        counts = (str(rate.answers[relation] or "") for relation in Relation)
        shown.add_row(rate.kind, f"{rate.right} of {rate.answers.total()}", *counts)
    return shown


class Trials(Maker):
    """Makes pairs of every kind; the same seed makes the same ones."""

    def rates(self, each: int) -> list[Rate]:
        """Judge `each` pairs of every kind."""
        return [self._rate(kind, wanted, make, each) for kind, wanted, make in self._kinds()]

    def _rate(self, kind: str, wanted: frozenset[Relation], make: Make, each: int) -> Rate:
        answers = Counter(weigh(*pair).relation for pair in self._some(make, each))
        return Rate(kind, wanted, answers)

    def _some(self, make: Make, each: int) -> list[Pair]:
        found: list[Pair] = []
        for _ in range(20 * each):
            pair = make(self._any())
            if pair is not None:
                found.append(pair)
            if len(found) == each:
                break
        return found

    def _kinds(self) -> list[tuple[str, frozenset[Relation], Make]]:
        formulas = Formulas()
        others: list[tuple[str, frozenset[Relation], Make]] = [
            (f"a notice with another {what}", APART, lambda _, what=what: formulas.other(what))
            for what in KINDS
        ]
        return [
            *others,
            ("the same notice elsewhere", frozenset(JOINED), lambda _: formulas.again()),
            ("one name exchanged everywhere", APART, self._another_name),
            ("a place exchanged", APART, self._another_place),
            ("other figures and days", APART, self._other_figures),
            ("one number corrected", CHANGED, self._one_number),
            ("another toll, new lead sentence", CHANGED, self._another_toll),
            ("one word corrected", frozenset(JOINED), self._one_word),
            ("a flash of one to three sentences", frozenset(JOINED), self._flash),
            ("another title", frozenset(JOINED), self._retitled),
            ("other spelling", COPIED, self._respelt),
            ("paragraphs in another order", frozenset(JOINED), self._shuffled),
            ("every paragraph twice", COPIED, self._doubled),
            ("teasers of other news below", COPIED, self._with_teasers),
            ("one title, another text", APART, self._same_title),
            ("quoted whole in an article", APART, self._quoted),
            ("a new lead over the whole", APART, self._new_lead),
            ("one of five in a digest", APART, self._among_five),
        ]

    def _another_name(self, article: Telling) -> Pair | None:
        """Exchange a name that the title gives for one of another article."""
        said = {token.word for token in tokens(article.title)}
        names = [name for name in self._names(article) if name in said]
        own = self._stems(article)
        others = [one for one in self._names(self._any()) if one.isalpha() and stem(one) not in own]
        return self._exchanged(article, names[0], others[0]) if names and others else None

    def _another_place(self, article: Telling) -> Pair | None:
        """Exchange a place that the title names for one that the article does not name."""
        titled = {token.word for token in tokens(article.title)}
        told = {token.word for token in tokens(article.text)}
        places = [place for place in PLACES if place in titled & told]
        if not places:
            return None
        place, own = self._random.choice(places), self._stems(article)
        others = [other for other in PLACES if stem(other) not in own]
        return self._exchanged(article, place, self._random.choice(others))

    def _exchanged(self, article: Telling, name: str, other: str) -> Pair:
        """Exchange a name in all its forms: with a conjunction, an article, a preposition."""
        said = {token.word for token in tokens(f"{article.title}\n{article.text}")}
        forms = {word: other for word in said if stem(word) == stem(name) or word == name}
        newer = replace(
            article,
            outlet=self._random.choice((article.outlet, OTHER)),
            title=self._refilled(article.title, forms, 0),
            text=self._refilled(article.text, forms, 0),
        )
        return self._told(newer, article, self._random.choice((10, 60)))

    def _stems(self, article: Telling) -> set[str]:
        return {stem(token.word) for token in tokens(f"{article.title}\n{article.text}")}

    def _other_figures(self, article: Telling) -> Pair | None:
        if len(re.findall(r"\d+", article.text[:800])) < 5:
            return None
        newer = replace(article, title=self._refilled(article.title, {}, 1),
                        text=self._refilled(article.text, {}, 1))  # fmt: skip
        return self._told(newer, article, self._random.choice((24, 60)))

    def _one_number(self, article: Telling) -> Pair | None:
        numbers = re.findall(r"\b\d+\b", article.text[:500])
        if not numbers:
            return None
        number = self._random.choice(numbers)
        other = str(int(number) + self._random.randint(1, 9))
        outlet = self._random.choice((article.outlet, OTHER))
        newer = replace(article, outlet=outlet, **{
            field: re.sub(rf"\b{number}\b", other, told)
            for field, told in (("title", article.title), ("text", article.text))
        })  # fmt: skip
        return self._told(newer, article, 8)

    def _another_toll(self, article: Telling) -> Pair | None:
        pair = self._one_number(article)
        if pair is None or not re.search(r"\d", article.title):
            return None
        newer, older = pair
        told = sentences(newer.text)
        added = "وأوضحت المصادر أن العدد مرشح للارتفاع خلال الساعات المقبلة."
        return replace(newer, text="\n".join([told[0], added, *told[1:]])), older

    def _one_word(self, article: Telling) -> Pair | None:
        said = Counter(token.word for token in tokens(f"{article.title}\n{article.text}"))
        words = [
            token.word
            for token in tokens(article.text)
            if said[token.word] == 1 and len(token.word) > 3 and not token.word.isdigit()
        ]
        if not words:
            return None
        word, other = self._random.choice(words), self._random.choice(self._spoken)
        newer = replace(
            article,
            outlet=self._random.choice((article.outlet, OTHER)),
            text=self._refilled(article.text, {word: other}, 0),
        )
        return self._told(newer, article, 8)

    @property
    def _spoken(self) -> list[str]:
        """Words that many articles use."""
        return [word for word, count in self._common.most_common(1500)[200:] if len(word) > 3]

    def _flash(self, article: Telling) -> Pair:
        kept = sentences(article.text)[: self._random.randint(1, 3)]
        return self._told(replace(article, outlet=OTHER, text="\n".join(kept)), article, 3)

    def _retitled(self, article: Telling) -> Pair:
        words = sentences(article.text)[-1].split()[: self._random.randint(4, 9)]
        return self._told(replace(article, outlet=OTHER, title=" ".join(words)), article, 10)

    def _respelt(self, article: Telling) -> Pair:
        marked = article.text.translate(HAMZAS).replace("ى ", "ي ").replace("،", " ،")
        newer = replace(article, outlet=OTHER, title=article.title.translate(HAMZAS), text=marked)
        return self._told(newer, article, 10)

    def _shuffled(self, article: Telling) -> Pair:
        told = sentences(article.text)
        self._random.shuffle(told)
        return self._told(replace(article, outlet=OTHER, text="\n".join(told)), article, 10)

    def _doubled(self, article: Telling) -> Pair:
        told = [one for line in sentences(article.text) for one in (line, line)]
        return self._told(replace(article, outlet=OTHER, text="\n".join(told)), article, 10)

    def _with_teasers(self, article: Telling) -> Pair:
        teasers = [self._any().title for _ in range(self._random.randint(3, 9))]
        newer = replace(article, outlet=OTHER, text="\n".join([article.text, *teasers]))
        return self._told(newer, article, 10)

    def _same_title(self, article: Telling) -> Pair:
        outlet = self._random.choice((article.outlet, OTHER))
        newer = replace(self._any(), outlet=outlet, title=article.title)
        return self._told(newer, article, 20)

    def _quoted(self, article: Telling) -> Pair | None:
        column = self._any()
        told = sentences(column.text)
        if column is article or len(column.text) < len(article.text) / 2:
            return None
        half = len(told) // 2 or 1
        text = "\n".join([*told[:half], article.text, *told[half:]])
        return self._told(replace(column, outlet=OTHER, text=text), article, 20)

    def _new_lead(self, article: Telling) -> Pair:
        other = self._any()
        lead = sentences(other.text)[:2]
        newer = replace(article, title=other.title, text="\n".join([*lead, article.text]))
        return self._told(newer, article, 30)

    def _among_five(self, article: Telling) -> Pair:
        others = [" ".join(sentences(self._any().text)[:2]) for _ in range(4)]
        told = [*others, " ".join(sentences(article.text)[:2])]
        self._random.shuffle(told)
        newer = replace(article, outlet=OTHER, title=self._any().title, text="\n".join(told))
        return self._told(newer, article, 12)

    def _told(self, newer: Telling, older: Telling, hours: float) -> Pair:
        return self._pair(newer, older, hours, True)[:2]


# Folded, as `watch.arabic.tokens` gives them.
PLACES = (
    *("دمشق", "حلب", "حمص", "بغداد", "الموصل", "صنعاء", "عدن", "القاهره", "تونس", "الرياض"),
    *("جده", "بيروت", "طرابلس", "باريس", "لندن", "موسكو", "واشنطن", "انقره", "طهران"),
)
