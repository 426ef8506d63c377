"""The address of a proxy, read without repeating its password to anyone."""

from __future__ import annotations

from base64 import b64encode
from typing import NamedTuple
from urllib.parse import unquote, urlsplit


class Proxy(NamedTuple):
    """A proxy as it is spoken to."""

    address: str  # without name and password
    host: str
    authorization: bytes | None


def proxy_of(address: str) -> Proxy:
    """Read `http://name:password@host:port`; ValueError does not repeat what it read."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme == "http" and parts.hostname and parts.path in ("", "/")
        port = parts.port or 80
    except ValueError:
        usable = None
    if not usable or parts.query or parts.fragment or any(sign <= " " for sign in address):
        raise ValueError("not the address of a proxy as in http://name:password@host:3128")
    secret = None
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        secret = b"Basic " + b64encode(pair.encode())
    name = parts.hostname or ""
    host = f"[{name}]" if ":" in name else name
    return Proxy(f"http://{host}:{port}", name, secret)
