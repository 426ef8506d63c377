"""Times are written so that the order of the texts is the order of the times."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.times import instant, publication, published, stamp

EARLIEST, LATEST = datetime.fromisoformat("0002-01-01"), datetime.fromisoformat("9998-01-01")
aware = st.datetimes(min_value=EARLIEST, max_value=LATEST, timezones=st.timezones())


@given(one=aware, two=aware)
def test_text_order_is_time_order(one: datetime, two: datetime) -> None:
    assert (stamp(one) < stamp(two)) == (one.astimezone(UTC) < two.astimezone(UTC))
    assert len(stamp(one)) == len(stamp(two))
    assert instant(stamp(one)) == one.astimezone(UTC)


def test_a_time_without_a_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="zone"):
        stamp(EARLIEST)


@pytest.mark.parametrize(
    "known",
    [
        None,
        date(2016, 2, 19),
        datetime(2016, 2, 19, 10, 30, tzinfo=timezone(timedelta(hours=3))),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=3))),
    ],
)
def test_a_publication_time_comes_back_with_its_own_offset(known: date | None) -> None:
    back = published(publication(known))
    assert back == known
    if isinstance(known, datetime):
        assert isinstance(back, datetime)
        assert back.utcoffset() == known.utcoffset()
