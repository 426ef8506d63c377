"""What an answer means before its content is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest, ResponseDataLossError
from scrapy.http import Response

from spiders.answers import fault_in, fault_of, header

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


def answer(status: int, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("https://a.example/", status=status, headers=named)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "gone (HTTP 404)"),
        (410, "gone (HTTP 410)"),
        (403, "refused (HTTP 403)"),
        (451, "refused (HTTP 451)"),
        (429, "asked to wait (HTTP 429)"),
        (500, "HTTP 500"),
        (300, "HTTP 300"),
    ],
)
def test_a_status_is_a_reason(status: int, reason: str) -> None:
    fault = fault_of(answer(status), NOON)
    assert fault is not None
    assert fault.reason == reason


def test_an_answer_with_content_is_no_fault() -> None:
    assert fault_of(answer(200), NOON) is None
    assert fault_of(answer(203), NOON) is None


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("0", timedelta()),
        ("99999999999999", timedelta(seconds=999_999_999)),
        ("Thu, 05 Mar 2026 12:10:00 GMT", timedelta(minutes=10)),
        ("Thu, 05 Mar 2026 11:00:00 GMT", timedelta()),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, wait: timedelta | None) -> None:
    fault = fault_of(answer(503, Retry_After=value), NOON)
    assert fault is not None
    assert fault.retry_after == wait


def test_a_page_that_is_gone_for_good_is_not_asked_again() -> None:
    patience = {}
    for status in (404, 410, 500):
        fault = fault_of(answer(status), NOON)
        assert fault is not None
        patience[status] = fault.patience
    assert patience == {404: timedelta(hours=1), 410: timedelta(), 500: timedelta(days=1)}


@pytest.mark.parametrize(
    ("error", "reason", "again"),
    [
        (CannotResolveHostError("x"), "no such host", True),
        (ResponseDataLossError(), "the answer was cut short", True),
        (IgnoreRequest("Forbidden by robots.txt"), "robots.txt forbids it", False),
        (IgnoreRequest("max redirections reached"), "max redirections reached", False),
        (IgnoreRequest(), "not asked", False),
        (ValueError("odd"), "ValueError: odd", True),
    ],
)
def test_an_error_of_the_download_is_a_reason(error: Exception, reason: str, again: bool) -> None:
    fault = fault_in(error)
    assert fault.reason == reason
    assert bool(fault.patience) == again


def test_validators_are_sent_back_as_they_came() -> None:
    given = answer(200, ETag=' W/"a" ', Last_Modified="x" * 2000)
    assert header(given, "ETag") == 'W/"a"'
    assert header(given, "Last-Modified") is None
    assert header(given, "X-Other") is None
