"""A news web on loopback: outlets that publish while a test runs, misbehave on demand, and keep
account of every request they are asked, so that a test can hold the crawl to its manners.
"""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from loopback.newslistings import Answer, as_toml, atom, rss, section, sitemap


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as the outlet saw it; `at` and `until` in seconds of the monotonic clock."""

    path: str
    headers: dict[str, str]
    status: int
    at: float
    until: float


@dataclass(slots=True)
class Story:
    """One article of an outlet."""

    path: str
    title: str
    paragraphs: list[str]
    published: datetime
    feed_title: str | None = None
    charset: str = "utf-8"

    def page(self, outlet: Outlet) -> bytes:
        """The article as an HTML page with structured data and some furniture around it."""
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "datePublished": self.published.isoformat(),
            "inLanguage": "ar",
        }
        paragraphs = "\n".join(f"<p>{escape(text)}</p>" for text in self.paragraphs)
        html = f"""<!doctype html><html lang="ar" dir="rtl"><head>
<meta charset="{self.charset}"><title>{escape(self.title)} - {escape(outlet.name)}</title>
<link rel="canonical" href="{outlet.url(self.path)}">
<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>
</head><body><nav><a href="/">الرئيسية</a> <a href="/latest">آخر الأخبار</a></nav>
<article><h1>{escape(self.title)}</h1><div class="body">{paragraphs}</div></article>
<footer>جميع الحقوق محفوظة</footer></body></html>"""
        return html.encode(self.charset, errors="xmlcharrefreplace")


class Outlet:
    """One made-up outlet with a server of its own: listings, articles, and what it was asked."""

    def __init__(self, key: str, name: str, address: str = "127.0.0.1") -> None:
        self.id = key
        self.name = name
        self.stories: list[Story] = []
        self.robots = "User-agent: *\nDisallow: /private/\n"
        self.robots_answer: Answer | None = None  # in place of `robots`
        self.answers: dict[str, Answer | Callable[[], Answer]] = {}  # before all that is usual
        self.seen: list[Seen] = []
        self.peak = 0  # most requests under way at once
        self.released = threading.Event()  # lets hanging answers end
        self._now = 0
        self._lock = threading.Lock()
        self._server = _Server((address, 0), _Handler)
        self._server.outlet = self
        self.host = f"{address}:{self._server.server_port}"
        self.home = f"http://{self.host}/"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()

    def url(self, path: str) -> str:
        """The address of a path of this outlet."""
        return self.home.rstrip("/") + path

    def encrypt(self, context: ssl.SSLContext) -> None:
        """Speak TLS from now on."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def close(self) -> None:
        """Stop serving and let go of who hangs."""
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def publish(self, title: str, *paragraphs: str, path: str | None = None, **more: Any) -> Story:
        """Put an article on the site; it heads all listings from now on."""
        path = path or f"/news/{len(self.stories) + 1}"
        more.setdefault("published", datetime.now(UTC).replace(microsecond=0))
        story = Story(path, title, list(paragraphs), **more)
        self.stories.insert(0, story)
        return story

    def seed(self, **changes: Any) -> dict[str, Any]:
        """What the seed of this outlet says: its feed, polled as often as it may be."""
        return {
            "name": self.name,
            "home": self.home,
            "zone": "Asia/Damascus",
            "feeds": [self.url("/feed")],
            "article": r"^/news/\d+",
            "max_age_hours": 48,
            "poll": {"min_seconds": 0.3, "max_seconds": 1.2, "delay_seconds": 0.0},
        } | changes

    def write_seed(self, seeds: Path, **changes: Any) -> Path:
        """Write the seed into a seeds folder."""
        folder = seeds / "sites"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self.id}.toml"
        file.write_text(as_toml(self.seed(**changes)), encoding="utf-8")
        return file

    def asked(self, path: str) -> list[Seen]:
        """The requests for one path, robots.txt included, in their order."""
        return [seen for seen in self.seen if seen.path == path]

    def answer(self, path: str) -> Answer:
        """What a path answers now."""
        special = self.answers.get(path) or self.answers.get("*")
        if special is not None and path != "/robots.txt":
            return special() if callable(special) else special
        if path == "/robots.txt":
            return self.robots_answer or Answer(
                self.robots.encode(), "text/plain", validators=False
            )
        listings = {"/feed": rss, "/atom": atom, "/news.xml": sitemap, "/latest": section}
        if path in listings:
            return listings[path](self)
        for story in self.stories:
            if story.path == path:
                return Answer(story.page(self), f"text/html; charset={story.charset}")
        return Answer(b"<h1>404</h1>", status=404, validators=False)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count a request as under way."""
        with self._lock:
            self._now += 1
            self.peak = max(self.peak, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1

    def assert_polite(self, delay_seconds: float = 0.0) -> None:
        """Fail unless the crawl kept its manners towards this outlet."""
        assert self.peak <= 1, f"{self.peak} requests at once"
        assert not self.seen or self.seen[0].path == "/robots.txt", "robots.txt was not read first"
        for before, after in pairwise(self.seen):
            gap = after.at - before.at
            assert gap >= delay_seconds, f"{after.path} came {gap:.3f} s after {before.path}"
        for seen in self.seen:
            assert not seen.path.startswith("/private/"), "robots.txt forbids /private/"
            assert "munadi" in seen.headers["user-agent"]
            assert seen.headers["accept-language"] == "ar"
            assert "cookie" not in seen.headers


class NewsWeb:
    """Several outlets; a context manager that stops them all."""

    def __init__(self) -> None:
        self.outlets: list[Outlet] = []

    def outlet(self, key: str, name: str, address: str = "127.0.0.1") -> Outlet:
        """Open an outlet on a port of its own."""
        outlet = Outlet(key, name, address)
        self.outlets.append(outlet)
        return outlet

    def __enter__(self) -> NewsWeb:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every outlet."""
        for outlet in self.outlets:
            outlet.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    outlet: Outlet

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up early is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # one segment for head and body
    server: _Server

    def do_GET(self) -> None:
        """Answer; the last bytes leave when all is written down, so that no client is ahead."""
        outlet, at = self.server.outlet, time.monotonic()
        status = 0
        with outlet.counted():
            answer = outlet.answer(self.path.partition("?")[0])
            status = answer.status
            try:
                status = self._write(answer)
            finally:
                headers = {name.lower(): value for name, value in self.headers.items()}
                path = self.path.partition("?")[0]
                outlet.seen.append(Seen(path, headers, status, at, time.monotonic()))

    def _write(self, answer: Answer) -> int:
        etag = answer.etag or f'"{sha256(answer.body).hexdigest()[:16]}"'
        if answer.validators and not answer.pieces and self.headers["If-None-Match"] == etag:
            self.send_response_only(304)
            self.send_header("ETag", etag)
            self.end_headers()
            return 304
        self.send_response_only(answer.status)
        if answer.content_type:
            self.send_header("Content-Type", answer.content_type)
        if answer.validators and answer.status == 200:
            self.send_header("ETag", etag)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.pieces:
            self.send_header("Connection", "close")
            self.close_connection = True
            pieces = answer.pieces()
        else:
            length = len(answer.body) if answer.length is None else answer.length
            self.send_header("Content-Length", str(length))
            self.close_connection = length != len(answer.body)
            pieces = iter((answer.body,))
        self.end_headers()
        for piece in pieces:
            self.wfile.write(piece)
            if answer.pieces:
                self.wfile.flush()
        return answer.status
