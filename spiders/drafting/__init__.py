"""Drafts the seed of an outlet from its address, and tries seeds live."""
