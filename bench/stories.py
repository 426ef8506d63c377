"""How well stories are told apart, beside the usual methods, and how fast."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from time import perf_counter

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.story_fit import Case, fitted, made_cases, real_case
from bench.story_pairs import (
    DIGEST,
    ONE_STORY,
    LabelledPair,
    folds,
    groups,
    read_articles,
    read_pairs,
)
from bench.story_references import Score, best, references, score
from bench.story_trials import table as trials
from watch.ingest import RELATIVES
from watch.likeness import compare
from watch.ports import Stored
from watch.recall import Recall
from watch.records import Relation, Telling
from watch.sketch import sketch
from watch.stories import conclude, judge, probability
from watch.stream import Stream

FOLDS = 10
SEEDS = 5  # to deal the folds by
LARGEST = 10
TRIALS_OF_EACH_KIND = 40
SWALLOWED = ("follow_up", "template", "different")
JOINED = {Relation.REPRINT, Relation.SAME_EVENT, Relation.UPDATE}


def run(corpus: Path) -> None:
    """Print the figures of the judgement of stories."""
    console = Console()
    pairs = read_pairs(corpus)
    articles = read_articles(corpus)
    real = [real_case(pair) for pair in pairs]
    made = made_cases(list(articles.values()))
    linked = [crossed(real, made, groups(pairs), seed) for seed in range(SEEDS)]
    ways = {
        "cross-validated by pair": crossed(real, made, list(range(len(pairs)))),
        "cross-validated by linked pairs": linked[0],
        "as shipped": [probability(compare(pair.newer, pair.older)) for pair in pairs],
    }
    scores = Table("one story against the rest, digests aside", "P", "R", "F1", "swallowed")
    for way, values in ways.items():
        found = relations(pairs, values)
        console.print(_confusion(f"Label by relation, {way}", pairs, found))
        _add(scores, f"ours, {way}", pairs, [relation in JOINED for relation in found])
    _spread(console, pairs, linked)
    _compare_references(scores, pairs, list(articles.values()))
    console.print(scores)
    console.print(trials(list(articles.values()), TRIALS_OF_EACH_KIND))
    _stream(console, articles, pairs)
    _speeds(console, pairs, list(articles.values()))


def crossed(
    real: Sequence[Case], made: Sequence[Case], group: Sequence[object], seed: int = 0
) -> list[float]:
    """Return each pair's probability by weights that were fitted without its group."""
    dealt = folds([str(name) for name in group], FOLDS, seed)
    values = [0.0] * len(real)
    for fold in track(range(FOLDS), "cross-validating", transient=True):
        model = fitted([case for case, at in zip(real, dealt, strict=True) if at != fold], made)
        for at, case in enumerate(real):
            if dealt[at] == fold:
                values[at] = model.score(case.measures)
    return values


def relations(pairs: Sequence[LabelledPair], values: Sequence[float]) -> list[Relation]:
    """Return what each newer article is to its older one, guards included."""
    return [
        conclude(
            compare(pair.newer, pair.older),
            value,
            bool(pair.newer.url)
            and (pair.newer.outlet, pair.newer.url) == (pair.older.outlet, pair.older.url),
        ).relation
        for pair, value in zip(pairs, values, strict=True)
    ]


def _spread(
    console: Console, pairs: Sequence[LabelledPair], linked: Sequence[Sequence[float]]
) -> None:
    """Print F1 over several ways to deal linked pairs into folds."""
    aside = [at for at, pair in enumerate(pairs) if pair.label != DIGEST]
    labels = [pairs[at].label in ONE_STORY for at in aside]
    found = [relations(pairs, values) for values in linked]
    f1s = [score([told[at] in JOINED for at in aside], labels).f1 for told in found]
    console.print(
        f"F1 by linked pairs, dealt {len(f1s)} times into {FOLDS} folds: mean {fmean(f1s):.3f}, "
        f"{min(f1s):.3f} to {max(f1s):.3f}"
    )


def _confusion(title: str, pairs: Sequence[LabelledPair], found: Sequence[Relation]) -> Table:
    counts = Counter((pair.label, relation) for pair, relation in zip(pairs, found, strict=True))
    table = Table("label", *(str(relation) for relation in Relation), "joined", title=title)
    for label in sorted({pair.label for pair in pairs}):
        row = [counts[label, relation] for relation in Relation]
        joined = sum(counts[label, relation] for relation in JOINED)
        table.add_row(label, *map(str, row), f"{joined / sum(row):.3f}")
    return table


