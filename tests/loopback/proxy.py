"""A proxy on loopback, which keeps account of what it was asked for and by whom."""

from __future__ import annotations

import http.client
import select
import socket
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Passed:
    """One request as the proxy was asked it."""

    target: str  # a whole address, or HOST:PORT of a tunnel
    authorization: str | None


class Proxy:
    """Answers `GET http://host/path` and `CONNECT host:port`; `names` is its own DNS."""

    def __init__(self) -> None:
        self.passed: list[Passed] = []
        self.names: dict[str, str] = {}  # host to host:port
        self.wanted: str | None = None  # the only authorization it takes
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self
        self.host = f"127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()

    def targets(self) -> list[str]:
        """What it was asked for."""
        return [passed.target for passed in self.passed]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    proxy: Proxy

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up early is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        proxy, parts = self.server.proxy, urlsplit(self.path)
        authorization = self.headers["Proxy-Authorization"]
        proxy.passed.append(Passed(self.path, authorization))
        if proxy.wanted and authorization != proxy.wanted:
            self.send_response_only(407)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        connection = http.client.HTTPConnection(proxy.names.get(parts.netloc, parts.netloc))
        headers = {k: v for k, v in self.headers.items() if k.lower() != "proxy-authorization"}
        connection.request("GET", parts.path or "/", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:
        proxy = self.server.proxy
        proxy.passed.append(Passed(self.path, self.headers["Proxy-Authorization"]))
        host, _, port = proxy.names.get(self.path, self.path).rpartition(":")
        with socket.create_connection((host, int(port))) as there:
            self.send_response_only(200)
            self.end_headers()
            self.wfile.flush()
            here, self.close_connection = self.connection, True
            while ready := select.select([here, there], [], [], 30)[0]:
                for side in ready:
                    data = side.recv(65536)
                    if not data:
                        return
                    (there if side is here else here).sendall(data)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""
