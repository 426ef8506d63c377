"""Furniture that only a site's own articles tell, from the page fetched to the store."""

from __future__ import annotations

import json

import pytest
from loopback.crawlworker import Worker, until
from loopback.newsweb import NewsWeb
from typer.testing import CliRunner

from munadi.cli import app
from storage.readings import LEAST_ARTICLES

# Neither a label nor a class tells what it is: the crawl must learn it.
FOOT = "البيدر نافذتكم المفتوحة على أخبار القرى كل صباح."
PLACES = ("الربوة", "السنديانة", "العين", "التل", "المرج", "الجسر", "النبع", "الكرم", "الغدير")


def _words(place: str) -> tuple[str, str, str]:
    return (
        f"أهالي قرية {place} يرممون مدرستهم القديمة",
        f"بدأ أهالي قرية {place} ترميم مدرستهم القديمة بأيديهم بعد أن تبرع أحدهم بالحجر والخشب.",
        f"وقال مختار {place} إن العمل يستمر حتى نهاية الصيف وإن الصفوف ستفتح مع بداية العام.",
    )


def test_lines_that_a_site_repeats_are_dropped_from_the_store_and_shown(
    worker: Worker, web: NewsWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet = web.outlet("baidar", "البيدر")
    for place in PLACES[:LEAST_ARTICLES]:
        outlet.publish(*_words(place), FOOT)
    outlet.write_seed(worker.seeds)
    worker.reload()
    until(lambda: len(worker.articles("نافذتكم", outlet)) == LEAST_ARTICLES)

    outlet.publish(*_words(PLACES[LEAST_ARTICLES]), FOOT)
    (found,) = until(lambda: worker.articles(PLACES[LEAST_ARTICLES], outlet))
    assert found.url not in [one.url for one in worker.articles("نافذتكم", outlet)]

    monkeypatch.setenv("MUNADI_DB", str(worker.database))
    monkeypatch.setenv("MUNADI_SEEDS", str(worker.seeds))
    shown = CliRunner().invoke(app, ["sites", "show", outlet.id, "--json"]).output
    assert json.loads(shown)["furniture"] == [{"line": FOOT, "articles": LEAST_ARTICLES + 1}]
