"""What an answer means before its content is read: statuses, validators, failures. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from storage.health import Trouble

VALIDATOR_MAX_CHARS = 1_000

GONE = frozenset((404, 410))
REFUSED = frozenset((401, 403, 406, 407, 451))
BUSY = frozenset((429, 503))
TOO_MANY_WAIT = timedelta(minutes=1)  # after a 429 that does not say for how long

_FAULTS: dict[type[BaseException], str] = {
    CannotResolveHostError: "no such host",
    DownloadCancelledError: "larger than 5 MB",
    DownloadConnectionRefusedError: "nobody listens there",
    DownloadTimeoutError: "no answer within 30 s",
    ResponseDataLossError: "the answer was cut short",
    DownloadFailedError: "the connection broke",
}


_CERTIFICATE = re.compile("certificate verify failed|VerificationError")  # as TLS says it


class Unready(IgnoreRequest):
    """A request was not made now, and may be made later; the message says why."""


class Resting(Unready):
    """A request was not made, since its host asked to be left alone for `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("its host asked to be left alone")
        self.wait = wait


class Settled(IgnoreRequest):
    """A page was not asked for: another process has read it, or given it up, meanwhile."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a request gave nothing to read; `reason` is short and for the operator."""

    reason: str
    retry_after: timedelta | None = None  # what the host asked for
    patience: timedelta = timedelta(days=1)  # how long to go on asking for a page
    trouble: Trouble = Trouble.FAILING  # what it means for the source that was polled

    @property
    def gone(self) -> bool:
        """Whether the address holds nothing any more."""
        return self.trouble is Trouble.GONE


def fault_of(response: Response, now: datetime) -> Fault | None:
    """The fault an answer's status stands for; None for one that has content."""
    status = response.status
    if 200 <= status < 300:
        return None
    reason = f"HTTP {status}"
    if status in GONE:
        patience = timedelta(hours=1 if status == 404 else 0)
        return Fault(f"gone ({reason})", patience=patience, trouble=Trouble.GONE)
    if status in REFUSED:
        return Fault(f"refused ({reason})", trouble=Trouble.REFUSED)
    if status in BUSY:
        wait = retry_after(response, now)
        if wait is None and status == 429:
            wait = TOO_MANY_WAIT
        trouble = Trouble.BUSY if status == 429 else Trouble.FAILING
        return Fault(f"asked to wait ({reason})", wait, trouble=trouble)
    return Fault(reason)


def fault_in(error: BaseException) -> Fault:
    """The fault an error of the download stands for."""
    if isinstance(error, Unready):
        trouble = Trouble.BUSY if isinstance(error, Resting) else Trouble.UNREACHABLE
        return Fault(str(error), getattr(error, "wait", None), trouble=trouble)
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    if type(error) is DownloadFailedError and _CERTIFICATE.search(f"{error} {error.__cause__}"):
        return Fault("its certificate is not valid", trouble=Trouble.UNREACHABLE)
    for kind, reason in _FAULTS.items():
        if isinstance(error, kind):
            too_large = kind is DownloadCancelledError
            return Fault(reason, trouble=Trouble.BROKEN if too_large else Trouble.UNREACHABLE)
    return Fault(f"{type(error).__name__}: {error}"[:200], trouble=Trouble.UNREACHABLE)


def _ignored(text: str) -> Fault:
    """Why nothing was asked for, or what came was not kept."""
    if text.startswith("Forbidden by robots"):
        return Fault("robots.txt forbids it", patience=timedelta(), trouble=Trouble.REFUSED)
    if "MAXSIZE" in text:  # Scrapy's decompression stopped there
        return Fault(_FAULTS[DownloadCancelledError], trouble=Trouble.BROKEN)
    reason = text[:1].lower() + text[1:] or "not asked"
    return Fault(reason, patience=timedelta(), trouble=Trouble.ASTRAY)


def retry_after(response: Response, now: datetime) -> timedelta | None:
    """How long the host asks to be left alone, given as seconds or as a date."""
    value = header(response, "Retry-After")
    if value is None:
        return None
    if value.isdigit():
        return timedelta(seconds=min(int(value[:9]), 10**9))
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(until.replace(tzinfo=until.tzinfo or UTC) - now, timedelta())


def header(response: Response, name: str) -> str | None:
    """A header's value as text that can be sent back unchanged; None if absent or overlong."""
    value = response.headers.get(name)
    text = value.decode("latin-1").strip() if value else ""
    return text if 0 < len(text) <= VALIDATOR_MAX_CHARS else None
