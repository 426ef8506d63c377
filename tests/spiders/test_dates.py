"""Times as Arabic pages write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from spiders import dates
from spiders.months import month_number
from watch.records import Published

DAMASCUS = ZoneInfo("Asia/Damascus")
NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)  # 12:30 in Damascus


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=DAMASCUS)  # type: ignore[misc,arg-type]


def _day(text: str) -> date:
    return date.fromisoformat(text)


DAYS = {
    # Levantine
    "15 كانون الثاني 2016": "2016-01-15",
    "15 كانون ثاني 2016": "2016-01-15",
    "3 شباط 2017": "2017-02-03",
    "الأحد 4 آذار 2018": "2018-03-04",
    "١٥ نيسان ٢٠١٦": "2016-04-15",
    "1 أيار 2019": "2019-05-01",
    "30 حزيران 2020": "2020-06-30",
    "14 تموز، 2021": "2021-07-14",
    "2 آب 2022": "2022-08-02",
    "11 أيلول 2001": "2001-09-11",
    "6 تشرين الأول 2015": "2015-10-06",
    "22 تشرين الثاني 2013": "2013-11-22",
    "31 كانون الأول 2014": "2014-12-31",
    # Egyptian and Gulf
    "9 يناير 2016": "2016-01-09",
    "29 فبراير 2020": "2020-02-29",
    "7 مارس 2012": "2012-03-07",
    "15 ابريل 2016": "2016-04-15",
    "12 مايو 2011": "2011-05-12",
    "5 يونيو 2009": "2009-06-05",
    "5 يونيه 2009": "2009-06-05",
    "20 يوليو 2008": "2008-07-20",
    "20 يوليه 2008": "2008-07-20",
    "28 أغسطس 2013": "2013-08-28",
    "الجمعة 13 سبتمبر 2019": "2019-09-13",
    "16 أكتوبر 2010": "2010-10-16",
    "الجمعة, نوفمبر 15, 2024": "2024-11-15",
    "25 ديسمبر 2020": "2020-12-25",
    # Maghrebi
    "14 جانفي 2011": "2011-01-14",
    "الجمعة 8 فيفري 2019": "2019-02-08",
    "9 أفريل 2015": "2015-04-09",
    "1 ماي 2014": "2014-05-01",
    "3 جوان 2017": "2017-06-03",
    "25 جويلية 2013": "2013-07-25",
    "13 أوت 2020": "2020-08-13",
    "20 غشت 2018": "2018-08-20",
    "4 شتنبر 2016": "2016-09-04",
    "6 نونبر 2019": "2019-11-06",
    "11 دجنبر 2020": "2020-12-11",
    # double
    "15 أبريل/نيسان 2016": "2016-04-15",
    "24 نيسان / أبريل 2020": "2020-04-24",
    "14 سبتمبر/ أيلول 2023": "2023-09-14",
    "3 كانون الثاني/يناير 2022": "2022-01-03",
    "5 نيسان (أبريل) 2017": "2017-04-05",
    "2025 السبت ,04 كانون الثاني / يناير": "2025-01-04",
    # digits, separators, words around
    "2016-04-15": "2016-04-15",
    "٢٠١٦/٠٤/١٥": "2016-04-15",
    "۲۰۱۶/۰۴/۱۵": "2016-04-15",
    "15/4/2016": "2016-04-15",
    "15.04.2016": "2016-04-15",
    "15-04-2016": "2016-04-15",
    "4/25/2016": "2016-04-25",
    "15-أبريل-2016": "2016-04-15",
    "نشر بتاريخ: 15 من أبريل عام 2016": "2016-04-15",
    "الخامس عشر: 15 من شهر أبريل من العام 2016": "2016-04-15",
    "April 15, 2016": "2016-04-15",
    "15th April 2016": "2016-04-15",
    "الجمعة 8 رجب 1437 هـ - 15 أبريل 2016 م": "2016-04-15",
}
TIMES: dict[str, Published] = {
    "الأربعاء، 07 أكتوبر 2020 - 12:09 م": at(2020, 10, 7, 12, 9),
    "الأربعاء، 07 أكتوبر 2020 - 12:09 ص": at(2020, 10, 7, 0, 9),
    "24 نيسان / أبريل 2020 09:22 مساءً": at(2020, 4, 24, 21, 22),
    "الأحد، ١٢ آذار/مارس ٢٠٢٣ ٨:٠٥ صباحا": at(2023, 3, 12, 8, 5),
    "الأحد ١٢ مارس ٢٠٢٣ - الساعة ٨:٠٥ مساءً": at(2023, 3, 12, 20, 5),
    "25 ديسمبر 2020 | 2:01 ص": at(2020, 12, 25, 2, 1),
    "15 غشت 2020 الساعة 5 مساء": at(2020, 8, 15, 17, 0),
    "3 مايو 2016 الساعة 1:30 ظهرا": at(2016, 5, 3, 13, 30),
    "3 مايو 2016 الساعة 12:30 ظهرا": at(2016, 5, 3, 12, 30),
    "3 مايو 2016 الساعة 4 عصرا": at(2016, 5, 3, 16, 0),
    "3 مايو 2016 الساعة 4 فجرا": at(2016, 5, 3, 4, 0),
    "3 مايو 2016 الساعة 11 ليلا": at(2016, 5, 3, 23, 0),
    "3 مايو 2016 الساعة 2 ليلا": at(2016, 5, 3, 2, 0),
    "2016-04-15 17:30": at(2016, 4, 15, 17, 30),
    "2016-04-15T17:30:10": at(2016, 4, 15, 17, 30, 10),
    "2016-04-15T17:30:10.123": at(2016, 4, 15, 17, 30, 10),
    "٢٠١٦/٠٤/١٥ ٠٢:٠٠": at(2016, 4, 15, 2, 0),
    "2016-04-15T17:30:00Z": datetime(2016, 4, 15, 17, 30, tzinfo=UTC),
    "2020-06-03T03:01+0400": datetime(2020, 6, 3, 3, 1, tzinfo=timezone(timedelta(hours=4))),
    "2020-06-03T03:01:00-05:00": datetime(2020, 6, 3, 3, 1, tzinfo=timezone(-timedelta(hours=5))),
    "Fri, 15 Apr 2016 17:30:00 GMT": datetime(2016, 4, 15, 17, 30, tzinfo=UTC),
    "26 أيار/مايو 2016 | 14:35 GMT": datetime(2016, 5, 26, 14, 35, tzinfo=UTC),
    "26 مايو 2016 14:35 (GMT+0300)": datetime(
        2016, 5, 26, 14, 35, tzinfo=timezone(timedelta(hours=3))
    ),
    "الثلاثاء 3 مايو 2016 - 18:45 ت.غ": datetime(2016, 5, 3, 18, 45, tzinfo=UTC),
    "15 أبريل 2016 17:30 بتوقيت غرينتش": datetime(2016, 4, 15, 17, 30, tzinfo=UTC),
    "15.04.2016 - 17:30 (بتوقيت مكة المكرمة)": datetime(
        2016, 4, 15, 17, 30, tzinfo=ZoneInfo("Asia/Riyadh")
    ),
    "15 أبريل 2016 17:30 بتوقيت أبو ظبي": datetime(
        2016, 4, 15, 17, 30, tzinfo=ZoneInfo("Asia/Dubai")
    ),
    # relative to the visit
    "منذ ساعتين": at(2026, 3, 10, 10, 30),
    "منذ ساعة": at(2026, 3, 10, 11, 30),
    "قبل ٤ دقائق": at(2026, 3, 10, 12, 26),
    "منذ ثلاث ساعات": at(2026, 3, 10, 9, 30),
    "قبل نصف ساعة": at(2026, 3, 10, 12, 0),
    "قبل دقيقتين": at(2026, 3, 10, 12, 28),
    "3 hours ago": at(2026, 3, 10, 9, 30),
    "منذ يومين": date(2026, 3, 8),
    "منذ 3 أيام": date(2026, 3, 7),
    "قبل أسبوع": date(2026, 3, 3),
    "أمس": date(2026, 3, 9),
    "أمس الساعة 5:30 مساء": at(2026, 3, 9, 17, 30),
    "أول أمس": date(2026, 3, 8),
}
NOT_TOLD = [
    "",
    "19 فبراير/شباط",
    "الجمعة 26 أغسطس/آب",
    "آخر تحديث GMT03:11:05",
    "8 رجب 1437",
    "الأحد 20 شعبان 1444 هـ",
    "15 أبريل/أيار 2016",
    "30 فبراير 2016",
    "2016-13-45",
    "2016-02-30",
    "15/04/16",
    "15 أبريل 2036",
    "3 مارس 1985",
    "منذ قليل",
    "قبل شهر",
    "أخبار اليوم",
    "10:45",
    "صفر نقاط من 20",
    "١٢٣٤٥٦٧٨٩",
]


@pytest.mark.parametrize("text", DAYS)
def test_days(text: str) -> None:
    assert dates.parse(text, DAMASCUS, NOW) == _day(DAYS[text])


@pytest.mark.parametrize("text", TIMES)
def test_times(text: str) -> None:
    found = dates.parse(text, DAMASCUS, NOW)
    assert found == TIMES[text]
    assert isinstance(found, datetime) == isinstance(TIMES[text], datetime)
    if isinstance(found, datetime):
        assert found.tzinfo is not None


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_not_certain_is_not_told(text: str) -> None:
    assert dates.parse(text, DAMASCUS, NOW) is None


def test_a_future_date_within_a_zone_of_now_is_taken() -> None:
    tomorrow = NOW + timedelta(hours=12)
    assert dates.parse(tomorrow.isoformat(), UTC, NOW) == tomorrow
    assert dates.parse((NOW + timedelta(days=3)).isoformat(), UTC, NOW) is None


def test_offsets_of_a_page_are_kept() -> None:
    found = dates.parse("2020-12-25T01:59:50+02:00", DAMASCUS, NOW)
    assert isinstance(found, datetime)
    assert found.isoformat() == "2020-12-25T01:59:50+02:00"


def test_leftover_counts_the_words_that_are_not_the_time() -> None:
    assert dates.leftover("الجمعة 24 نيسان 2020 09:22 مساءً") == 0
    assert dates.leftover("كتب مراسلنا في 24 نيسان 2020") == 3


def test_a_month_has_one_number_in_every_spelling() -> None:
    assert month_number("تشرين  الثاني") == month_number("نونبر") == month_number("nov") == 11


def test_a_very_long_text_is_looked_at_only_in_part() -> None:
    assert dates.parse("كلام " * 100_000 + "15 أبريل 2016", UTC, NOW) is None
