"""The precision and recall of `about` at every threshold, as a picture: docs/topics.svg.

`python -m bench.topic_curve CORPUS` writes it; every score is of a model that never saw its story.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.fit_salience import THRESHOLD, cross_validated
from bench.labelled import LABELS, articles, samples, shipped

WIDTH, HEIGHT, MARGIN = 640, 460, 50
COLOURS = {"aleppo": "#1f6feb", "syria-ceasefire": "#d1242f"}
TARGET = Path(__file__).resolve().parent.parent / "docs" / "topics.svg"

Point = tuple[float, float]  # recall, precision


def curve(scored: Iterable[tuple[float, bool]], positives: int) -> list[Point]:
    """Return recall and precision at every score, highest score first."""
    points, right = [], 0
    for said, (_, about) in enumerate(sorted(scored, reverse=True), 1):
        right += about
        points.append((right / positives, right / said))
    return points


def drawn(curves: dict[str, tuple[Sequence[Point], Point]]) -> str:
    """Draw the curves, each with the point at which munadi stands."""
    wide, high = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN

    def at(point: Point) -> tuple[float, float]:
        return MARGIN + wide * point[0], HEIGHT - MARGIN - high * point[1]

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for tenth in range(0, 11, 2):
        (left, low), (right, top) = at((tenth / 10, 0)), at((1, tenth / 10))
        lines.append(f'<path d="M{left:.0f} {low:.0f}V{MARGIN}" stroke="#ddd"/>')
        lines.append(f'<path d="M{MARGIN} {top:.0f}H{right:.0f}" stroke="#ddd"/>')
        lines.append(f'<text x="{left - 8:.0f}" y="{low + 18:.0f}">{tenth / 10}</text>')
        lines.append(f'<text x="{MARGIN - 28}" y="{top + 4:.0f}">{tenth / 10}</text>')
    for number, (topic, (points, stand)) in enumerate(curves.items()):
        colour = COLOURS[topic]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(at, points))
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        x, y = at(stand)
        lines.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>')
        said = f"{topic}: P {stand[1]:.2f}, R {stand[0]:.2f}"
        lines.append(f'<text x="80" y="{300 + 20 * number}" fill="{colour}">{said}</text>')
    lines.append(f'<text x="{WIDTH // 2 - 25}" y="{HEIGHT - 10}">recall</text>')
    lines.append(f'<text x="10" y="{MARGIN - 15}">precision</text>')
    return "\n".join([*lines, "</svg>", ""])


def main() -> None:
    """Score every labelled article and write the picture."""
    topics, labelled = shipped(), articles(Path(sys.argv[1]))
    rows = list(samples(labelled, topics))
    chances = cross_validated(rows, 0)
    curves = {}
    for topic in LABELS:
        positives = sum(article.labels[topic] == "about" for article in labelled)
        scored = [
            (chance, row.about)
            for row, chance in zip(rows, chances, strict=True)
            if row.topic == topic
        ]
        said = [about for chance, about in scored if chance >= THRESHOLD]
        stand = sum(said) / positives, sum(said) / max(1, len(said))
        curves[topic] = curve(scored, positives), stand
    TARGET.write_text(drawn(curves), encoding="utf-8")


if __name__ == "__main__":
    main()
