"""The web -> Article: finding the news and reading it."""
