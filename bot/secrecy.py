"""Nothing that is logged holds the token, whoever logs it."""

from __future__ import annotations

import logging

# httpx logs every address at INFO, token included; the others print what readers wrote.
_TALKATIVE = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "telegram": logging.ERROR}


class Redact(logging.Filter):
    """Puts `<token>` in place of the token in messages and tracebacks."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; none is held back."""
        message = record.getMessage()
        if self._token in message:
            record.msg, record.args = message.replace(self._token, "<token>"), ()
        if record.exc_info:
            told = record.exc_text or logging.Formatter().formatException(record.exc_info)
            record.exc_text, record.exc_info = told.replace(self._token, "<token>"), None
        return True


def hush(token: str) -> None:
    """Keep the libraries' loggers down and redact what reaches the root's handlers."""
    for name, level in _TALKATIVE.items():
        logging.getLogger(name).setLevel(level)
    for handler in logging.getLogger().handlers:
        handler.addFilter(Redact(token))
