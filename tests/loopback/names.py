"""A crawl worker for whom the names below .localhost are those in a book: a file, one a line.

Names that begin with `hangs` are looked up for as long as there is a book.
"""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

from munadi import worker

VARIABLE = "BOOK_OF_NAMES"


def main() -> int:
    """Crawl by the book that the environment names."""
    book, ask = Path(os.environ[VARIABLE]), socket.gethostbyname

    def look_up(name: str) -> str:
        if not name.endswith(".localhost"):
            return ask(name)
        while name.startswith("hangs") and book.exists():
            time.sleep(0.05)
        if book.exists() and name in book.read_text().split():
            return "127.0.0.1"
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    socket.gethostbyname = look_up
    return worker.main()
