"""When to ask: what sources have shown, one budget for all, and what servers wish. Pure."""
