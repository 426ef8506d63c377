"""The commands that look: at pages, seeds, topics, the archive and the service's state."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import Result
from loopback import forked
from loopback.newslistings import Answer
from loopback.newsweb import NewsWeb, Outlet
from typer.testing import CliRunner

from munadi import cli
from storage.errors import StoreError
from storage.store import Store

PARAGRAPH = "قال مصدر في المجلس المحلي إن الحديقة ستفتح أبوابها للزوار مطلع الأسبوع المقبل. "
PAGE = f"""<!doctype html><html lang="ar"><head><title>حديقة جديدة - النهر</title>
<meta property="article:published_time" content="2026-03-01T10:00:00+03:00"></head>
<body><h1>حديقة جديدة على ضفة النهر</h1><article><p>{PARAGRAPH * 3}</p><p>{PARAGRAPH}</p></article>
</body></html>"""

Run = Callable[..., Result]


@pytest.fixture
def munadi(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("MUNADI_SEEDS", "MUNADI_DB", "MUNADI_TELEGRAM_TOKEN", "MUNADI_ADMINS"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str, stdin: str | bytes = b"") -> Result:
        return CliRunner().invoke(cli.app, words, input=stdin)

    return run


def test_extract_prints_one_object(munadi: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    for given in (munadi("extract", "--url", "https://x.example/news/1", str(page)),
                  munadi("extract", "--url", "https://x.example/news/1", stdin=PAGE)):  # fmt: skip
        article = json.loads(given.stdout)
        assert given.exit_code == 0
        assert list(article)[:8] == [
            *("url", "site", "title", "text", "published", "updated", "agency", "language")
        ]
        assert article["title"] == "حديقة جديدة على ضفة النهر"
        assert article["text"].count("\n\n") == 1
        assert article["published"] == "2026-03-01T10:00:00+03:00"
        assert article["site"] is None


def test_extract_names_the_seed_of_the_address(munadi: Run) -> None:
    article = json.loads(
        munadi("extract", "--url", "https://arabic.rt.com/world/12345-x/", stdin=PAGE).stdout
    )
    assert article["site"] == "rt_arabic"


def test_extract_says_why_there_is_no_article(munadi: Run, tmp_path: Path) -> None:
    said = munadi("extract", "--url", "https://x.example/1", stdin="{}")
    assert said.exit_code == 1
    assert "not an HTML page" in said.stderr
    said = munadi("extract", "--url", "https://x.example/1", str(tmp_path / "nowhere.html"))
    assert said.exit_code == 1
    assert "nowhere.html" in said.stderr
    empty = tmp_path / "empty.html"
    empty.touch()  # a page that was given, though it holds nothing: no other is fetched for it
    said = munadi("extract", "--url", "https://x.example/1", str(empty))
    assert (said.exit_code, said.stderr) == (1, f"munadi: {empty}: the page is empty\n")
    said = munadi("extract", "--url", "http://[x.example/1", stdin=PAGE)
    assert said.exit_code == 1
    assert said.stderr == "munadi: http://[x.example/1: not a web address\n"


def test_topics_explain_says_what_counts_and_what_does_not(munadi: Run) -> None:
    said = munadi("topics", "explain", "حلب", "--title", "هدوء في حلب", stdin="شاي الحلبة مفيد.")
    assert said.exit_code == 0
    assert "aleppo: about" in said.stdout
    assert "حلب" in said.stdout
    said = munadi("topics", "explain", "nothing", stdin="")
    assert said.exit_code == 1
    assert "no topic is called" in said.stderr


def test_the_seeds_are_listed_for_people_and_programs(munadi: Run) -> None:
    assert "rt_arabic" in munadi("sites", "list").stdout
    listed = json.loads(munadi("sites", "list", "--json").stdout)
    assert {"id", "name", "active", "checked", "sources"} == set(listed[0])
    assert "aleppo" in munadi("topics", "list").stdout
    assert {"id", "ar", "en", "aliases"} == set(
        json.loads(munadi("topics", "list", "--json").stdout)[0]
    )


def test_no_address_is_cut_on_a_narrow_terminal(
    munadi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert "…" not in munadi("sites", "list").stdout


def test_what_was_checked_is_reported_to_programs_too(munadi: Run) -> None:
    checked = json.loads(munadi("sites", "check", "--json").stdout)
    assert checked["well"] >= checked["active"] > 20
    assert checked["errors"] == []
    misspelt = munadi("sites", "check", "rt_arabik")
    assert (misspelt.exit_code, "'rt_arabik'" in misspelt.stderr) == (1, True)
    tested = json.loads(munadi("topics", "test", "--json").stdout)
    assert tested["examples"] > tested["topics"] > 1
    assert tested["errors"] == []
    said = munadi("topics", "explain", "aleppo", "--json", stdin="هدوء في حلب بعد ليلة ماطرة")
    explained = json.loads(said.stdout)
    assert (explained["topic"], explained["level"]) == ("aleppo", "about")
    assert explained["findings"][0]["words"] == "حلب"


def test_a_bad_seed_costs_one_line_and_the_status(
    munadi: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "bad.toml").write_text('name = "x"\nwhat = 1\n')
    monkeypatch.setenv("MUNADI_SEEDS", str(tmp_path))
    said = munadi("sites", "check")
    assert said.exit_code == 1
    assert "sites/bad.toml" in said.stderr
    assert "0 seeds are well" in said.stdout


def test_status_and_search_on_an_empty_archive(munadi: Run) -> None:
    assert munadi("status").exit_code == 0
    assert json.loads(munadi("status", "--json").stdout)["articles"] == 0
    assert "0 found" in munadi("search", "حلب").stdout
    assert "0 found" in munadi("search", "هدنة", "-حلب").stdout
    assert json.loads(munadi("search", "حلب", "--json").stdout) == []


def test_what_a_user_can_mend_is_one_line(
    munadi: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "not.db").write_text("this is no database, and longer than a header would be" * 9)
    (tmp_path / ".env").write_bytes(b"\xff")
    monkeypatch.setattr("sys.argv", ["munadi", "status"])
    with pytest.raises(SystemExit):
        cli.main()
    assert capsys.readouterr().err == "munadi: .env is not UTF-8: save the file as UTF-8\n"
    (tmp_path / ".env").unlink()
    for environment, words, line in (
        ({"MUNADI_DB": str(tmp_path / "not.db")}, ["status"], "not.db is not a database"),
        ({"MUNADI_ADMINS": "me"}, ["run"], "MUNADI_ADMINS: "),
    ):
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            patch.setattr("sys.argv", ["munadi", *words])
            with pytest.raises(SystemExit) as ended:
                cli.main()
        assert ended.value.code == 1
        (said,) = capsys.readouterr().err.splitlines()
        assert line in said


def test_a_file_that_is_not_there_and_a_full_disk_are_one_line(tmp_path: Path) -> None:
    for words, output, line in (
        (["topics", "explain", "aleppo", "none.txt"], os.devnull, "none.txt: No such file"),
        (["topics", "list"], "/dev/full", "what was to be written: No space left on device"),
    ):
        with Path(output).open("w") as out:
            done = subprocess.run(
                [sys.executable, "-m", "munadi", *words],
                check=False,
                cwd=tmp_path,
                stdout=out,
                stderr=subprocess.PIPE,
                text=True,
                timeout=60,
            )
        assert done.returncode != 0
        assert done.stderr.startswith(f"munadi: {line}")
        assert "Traceback" not in done.stderr


def test_arabic_goes_out_as_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "latin-1", "MUNADI_DB": "munadi.db"}
    done = subprocess.run(
        [sys.executable, "-m", "munadi", "topics", "list", "--json"],
        check=False,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))[0]["ar"] == "حلب"


@pytest.fixture
def outlet(tmp_path: Path) -> Iterator[Outlet]:
    with NewsWeb() as web:
        outlet = web.outlet("nahr", "صحيفة النهر")
        outlet.publish("حديقة جديدة في حلب", PARAGRAPH * 2, PARAGRAPH)
        outlet.write_seed(tmp_path / "seeds")
        yield outlet


def in_a_process(tmp_path: Path, *words: str) -> tuple[int, str, str]:
    """Scrapy's reactor starts once in a process: a crawl needs one of its own."""
    given = {"MUNADI_SEEDS": str(tmp_path / "seeds"), "MUNADI_DB": str(tmp_path / "munadi.db")}
    done = forked.run(cli.main, *words, folder=tmp_path, environment=os.environ | given)
    return done.returncode, done.stdout, done.stderr


