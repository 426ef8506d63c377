"""What an answer without a listing means for its source."""

from __future__ import annotations

from datetime import timedelta

import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response

from spiders.answers import Fault, Resting, Unready, fault_in
from spiders.health.troubles import fault_in_listing, is_challenge, moved_to, with_challenge
from spiders.listing.entries import Lack, Unlisted
from storage.health import Trouble

CHALLENGES = [
    b"<html><head><title>Just a moment...</title></head>",
    b"<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>",
    b"<title>Attention Required! | Cloudflare</title>",
    b"<iframe src='/_Incapsula_Resource?SWUDNSAI=31'></iframe>",
]


def answer(body: bytes = b"", reasons: list[int] | None = None, **headers: str) -> Response:
    request = Request("https://a.example/feed")
    if reasons is not None:
        request.meta["redirect_reasons"] = reasons
    return Response("https://a.example/new", request=request, body=body, headers=headers)


@pytest.mark.parametrize("page", CHALLENGES)
def test_a_page_that_asks_for_a_person_is_a_refusal(page: bytes) -> None:
    for fault in (
        Fault("HTTP 503"),
        fault_in_listing(Unlisted("an HTML page instead of a feed", Lack.HTML)),
    ):
        seen = with_challenge(fault, answer(page))
        assert seen.trouble is Trouble.REFUSED
        assert seen.reason == f"a challenge page ({fault.reason})"
    gone = Fault("gone (HTTP 404)", trouble=Trouble.GONE)
    assert with_challenge(gone, answer(page)) is gone


def test_an_article_about_captchas_is_none() -> None:
    page = "<title>لحظة من فضلك</title><p>تحدث المهندس عن captcha وعن cloudflare</p>".encode()
    assert not is_challenge(answer(page))
    assert is_challenge(answer(b"", **{"cf-mitigated": "challenge"}))


@pytest.mark.parametrize("lack", Lack)
def test_every_lack_of_a_listing_is_a_trouble(lack: Lack) -> None:
    assert fault_in_listing(Unlisted("why", lack), answer()).reason == "why"


@pytest.mark.parametrize(
    ("reasons", "moved"),
    [
        (None, None),
        ([], None),
        ([301], "https://a.example/new"),
        ([301, 308], "https://a.example/new"),
        ([302], None),
        ([301, 302], None),
    ],
)
def test_a_source_moved_if_every_redirect_is_for_good(
    reasons: list[int] | None, moved: str | None
) -> None:
    assert moved_to(answer(reasons=reasons)) == moved
    assert moved_to(Response("https://a.example/")) is None


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (CannotResolveHostError(), Trouble.UNREACHABLE),
        (DownloadTimeoutError(), Trouble.UNREACHABLE),
        (DownloadCancelledError(), Trouble.BROKEN),
        (Unready("robots.txt: no such host"), Trouble.UNREACHABLE),
        (IgnoreRequest("Forbidden by robots.txt"), Trouble.REFUSED),
        (IgnoreRequest("no seed names that host"), Trouble.ASTRAY),
        (RuntimeError("odd"), Trouble.UNREACHABLE),
    ],
)
def test_every_error_of_a_download_is_a_trouble(error: Exception, trouble: Trouble) -> None:
    assert fault_in(error).trouble is trouble


def test_a_host_that_rests_is_busy() -> None:
    assert fault_in(Resting(timedelta(minutes=5))).trouble is Trouble.BUSY
