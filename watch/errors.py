"""What can be wrong with the seeds of the watch."""

from __future__ import annotations

from collections.abc import Sequence


class TopicError(ValueError):
    """A seed of topics, concepts or places cannot be used.

    `lines` holds one line for each fault: the file, the key, what is wrong and what to write.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)
