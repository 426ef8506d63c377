"""The schema, in steps; each step runs in a transaction with its record."""
