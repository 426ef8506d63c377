"""The HTTP under the Bot API stand-in: addresses `/bot<token>/<method>`, forms in, JSON out."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Respond = Callable[[str, str, dict[str, Any]], Any]


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    open_sockets: set[socket.socket]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error here."""


class Server:
    """Serves `respond(token, method, params)`, whose None drops the connection."""

    def __init__(self, respond: Respond, port: int = 0) -> None:
        self._http = _Quiet(("127.0.0.1", port), _handler(respond))
        self._http.open_sockets = set()
        self.port: int = self._http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def start(self) -> None:
        """Serve in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Close the door and every open connection. Idempotent."""
        self._http.shutdown()
        self._http.server_close()
        for connection in list(self._http.open_sockets):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _handler(respond: Respond) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1
        server: _Quiet

        def setup(self) -> None:
            super().setup()
            self.server.open_sockets.add(self.connection)

        def finish(self) -> None:
            self.server.open_sockets.discard(self.connection)
            super().finish()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path).path.strip("/").split("/")
            token, method = parts[0].removeprefix("bot"), parts[-1]
            answer = respond(token, method, self._params(body))
            if answer is None:
                self.close_connection = True
                return
            payload = answer.body.encode()
            self.send_response(answer.code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            if answer.cut:
                payload, self.close_connection = payload[: len(payload) // 2], True
            self.wfile.write(payload)

        do_GET = do_POST  # noqa: N815

        def _params(self, body: bytes) -> dict[str, Any]:
            params: dict[str, Any] = dict(parse_qsl(urlsplit(self.path).query))
            if "json" in self.headers.get("Content-Type", ""):
                return params | json.loads(body or b"{}")
            return params | dict(parse_qsl(body.decode(), keep_blank_values=True))

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    return Handler
