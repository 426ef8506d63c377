"""For how long servers ask to be left alone."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from spiders.pace.hints import LONGEST, feed_seconds, fresh_seconds

NOON = 1_772_712_000.0
HOURLY = (
    b"<sy:updatePeriod>\n\thourly\t</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>"
)


@pytest.mark.parametrize(
    ("control", "age", "seconds"),
    [
        ("max-age=300", "", 300),
        ("public, Max-Age = 300", "", 300),
        ('max-age="300"', "", 300),
        ("max-age=300", "120", 180),
        ("max-age=300", "900", 0),
        ("max-age=300", "-5", 300),
        ("max-age=999999999", "", LONGEST),
        ("no-cache, max-age=300", "", 0),
        ("no-store", "", 0),
        ("s-maxage=300", "", None),
        ("max-age=soon", "", None),
        ("", "", None),
    ],
)
def test_an_answer_is_fresh_for_what_cache_control_says(
    control: str, age: str, seconds: float | None
) -> None:
    headers = {name: value for name, value in (("Cache-Control", control), ("Age", age)) if value}
    response = Response("https://minbar.example/feed", headers=headers)
    assert fresh_seconds(response) == seconds


def channel(head: bytes, items: bytes = b"<item><title>x</title></item>") -> bytes:
    return b"<rss version='2.0'><channel>" + head + items + b"</channel></rss>"


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        (b"<ttl>15</ttl>", 900),
        (b"<ttl>  15 </ttl>", 900),
        (b"<ttl>never</ttl>", 0),
        (b"<ttl>9999999</ttl>", LONGEST),
        (HOURLY, 3600),
        (b"<sy:updatePeriod>daily</sy:updatePeriod>", 86_400),
        (HOURLY.replace(b">1<", b">4<"), 900),
        (HOURLY.replace(b">1<", b">0<"), 3600),
        (HOURLY.replace(b">1<", b">often<"), 3600),
        (b"<sy:updatePeriod>always</sy:updatePeriod>", 0),
        (b"<ttl>90</ttl>" + HOURLY, 5400),
        (b"", 0),
    ],
)
def test_a_feed_asks_by_its_ttl_and_its_update_period(head: bytes, seconds: float) -> None:
    assert feed_seconds(channel(head), []) == seconds


def test_what_an_item_says_is_no_wish_of_the_feed() -> None:
    assert feed_seconds(channel(b"", b"<item><ttl>600</ttl></item>"), []) == 0


@pytest.mark.parametrize(
    ("gaps", "seconds"),
    [
        ([7200, 4000, 9000], 3600),
        ([7200, 900], 0),
        ([0, 5, 7200, 30], 3600),
    ],
    ids=["as it says", "more often than it says", "in bundles"],
)
def test_an_update_period_counts_unless_the_feed_itself_belies_it(
    gaps: list[int], seconds: float
) -> None:
    published = [NOON]
    for gap in gaps:
        published.append(published[-1] - gap)
    assert feed_seconds(channel(HOURLY), published) == seconds
    assert feed_seconds(channel(b"<ttl>60</ttl>"), published) == 3600, "a wish is a wish"
