"""Policy: every shipped seed loads, says what it must, and tells articles from section pages."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from spiders.addresses import canonical, is_article
from spiders.sites import Site, Sites, load

SEEDS = Path(__file__).parents[2] / "seeds"

ARTICLES: dict[str, list[str]] = {
    "alaraby": ["/politics/كلمة-ثم-أخرى", "/economy/%D9%83%D9%84-%D8%AB%D9%85"],
    "alarabiya": ["/ar/arab-and-world/syria/2026/11/02/كلمة-ثم-أخرى", "/ar/sport/2026/11/02/a-b"],
    "alhurra": ["/syria/2026/11/02/كلمة-ثم-أخرى", "/a/some-words/612345.html"],
    "alikhbariah": ["/كلمة-ثم-كلمة-أخرى/", "/%D9%83%D9%84-%D8%AB%D9%85-%D8%A3%D8%AE-%d9"],
    "aljazeera": ["/news/2026/11/2/كلمة-ثم-أخرى", "/amp/sport/football/2026/11/22/كلمة"],
    "almayadeen": ["/news/politics/كلمة-ثم-أخرى", "/latestnews/2026-11/2/كلمة-ثم"],
    "almodon": ["/arabworld/2026/11/2/كلمة-ثم-أخرى"],
    "alquds": ["/كلمة-ثم-كلمة-أخرى/", "/%D9%83%D9%84-%D8%AB%D9%85-%D8%A3%D8%AE/"],
    "alrai": ["/12345", "/12345/"],
    "anadolu_arabic": ["/ar/الدول-العربية/كلمة-ثم-أخرى/3123456"],
    "annahar": ["/arab-world/levant/184233/كلمة-ثم-أخرى"],
    "arabstoday": [
        "/25/021126073015-كلمة-ثم-أخرى",
        "/amp/25/021126073015-كلمة-ثم-أخرى",
        "/w-12/648213-كلمة-ثم-أخرى",
    ],
    "aawsat": ["/node/5081234", "/العالم-العربي/5081234-كلمة-ثم-أخرى"],
    "bbc_arabic": ["/arabic/articles/c4gn0dk2z1mo", "/arabic/middleeast-61234567"],
    "cnn_arabic": ["/middle-east/article/2026/11/02/some-latin-words"],
    "dw_arabic": ["/ar/كلمة-ثم-أخرى/a-71234567"],
    "enabbaladi": ["/712345/كلمة-ثم-أخرى/"],
    "france24_arabic": ["/ar/الشرق-الأوسط/20261102-كلمة-ثم-أخرى"],
    "hawarnews": ["/ar/haber/كلمة-ثم-كلمة-أخرى", "/ar/كلمة-ثم-كلمة-أخرى/"],
    "huffpost_arabi": ["/2016/11/02/story_n_9700000.html"],
    "lbci": ["/news/middleeast/812345/كلمة-ثم/ar"],
    "npasyria": ["/212345/", "/212345"],
    "rt_arabic": ["/world/1712345-كلمة-ثم-أخرى/", "/middle_east/812345-كلمة-ثم/amp"],
    "sana": ["/politics/2212345/", "/politics/2212345"],
    "skynews_arabia": ["/middle-east/1712345-كلمة-ثم-أخرى", "/middle-east/1712345"],
    "sputnik_arabic": ["/20261102/كلمة-ثم-أخرى-1094512345.html"],
    "syria_tv": ["/كلمة-ثم-كلمة-أخرى", "/%d9%83%d9%84-%d8%ab%d9%85-%d8%a3%d8%ae"],
    "youm7": ["/story/2026/11/2/كلمة-ثم-أخرى/6712345"],
    "zamanalwsl": ["/news/article/161234", "/news/article/161234/"],
}

SECTIONS: dict[str, list[str]] = {
    "alaraby": ["/politics", "/economy/"],
    "alarabiya": ["/ar/arab-and-world/syria", "/ar/latest-news"],
    "alhurra": ["/syria", "/syria/latest"],
    "alikhbariah": ["/category/سياسة/", "/about-us-now/"],
    "aljazeera": ["/news/", "/tag/كلمة", "/where/mideast/arab/syria/"],
    "almayadeen": ["/news/politics", "/news", "/live"],
    "almodon": ["/arabworld", "/arabworld/page/2"],
    "alquds": ["/category/سياسة/", "/سياسة/", "/about-us-now/"],
    "alrai": ["/politics/", "/page/2"],
    "anadolu_arabic": ["/ar/الدول-العربية", "/ar"],
    "annahar": ["/arab-world/levant", "/arab-world/page/2"],
    "arabstoday": ["/25/", "/ar/rss", "/amp/25"],
    "aawsat": ["/العالم-العربي", "/files/2026"],
    "bbc_arabic": ["/arabic/middleeast", "/arabic/topics/cnq68kvx74pt"],
    "cnn_arabic": ["/middle-east", "/videos/middle-east"],
    "dw_arabic": ["/ar/العالم-العربي/s-31089", "/ar/"],
    "enabbaladi": ["/category/online/", "/tag/كلمة/"],
    "france24_arabic": ["/ar/الشرق-الأوسط/", "/ar/tag/كلمة/"],
    "hawarnews": ["/ar/", "/ar/سياسة/"],
    "huffpost_arabi": ["/news/", "/2016/11/02/"],
    "lbci": ["/news/middleeast/ar", "/newssitemap.xml"],
    "npasyria": ["/category/سياسة/", "/page/2/"],
    "rt_arabic": ["/world/", "/rss/", "/tags/1234/"],
    "sana": ["/politics/", "/politics/page/2/", "/page/2/"],
    "skynews_arabia": ["/middle-east", "/rss/middle-east.xml"],
    "sputnik_arabic": ["/world/", "/20261102/"],
    "syria_tv": ["/أخبار", "/سوريا", "/rss.xml"],
    "youm7": ["/Section/كلمة/65/1", "/story"],
    "zamanalwsl": ["/news/", "/news/category/3"],
}

SAME_ARTICLE: dict[str, tuple[str, str]] = {
    "aawsat": ("/العالم-العربي/5081234-كلمة-ثم", "/node/5081234"),
    "arabstoday": ("/25/021126073015-كلمة-ثم", "/amp/25/021126073015-كلمة-ثم"),
    "bbc_arabic": ("/arabic/articles/c4gn0dk2z1mo", "/arabic/articles/c4gn0dk2z1mo.amp"),
    "france24_arabic": ("/ar/سوريا/20261102-كلمة-ثم", "/ar/الشرق-الأوسط/20261102-كلمة-ثم"),
    "rt_arabic": ("/world/812345-كلمة-ثم/", "/middle_east/812345-كلمة-أخرى/amp"),
    "skynews_arabia": ("/middle-east/1712345-كلمة-ثم", "/middle-east/1712345"),
}


@pytest.fixture(scope="module")
def sites() -> Sites:
    return load(SEEDS)


def named(site: Site, path: str) -> str:
    """What the seed's identity pattern captures in a path."""
    found = re.search(site.identity or "", path)
    assert found, f"{site.id}: identity does not match {path}"
    return found[1]


