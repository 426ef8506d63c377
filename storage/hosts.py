"""The manners that all processes on one database keep together towards a host.

Beside the database lies a small file, `<database>.hosts`. Who asks a host holds a kernel lock on a
byte that stands for it, so a killed process holds nothing; the file says when each host was last
asked and how long it wants to be left alone. A request costs some microseconds for it.

Times are seconds of a clock that no one sets and that counts while the machine sleeps. After a
start of the machine it begins anew, and what was written before counts no more.
"""

from __future__ import annotations

import fcntl
import os
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from storage.errors import StoreError

LOOK_AGAIN_SECONDS = 0.05  # while another process asks the host
REST_MAX_SECONDS = 86_400.0

_RECORD = struct.Struct("<Qdd")  # which host (0: none), last asked at, to be left alone until
_WAYS = 4  # records that hosts of one place share; a fifth one takes the place of the oldest
_PLACES = 16_384
_LOCKS = 1 << 40  # locks lie beyond the data
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def steady() -> float:
    """Seconds since the machine was started."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Hosts:
    """Turns at hosts. For one thread; one for a database in a process."""

    def __init__(self, database: Path, clock: Callable[[], float] = steady) -> None:
        """Open the file; raises StoreError with the remedy."""
        self._clock = clock
        self._held: set[str] = set()
        self._boot = _BOOT.read_bytes() if _BOOT.exists() else b""
        path = database.with_name(f"{database.name}.hosts")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(
                f"{path} cannot be written ({error.strerror}): "
                "make the database's folder writable for this user"
            ) from error

    def take(self, host: str, delay_seconds: float) -> float:
        """Take the turn at a host: 0.0 if it was taken, else in how many seconds to try again.

        There is none while anyone asks the host, nor before `delay_seconds` after the last answer.
        """
        if host in self._held:
            return LOOK_AGAIN_SECONDS
        mark = self._mark(host)
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _LOCKS + mark // 4)
        except BlockingIOError:
            return LOOK_AGAIN_SECONDS
        _, asked_at, _ = self._find(mark)
        wait = asked_at + delay_seconds - self._clock()
        if 0 < wait <= delay_seconds:
            self._unlock(mark)
            return wait
        self._held.add(host)
        return 0.0

    def give_back(self, host: str) -> None:
        """Say that the host has answered, or will not. Without a turn nothing happens."""
        if host not in self._held:
            return
        mark = self._mark(host)
        place, _, until = self._find(mark)
        self._write(place, mark, self._clock(), until)
        self._unlock(mark)
        self._held.discard(host)

    def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long, a day at most, or for longer if it asked before."""
        mark = self._mark(host)
        place, asked_at, until = self._find(mark)
        until = max(until, self._clock() + min(seconds, REST_MAX_SECONDS))
        self._write(place, mark, asked_at, until)

    def resting(self, host: str) -> float:
        """For how many seconds the host is to be left alone yet."""
        _, _, until = self._find(self._mark(host))
        return max(until - self._clock(), 0.0)

    def close(self) -> None:
        """Give every turn back and close the file. Idempotent."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
            self._held.clear()

    def _write(self, place: int, mark: int, asked_at: float, until: float) -> None:
        """Write a record; on a full disk others do not hear of it, and the crawl goes on."""
        with suppress(OSError):
            os.pwrite(self._file, _RECORD.pack(mark, asked_at, until), place)

    def _unlock(self, mark: int) -> None:
        with suppress(OSError):
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _LOCKS + mark // 4)

    def _mark(self, host: str) -> int:
        return _mark(host, self._boot[:64])

    def _find(self, mark: int) -> tuple[int, float, float]:
        """Where a host's record stands, and what it says; of a new host the place of the oldest."""
        start = mark % _PLACES * _WAYS * _RECORD.size
        written = os.pread(self._file, _WAYS * _RECORD.size, start)
        records = list(_RECORD.iter_unpack(written.ljust(_WAYS * _RECORD.size, b"\0")))
        for way, (known, asked_at, until) in enumerate(records):
            if known == mark:
                return start + way * _RECORD.size, asked_at, until
        oldest = min(range(_WAYS), key=lambda way: max(records[way][1:]))
        return start + oldest * _RECORD.size, -1e9, 0.0


@lru_cache(maxsize=1024)  # one request asks for it four times
def _mark(host: str, boot: bytes) -> int:
    return int.from_bytes(blake2b(host.encode(), digest_size=8, key=boot).digest()) or 1
