"""Lines that an operator types in place of a topic."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from munadi import cli


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_line_is_explained_also_if_it_begins_with_a_minus() -> None:
    words = ["topics", "explain", "--line", "-بيروت نشر"]
    said = CliRunner().invoke(cli.app, words, input="دار نشر من حلب")
    assert said.exit_code == 0
    assert "«نشر»، ولا يرد فيه «بيروت»" in said.stderr
    assert "about" in said.stdout


def test_a_line_that_only_excludes_is_refused_and_no_option() -> None:
    said = CliRunner().invoke(cli.app, ["topics", "backtest", "-بيروت"])
    assert said.exit_code == 1
    assert "only excludes" in said.stderr
