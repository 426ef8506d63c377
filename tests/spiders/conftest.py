"""Seeds made for a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from spiders.sites import Site

MakeSite = Callable[..., Site]


@pytest.fixture
def make_site() -> MakeSite:
    """Make a site of the made-up outlet المنبر; keywords replace what its seed says."""

    def make(**changes: Any) -> Site:
        seed: dict[str, Any] = {
            "id": "minbar",
            "name": "المنبر",
            "home": "https://www.minbar.example/",
            "zone": "Asia/Damascus",
            "feeds": ["https://www.minbar.example/feed/"],
            "article": r"^/news/\d+",
        }
        return Site.model_validate(seed | changes)

    return make
