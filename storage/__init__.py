"""The memory: SQLite, and nothing else in munadi knows it."""
