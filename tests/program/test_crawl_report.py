"""What `munadi crawl --json` prints of a round that did not go well."""

from __future__ import annotations

import json
from collections import Counter

from munadi.crawling import row
from munadi.reports import as_json_text
from spiders.report import SiteReport


def test_the_reasons_of_a_round_are_counted_in_json() -> None:
    report = SiteReport("almanbar", unreadable=Counter({"no body": 2}), failed=Counter({"403": 1}))
    printed = json.loads(as_json_text([row(report)]))[0]
    assert printed["site"] == "almanbar"
    assert printed["unreadable"] == {"no body": 2}
    assert printed["failed"] == {"403": 1}
