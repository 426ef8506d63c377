"""The environment, as the contract names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from munadi import cli
from munadi.settings import CrawlSettings, Settings, UnreadableSettingsError, shipped_seeds


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (
        "DB",
        "SEEDS",
        "TELEGRAM_TOKEN",
        "TELEGRAM_API",
        "ADMINS",
        "POLLS_PER_SECOND",
        "CONTACT",
    ):
        monkeypatch.delenv(f"MUNADI_{name}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_defaults_are_the_contracts() -> None:
    settings = Settings()
    assert settings.db == Path("data/munadi.db")
    assert settings.seeds == shipped_seeds()
    assert settings.telegram_token is None
    assert settings.telegram_api == "https://api.telegram.org"
    assert settings.admins == ()
    assert settings.polls_per_second == 50


def test_the_environment_and_its_file_are_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("MUNADI_TELEGRAM_TOKEN=12345:from-the-file\nMUNADI_DB=a.db\n")
    monkeypatch.setenv("MUNADI_DB", "b.db")
    monkeypatch.setenv("MUNADI_ADMINS", "7, -1001234")
    monkeypatch.setenv("MUNADI_TELEGRAM_API", "http://127.0.0.1:9/")
    settings = Settings()
    assert settings.db == Path("b.db")
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == "12345:from-the-file"
    assert settings.admins == (7, -1001234)
    assert settings.telegram_api == "http://127.0.0.1:9"


def test_the_token_is_in_no_repr_and_the_crawl_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUNADI_TELEGRAM_TOKEN", "12345:secret")
    assert "secret" not in repr(Settings())
    assert "telegram_token" not in CrawlSettings.model_fields


def test_a_blank_token_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUNADI_TELEGRAM_TOKEN", "  ")
    assert Settings().telegram_token is None


@pytest.mark.parametrize(
    ("name", "value"), [("MUNADI_ADMINS", "me"), ("MUNADI_TELEGRAM_API", "127.0.0.1:80")]
)
def test_what_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("ADMINS", "me,you", "; write the chats' numbers, as in 7,-1001234"),
        ("POLLS_PER_SECOND", "often", "; write a number, as in 50"),
        ("CONTACT", "call me", "not a page or a mailbox as in https://example.org/munadi"),
        ("PROXY", "socks5://x", "not the address of a proxy as in http://name:password@host:3128"),
    ],
)
def test_what_cannot_be_is_one_line_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    remedy: str,
) -> None:
    monkeypatch.setenv(f"MUNADI_{name}", value)
    monkeypatch.setattr("sys.argv", ["munadi", "run"])
    with pytest.raises(SystemExit):
        cli.main()
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"munadi: MUNADI_{name}: ")
    assert line.endswith(remedy)
    assert "Value error" not in line


def test_a_file_of_settings_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("MUNADI_TELEGRAM_TOKEN=12345:سر\n".encode("windows-1256"))
    with pytest.raises(UnreadableSettingsError, match=r"\.env is not UTF-8: save") as raised:
        Settings()
    assert raised.value.__cause__ is None
    assert "12345" not in str(raised.value)


def test_topics_come_from_the_shipped_seeds_when_the_folder_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "sites").mkdir()
    monkeypatch.setenv("MUNADI_SEEDS", str(tmp_path))
    topics = CrawlSettings().topic_seeds
    assert topics.joinpath("topics") == shipped_seeds() / "topics"
    assert topics.joinpath("places") == shipped_seeds() / "places"
    (tmp_path / "topics").mkdir()
    topics = CrawlSettings().topic_seeds
    assert topics.joinpath("topics") == tmp_path / "topics"
    assert topics.joinpath("places") == shipped_seeds() / "places"
    (tmp_path / "places").mkdir()
    assert CrawlSettings().topic_seeds.joinpath("places") == tmp_path / "places"


@pytest.mark.parametrize("budget", ["0", "-1", "nan", "inf", "many"])
def test_a_budget_of_polls_is_a_number_above_zero(
    monkeypatch: pytest.MonkeyPatch, budget: str
) -> None:
    monkeypatch.setenv("MUNADI_POLLS_PER_SECOND", budget)
    with pytest.raises(ValidationError):
        CrawlSettings()
