"""Bad pages: each gives what can be had, or a reason, within its time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from spiders.reading.extract import Extracted, Unreadable, extract

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
URL = "https://www.minbar.example/news/7"
PAGES = Path(__file__).parents[1] / "pages"
TITLE = "تدشين خط كهرباء جديد يغذي قرى السهل"
SENTENCE = "دشنت المحافظة خط كهرباء جديدا يغذي قرى السهل بعد عمل استمر سنة كاملة."

# What the issue lists, and the case that shows it; the rest is below.
CASES = [
    "refusal-video-only",
    "refusal-login-wall",
    "refusal-not-found",
    "tables-nested-four-deep",
    "refusal-script-page-without-body",
    "script-page-body-in-jsonld",
    "jsonld-of-another-article",
    "future-date-refused",
    "persian-page",
    "urdu-page",
    "kurdish-page",
    "zero-width-storm",
    "combining-storm",
    "cut-in-the-middle",
]


def _page(body: str) -> str:
    return f"<html><head><meta charset=utf-8></head><body>{body}</body></html>"


@pytest.mark.parametrize("name", CASES)
def test_every_listed_page_has_its_case(name: str) -> None:
    assert (PAGES / name / "expected.json").is_file()


def test_thirty_thousand_words_are_read_whole() -> None:
    paragraphs = [f"{SENTENCE[:-1]} كما ورد في الفقرة {number}." for number in range(2_000)]
    html = _page(f"<h1>{TITLE}</h1><div>{''.join(f'<p>{one}</p>' for one in paragraphs)}</div>")
    found = extract(html, URL, None, NOW)
    assert isinstance(found, Extracted)
    assert found.text.split("\n\n") == paragraphs
    assert len(found.text.split()) >= 30_000


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9, 0.97])
def test_a_page_cut_anywhere_gives_what_came(share: float) -> None:
    page = (PAGES / "aawsat-node-drupal" / "page.html").read_bytes()
    found = extract(page[: int(len(page) * share)], URL, None, NOW)
    if isinstance(found, Extracted):
        assert "\ufffd" not in found.title + found.text
        assert found.title
    else:
        assert found.reason in ("no-body", "no-title", "empty")


HOSTILE = {
    "headings": "".join(f"<h1>عنوان من عناوين الصفحة رقم {n}</h1>" for n in range(60_000)),
    "short headings": "<h1>س</h1>" * 60_000,
    "empty brackets": ("<p>" + "()" * 40 + "</p>") * 1_000,
    "digits": f"<h1>{TITLE}</h1><p>" + "1:" * 200_000,
    "links": "<a href=x>رابط إلى خبر آخر هنا</a>" * 60_000,
    "deep tables": "<table><tr><td>" * 1_500 + SENTENCE,
    "marks": f"<h1>{TITLE}</h1><p>ب" + "\u064b" * 500_000,
    "title": "<title>" + "ا | " * 200_000 + f"</title><p>{SENTENCE}",
    "broken JSON-LD": '<script type="application/ld+json">{"@type":"NewsArticle","headline":"'
    + 'a"b' * 200_000
    + f"</script><p>{SENTENCE}",
    "item scopes": '<div itemscope itemtype="http://schema.org/NewsArticle"><p itemprop="headline">'
    * 10_000,
    "attributes of one element": "<p "
    + " ".join(f"a{at}" for at in range(48_000))
    + f">{SENTENCE}",
    "links to the page itself": f'<div><a href="{URL}#x"><h2>' * 20_000,
}


def _sentences(count: int) -> list[str]:
    return [f"{SENTENCE[:-1]} للمرة {number}." for number in range(count)]


LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":'
# Shapes that grow without end; four times as large must not cost 16 times as much.
GROWING = {
    "paragraphs": lambda n: "".join(f"<p>{one}</p>" for one in _sentences(n)),
    "brackets": lambda n: f"<p>{SENTENCE}</p>" + f"<p>{'()' * 40}</p>" * n,
    "breaks": lambda n: SENTENCE + "<br>" * 8 * n + SENTENCE,
    "text at every depth": lambda n: f"<div>{SENTENCE}" * n,
    "attributes of one element": lambda n: "<p " + " ".join(f"a{at}" for at in range(20 * n)) + ">",
    "JSON-LD blocks": lambda n: f'{LD}"{TITLE}"}}</script>' * n,
    "broken JSON-LD": lambda n: LD + 'ا"ب' * 8 * n + "</script>",
    "JSON-LD of the whole text": lambda n: (
        "".join(f"<p>{one}</p>" for one in _sentences(n))
        + f'{LD}"{TITLE}","articleBody":"{" ".join(_sentences(n))}"}}</script>'
    ),
    "cells": lambda n: "<table>" + "<tr><td>خلية</td><td>من قليل الكلام</td></tr>" * n,
    "entities": lambda n: "<p>" + "&amp;&#1575;&nbsp;" * 4 * n,
    "marks": lambda n: "<p>" + "ب\u064b\u064b\u064b\u064b\u200b" * 8 * n,
    "item scopes": lambda n: '<div itemscope itemtype="http://schema.org/Article">' * n,
    "comments": lambda n: (
        f"<p>{SENTENCE}</p><b>التعليقات</b>"
        + f"<div class=c><b>سمير</b><b>تعليق</b><p>{SENTENCE}</p><b>رد</b></div>" * (n // 2)
    ),
    "pictures": lambda n: f"<p>{SENTENCE}</p>" + "<p><img><br>صورة من السوق القديم</p>" * n,
    "boxes of links": lambda n: (
        f"<p>{SENTENCE}</p>"
        + f"<b>ذات صلة</b><a href=x>رابط إلى خبر آخر</a><p>{SENTENCE}</p><i>5 مارس 2023</i>" * n
    ),
    "credits": lambda n: f"<p>{SENTENCE} " + "(رويترز) - " * 4 * n,
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", GROWING)
def test_reading_grows_with_the_page_not_with_its_square(name: str) -> None:
    def seconds(count: int) -> float:
        html = _page(f"<h1>{TITLE}</h1>{GROWING[name](count)}")
        spent = []
        for _ in range(2):
            started = time.process_time()
            assert isinstance(extract(html, URL, None, NOW), Extracted | Unreadable)
            spent.append(time.process_time() - started)
        return min(spent)

    assert seconds(1_200) < 0.05 + 12 * seconds(300)  # four times as large; 16 would be squared


@pytest.mark.no_cover
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_seconds_at_most(name: str) -> None:
    started = time.process_time()
    found = extract(_page(HOSTILE[name]), URL, None, NOW)
    assert isinstance(found, Extracted | Unreadable)
    assert time.process_time() - started < 4  # a second and a half on an idle core
