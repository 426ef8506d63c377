"""A small news web on loopback: one port a host, validators answered, every request remembered."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host serves at a path."""

    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that a host was asked, and the status it answered."""

    host: str
    path: str  # decoded, without query
    status: int
    agent: str


Respond = Callable[[str, str], Answer | None]  # (address of the host, decoded path); None: 404


class NewsWeb:
    """Serves each named host on a port of its own; a context manager that ends with its threads."""

    def __init__(self, hosts: Mapping[str, Respond]) -> None:
        self.asked: list[Asked] = []
        self._lock = threading.Lock()
        self._servers = {
            name: ThreadingHTTPServer(("127.0.0.1", 0), self._handler(name, respond))
            for name, respond in hosts.items()
        }

    def address(self, host: str) -> str:
        """Where a host is reached: scheme, loopback address and port, no final slash."""
        return f"http://127.0.0.1:{self._servers[host].server_address[1]}"

    def __enter__(self) -> Self:
        for server in self._servers.values():
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()

    def _note(self, asked: Asked) -> None:
        with self._lock:
            self.asked.append(asked)

    def _handler(self, host: str, respond: Respond) -> type[BaseHTTPRequestHandler]:
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = unquote(urlsplit(self.path).path)
                answer = respond(web.address(host), path)
                tag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"' if answer else ""
                known = answer is not None and self.headers.get("If-None-Match") == tag
                status = 404 if answer is None else 304 if known else 200
                web._note(Asked(host, path, status, self.headers.get("User-Agent", "")))
                body = answer.body if answer and not known else b""
                self.send_response(status)
                if answer:
                    self.send_header("Content-Type", answer.content_type)
                    self.send_header("ETag", tag)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing: the play shows what was asked."""

        return Handler