def _add(table: Table, name: str, pairs: Sequence[LabelledPair], joined: Sequence[bool]) -> None:
    """Add a row of precision, recall, F1 and the share of other news that was swallowed."""
    judged = [
        (one, pair.label) for one, pair in zip(joined, pairs, strict=True) if pair.label != DIGEST
    ]
    figures: Score = score([one for one, _ in judged], [label in ONE_STORY for _, label in judged])
    others = [one for one, label in judged if label in SWALLOWED]
    table.add_row(
        name,
        f"{figures.precision:.3f}",
        f"{figures.recall:.3f}",
        f"{figures.f1:.3f}",
        f"{sum(others)} of {len(others)}",
    )


def _compare_references(
    table: Table, pairs: Sequence[LabelledPair], articles: Sequence[Telling]
) -> None:
    aside = [pair for pair in pairs if pair.label != DIGEST]
    labels = [pair.label in ONE_STORY for pair in aside]
    methods = references(articles)
    for name, likeness in track(methods.items(), "references", transient=True):
        values = [likeness(pair.newer, pair.older) for pair in aside]
        limit, _ = best(values, labels)
        joined = [value >= limit for value in values]
        _add(table, f"{name}, best threshold {limit:.2f}", aside, joined)


def _stream(console: Console, articles: dict[str, Telling], pairs: Sequence[LabelledPair]) -> None:
    """Tell all articles in order of date; show wrong joins by label, and the largest stories."""
    order = sorted(articles, key=lambda id_: str(articles[id_].published or ""))
    stream = Stream()
    told: defaultdict[object, list[str]] = defaultdict(list)
    counts: Counter[Relation] = Counter()
    begun = perf_counter()
    for id_ in order:
        placed = stream.tell(id_, articles[id_])
        told[placed.story].append(id_)
        counts[placed.relation] += 1
    seconds = perf_counter() - begun
    shown = ", ".join(f"{counts[relation]} {relation}" for relation in Relation)
    console.print(
        f"Stream of {len(order)} articles: {len(told)} stories ({shown}); "
        f"{len(order) / seconds:.0f} articles a second"
    )
    home = {id_: story for story, members in told.items() for id_ in members}
    together = Counter(
        pair.label for pair in pairs if home[pair.articles[0]] == home[pair.articles[1]]
    )
    labels = Counter(pair.label for pair in pairs)
    kinds = ", ".join(f"{label} {together[label]} of {labels[label]}" for label in sorted(labels))
    console.print(f"Labelled pairs that ended in one story: {kinds}")
    table = Table("articles", "the titles of one story", title="The ten largest stories")
    for members in sorted(told.values(), key=len, reverse=True)[:LARGEST]:
        titles = "\n".join(articles[id_].title.strip()[:90] for id_ in members)
        table.add_row(str(len(members)), titles, end_section=True)
    console.print(table)


def _speeds(console: Console, pairs: Sequence[LabelledPair], articles: Sequence[Telling]) -> None:
    """Print sketches, look-ups and judgements a second, and how often a relative is found."""
    begun = perf_counter()
    sketches = [sketch(article.title, article.text) for article in articles]
    sketching = len(articles) / (perf_counter() - begun)
    recall = Recall()
    for number, (article, hashes) in enumerate(zip(articles, sketches, strict=True)):
        recall.add(Stored(article=number, story=number, telling=article), hashes)
    begun = perf_counter()
    for hashes in sketches:
        recall.relatives(hashes, None, RELATIVES)
    looking = len(articles) / (perf_counter() - begun)
    begun = perf_counter()
    for pair in pairs:
        judge(pair.newer, [pair.older])
    judging = len(pairs) / (perf_counter() - begun)
    one_story = [pair for pair in pairs if pair.label in ONE_STORY]
    found = sum(
        not set(sketch(pair.newer.title, pair.newer.text)).isdisjoint(
            sketch(pair.older.title, pair.older.text)
        )
        for pair in one_story
    )
    console.print(
        f"{sketching:.0f} sketches a second of {sum(map(len, sketches)) / len(articles):.0f} "
        f"hashes; {looking:.0f} look-ups a second among {len(articles)} articles in memory; "
        f"{judging:.0f} pairs judged a second; a relative shares a hash in "
        f"{found} of {len(one_story)} pairs of one story"
    )
