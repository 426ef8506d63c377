"""Times, hours, durations and zones as people type them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.spoken import (
    ending_duration,
    is_off,
    spoken_digest,
    spoken_duration,
    spoken_hours,
    spoken_time,
)
from bot.texts.zones import label, near, zone_of

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@pytest.mark.parametrize(
    ("words", "hours", "rest"),
    [
        ("23:00-07:00", "23:00-07:00", ""),
        ("23-7", "23:00-07:00", ""),
        ("23:00 – 07:00 Berlin", "23:00-07:00", "berlin"),
        ("11pm to 7am", "23:00-07:00", ""),
        ("from 10:30 PM until 6 am cairo", "22:30-06:00", "cairo"),
        ("من ١١ مساء إلى ٧ صباحا", "23:00-07:00", ""),
        ("من الساعة ١١ مساءً حتى الساعة ٧ صباحًا دمشق", "23:00-07:00", "دمشق"),
        ("١١:٣٠ م - ٦ ص بيروت", "23:30-06:00", "بيروت"),
        ("12 ليلا الى 6 صباحا", "00:00-06:00", ""),
        ("11 ليلا - 1 ليلا", "23:00-01:00", ""),
        ("midnight to 7", "00:00-07:00", ""),
        ("من منتصف الليل إلى ٧", "00:00-07:00", ""),
        ("22.30 - 6.15", "22:30-06:15", ""),
        ("7-7", "07:00-07:00", ""),
        ("24:00-07:00", "00:00-07:00", ""),
        ("من الحادية عشرة مساء إلى السابعة صباحا", "23:00-07:00", ""),
        ("من الحادية عشرة والنصف ليلا حتى السادسة والربع صباحًا برلين", "23:30-06:15", "برلين"),
        ("من الثانية عشرة ليلا إلى الساعة الخامسة فجرا", "00:00-05:00", ""),
        ("العاشرة إلا ربعا مساء - الثامنة إلا ثلثا صباحا", "21:45-07:40", ""),
        ("من الواحدة إلا ربعا ليلا إلى السابعة", "00:45-07:00", ""),
        ("from eleven pm to seven am", "23:00-07:00", ""),
        ("half past ten pm to six", "22:30-06:00", ""),
    ],
)
def test_hours_in_many_forms(words: str, hours: str, rest: str) -> None:
    spell = spoken_hours(words)
    assert spell is not None
    assert (str(spell.hours), spell.rest) == (hours, rest)


@pytest.mark.parametrize(
    "words", ["", "tonight", "7", "25:00-07:00", "23:60-7", "aleppo 7 homs 8", "12345-7", "٧"]
)
def test_what_is_no_hours_is_none(words: str) -> None:
    assert spoken_hours(words) is None


@given(clocks, clocks, st.sampled_from(["-", " - ", " to ", " إلى ", " حتى "]), st.booleans())
def test_any_two_clocks_are_read_in_both_digits(
    start: time, end: time, between: str, arabic: bool
) -> None:
    words = f"{start:%H:%M}{between}{end:%H:%M}"
    spell = spoken_hours(words.translate(ARABIC_DIGITS) if arabic else words)
    assert spell is not None
    assert (spell.hours.start, spell.hours.end, spell.rest) == (start, end, "")


@settings(deadline=None)  # the first to ask for a zone reads all their names
@given(st.text(max_size=200))
def test_no_text_breaks_a_reader_of_texts(words: str) -> None:
    spoken_hours(words)
    spoken_time(words)
    spoken_digest(words)
    ending_duration(words)
    zone_of(words)
    near(words)


@pytest.mark.parametrize(
    ("words", "digest"),
    [
        ("hourly", "hourly"),
        ("every hour", "hourly"),
        ("كل ساعة", "hourly"),
        ("daily", "08:00"),
        ("يوميا", "08:00"),
        ("daily 07:30", "07:30"),
        ("daily at 8pm", "20:00"),
        ("يوميا الثامنة والنصف صباحا", "08:30"),
        ("كل يوم ٩ مساء", "21:00"),
        ("6", "06:00"),
        ("weekly", None),
        ("", None),
        ("daily 25", None),
    ],
)
def test_digests(words: str, digest: str | None) -> None:
    assert spoken_digest(words) == digest


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        *(("2h", 120), ("90 min", 90), ("3 أيام", 3 * 1440), ("ساعتين", 120), ("ساعة", 60)),
        *(("٣٠ دقيقة", 30), ("نصف ساعة", 30), ("a week", 10080), ("day", 1440), ("يومين", 2880)),
        *(("ثلاث ساعات", 180), ("خمسة أيام", 5 * 1440), ("three hours", 180), ("ربع ساعة", 15)),
        *(("عشر دقائق", 10), ("twelve hours", 720), ("عشرين دقيقة", 20), ("ثلاثين دقيقة", 30)),
    ],
)
def test_durations(words: str, minutes: int) -> None:
    assert spoken_duration(words) == timedelta(minutes=minutes)


@pytest.mark.parametrize("words", ["", "0h", "h", "2 cats", "-2h", "soon", "حلب"])
def test_what_is_no_duration_is_none(words: str) -> None:
    assert spoken_duration(words) is None


def test_a_duration_ends_what_is_typed() -> None:
    assert ending_duration("دير الزور 2h") == ("دير الزور", timedelta(hours=2))
    assert ending_duration("حلب نصف ساعة") == ("حلب", timedelta(minutes=30))
    assert ending_duration("حلب لمدة ساعتين") == ("حلب", timedelta(hours=2))
    assert ending_duration("everything for 2 hours") == ("everything", timedelta(hours=2))
    assert ending_duration("حلب") == ("حلب", None)
    assert ending_duration("2h") == ("", timedelta(hours=2))
    assert ending_duration("99999 weeks")[1] == timedelta(days=365)


@pytest.mark.parametrize("words", ["off", "OFF", "لا", "إيقاف", "none"])
def test_off(words: str) -> None:
    assert is_off(words)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        *(("دمشق", "Asia/Damascus"), ("حلب", "Asia/Damascus"), ("بيروت", "Asia/Beirut")),
        *(("القاهره", "Africa/Cairo"), ("برلين", "Europe/Berlin"), ("Berlin", "Europe/Berlin")),
        *(("المانيا", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("UTC", "UTC")),
        *(("New York", "America/New_York"), ("تركيا", "Europe/Istanbul"), ("Gaza", "Asia/Gaza")),
    ],
)
def test_zones_by_city_or_country(name: str, key: str) -> None:
    zone = zone_of(name)
    assert zone is not None
    assert zone.key == key


def test_an_unknown_zone_has_a_nearest_one() -> None:
    assert zone_of("Berlim") is None
    assert near("Berlim") == "berlin"
    assert near("xyzxyz") is None
    berlin = zone_of("برلين")
    assert berlin is not None
    assert (label(berlin, True), label(berlin, False)) == ("برلين", "Berlin")


@pytest.mark.parametrize("name", ["UTC+3", "utc +3", "GMT+03:00", "+٣", "غرينتش+3"])
def test_hours_ahead_of_utc_name_a_zone(name: str) -> None:
    zone = zone_of(name)
    assert zone is not None
    assert datetime(2026, 1, 1, tzinfo=zone).utcoffset() == timedelta(hours=3)
    assert label(zone, arabic=True) == label(zone, arabic=False) == "UTC+3"


def test_hours_that_no_zone_is_ahead_are_none() -> None:
    assert [zone_of(name) for name in ("UTC+99", "+5:30", "3", "+")] == [None] * 4
