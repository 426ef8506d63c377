"""How a web server can misbehave, as answers that an outlet of the news web can give."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from loopback.newslistings import Answer

if TYPE_CHECKING:
    from loopback.newsweb import Outlet

MEGABYTE = 1024 * 1024


def html_page() -> Answer:
    """A page where a feed should be."""
    return Answer(b"<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>")


def broken_xml() -> Answer:
    """A feed whose writer died in the middle of the first item."""
    return Answer(b"<rss version='2.0'><channel><title>x</title><item><ti", "application/rss+xml")


def entity_bomb() -> Answer:
    """A feed that is a kilobyte on the wire and gigabytes when its entities are expanded."""
    names = "abcdefghij"
    entities = "".join(
        f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in pairwise(names)
    )
    xml = (
        f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>{entities}]>"
        "<rss version='2.0'><channel><title>&j;</title></channel></rss>"
    )
    return Answer(xml.encode(), "application/rss+xml")


def endless(megabytes: int = 50) -> Answer:
    """A page that goes on and on, without saying how long it is."""

    def pieces() -> Iterator[bytes]:
        yield b"<html><body>"
        for _ in range(megabytes):
            yield b"<p>" + b"a" * MEGABYTE

    return Answer(pieces=pieces)


def announced(megabytes: int = 50) -> Answer:
    """A page that says beforehand that it is too long."""
    return Answer(b"<html>", length=megabytes * MEGABYTE)


def long_feed(outlet: Outlet, *, announced: bool, megabytes: int = 80) -> Answer:
    """A feed that begins as any other and goes on for megabytes, be that told beforehand or not."""
    filling = f"<description>{'x' * 10_000}</description>"

    def pieces() -> Iterator[bytes]:
        yield b"<rss version='2.0'><channel>"
        for number in range(megabytes * 100):
            link = outlet.url(f"/news/{number}")
            yield f"<item><title>{number}</title><link>{link}</link>{filling}</item>".encode()

    if not announced:
        return Answer(content_type="text/xml", pieces=pieces)
    begun = b"".join(piece for _, piece in zip(range(700), pieces(), strict=False))
    return Answer(begun, "text/xml", length=megabytes * MEGABYTE)


@cache
def gzip_bomb(megabytes: int = 200) -> Answer:
    """A page of zeros, a thousand times smaller on the wire. It takes a second to pack."""
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(b"\0" * MEGABYTE) for _ in range(megabytes)) + packer.flush()
    return Answer(packed, headers={"Content-Encoding": "gzip"})


def redirect(to: str) -> Answer:
    """A redirect to another address."""
    return Answer(status=302, headers={"Location": to}, validators=False)


def status(code: int, **headers: str) -> Answer:
    """An answer that is only its status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(b"<h1>no</h1>", status=code, headers=named, validators=False)


def truncated(page: bytes) -> Answer:
    """A page that breaks off before the end it announced."""
    return Answer(page[: len(page) // 2], length=len(page))


def hanging(outlet: Outlet) -> Callable[[], Answer]:
    """No answer at all until the outlet closes."""

    def answer() -> Answer:
        outlet.released.wait()
        return Answer(status=503)

    return answer


def dripping(outlet: Outlet) -> Answer:
    """A byte, and after a while another one."""

    def pieces() -> Iterator[bytes]:
        while True:
            yield b" "
            if outlet.released.wait(0.5):
                return

    return Answer(pieces=pieces)


def mislabelled(page: str) -> Answer:
    """A page in UTF-8 whose header says it is Latin-1."""
    return Answer(page.encode(), "text/html; charset=iso-8859-1")


def packed(answer: Answer) -> Answer:
    """The same answer, gzipped on the way."""
    answer.headers["Content-Encoding"] = "gzip"
    answer.body = gzip.compress(answer.body)
    return answer
