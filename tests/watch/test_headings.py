"""By what its title names a telling is found in the hours after it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flood import EVENING

from watch.headings import ALIKE, headings, spell
from watch.sketch import FLASH_WORDS

TITLE = "انقطاع المياه عن أحياء بلدة الصفصاف"
TEXT = "قالت مؤسسة المياه إن عطلا أصاب المضخة الرئيسية في الصفصاف، وإن الورش بدأت إصلاحها. " * 3


def shared(older: tuple[str, str], newer: tuple[str, str], hours: float = 0) -> int:
    """How many headings of an older telling a newer one asks for."""
    now = EVENING + timedelta(hours=hours)
    return len({*headings(*older, EVENING).kept} & {*headings(*newer, now).wanted})


@pytest.mark.parametrize(("hours", "found"), [(0, 5), (2, 5), (4, 0), (24, 0), (-2, 0)])
def test_a_title_is_found_for_two_spells(hours: float, found: int) -> None:
    assert shared((TITLE, TEXT), ("أحياء الصفصاف: انقطاع مياه البلدة", TEXT), hours) == found


def test_a_flash_of_two_names_is_found_by_them_together() -> None:
    report = ("عاصفة على الصفصاف تقتلع أشجارا", TEXT)
    assert shared(("عاصفة على الصفصاف", ""), report) == ALIKE
    assert shared(("عاصفة على الصفصاف", TEXT), report) == ALIKE - 1


def test_a_flashs_text_counts_as_its_title() -> None:
    assert shared(("عاجل", TITLE), (TITLE, TEXT)) > ALIKE


@pytest.mark.parametrize("glue", [" ", "،"])
def test_headings_are_few_whatever_is_printed(glue: str) -> None:
    long = glue.join(f"كلمة{chr(1600 + at)}{at}" for at in range(5000))
    assert len(headings(long, long, EVENING).kept) <= 4 * FLASH_WORDS


@pytest.mark.parametrize(("title", "seen"), [(TITLE, None), ("", EVENING), ("في 12", EVENING)])
def test_nothing_named_or_no_time_has_no_headings(title: str, seen: datetime | None) -> None:
    assert headings(title, "", seen) == ((), ())


def test_what_lies_below_its_spell_is_no_longer_asked_for() -> None:
    wanted = headings(TITLE, TEXT, EVENING).wanted
    assert (
        min(wanted)
        >= spell(EVENING)
        > max(headings(TITLE, TEXT, EVENING - timedelta(hours=4)).kept)
    )
    assert min(headings(TITLE, TEXT, datetime.max.replace(tzinfo=UTC)).kept) < 1 << 63
