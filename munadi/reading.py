"""`munadi extract`: one page, given or fetched, to one JSON object."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from munadi.settings import CrawlSettings
from spiders.extract import extract as read_page
from spiders.outcomes import Unreadable
from spiders.sites import Sites, load


def extract(settings: CrawlSettings, url: str, file: Path | None) -> int:
    """Print the article on a page as JSON; return 1 with the reason on standard error if none."""
    sites = load(settings.seeds)
    try:
        page = _given(file)
    except OSError as error:
        print(f"munadi: {file}: {error.strerror}", file=sys.stderr)
        return 1
    ...
