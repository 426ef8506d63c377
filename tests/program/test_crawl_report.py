"""What `munadi crawl --json` prints of a round that did not go well."""

from __future__ import annotations

import json
from dataclasses import asdict

from munadi.reports import as_json_text
from spiders.report import SiteReport


def test_the_reasons_of_a_round_are_counted_in_json() -> None:
    report = SiteReport("almanbar")
    for _ in range(2):
        report.miss("no body")
    report.fail("403")
    printed = json.loads(as_json_text([asdict(report)]))[0]
    assert printed["site"] == "almanbar"
    assert printed["unreadable"] == {"no body": 2}
    assert printed["failed"] == {"403": 1}
