"""A second store on one database in one process must not break the first one's hold on the file."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from storage.store import Store

NOW = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)

OTHER_PROCESS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from storage.store import Store

with Store(Path(sys.argv[1])) as store:
    for chat in range(100, 200):
        store.people.welcome(chat, "private", "ar", datetime.now(UTC))
"""


def test_another_process_that_leaves_does_not_take_the_log_away(
    store: Store, database: Path
) -> None:
    store.people.welcome(5, "private", "ar", NOW)
    with Store(database):
        subprocess.run([sys.executable, "-c", OTHER_PROCESS, str(database)], check=True)
        assert database.with_name(database.name + "-wal").exists()
        for chat in range(1000, 1100):
            store.people.welcome(chat, "private", "ar", NOW)
    with Store(database) as later:
        assert all(later.people.find(chat) for chat in (5, 150, 1050))
