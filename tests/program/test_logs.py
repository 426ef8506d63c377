"""The log: one line an event, never a secret."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from munadi import logs


@pytest.fixture(autouse=True)
def _root_restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_token_is_blotted_out_wherever_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(secret="odd secret")
    logging.getLogger("x").info("POST /bot1234567:%s/getMe and odd secret", "A" * 35)
    try:
        raise ValueError("https://host/bot7654321:" + "b" * 35)
    except ValueError:
        logging.getLogger("x").exception("failed")
    said = capsys.readouterr().err
    assert "A" * 35 not in said
    assert "b" * 35 not in said
    assert "odd secret" not in said
    assert "POST /bot…/getMe" in said


def test_the_libraries_that_log_addresses_are_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(verbose=True)
    logging.getLogger("httpx").info("an address")
    assert capsys.readouterr().err == ""
