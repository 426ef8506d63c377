"""Short vowels that part a name from another word."""

from __future__ import annotations

import pytest

from watch.vowels import contradicts


@pytest.mark.parametrize(
    ("printed", "name", "wanted"),
    [
        ("حمص", "حِمص", False),  # no marks say nothing
        ("حِمْصَ", "حِمص", False),
        ("وبحِمص", "حِمص", False),  # what is written on to it
        ("حـُمـّص", "حِمص", True),  # stretched
        ("حمّص", "حِمص", True),  # doubled
        ("بحُمص", "حِمص", True),
        ("حُماة", "حَماة", True),
        ("حَمَاةُ", "حَماة", False),  # the last vowel changes with the sentence
        ("مُصرّ", "مِصر", True),
        ("مصرّ", "مِصر", True),
        ("لمصرَ", "مِصر", False),
        ("مآرب", "مَأرب", True),  # another seat of the hamza
        ("مارب", "مَأرب", False),
        ("حموص", "حِمص", False),  # another word is not its business
    ],
)
def test_marks_that_a_name_cannot_have(printed: str, name: str, wanted: bool) -> None:
    assert contradicts(printed, name) is wanted
