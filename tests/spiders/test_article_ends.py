"""A page that points at its article is read from its beginning alone, the same as of all of it."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from spiders.reading import article_ends, scopes
from spiders.reading.extract import Extracted, Unreadable, extract
from spiders.reading.opened import Page, open_article
from spiders.sites import Site

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
URL = "https://www.sahafa.example/economy/4711"
TITLE = "مصنع للألبان في درعا يعود إلى العمل بعد توقف تسع سنوات"
BODY = (
    "عاد مصنع للألبان في مدينة درعا إلى العمل أمس بعد أن توقف تسع سنوات بسبب نقص الكهرباء.",
    "وقال مديره إن أربعين عاملا رجعوا إلى أعمالهم، وإن المصنع يشتري الحليب من قرى قريبة.",
    "وأضاف أن الإنتاج يبلغ ثلاثة أطنان في اليوم، ويباع كله في أسواق المحافظة وحدها.",
    "ولا تصله الكهرباء إلا أربع ساعات، فاشترت الإدارة ألواحا شمسية تكفي نصف حاجته تقريبا.",
    "وتأمل غرفة الصناعة أن تتبعه مصانع أخرى في المنطقة قبل نهاية العام الحالي.",
)
BIOGRAPHY = "كاتبة صحفية من درعا تكتب عن الاقتصاد والزراعة منذ عشر سنوات في صحف عربية كثيرة."
LATER = "ووعدت البلدية بتعبيد الطريق المؤدي إلى المصنع خلال شهرين من الآن على الأكثر."
TEASER = "مزارعو الغاب يطلبون خفض أسعار السماد قبل الموسم"
FOOTER = f"<ul>{f'<li><a href=/news/8>{TEASER}</a></li>' * 80}</ul>"
HEADING = f"<h1>{TITLE}</h1>"
PARAGRAPHS = "".join(f"<p>{one}</p>" for one in BODY)
STORY = f'<div class="story-text">{PARAGRAPHS}</div>'
STORY_LATER = f'<div class="story-text story-text-2"><p>{LATER}</p></div>{"<br>" * 2_000}'
OTHER = STORY_LATER.replace("story-text ", "")


def data(text: str, **more: Any) -> str:
    node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": text, **more}
    told = json.dumps(node, ensure_ascii=False)
    return f'<script type="application/ld+json">{told}</script>'


def page(body: str, head: str = "") -> bytes:
    top = f"<meta charset=utf-8><title>{TITLE}</title>{head}"
    return f"<html><head>{top}</head><body>{body}</body></html>".encode()


def site(**select: str) -> Site:
    seed = {"id": "sahafa", "name": "صحافة", "home": "https://www.sahafa.example/"}
    seed |= {"zone": "Asia/Damascus", "article": ".", "feeds": ["https://www.sahafa.example/rss"]}
    return Site.model_validate({**seed, "select": select})


def parsed(html: bytes, seed: Site | None = None) -> str:
    """The source of what was parsed."""
    opened = open_article(html, URL, seed, None)
    assert isinstance(opened, Page)
    return opened.source


def got(html: bytes, seed: Site | None = None) -> Extracted:
    found = extract(html, URL, seed, NOW)
    assert isinstance(found, Extracted), found
    return found


@pytest.mark.parametrize(
    "css", [".story-text", "div.story-text", "main > .story-text", "p.lead, div.story-text"]
)
def test_what_stands_behind_a_selected_body_is_not_parsed(css: str) -> None:
    lead = f'<p class="lead">{LATER}</p>'
    html = page(f"<main>{HEADING}{lead}{STORY}</main>{FOOTER}")
    assert TEASER not in parsed(html, site(body=css))
    assert got(html, site(body=css)).text.endswith(BODY[-1])


@pytest.mark.parametrize(
    "html",
    [
        page(f"{HEADING}<div itemprop='articleBody'>{PARAGRAPHS}</div>{FOOTER}"),
        page(f"{HEADING}{STORY}{FOOTER}", data("\n".join(BODY))),
        page(f"{HEADING}{STORY}{FOOTER}", data(" ".join(BODY))),
        page(f"{HEADING}{STORY}{FOOTER}{data(' '.join(BODY))}"),
        page(f"{HEADING}<div>{STORY.replace('قبل نهاية', '<b>قبل</b> نهاية')}</div>{FOOTER}")
        + data(" ".join(BODY)).encode(),
    ],
    ids=["microdata", "lines", "one line", "data behind", "tags in the end"],
)
def test_so_it_is_behind_a_body_that_the_page_points_at(html: bytes) -> None:
    assert TEASER not in parsed(html)
    assert got(html).text == "\n\n".join(BODY)


def test_a_text_of_which_the_page_shows_the_beginning_is_read_from_its_data() -> None:
    more = [*BODY, *(f"{one} وهذا ما جرى في اليوم رقم {day}." for day in range(3) for one in BODY)]
    html = page(f"{HEADING}{STORY}{FOOTER}", data("\n".join(more)))
    assert TEASER not in parsed(html)
    assert got(html).text == "\n\n".join(more)


@pytest.mark.parametrize(
    ("behind", "field", "value"),
    [
        ("<span itemprop='author'>ريم الحسن</span>", "author", "ريم الحسن"),
        ("<span itemProp='author'>ريم الحسن</span>", "author", "ريم الحسن"),
        ("<a rel='author' href='/w/7'>ريم الحسن</a>", "author", "ريم الحسن"),
        ("<div class='author vcard'>ريم الحسن</div>", "author", "ريم الحسن"),
        ("<i itemprop='articleSection'>اقتصاد</i>", "section", "اقتصاد"),
        ("<div class='breadcrumb'><a href=/e>اقتصاد</a></div>", "section", "اقتصاد"),
        (data("", author={"name": "ريم الحسن"}), "author", "ريم الحسن"),
        (data("", author={"name": "ريم الحسن"}).replace("+", "&#43;"), "author", "ريم الحسن"),
    ],
)
def test_what_tells_of_the_article_behind_it_is_read(behind: str, field: str, value: str) -> None:
    html = page(f"{HEADING}{STORY}{behind}{FOOTER}")
    assert getattr(got(html, site(body=".story-text")), field) == value


def test_a_script_where_the_source_is_cut_behind_an_author_is_kept_whole() -> None:
    author = "<span itemprop='author'>ريم الحسن</span>"
    html = page(f"{HEADING}{STORY}{author}<script>{'counts(1 + 1); ' * 200}</script>{FOOTER}")
    assert TEASER not in parsed(html, site(body=".story-text")).split("counts")[-1]
    opened = open_article(html, URL, site(body=".story-text"), None)
    assert isinstance(opened, Page)
    assert scopes.find(opened) is not None


def test_a_name_far_behind_it_is_another_author_s() -> None:
    author = "<a rel='author' href='/w/7'>ريم الحسن</a>"
    html = page(f"{HEADING}{STORY}{FOOTER * 2}{author}{FOOTER}")
    assert got(html, site(body=".story-text")).author is None


@pytest.mark.parametrize(
    ("html", "css"),
    [
        (
            page(f"{HEADING}{STORY}{FOOTER}<div class='story-text'><p>{LATER}</p></div>"),
            "story-text",
        ),
        (page(f"{HEADING}{STORY}{FOOTER}<div class='b story-text'><p>{LATER}"), "story-text"),
        (page(f"{HEADING}<div class=story-text>{PARAGRAPHS}</i>{FOOTER}<p>{LATER}"), "story-text"),
        (page(f"{HEADING}{STORY}<i class=ad></i>{STORY_LATER}{FOOTER}"), "story-text:not(.ad)"),
        (page(f"{HEADING}{STORY}{FOOTER}{OTHER}"), "story-text, [class$='text-2']"),
    ],
    ids=["another part", "without an end", "never closed", "but", "ends so"],
)
def test_no_part_of_a_body_is_lost(html: bytes, css: str) -> None:
    assert LATER in got(html, site(body=f".{css}")).text


def test_no_part_that_microdata_marks_is_lost_where_data_tells_only_the_first() -> None:
    parts = f"<div itemprop=articleBody>{PARAGRAPHS}</div>{FOOTER * 2}"
    html = page(
        f"{HEADING}{parts}<div itemprop=articleBody><p>{LATER}</p></div>{FOOTER}",
        data(BODY[0]),
    )
    assert LATER in got(html).text


@pytest.mark.parametrize("around", ["<!-- {} -->", "<script type=text/template>{}</script>"])
def test_data_that_the_page_does_not_say_is_not_believed(around: str) -> None:
    behind = around.format(data("", author={"name": "كاتب القالب"}))
    html = page(f"{HEADING}{STORY}{FOOTER}{behind}{FOOTER}")
    assert got(html, site(body=".story-text")).author is None


def test_data_behind_a_script_that_holds_tags_is_read() -> None:
    script = f"<script>show('{'<b>' * 1_000}')</script>"
    told = data("", author={"name": "ريم الحسن"})
    html = page(f"{HEADING}{STORY}<a rel=category href=/e>اقتصاد</a>{script}{told}{FOOTER}")
    assert got(html, site(body=".story-text")).author == "ريم الحسن"


def test_the_way_to_the_article_is_seen_behind_it_whatever_the_style_names() -> None:
    way = "<div class='breadcrumb'><a href=/e>اقتصاد</a></div>"
    html = page(f"{HEADING}{STORY}{way}{FOOTER}", "<style>.breadcrumb{color:red}</style>")
    assert got(html, site(body=".story-text")).section == "اقتصاد"


def test_a_live_blog_is_read_to_its_last_entry() -> None:
    entries = [{"@type": "BlogPosting", "articleBody": one} for one in (*BODY, LATER)]
    told = {"@type": "LiveBlogPosting", "headline": TITLE, "liveBlogUpdate": entries}
    script = f'<script type="application/ld+json">{json.dumps(told, ensure_ascii=False)}</script>'
    shown = "".join(f"<div class=entry><p>{one}</p></div>" for one in (*BODY, LATER))
    html = page(f"{HEADING}<section>{shown}</section>{FOOTER}", script)
    assert got(html).text == "\n\n".join((*BODY, LATER))


def test_a_wall_behind_a_short_text_is_seen() -> None:
    teaser = f'<div class="story-text"><p>{BODY[0]}</p></div>'
    html = page(f"{HEADING}{teaser}{FOOTER}<p>سجل الدخول لقراءة المقال كاملا</p>{FOOTER}")
    assert extract(html, URL, site(body=".story-text"), NOW) == Unreadable("login-wall")


def test_a_wall_behind_a_text_that_is_short_without_its_biography_is_seen() -> None:
    told = f"<p>{'</p><p>'.join(BODY[:4])}</p><p>ريم الحسن</p><p>{BIOGRAPHY}</p>"
    wall = f"{FOOTER}<p>سجل الدخول لقراءة المقال كاملا</p>{FOOTER}"
    html = page(f"{HEADING}<p>بقلم: ريم الحسن</p><div class='story-text'>{told}</div>{wall}")
    assert extract(html, URL, site(body=".story-text"), NOW) == Unreadable("login-wall")


def test_a_teaser_above_is_not_the_article_whatever_others_stand_behind() -> None:
    teaser = f"<div><h2 itemprop='headline'><a href=/news/8>{TEASER}</a></h2></div>"
    head = f"<meta property='og:title' content='{TITLE}'>"
    html = page(f"{teaser}{HEADING}{STORY}{FOOTER * 2}{teaser}{FOOTER}", head)
    assert got(html, site(body=".story-text")).title == TITLE


def test_a_comment_behind_a_title_that_stands_below_the_text_is_not_taken_for_it() -> None:
    told = data("\n".join((*BODY, *(f"{one} وهذا ما جرى." for one in BODY))))
    html = page(f"{STORY}{HEADING}<div class=remark><p>{BODY[0]}</p></div>{FOOTER}", told)
    opened = open_article(html, URL, None, None)
    assert isinstance(opened, Page)
    assert scopes.find(opened) is None


def test_half_a_letter_in_a_told_text_breaks_nothing() -> None:
    told = data(" ".join(BODY)).replace("عاد", r"عاد \ud83d").replace("الحالي", r"\ud83d الحالي")
    assert got(page(f"{HEADING}{STORY}{FOOTER}", told)).text == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "source",
    [
        b'class="body' * 200_000,
        b"body " * 400_000,
        b'<div class="body">' * 100_000,
        b'<b class="body">' + b"rel=itemprop=property=" * 100_000,
        b'"articleBody": "' + b"\\" * 1_000_001,
        b'"articleBody": ' + b"[" * 1_000_000 + b"</script>",
        b'"articleBody": "' + "كلمة ".encode() * 100_000 + b'"' + b"<div>" * 200_000,
        b'<b class="body"></b>' + b"<script application/ld+json" * 50_000,
        b'<h1><b class="body"></b><script ' + b"ld+json" * 100_000,
        b"<" + b"a" * 1_000_000 + b' class="body"',
        b'<h1><b class="body"></b>' + b"<script ld+json></script>" * 50_000,
        b"class=" * 800_000 + b'<h1><b class="body"></b>crumb' + b" " * 5_000,
    ],
)
def test_hostile_sources_are_looked_through_quickly(source: bytes) -> None:
    started = time.process_time()
    article_ends.parted(source, ".body")
    assert time.process_time() - started < 1
