"""The HTTP line to Telegram: each answer as the plain facts that decide what happens next.

python-telegram-bot tells failures apart by the text of its exceptions and writes the token into
one of them. This request class raises three of its own instead, none of which holds an address:

    Refusal     Telegram answered no: its code, its words, its seconds
    Unreached   Telegram surely did not take the request
    NoAnswer    the request went out and no answer that can be read came back
"""

from __future__ import annotations

import json
import ssl
from functools import cache
from typing import Any

import httpx
from telegram.error import TelegramError
from telegram.request import HTTPXRequest, RequestData

CONNECT_SECONDS = 5.0
READ_SECONDS = 12.0
WRITE_SECONDS = 8.0
POOL_SECONDS = 5.0

# What httpx raises before the first byte of a request could leave.
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)


class Refusal(TelegramError):  # noqa: N818 (an answer, not an error of ours)
    """Telegram answered, and the answer is no."""

    def __init__(
        self,
        code: int,
        description: str,
        retry_after: float | None = None,
        moved_to: int | None = None,
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.moved_to = moved_to


class Unreached(TelegramError):  # noqa: N818
    """No connection, or something in between that is not Telegram: nothing was taken."""


class NoAnswer(TelegramError):  # noqa: N818
    """Telegram may have taken the request."""


class Line(HTTPXRequest):
    """Requests to a Bot API server, failures as `Refusal`, `Unreached` or `NoAnswer`."""

    def __init__(self, connections: int) -> None:
        super().__init__(
            connection_pool_size=connections,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            write_timeout=WRITE_SECONDS,
            pool_timeout=POOL_SECONDS,
            httpx_kwargs={"verify": _trust()},
        )

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,
        **named_timeouts: Any,
    ) -> tuple[int, bytes]:
        """Send one request; return Telegram's yes."""
        failure: TelegramError
        try:
            code, payload = await super().do_request(
                url, method, request_data, *timeouts, **named_timeouts
            )
        except TelegramError as error:
            failure = _unsent_or_unknown(error.__cause__ or error)
        except httpx.InvalidURL:
            failure = Unreached("the address of the Bot API is not one")
        else:
            return code, _yes(code, payload)
        raise failure from None  # what httpx says may hold the address, and so the token


@cache
def _trust() -> ssl.SSLContext:
    """Whom every line trusts: reading the certificates takes longer than all else of a start."""
    return httpx.create_ssl_context()


def _unsent_or_unknown(cause: BaseException) -> TelegramError:
    kind = type(cause).__name__
    return Unreached(kind) if isinstance(cause, _NOT_SENT) else NoAnswer(kind)


def _yes(code: int, payload: bytes) -> bytes:
    """The payload if it is Telegram's yes; otherwise raise what it is."""
    if 300 <= code < 400:
        raise Unreached(f"redirected ({code})")
    try:
        answer = json.loads(payload)
        accepted = answer["ok"]
    except (ValueError, TypeError, KeyError):
        if code < 400:
            raise NoAnswer(f"an answer that is not Telegram's ({code})") from None
        raise Refusal(code, "not Telegram's answer") from None
    if accepted is True and code < 300:
        return payload
    raise _refusal(code, answer)


def _refusal(code: int, answer: dict[str, Any]) -> Refusal:
    parameters = answer.get("parameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    told = answer.get("error_code")
    return Refusal(
        code if code >= 400 else told if isinstance(told, int) else 500,
        str(answer.get("description") or "no reason given"),
        _number(parameters.get("retry_after")),
        _chat(parameters.get("migrate_to_chat_id")),
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _chat(value: object) -> int | None:
    return value if isinstance(value, int) and value != 0 else None