def test_every_seed_loads(sites: Sites) -> None:
    assert [str(error) for error in sites.errors] == []
    assert len(sites.by_id) >= 24


def test_the_four_outlets_of_the_first_round_are_known(sites: Sites) -> None:
    known = {
        seed: sites.by_id[seed].active
        for seed in ("arabstoday", "rt_arabic", "huffpost_arabi", "alrai")
    }
    assert known == {"arabstoday": True, "rt_arabic": True, "huffpost_arabi": False, "alrai": False}


def test_no_seed_claims_to_have_been_checked_and_each_says_what_it_rests_on(sites: Sites) -> None:
    for seed, site in sites.by_id.items():
        comment = (SEEDS / "sites" / f"{seed}.toml").read_text("utf-8").partition("name =")[0]
        assert site.checked == ""
        assert re.search(r"\b(seen|listed|placeholder)", comment), seed


def test_an_address_nobody_knows_is_a_placeholder_that_is_never_crawled(sites: Sites) -> None:
    reserved = {
        seed
        for seed, site in sites.by_id.items()
        if any(str(urlsplit(url).hostname).endswith(".invalid") for url in (site.home, *site.feeds))
    }
    assert reserved == {"alrai"}
    assert not sites.by_id["alrai"].active


def test_every_seed_has_its_examples(sites: Sites) -> None:
    assert ARTICLES.keys() == SECTIONS.keys() == sites.by_id.keys()


@pytest.mark.parametrize(
    ("seed", "path"), [(seed, path) for seed in ARTICLES for path in ARTICLES[seed]]
)
def test_articles_are_recognised(sites: Sites, seed: str, path: str) -> None:
    site = sites.by_id[seed]
    assert re.search(site.article, path)
    assert site.identity is None or named(site, path)


@pytest.mark.parametrize(
    ("seed", "path"), [(seed, path) for seed in SECTIONS for path in SECTIONS[seed]]
)
def test_section_pages_are_refused(sites: Sites, seed: str, path: str) -> None:
    assert not re.search(sites.by_id[seed].article, path)


@pytest.mark.parametrize("seed", SAME_ARTICLE)
def test_two_addresses_of_one_article_have_one_identity(sites: Sites, seed: str) -> None:
    first, second = (named(sites.by_id[seed], path) for path in SAME_ARTICLE[seed])
    assert first == second


def test_sister_hosts_of_an_outlet_give_one_address(sites: Sites) -> None:
    site = sites.by_id["arabstoday"]
    path = "/25/021126073015-كلمة-ثم"
    hosts = ("www.arabstoday.net", "arabstoday.net", "www.almaghribtoday.net", "egyptsports.net")
    assert len({canonical(site, f"https://{host}{path}") for host in hosts}) == 1


def test_a_slug_cut_in_the_middle_of_a_letter_is_still_an_article(sites: Sites) -> None:
    slug = "كلمة-ثم-كلمة-أخرى".encode()[:-1]
    assert is_article(sites.by_id["alikhbariah"], f"https://alikhbariah.com/{quote(slug)}/")


def test_alquds_is_asked_as_seldom_as_its_robots_txt_wants(sites: Sites) -> None:
    assert sites.by_id["alquds"].poll.delay_seconds >= 120
