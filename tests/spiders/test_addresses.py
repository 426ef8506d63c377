"""One article has one address and one identity, however it is spelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.addresses import canonical, identity, is_article, is_own
from spiders.sites import Site

HOME = "https://www.minbar.example"


@pytest.mark.parametrize(
    ("spelt", "expected"),
    [
        (f"{HOME}/news/7?utm_source=rss&utm_medium=feed", f"{HOME}/news/7"),
        (f"{HOME}/news/7?at_medium=RSS&at_campaign=KARANGA", f"{HOME}/news/7"),
        (f"{HOME}/news/7?page=2&fbclid=x&id=9", f"{HOME}/news/7?id=9&page=2"),
        (f"{HOME}/news/7?id=9&page=2&gclid=1#top", f"{HOME}/news/7?id=9&page=2"),
        (f"{HOME}:443/news/7", f"{HOME}/news/7"),
        ("HTTPS://WWW.Minbar.Example/news/7", f"{HOME}/news/7"),
        ("http://minbar.example/news/7", f"{HOME}/news/7"),
        ("http://www.minbar.example:80/news/7", f"{HOME}/news/7"),
        ("https://m.minbar.example/news/7", f"{HOME}/news/7"),
        ("https://mirror.example:8443/news/7", f"{HOME}/news/7"),
        (f"{HOME}/news/7/amp/", f"{HOME}/news/7/"),
        (f"{HOME}/news/7/amp", f"{HOME}/news/7"),
        (f"{HOME}/amp/news/7-هدنة/", f"{HOME}/news/7-%D9%87%D8%AF%D9%86%D8%A9/"),
        (f"{HOME}/news/7.amp", f"{HOME}/news/7"),
        (f"{HOME}/news/7?outputType=amp", f"{HOME}/news/7"),
        (f"{HOME}/%6eews/7-%d8%aa", f"{HOME}/news/7-%D8%AA"),
        (f"{HOME}/news/7-ت", f"{HOME}/news/7-%D8%AA"),
        (f"{HOME}/news/7 a", f"{HOME}/news/7%20a"),
        (f"{HOME}/news/100%", f"{HOME}/news/100%25"),
        ("  /news/7\n", f"{HOME}/news/7"),
        ("//www.minbar.example/news/7", f"{HOME}/news/7"),
        ("https://other.example/about/amp/", "https://other.example/about/amp/"),
    ],
)
def test_spellings_become_one_address(make_site, spelt: str, expected: str) -> None:
    site = make_site(hosts=["m.minbar.example", "mirror.example"])
    assert canonical(site, spelt, HOME + "/feed/") == expected
    assert canonical(site, expected) == expected


@pytest.mark.parametrize(
    "spelt",
    [
        "javascript:alert(1)",
        "mailto:desk@minbar.example",
        "ftp://www.minbar.example/news/7",
        "file:///etc/passwd",
        "https://user@www.minbar.example/news/7",
        "https://www.minbar.example:99999/news/7",
        "https://[::1/news/7",
        "https:///news/7",
        "https://./news/7",
        f"{HOME}/news/7?{'x' * 3000}",
    ],
)
def test_what_is_no_web_address_is_none(make_site, spelt: str) -> None:
    assert canonical(make_site(), spelt) is None
    assert not is_own(make_site(), spelt)


def test_hosts_of_the_site_and_of_others(make_site) -> None:
    site = make_site(hosts=["127.0.0.1:8001"])
    assert is_own(site, "http://minbar.example/news/7")
    assert is_own(site, "https://arabic.minbar.example/news/7")
    assert is_own(site, "http://127.0.0.1:8001/news/7")
    assert not is_own(site, "http://127.0.0.1:8002/news/7")
    assert not is_own(site, "https://notminbar.example/news/7")
    assert not is_own(site, "https://minbar.example.evil.example/news/7")


def test_a_host_in_arabic_letters_has_one_spelling(make_site) -> None:
    site = make_site(home="https://منبر.example/")
    assert canonical(site, "https://منبر.example/news/7") == "https://xn--ngbs2de.example/news/7"
    assert is_own(site, "https://xn--ngbs2de.example/news/7")


def test_patterns_see_the_readable_path_and_the_query(make_site) -> None:
    site = make_site(article=r"^/(أخبار/\d+|show\.php\?id=\d+)")
    assert is_article(site, f"{HOME}/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/12")
    assert is_article(site, f"{HOME}/show.php?id=3")
    assert not is_article(site, f"{HOME}/show.php")
    assert not is_article(site, f"{HOME}/%C3%C7/12")


def test_identity_is_what_the_seed_captures(make_site) -> None:
    site = make_site(identity=r"^/news/(\d+)")
    assert identity(site, f"{HOME}/news/7-old-slug/") == "minbar:7"
    assert identity(site, "https://minbar.example/news/7?utm_source=x") == "minbar:7"
    assert identity(site, f"{HOME}/about") == "minbar:/about"


def test_identity_joins_several_groups(make_site) -> None:
    site = make_site(identity=r"^/\w+/(\d+)-(.+?)/?$")
    assert identity(site, f"{HOME}/amp/21-هدنة/") == "minbar:21/هدنة"
    assert identity(make_site(identity=r"\d+"), f"{HOME}/news/7-x") == "minbar:7"


def test_identity_without_a_pattern_is_the_path(make_site) -> None:
    site = make_site()
    assert identity(site, f"{HOME}/news/7-%D8%AA/") == "minbar:/news/7-ت"
    assert identity(site, f"{HOME}/news/7?b=2&a=1") == "minbar:/news/7?a=1&b=2"
    assert identity(site, f"{HOME}/") == "minbar:/"
    other_charset = (f"{HOME}/news/7-%C3", f"{HOME}/news/7-%C4")
    assert identity(site, other_charset[0]) != identity(site, other_charset[1])


SITE = Site.model_validate(
    {
        "id": "minbar",
        "name": "المنبر",
        "home": HOME,
        "zone": "UTC",
        "feeds": [HOME],
        "article": r"^/news/\d+",
    }
)


@given(st.text(max_size=60))
def test_canonical_is_settled_after_one_pass(path: str) -> None:
    once = canonical(SITE, f"{HOME}/news/7{path}")
    if once is not None:
        assert canonical(SITE, once) == once
        assert identity(SITE, once) == identity(SITE, f"{HOME}/news/7{path}")
