"""What can be wrong with a seed, said with the remedy."""

from __future__ import annotations


class SeedError(Exception):
    """One seed that cannot be used: the file, the key, what is wrong and what to write instead."""

    def __init__(self, file: str, key: str, wrong: str, remedy: str) -> None:
        super().__init__(file, key, wrong, remedy)
        self.file = file
        self.key = key
        self.wrong = wrong
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.wrong}; {self.remedy}"