def test_crawl_reads_and_the_archive_answers(outlet: Outlet, tmp_path: Path) -> None:
    status, out, _ = in_a_process(tmp_path, "crawl", "--json")
    (report,) = json.loads(out)
    assert status == 0
    assert (report["site"], report["found"], report["new"], report["alerted"]) == ("nahr", 1, 1, 0)
    status, out, _ = in_a_process(tmp_path, "search", "حديقه", "جديده")
    assert "حديقة جديدة في حلب" in out
    assert "1 found" in out
    assert "[aleppo]" in out
    status, out, _ = in_a_process(tmp_path, "status")
    assert "nahr" in out
    with Store(tmp_path / "munadi.db") as store:
        assert store.archive.status(datetime.now(UTC)).articles == 1


def test_crawl_refuses_a_site_that_is_none(outlet: Outlet, tmp_path: Path) -> None:
    status, _, err = in_a_process(tmp_path, "crawl", "jisr")
    assert status == 1
    assert "sites/jisr.toml" in err
    assert not outlet.seen


def test_extract_fetches_with_the_manners_of_the_crawl(outlet: Outlet, tmp_path: Path) -> None:
    status, out, _ = in_a_process(tmp_path, "extract", "--url", outlet.url("/news/1"))
    assert status == 0
    assert json.loads(out)["site"] == "nahr"
    outlet.assert_polite()
    outlet.answers["/news/1"] = Answer(b"no", status=403)
    status, _, err = in_a_process(tmp_path, "extract", "--url", outlet.url("/news/1"))
    assert status == 1
    assert "refused (HTTP 403)" in err


