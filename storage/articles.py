"""Articles, their full text for search, and the addresses once seen."""
