"""What `munadi crawl --json` prints of a round that did not go well."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from munadi.output import print_json
from spiders.report import SiteReport


def test_the_reasons_of_a_round_are_counted_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    report = SiteReport("almanbar")
    for _ in range(2):
        report.miss("no body")
    report.fail("403")
    print_json([asdict(report)])
    (printed,) = json.loads(capsys.readouterr().out)
    assert printed["site"] == "almanbar"
    assert printed["unreadable"] == {"no body": 2}
    assert printed["failed"] == {"403": 1}
