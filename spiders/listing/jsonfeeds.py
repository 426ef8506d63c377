"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import json
from typing import Any

from spiders.listing.entries import Entry, Lack, Unlisted, plain, short
from spiders.listing.feeds import permalink
from spiders.listing.times import of_text


def read(body: bytes) -> list[Entry] | Unlisted:
    """The entries of a JSON feed, in its order; an item that is no object costs only itself."""
    try:
        value = json.loads(body.decode("utf-8-sig") if body[:3] == b"\xef\xbb\xbf" else body)
    except (ValueError, RecursionError) as error:
        return Unlisted(f"not a feed (broken JSON: {short(error)})", Lack.BROKEN)
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        return Unlisted("not a feed (JSON without items)", Lack.FOREIGN)
    return [_entry(item) for item in items if isinstance(item, dict)]


def _entry(item: dict[str, Any]) -> Entry:
    def text(key: str) -> str | None:
        value = item.get(key)
        return value.strip() or None if isinstance(value, str) else None

    published, modified = text("date_published"), text("date_modified")
    return Entry(
        address=text("url") or text("external_url") or permalink(text("id")),
        title=plain(text("title")),
        modified=modified or published,
        published=of_text(published or modified),
        dated=published or modified,
    )
