"""How the service logs: one line an event on standard error, never a secret."""

from __future__ import annotations

import logging
import re
import sys

# httpx logs whole addresses, token included, at INFO; the rest is chatter.
QUIET = ("httpx", "httpcore", "telegram", "apscheduler", "scrapy", "twisted", "trafilatura",
         "htmldate", "courlan", "readability", "dateparser", "charset_normalizer")  # fmt: skip
TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")


class Redacting(logging.Formatter):
    """Writes a record as one line, with whatever looks like a bot token blotted out."""

    def __init__(self, secret: str | None) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        self.secret = secret

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        if self.secret:
            line = line.replace(self.secret, "…")
        return TOKEN.sub("…", line)


def set_up(*, verbose: bool = False, secret: str | None = None) -> None:
    """Send the program's log to standard error; `secret` is blotted out wherever it appears."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(secret))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
