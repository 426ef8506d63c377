"""Thousands of made-up outlets behind one socket: each address of 127.0.0.0/8 is a host of its own.

A process of its own, so that a crawl that is measured shares neither its processor time nor its
memory: `python -m loopback.manyhosts`. It says its port on standard output and ends with its
standard input. Every host has `/robots.txt`, `/feed` and articles; On 127.0.0.1
`/counts` tells what all of them were asked so far, and `/mood/<mood>` sets how feeds behave.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

from loopback.newslistings import as_toml

# still: never anything new; stamped: the same under another date at every poll; restless: another
# entry at every poll, which is no article; living: a new article now and then
MOODS = ("still", "stamped", "restless", "living")
NEWS_EVERY_SECONDS = 900.0  # of a living feed, on average; each host has its own
LISTED = 20  # entries of a feed, all but the newest of them no articles
ROBOTS = b"User-agent: *\nDisallow: /private/\n"
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def address(number: int) -> str:
    """The loopback address of a host, numbered from 0."""
    return f"127.{1 + number // 62500}.{1 + number // 250 % 250}.{1 + number % 250}"


@dataclass(frozen=True, slots=True)
class Counts:
    """What all hosts were asked so far. Bytes are of heads and bodies, as sent and received."""

    feeds: int
    unchanged: int  # of them, answered 304
    robots: int
    pages: int
    asked_bytes: int
    answered_bytes: int
    hosts: int  # that were asked for a feed at least once
    peak: int  # most connections that one host had open at once


class ManyHosts:
    """The process and what it has counted; a context manager that ends it."""

    def __init__(self, mood: str = "still") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "loopback.manyhosts"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[1],
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        self.mood(mood)

    def url(self, number: int, path: str = "/feed") -> str:
        """An address of one of the hosts."""
        return f"http://{address(number)}:{self.port}{path}"

    def counts(self) -> Counts:
        """What was asked so far."""
        return Counts(**self._get("/counts"))

    def mood(self, mood: str) -> None:
        """Let all feeds behave in this way from now on: one of `MOODS`."""
        self._get(f"/mood/{mood}")

    def write_seeds(self, seeds: Path, hosts: int, **poll: float) -> None:
        """Write a seed for each of the first `hosts` hosts."""
        folder = seeds / "sites"
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(hosts):
            seed = {
                "name": f"صحيفة {number}",
                "home": self.url(number, "/"),
                "zone": "Asia/Damascus",
                "feeds": [self.url(number)],
                "article": r"^/news/\d+",
                "poll": poll,
            }
            (folder / f"host{number}.toml").write_text(as_toml(seed), encoding="utf-8")

    def _get(self, path: str) -> Any:
        url = f"http://127.0.0.1:{self.port}{path}"  # none of the hosts
        with urllib.request.urlopen(url, timeout=30) as answer:
            return json.load(answer)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate("")


class _Web:
    """All hosts: what they answer, and what they were asked."""

    def __init__(self) -> None:
        self.mood = MOODS[0]
        self.counted: Counter[str] = Counter()
        self.open: Counter[str] = Counter()
        self.asked: set[str] = set()
        self.peak = 0
        self._began = time.time()
        self._polls = 0

    def answer(self, host: str, path: str, etag: str) -> tuple[int, str, bytes]:
        """Status, ETag (empty: none) and body."""
        if path == "/feed":
            return self._poll(host, etag)
        if path == "/robots.txt":
            self.counted["robots"] += 1
            return 200, "", ROBOTS
        if path.startswith("/news/"):
            self.counted["pages"] += 1
            return 200, "", _page(host, path)
        if path.startswith("/mood/"):
            self.mood = path.removeprefix("/mood/")
        return 200, "", json.dumps(self._counts()).encode()

    def _poll(self, host: str, etag: str) -> tuple[int, str, bytes]:
        self.counted["feeds"] += 1
        self.asked.add(host)
        tag = f'"{self._edition(host)}"'
        if tag == etag:
            self.counted["unchanged"] += 1
            return 304, tag, b""
        return 200, tag, self._feed(host)

    def _counts(self) -> dict[str, int]:
        names = ("feeds", "unchanged", "robots", "pages", "asked_bytes", "answered_bytes")
        told = {name: self.counted[name] for name in names}
        return told | {"hosts": len(self.asked), "peak": self.peak}

    def _edition(self, host: str) -> int:
        """Which edition a feed shows now: another one means that its bytes are others."""
        if self.mood == "still":
            return 0
        if self.mood in ("stamped", "restless"):
            self._polls += 1
            return self._polls
        number = int.from_bytes(bytes(map(int, host.split("."))))
        every = NEWS_EVERY_SECONDS * (0.5 + number * 7919 % 1000 / 1000)
        return int((time.time() - self._began) / every + number * 104729 % 1000 / 1000)

    def _feed(self, host: str) -> bytes:
        living = self._edition(host) if self.mood == "living" else 0
        items = _items(host, living, self._began)
        if self.mood == "restless":
            items = items.replace(f"/video/{living - 1}<", f"/video/{self._polls}<", 1)
        built = f"<lastBuildDate>{formatdate(self._began + self._polls)}</lastBuildDate>"
        return f"<rss version='2.0'><channel>{built}{items}</channel></rss>".encode()


class _Visit(asyncio.Protocol):
    """One connection, kept open for any number of requests."""

    def __init__(self, web: _Web) -> None:
        self._web = web
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._host: str = transport.get_extra_info("sockname")[0]
        self._web.open[self._host] += 1
        self._web.peak = max(self._web.peak, self._web.open[self._host])

    def connection_lost(self, exc: Exception | None) -> None:
        self._web.open[self._host] -= 1

    def data_received(self, data: bytes) -> None:
        self._data += data
        while b"\r\n\r\n" in self._data:
            head, _, self._data = self._data.partition(b"\r\n\r\n")
            self._answer(head + b"\r\n\r\n")

    def _answer(self, head: bytes) -> None:
        lines = head.decode("latin-1").split("\r\n")
        path = lines[0].split(" ")[1]
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        status, etag, body = self._web.answer(self._host, path, headers.get("if-none-match", ""))
        tag = f"ETag: {etag}\r\n" if etag else ""
        length = "" if status == 304 else f"Content-Length: {len(body)}\r\n"
        kind = "application/rss+xml" if path == "/feed" else "text/html; charset=utf-8"
        answer = f"HTTP/1.1 {status} .\r\nContent-Type: {kind}\r\n{tag}{length}\r\n".encode() + body
        self._web.counted["asked_bytes"] += len(head)
        self._web.counted["answered_bytes"] += len(answer)
        self._transport.write(answer)


@lru_cache(maxsize=10_000)  # this process must not be busier than the crawl that is measured
def _items(host: str, living: int, began: float) -> str:
    """The entries of a feed; the newest is an article, and the others are none."""
    return "".join(
        f"<item><title>{_title(host, n)}</title><description>{_title(host, n + 1)}"
        f"</description><link>/{'news' if n == living else 'video'}/{n}</link>"
        f"<pubDate>{formatdate(began - 3600.0 * (living - n))}</pubDate></item>"
        for n in range(living, living - LISTED, -1)
    )


def _title(host: str, number: int) -> str:
    """Words that no other article has: likeness between articles is none of what is measured."""
    digits = blake2b(f"{host} {number}".encode(), digest_size=12).digest()
    made = (LETTERS[digit % 28] + LETTERS[digit // 10 % 28] for digit in digits)
    return f"خبر {number}: " + " ".join(map("".join, zip(made, made, strict=True)))


def _page(host: str, path: str) -> bytes:
    title = _title(host, int(path.rpartition("/")[2]))
    text = " ".join(_title(host + path, number) for number in range(20))
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{text}</p><p>{text}</p></article></body></html>"
    ).encode()


async def _serve() -> None:
    web, loop = _Web(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Visit(web), "0.0.0.0", 0, backlog=4096)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
