"""Names that do not resolve, or not yet, and certificates that are wrong: a reason each, and the
other outlets are read on time.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from loopback import names
from loopback import newstexts as texts
from loopback.crawlworker import Worker, until
from loopback.newsweb import NewsWeb, Outlet
from loopback.proxy import Proxy

HANGING = 12  # more than Scrapy has threads for by default


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The names below .localhost that the worker's processes resolve, one a line."""
    book = tmp_path / "names"
    book.write_text("")
    monkeypatch.setenv(names.VARIABLE, str(book))
    return book


@pytest.fixture
def worker(tmp_path: Path, book: Path) -> Iterator[Worker]:
    worker = Worker(tmp_path, main=names.main)
    yield worker
    book.unlink(missing_ok=True)
    worker.kill()


@pytest.fixture
def web() -> Iterator[NewsWeb]:
    with NewsWeb() as web:
        yield web


def named(outlet: Outlet, name: str, scheme: str = "http") -> dict[str, object]:
    """What the seed of an outlet says that goes by this name; its links keep its address."""
    home = f"{scheme}://{name}:{outlet.host.rpartition(':')[2]}/"
    return {"home": home, "hosts": [outlet.host], "feeds": [f"{home}feed"]}


def test_a_name_that_fails_and_returns(worker: Worker, web: NewsWeb, book: Path) -> None:
    outlet, other = web.outlet("lost", "المفقود"), web.outlet("found", "الموجود")
    seed = named(outlet, "lost.localhost")
    feed = f"{seed['home']}feed"
    outlet.write_seed(worker.seeds, **seed)
    other.write_seed(worker.seeds)
    worker.reload()
    assert worker.failure(feed) == "robots.txt: no such host"
    until(lambda: len(other.asked("/feed")) > 3)
    assert outlet.seen == []
    outlet.publish(*texts.FERRY)
    book.write_text("lost.localhost\n")
    until(lambda: worker.polled(feed))
    until(lambda: outlet.asked("/feed"))
    source = worker.source(feed)
    assert source is not None
    assert (source.failures, source.last_reason) == (0, None)
    outlet.assert_polite()


def test_names_that_hang_delay_nobody(worker: Worker, web: NewsWeb, book: Path) -> None:
    outlet, prompt = web.outlet("hanging", "المعلق"), web.outlet("prompt", "السريع")
    book.write_text("prompt.localhost\n")
    feeds = [f"http://hangs{number}.localhost:9/feed" for number in range(HANGING)]
    outlet.write_seed(worker.seeds, home="http://hangs0.localhost:9/", feeds=feeds)
    worker.reload()
    until(lambda: worker.source(feeds[0]))
    seed = named(prompt, "prompt.localhost")
    prompt.write_seed(worker.seeds, **seed)
    worker.reload()
    until(lambda: worker.polled(f"{seed['home']}feed"), 8)


def certificate(folder: Path, name: str, days: int) -> ssl.SSLContext:
    """A server's side of TLS with a certificate that nobody has signed for."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_a_certificate_that_is_wrong_is_a_reason_also_by_a_proxy(
    worker: Worker, web: NewsWeb, tmp_path: Path
) -> None:
    with Proxy() as proxy:
        for key, days, by in (("unsigned", 30, ""), ("expired", -1, f"http://{proxy.host}")):
            outlet = web.outlet(key, "الممهور")
            outlet.encrypt(certificate(tmp_path, key, days))
            seed = named(outlet, "127.0.0.1", "https")
            outlet.write_seed(worker.seeds, proxy=by, **seed)
            worker.reload()
            reason = worker.failure(f"{seed['home']}feed")
            assert reason == "robots.txt: its certificate is not valid"
            assert outlet.seen == []
        assert proxy.targets()[0] == outlet.host, "asked for as a tunnel"
