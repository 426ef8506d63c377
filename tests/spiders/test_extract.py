"""Reading a page: which layer wins, what is refused, and what a hostile page can cost."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from spiders.reading import bodies, jsonld, languages, times, trees
from spiders.reading.extract import Extracted, Unreadable, extract
from spiders.reading.opened import Page, open_page
from spiders.reading.paragraphs import Body
from spiders.sites import Site

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
URL = "https://www.akhbar.example/local/17-opening"
TITLE = "افتتاح مكتبة عامة في حي الميدان بدمشق"
BODY = [
    "افتتحت محافظة دمشق صباح الاثنين مكتبة عامة في حي الميدان تضم أكثر من عشرة آلاف كتاب.",
    "وقال أمين المكتبة إن نصف الكتب تبرع بها سكان الحي خلال حملة استمرت ثلاثة أشهر.",
    "وتفتح المكتبة أبوابها يوميا من التاسعة صباحا حتى الثامنة مساء.",
]
OTHER = "إغلاق جسر في بغداد شهرا لأعمال الصيانة"
PARAGRAPHS = "".join(f"<p>{one}</p>" for one in BODY)


def page(body: str, head: str = "") -> str:
    return f"<html lang=ar><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def ld(**node: Any) -> str:
    text = json.dumps({"@type": "NewsArticle", **node}, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


def got(html: str | bytes, url: str = URL, site: Site | None = None) -> Extracted:
    found = extract(html, url, site, NOW)
    assert isinstance(found, Extracted), found
    return found


def refused(html: str | bytes, content_type: str | None = None) -> str:
    found = extract(html, URL, None, NOW, content_type=content_type)
    assert isinstance(found, Unreadable), found
    assert str(found)
    return found.reason


def site(**more: Any) -> Site:
    seed = {"id": "akhbar", "name": "أخبار الحي", "home": "https://www.akhbar.example/"}
    seed |= {"zone": "Asia/Damascus", "article": ".", "feeds": ["https://www.akhbar.example/rss"]}
    return Site.model_validate(seed | more)


def test_a_plain_page() -> None:
    found = got(page(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>"))
    assert (found.title, found.text.split("\n\n")) == (TITLE, BODY)
    assert (found.published, found.updated, found.agency) == (None, None, None)
    assert (found.language, found.url) == ("ar", URL)
    assert found.layers == {"title": "heading", "text": "reader"}


def test_a_page_that_goes_on_behind_its_end_is_read_on() -> None:
    menu = page("<div class=menu><a href='/'>الرئيسية</a>")
    found = got(f"{menu}<h1>{TITLE}</h1><div>{PARAGRAPHS}</div></body></html>")
    assert (found.title, found.text.split("\n\n")) == (TITLE, BODY)


def test_text_and_bytes_give_the_same() -> None:
    html = page(f"<h1>{TITLE}</h1>{PARAGRAPHS}")
    assert got(html) == got(html.encode())


def test_a_heading_wins_over_a_meta_title_with_the_outlet_glued_on() -> None:
    head = (
        f'<meta property="og:title" content="{TITLE} - أخبار الحي"><title>أخبار | {TITLE}</title>'
    )
    assert got(page(f"<h1>أخبار الحي</h1><h2>{TITLE}</h2>{PARAGRAPHS}", head)).title == TITLE


def test_a_meta_title_loses_the_name_that_the_seed_tells() -> None:
    head = f"<title>{TITLE} | أخبار الحي</title>"
    found = got(page(f"<div>{PARAGRAPHS}</div>", head), site=site())
    assert (found.title, found.layers["title"]) == (TITLE, "title")


def test_a_title_without_heading_or_tag_is_the_line_above_the_text() -> None:
    lines = ["أخبار", TITLE, "دمشق - أخبار الحي", *BODY]
    assert got(page("".join(f"<div>{one}</div>" for one in lines))).title == TITLE


def test_selectors_come_first() -> None:
    html = page(
        f"<h1>شيء آخر تماما هنا</h1><h4 class=t>{TITLE}</h4><b class=d>2020-01-02 10:00</b>"
        f"<div class=x>{PARAGRAPHS}<p class=no>{OTHER} حسب بيان رسمي صدر اليوم.</p></div>"
    )
    select = {"title": ".t", "body": ".x", "published": ".d", "drop": [".no"]}
    found = got(html, site=site(select=select))
    assert (found.title, found.text.split("\n\n")) == (TITLE, BODY)
    assert found.published is not None
    assert found.published.isoformat() == "2020-01-02T10:00:00+02:00"
    assert found.layers == dict.fromkeys(("title", "text", "published"), "selectors")


def test_a_selector_that_finds_nothing_costs_nothing() -> None:
    select = {"title": ".gone", "body": ".gone", "published": ".gone::attr(content)"}
    found = got(page(f"<h1>{TITLE}</h1>{PARAGRAPHS}"), site=site(select=select))
    assert (found.title, found.text.split("\n\n")) == (TITLE, BODY)


def test_a_longer_article_body_wins_over_the_teaser() -> None:
    html = page(
        f"<h1>{TITLE}</h1><p>{BODY[0]}</p>", ld(headline=TITLE, articleBody="\n".join(BODY))
    )
    assert got(html).text.split("\n\n") == BODY
    assert got(html).layers["text"] == "json-ld"


def test_visible_paragraphs_that_a_whole_article_body_does_not_hold_are_furniture() -> None:
    extra = "<p>يمكنكم زيارة معرض الصور الذي أعده فريقنا عن الأحياء القديمة في المدينة.</p>"
    text = " ".join(BODY)
    html = page(
        f"<h1>{TITLE}</h1><div>{PARAGRAPHS}{extra}</div>", ld(headline=TITLE, articleBody=text)
    )
    assert got(html).text.split("\n\n") == BODY


def test_a_summary_in_article_body_loses_to_the_visible_text() -> None:
    html = page(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>", ld(headline=TITLE, articleBody=BODY[0]))
    assert got(html).text.split("\n\n") == BODY


def test_json_ld_of_another_article_is_ignored() -> None:
    head = ld(headline=OTHER, datePublished="2026-03-09T10:00:00Z", articleBody=" ".join(BODY * 4))
    found = got(page(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>", head))
    assert (found.title, found.published, found.text.split("\n\n")) == (TITLE, None, BODY)


@pytest.mark.parametrize(
    ("script", "headline", "published"),
    [
        ('{"@graph":[{"@type":"WebPage"},{"@type":["NewsArticle"],"headline":"أ"}]}', "أ", ""),
        ('[{"@type":"BreadcrumbList"},{"@type":"Article","headline":"أ"}]', "أ", ""),
        ('{"@type":"http://schema.org/NewsArticle","headline":"أ&quot;ب&quot;"}', 'أ"ب"', ""),
        ('<!--{"@type":"NewsArticle","headline":"أ\nب",}//-->', "أ ب", ""),
        ('{"@type":"NewsArticle","headline":"قال "نعم" ومضى"}', 'قال "نعم" ومضى', ""),
        ('{"a":1}{"@type":"NewsArticle","headline":"أ"};', "أ", ""),
        (
            '{"@type":"NewsArticle","headline":"أ","datePublished":"2020-01-01","articleBody":"قط',
            "أ",
            "2020-01-01",
        ),
        ('{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"أ"}}', "أ", ""),
        ('{"@type":"NewsArticle","name":"أ","datePublished":["2020-01-01"]}', "أ", "2020-01-01"),
    ],
)
def test_json_ld_is_found_and_mended(script: str, headline: str, published: str) -> None:
    script = f'<script type="application/ld+json">{script}</script>'
    tree, _ = trees.parse(page("<p>نص</p>", script).encode())
    assert tree is not None
    [told] = jsonld.articles(tree.iter("script"))
    assert (told.title, told.published) == (headline, published)


@pytest.mark.parametrize("script", ["", "null", "[[[[", '{"@type":"Organization"}', "نص", "[1, 2]"])
def test_json_ld_without_an_article(script: str) -> None:
    script = f'<script type="application/ld+json">{script}</script>'
    tree, _ = trees.parse(page("<p>نص</p>", script).encode())
    assert tree is not None
    assert jsonld.articles(tree.iter("script")) == []


def test_a_live_blog_keeps_the_order_of_its_entries() -> None:
    entries = [{"headline": f"تحديث {n}", "articleBody": one} for n, one in enumerate(BODY)]
    head = ld(**{"@type": "LiveBlogPosting", "headline": TITLE, "liveBlogUpdate": entries})
    text = got(page(f"<h1>{TITLE}</h1>", head)).text
    assert [text.index(one) for one in BODY] == sorted(text.index(one) for one in BODY)


@pytest.mark.parametrize("tag", ["p", "div", "td"])
def test_markup_of_every_age(tag: str) -> None:
    cells = "".join(f"<{tag}>{one}</{tag}>" for one in BODY)
    body = f"<table><tr>{cells}</tr></table>" if tag == "td" else f"<div>{cells}</div>"
    assert got(page(f"<h1>{TITLE}</h1>{body}")).text.split("\n\n") == BODY


@pytest.mark.parametrize("lines", ["<br>", "<br/><br/>", "<br>\n&nbsp;<br>", "<hr>"])
def test_paragraphs_parted_by_breaks(lines: str) -> None:
    html = page(f"<h1>{TITLE}</h1><div>{lines.join(BODY)}</div>")
    assert got(html).text.split("\n\n") == BODY


def test_words_split_into_spans_stay_whole() -> None:
    split = BODY[0].replace("مكتبة", "مكت</span><span>بة")
    html = page(f"<h1>{TITLE}</h1><div><p><span>{split}</span></p><p>{BODY[1]}</p></div>")
    assert got(html).text.split("\n\n") == BODY[:2]


def test_a_body_printed_twice_is_read_once() -> None:
    assert got(page(f"<h1>{TITLE}</h1><div>{PARAGRAPHS * 2}</div>")).text.split("\n\n") == BODY


def test_one_short_sentence_is_an_article() -> None:
    assert got(page(f"<h1>{TITLE}</h1><p>هزة أرضية تضرب سواحل المدينة.</p>")).text


def test_an_address_tells_the_day() -> None:
    for url, day in {
        "https://a.example/2016/04/15/story": date(2016, 4, 15),
        "https://a.example/news/2020/3/5/slug": date(2020, 3, 5),
        "http://a.example/2013/middle_east/8/3/syria/index.html": date(2013, 8, 3),
        "https://a.example/20230612/slug-1077.html": date(2023, 6, 12),
        "https://a.example/ar/x/20230415-slug": date(2023, 4, 15),
        "https://a.example/news/2020-06-03-1.38": date(2020, 6, 3),
        "https://a.example/94/160416031105-slug": datetime(2016, 4, 16, 3, 11, 5, tzinfo=UTC),
        "https://a.example/94/991316031105-slug": None,
        "https://a.example/story/20169999": None,
        "https://a.example/2036/01/01/x": None,
        "https://a.example/13/45/x": None,
    }.items():
        assert times.in_address(url, NOW) == day, url


def _decided(told: list[Any], **more: Any) -> Any:
    defaults: dict[str, Any] = {"shown": None, "address": None, "zone": None}
    return times.decide([("meta", one) for one in told], **(defaults | more))[0]


def test_the_address_beats_a_time_far_from_it() -> None:
    late = datetime(2024, 1, 1, tzinfo=UTC)
    assert _decided([late], address=date(2016, 4, 15)) == date(2016, 4, 15)
    near = datetime(2016, 4, 15, 22, tzinfo=UTC)
    assert _decided([near], address=date(2016, 4, 15)) == near


def test_a_local_offset_beats_utc() -> None:
    local = datetime(2020, 12, 25, 1, 59, tzinfo=timezone(timedelta(hours=2)))
    told = _decided([local.astimezone(UTC), local])
    assert told.isoformat() == "2020-12-25T01:59:00+02:00"


def test_a_utc_time_on_another_day_than_the_printed_one() -> None:
    utc = datetime(2020, 12, 24, 23, 59, tzinfo=UTC)
    cairo = ZoneInfo("Africa/Cairo")
    told = _decided([utc], shown=date(2020, 12, 25), zone=cairo)
    assert told.isoformat() == "2020-12-25T01:59:00+02:00"
    assert _decided([utc], shown=date(2020, 12, 25)) == date(2020, 12, 25)
    assert _decided([utc], shown=date(2020, 12, 24)) == utc


def test_a_finer_time_of_the_same_day_completes_a_date() -> None:
    fine = datetime(2020, 5, 1, 9, 30, tzinfo=UTC)
    assert _decided([date(2020, 5, 1)], shown=fine) == fine


def test_updates_are_told_only_if_later() -> None:
    early, late = datetime(2020, 5, 1, 9, tzinfo=UTC), datetime(2020, 5, 1, 10, tzinfo=UTC)
    assert times.later(late, early) == late
    assert times.later(early, late) is None
    assert times.later(early, early) is None
    assert times.later(date(2020, 5, 2), late) == date(2020, 5, 2)
    assert times.later(late, None) == late


def test_a_printed_update_long_after_the_publication_is_the_day_of_the_visit() -> None:
    head = "<div>نشر في: 01/05/2020</div><div>آخر تحديث: 09/03/2026 - 11:00</div>"
    found = got(page(f"<h1>{TITLE}</h1>{head}<div>{PARAGRAPHS}</div>"))
    assert (found.published, found.updated) == (date(2020, 5, 1), None)


def test_published_and_updated_are_told_apart() -> None:
    head = "<div>نشر في: 01/05/2020 - 09:00</div><div>آخر تحديث: 02/05/2020 - 11:00</div>"
    found = got(page(f"<h1>{TITLE}</h1>{head}<div>{PARAGRAPHS}</div>"))
    assert found.published == datetime(2020, 5, 1, 9, tzinfo=UTC)
    assert found.updated == datetime(2020, 5, 2, 11, tzinfo=UTC)


def test_the_day_of_the_visit_above_the_title_is_nobodys() -> None:
    for header in ("الثلاثاء 10 مارس 2026", "التحديث الاخير بتاريخ|الثلاثاء, مارس 10, 2026"):
        found = got(page(f"<div>{header}</div><h1>{TITLE}</h1><div>{PARAGRAPHS}</div>"))
        assert (found.published, found.updated) == (None, None)


def test_the_canonical_address_is_taken_only_from_the_same_host() -> None:
    body = f"<h1>{TITLE}</h1>{PARAGRAPHS}"
    own, evil = "https://www.akhbar.example/local/17", "https://evil.example/x"
    assert got(page(body, f"<link rel=canonical href='{own}'>"), URL + "?utm_source=x").url == own
    assert got(page(body, f"<link rel=canonical href='{evil}'>")).url == URL
    assert got(page(body, "<link rel=canonical href='https://www.akhbar.example/'>")).url == URL
    assert got(page(body, "<link rel=canonical href='http://[bad'>")).url == URL


def test_refusals() -> None:
    assert refused("") == "empty"
    assert refused(b"%PDF-1.7 ...") == "not-html"
    assert refused("<p>x", "application/pdf") == "not-html"
    assert refused('{"a": 1}') == "not-html"
    assert refused("<rss><channel></channel></rss>") == "not-html"
    assert refused(PARAGRAPHS * 40_000) == "too-large"
    assert refused(page("<div></div>")) == "no-body"
    assert refused(page(f"<div>{BODY[0]}</div>")) == "no-title"
    assert (
        refused(page("<h1>404</h1><p>الصفحة المطلوبة غير موجودة على هذا الموقع.</p>"))
        == "not-found-page"
    )
    wall = f"<h1>{TITLE}</h1><p>هذا المحتوى للمشتركين فقط، يرجى تسجيل الدخول.</p>"
    assert refused(page(wall)) == "login-wall"


def test_an_article_about_a_missing_page_is_an_article() -> None:
    body = "".join(
        f"<p>{one}</p>"
        for one in [
            *BODY * 1,
            "وظهرت للزوار عبارة: الصفحة غير موجودة.",
            *[f"{one} وأضاف في الفقرة {n} تفاصيل أخرى عن العمل." for n, one in enumerate(BODY * 2)],
        ]
    )
    assert got(page(f"<h1>{TITLE}</h1><div>{body}</div>")).title == TITLE


def test_trafilatura_is_not_asked_where_a_text_was_found() -> None:
    assert got(page(f"<h1>{TITLE}</h1>{PARAGRAPHS}")).layers["text"] == "reader"


def test_trafilatura_reads_the_text_of_a_page_that_is_not_too_large() -> None:
    def read(html: str) -> Body:
        opened = open_page(html, URL, None, None)
        assert isinstance(opened, Page)
        return bodies.trafilatura(opened, TITLE)[0]

    assert BODY[1] in read(page(f"<h1>{TITLE}</h1><article>{PARAGRAPHS}</article>")).paragraphs
    assert not read(page("<b>x</b>" * (bodies.MAX_FALLBACK_CHARS // 8 + 1))).paragraphs


@pytest.mark.parametrize(
    ("text", "claimed", "language"),
    [
        (" ".join(BODY), "", "ar"),
        (" ".join(BODY), "en", "ar"),
        ("The library opened on Monday and it was full of readers for the day.", "ar", "en"),
        ("La bibliothèque a ouvert dans le quartier et les lecteurs sont venus.", "fr", "fr"),
        ("گزارش‌ها می‌گویند که پروژه چهارم در پایان هفته آغاز می‌شود و ژاله گفت", "fa", "fa"),
        ("ئەم هەواڵە لە هەولێر بڵاوکرایەوە و وەزیر گوتی کە ڕێگاکە دەکرێتەوە", "", "ku"),
        ("یہ خبر ہے کہ وزیر نے ٹیم کے لیے نئی گاڑیاں خریدیں اور ڈاکٹر نے بتایا", "", "ur"),
        ("", "", "ar"),
    ],
)
def test_languages(text: str, claimed: str, language: str) -> None:
    assert languages.detect(text, claimed) == language


HOSTILE = {
    "deep": "<div>" * 50_000 + f"<h1>{TITLE}</h1>{PARAGRAPHS}",
    "deep lists": f"<h1>{TITLE}</h1>" + "<ul><li>" * 20_000 + BODY[0],
    "tables": "<table><tr><td>" * 10_000 + BODY[0],
    "many titles": f"<h1>{TITLE}</h1>" * 10_000 + PARAGRAPHS,
    "many breaks": f"<h1>{TITLE}</h1>" + "كلمة<br>" * 50_000,
    "one number": f"<h1>{TITLE}</h1><p>" + "1" * 300_000 + f"</p>{PARAGRAPHS}",
    "long classes": f"<div class='{'a-' * 5_000}nav'>x</div>" * 40 + PARAGRAPHS,
    "zero width": f"<h1>{TITLE}</h1><p>{BODY[0]}" + "\u200b" * 200_000,
    "marked": "<div itemscope itemtype='https://schema.org/Article'>"
    + "<i itemprop=articleBody>ن</i>" * 10_000,
    "lone signs": "<p>" + "<" * 300_000,
    "cut": page(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}")[:-40],
    "script": f"<script type='application/ld+json'>{'[' * 200_000}</script>{PARAGRAPHS}",
    "quotes": "<script type='application/ld+json'>{" + '"a' * 100_000 + f"</script>{PARAGRAPHS}",
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_little(name: str) -> None:
    started = time.process_time()
    found = extract(HOSTILE[name], URL, None, NOW)
    assert isinstance(found, Extracted | Unreadable)
    assert time.process_time() - started < 5


def test_thirty_thousand_words_are_read_whole() -> None:
    many = [f"{n}: {one}" for n in range(700) for one in BODY]
    html = page(f"<h1>{TITLE}</h1><div>{''.join(f'<p>{one}</p>' for one in many)}</div>")
    assert got(html).text.split("\n\n") == many


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("19 شباط", "a day without its year"),
        ("19/02/16", "a day without its year"),
        ("15 رمضان 1443 هـ", "a Hijri day alone"),
        ("الثلاثاء 12 تموز 2099", "in the future"),
        ("3 مارس 1985", "before 1995"),
        ("31 شباط 2022", "no such day"),
        ("القسم المحلي", "no date is printed"),
    ],
)
def test_a_missing_time_has_its_reason(printed: str, reason: str) -> None:
    found = got(page(f"<h1>{TITLE}</h1><div>{printed}</div><div>{PARAGRAPHS}</div>"))
    assert (found.published, found.undated) == (None, reason)


def test_a_known_time_needs_no_reason() -> None:
    found = got(page(f"<h1>{TITLE}</h1><div>19 شباط 2016</div><div>{PARAGRAPHS}</div>"))
    assert (found.published, found.undated) == (date(2016, 2, 19), None)


@pytest.mark.parametrize("selector", [".story", "div.story", "div[class~=story]"])
def test_a_class_is_one_of_several_and_never_a_part_of_one(selector: str) -> None:
    seed = site(select={"body": selector})
    page_of = (
        f'<h1>{TITLE}</h1><p class="story-deck">كذا.</p><div class="wide story">{PARAGRAPHS}</div>'
    )
    found = got(page(page_of), site=seed)
    assert found.layers["text"] == "selectors"
    assert found.text.split("\n\n") == BODY