@pytest.mark.parametrize("address", ["", "nonsense", "http://[::1/x", "ftp://x.example/1"])
def test_extract_says_in_one_line_that_an_address_is_none(munadi: Run, address: str) -> None:
    said = munadi("extract", "--url", address)
    assert said.exit_code == 1
    assert said.stderr == f"munadi: {address}: not a web address\n"


def test_extract_asks_no_private_host_that_no_seed_names(outlet: Outlet, tmp_path: Path) -> None:
    asked = len(outlet.seen)
    status, _, err = in_a_process(
        tmp_path, "extract", "--url", f"http://127.0.0.2:{outlet.host.rpartition(':')[2]}/news/1"
    )
    assert status == 1
    assert "no seed names" in err
    assert len(outlet.seen) == asked


@pytest.mark.parametrize(
    "words",
    [
        "status",
        "status --json",
        "search حلب",
        "story --recent",
        "export",
        "topics backtest aleppo",
        "sites show rt_arabic",
    ],
)
def test_who_only_looks_makes_no_database(munadi: Run, tmp_path: Path, words: str) -> None:
    looked = munadi(*words.split())
    assert looked.exit_code == 0
    assert "there is no database data/munadi.db yet: munadi run and munadi crawl" in looked.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", ["export subscriptions", "backup copy.db"])
def test_what_is_not_there_is_not_copied(munadi: Run, tmp_path: Path, words: str) -> None:
    with pytest.raises(StoreError, match=r"there is no database .*munadi run and munadi crawl"):
        raise munadi(*words.split()).exception or AssertionError("it went well")
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_told_alone() -> None:
    told = CliRunner().invoke(cli.app, ["--version"])
    assert (told.exit_code, told.stdout) == (0, f"munadi {version('munadi')}\n")
