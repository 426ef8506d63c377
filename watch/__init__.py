"""Article -> verdict: what is new, what it is about. Pure: no clock, no socket, no database."""
