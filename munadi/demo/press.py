"""The made-up press: what its outlets answer at each stage of the play, and their seeds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from munadi.demo import listings, pages
from munadi.demo.cast import Outlet
from munadi.demo.newsweb import Answer, NewsWeb, Respond

STRANGER = "stranger"  # a host that no seed names


class Press:
    """All outlets at one stage; `stage` goes from 1, the archive, to the last edition."""

    def __init__(self, outlets: Sequence[Outlet], clock: Callable[[], datetime]) -> None:
        self.outlets = outlets
        self.stage = 1
        self._clock = clock
        hosts: dict[str, Respond] = {name: self._respond(of) for name, of in self._hosts()}
        self.web = NewsWeb({**hosts, STRANGER: self._strange})

    def write_seeds(self, folder: Path) -> None:
        """Write one site seed an outlet into `folder`/sites."""
        sites = folder / "sites"
        sites.mkdir(parents=True, exist_ok=True)
        for outlet in self.outlets:
            (sites / f"{outlet.id}.toml").write_text(self._seed(outlet), "utf-8")

    def _hosts(self) -> Iterator[tuple[str, Outlet]]:
        for outlet in self.outlets:
            yield outlet.id, outlet
            if outlet.sister:
                yield _sister(outlet), outlet

    def _respond(self, outlet: Outlet) -> Respond:
        def respond(base: str, path: str) -> Answer | None:
            if path == "/robots.txt":
                return Answer("text/plain", b"User-agent: *\nDisallow: /comment\n")
            if path == listings.PATHS[outlet.listing]:
                return self._listing(outlet, base)
            return self._page(outlet, path)

        return respond

    def _listing(self, outlet: Outlet, base: str) -> Answer:
        printed = [(piece, piece.at(self.stage)) for piece in outlet.pieces]
        entries = [
            listings.Entry(
                base + piece.path + ("?utm_source=rss" if outlet.listing == "rss" else ""),
                version.title,
                piece.versions[0].published,
                version.published,
            )
            for piece, version in printed
            if version
        ]
        if outlet.stranger and self.stage > 1:
            lure, newest = self.web.address(STRANGER) + outlet.stranger, entries[-1]
            entries.append(listings.Entry(lure, newest.title, newest.published, newest.changed))
        text = listings.render(outlet.listing, outlet.name, entries)
        content_type = listings.CONTENT_TYPES[outlet.listing]
        return Answer(content_type, text.encode(outlet.charset))

    def _page(self, outlet: Outlet, path: str) -> Answer | None:
        for piece in outlet.pieces:
            version = piece.at(self.stage)
            if version and piece.path == path:
                page = pages.render(outlet, version, self._clock())
                return Answer("text/html", page.encode(outlet.charset))
        return None

    def _strange(self, _base: str, _path: str) -> Answer:
        return Answer("text/html", b"<h1>nobody may read this</h1>")

    def _seed(self, outlet: Outlet) -> str:
        home = self.web.address(outlet.id)
        sister = self.web.address(_sister(outlet)) if outlet.sister else ""
        listing = listings.PATHS[outlet.listing]
        key = {"sitemap": "sitemaps", "section": "pages"}.get(outlet.listing, "feeds")
        rows: dict[str, object] = {
            "name": outlet.name,
            "home": f"{home}/",
            "zone": outlet.zone,
            "hosts": [sister.removeprefix("http://")] if sister else [],
            key: [host + listing for host in (home, sister) if host],
            "article": outlet.article,
            "identity": outlet.identity,
        }
        tables: dict[str, dict[str, object]] = {
            "select": dict(outlet.select),
            "poll": {"min_seconds": 1.0, "delay_seconds": 0.0},
            "expect": {"min_links": 1},
        }
        lines = [_line(key, value) for key, value in rows.items()]
        for name, table in tables.items():
            lines += [f"[{name}]", *(_line(key, value) for key, value in table.items())]
        return "\n".join(lines) + "\n"


def _sister(outlet: Outlet) -> str:
    return f"{outlet.id}-sister"


def _line(key: str, value: object) -> str:
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"  # these values read alike in TOML
