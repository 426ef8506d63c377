"""Where on a page, and in which words, the time of its article is printed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.reading.extract import Extracted, extract

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
TITLE = "المجلس البلدي يقر خطة لتشجير ضفاف النهر"
TEXT = """
    <p>أقر المجلس البلدي أمس خطة لتشجير ضفاف النهر بخمسة آلاف شتلة من الحور والصفصاف.</p>
    <p>وتتولى المدارس القريبة سقاية الشتلات خلال الصيف بإشراف دائرة الحدائق.</p>
    <p>ومن المنتظر أن يكتمل العمل قبل نهاية العام.</p>"""


def read(between: str, *, above: str = "", behind: str = "", name: str = "صدى النهر") -> Extracted:
    """Read a page with something between its title and its text, above that or behind it."""
    found = extract(
        f"<html><head><title>{TITLE} | {name}</title></head><body><div class=page>{above}"
        f"<h1>{TITLE}</h1>{between}<div class=text>{TEXT}</div>{behind}</div></body></html>",
        "https://sada.example/a/71",
        None,
        NOW,
    )
    assert isinstance(found, Extracted)
    return found


def day(between: str, **parts: str) -> str:
    return str(read(between, **parts).published)[:10]


@pytest.mark.parametrize(
    "name", ["publishedDate", "OriginalPublicationDate", "DCTERMS.issued", "article_date_original"]
)
def test_meta_tags_by_which_publishers_tell_the_publication(name: str) -> None:
    created = "<meta name='dateCreated' content='2023-03-04'>"
    meta = f"{created}<meta name='{name}' content='2023-03-05T14:20:00+03:00'>"
    assert str(read("", above=meta).published) == "2023-03-05 14:20:00+03:00"
    assert day("", above=created) == "2023-03-04"


def test_of_two_meta_tags_the_one_with_an_offset_counts() -> None:
    bare = "<meta name='OriginalPublicationDate' content='2013/06/11 08:04:00'>"
    whole = "<meta name='DCTERMS.created' content='2013-06-11T08:04:00+01:00'>"
    assert str(read("", above=bare + whole).published) == "2013-06-11 08:04:00+01:00"


def test_a_time_for_machines_counts_before_what_people_read() -> None:
    abbr = '<div><abbr class="published" title="2012-10-14T23:41:00+03:00">11:41 م</abbr></div>'
    assert str(read(abbr).published) == "2012-10-14 23:41:00+03:00"


@pytest.mark.parametrize("tag", ["div", "p", "span"])
def test_a_time_that_a_script_fills_in_is_read_and_stays_out_of_the_text(tag: str) -> None:
    told = read(f'<{tag}><time datetime="2023-03-05T14:20:00Z"></time></{tag}>')
    assert str(told.published) == "2023-03-05 14:20:00+00:00"
    assert "2023" not in told.text


@pytest.mark.parametrize(
    "line",
    [
        "آخر تحديث: 6 مارس 2023 - 10:05 | نشر: 5 مارس 2023 - 14:20",
        "نشر: 5 مارس 2023 - 14:20 | آخر تحديث: 6 مارس 2023 - 10:05",
        "تحديث 06/03/2023 10:05 تاريخ النشر 05/03/2023 14:20",
    ],
)
def test_publication_and_update_on_one_line_in_either_order(line: str) -> None:
    told = read(f"<div>{line}</div>")
    assert str(told.published) == "2023-03-05 14:20:00+00:00"
    assert str(told.updated) == "2023-03-06 10:05:00+00:00"


def test_an_update_alone_is_the_publication_but_not_on_the_day_of_the_visit() -> None:
    told = read("<div>آخر تحديث: 6 مارس 2023</div>")
    assert (str(told.published), told.updated) == ("2023-03-06", None)
    assert read("<div>آخر تحديث: 10 مارس 2026 - 8:00</div>").published is None
    head = f"<meta property='article:modified_time' content='2023-03-06'><h1>{TITLE}</h1>"
    assert read("", above=head).published is None


def test_an_update_linked_to_the_page_itself_is_no_publication_beside_another() -> None:
    told = read("<a href='/a/71'>تحديث 6 مارس 2023</a><div>5 مارس 2023</div>")
    assert (str(told.published), str(told.updated)) == ("2023-03-05", "2023-03-06")
    assert day("<a href='/issue/9'>العدد 900 - 4 مارس 2023</a>") == "None"


def test_the_label_of_an_update_in_a_box_before_it() -> None:
    found = read("<b>نشر:</b><div>4 مارس 2023</div><b>آخر تحديث:</b><div>5 مارس 2023 16:45</div>")
    assert str(found.published) == "2023-03-04"
    assert str(found.updated)[:16] == "2023-03-05 16:45"


def test_an_update_right_behind_the_text() -> None:
    found = read("<div>4 مارس 2023</div>", behind="<div>آخر تحديث ( الأحد, 05 مارس 2023 )</div>")
    assert str(found.published) == "2023-03-04"
    assert str(found.updated) == "2023-03-05"


@pytest.mark.parametrize(
    "byline",
    [
        "Posted by: <a>المحرر</a> <span>2023/03/05</span> in <a>أخبار وتقارير</a> <a>تعليق</a>",
        "<span>في: مارس 5, 2023</span><span>في: <a>المحليات</a></span><a>لا يوجد تعليقات</a>",
    ],
)
def test_a_byline_of_links_with_a_day(byline: str) -> None:
    assert day(f"<p>{byline}</p>") == "2023-03-05"


def test_an_update_claimed_for_the_instant_of_the_visit() -> None:
    meta = '<meta property="og:updated_time" content="2026-03-10T09:30:00+00:00">'
    assert read("<div>5 مارس 2023</div>", above=meta).updated is None
    recent = read("<div>9 مارس 2026</div>", above=meta)
    assert str(recent.updated) == "2026-03-10 09:30:00+00:00"


def test_a_time_that_counts_from_the_visit_yields_to_another() -> None:
    assert day("<div>منذ ساعتين</div><div>5 مارس 2023</div>") == "2023-03-05"
    assert day("<div>منذ ساعتين</div>") == "2026-03-10"


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (("05", "مارس", "2023"), "2023-03-05"),
        (("الأحد", "05", "مارس", "2023 - 07:35"), "2023-03-05"),
        (("-", "05 مارس", "2023"), "2023-03-05"),
        (("05", "مارس", "مجانا"), "None"),
        (("12", "رد", "2023"), "None"),
    ],
)
def test_a_day_in_three_boxes(parts: tuple[str, ...], told: str) -> None:
    assert day("".join(f"<div>{one}</div>" for one in parts)) == told


DAY = "الأحد 5 مارس 2023 - 14:20"
NAV = "<ul><li><a href=/>الرئيسية</a></li><li><a href=/l>محليات</a></li></ul>"


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="author-info"><img src="/a.png"><b>ريم الحسن</b> <span>{DAY}</span></div>',
        f'<div class="social-share"><span>{DAY}</span><a href="#">فيسبوك</a></div>',
        f"<aside><div>ريم الحسن</div><div>{DAY}</div></aside>",
        f'<div class="breadcrumb"><a href="/l">محليات</a> <time>{DAY}</time></div>',
    ],
)
def test_a_time_in_what_looks_like_furniture_between_title_and_text(box: str) -> None:
    assert day(box) == "2023-03-05"


@pytest.mark.parametrize(
    "box",
    [
        f'<aside><a href="/9">إغلاق الجسر القديم أمام الشاحنات أسبوعا</a><b>{DAY}</b></aside>',
        f'<div class="related"><h3>اقرأ أيضا</h3><i>إغلاق الجسر القديم</i><b>{DAY}</b></div>',
        '<div class="social-share"><span>الثلاثاء 10 مارس 2026</span></div>',
        f'<aside><div class="today-date">{DAY}</div></aside>',
    ],
)
def test_times_of_others_and_of_the_visit_between_title_and_text(box: str) -> None:
    assert day(box) == "None"


@pytest.mark.parametrize(
    "above",
    [
        f"<div class=d><div><span>{DAY}</span></div></div>",
        f"<div class=d>{DAY}</div><div class=k>محليات</div>",
        "<div class=d>الأحد 5 مارس 2023 م (آخر تحديث) الساعة 7:31 (مكة)، 4:31 (غرينتش)</div>",
        "<div><time datetime='2023-03-05T14:20:00Z'>5 مارس</time></div>",
        f"<small>{DAY}</small> <b>محليات</b>",
        f"<small>آخر تحديث: 6 مارس 2023 | نشر: {DAY}</small> <b>محليات</b>",
    ],
)
def test_a_time_right_above_the_title(above: str) -> None:
    assert day("", above=above) == "2023-03-05"


@pytest.mark.parametrize(
    "above",
    [
        f"<div class=top><span>{DAY}</span></div>{NAV}{NAV}<div class=k>محليات</div>",
        f"<div class='top today'>{DAY}</div>",
        f"<div><header><img src='/logo.png'><span>{DAY}</span></header></div>",
        f"<div><a href='/8'>إغلاق الجسر القديم أمام الشاحنات أسبوعا</a> <i>{DAY}</i></div>"
        "<div><a href='/9'>ندوة عن تاريخ الري في حوض النهر</a></div>",
        "<div class=d>الثلاثاء 10 مارس 2026</div>",
    ],
)
def test_times_above_the_title_that_are_the_page_s_or_others(above: str) -> None:
    assert day("", above=above) == "None"


def test_a_day_that_is_a_part_of_the_title_tag() -> None:
    assert day("", name="بيئة | صدى النهر | 05.03.2023") == "2023-03-05"
    assert day("", name="05.03.2023, صدى النهر") == "2023-03-05"
    assert day("", name="صدى النهر | العدد الصادر صباح اليوم 5 مارس 2023") == "None"


def test_a_day_that_is_a_part_of_the_headline_is_not_its_publication() -> None:
    page = f"<title>في مثل هذا اليوم - 5 مارس 1998 | صدى</title><h1>{{}}</h1><div>{TEXT}</div>"
    told = extract(page.format("في مثل هذا اليوم - 5 مارس 1998"), "https://a.example/1", None, NOW)
    assert isinstance(told, Extracted)
    assert told.published is None
