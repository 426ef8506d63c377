"""Verdict -> Telegram: commands, alerts and their delivery."""
