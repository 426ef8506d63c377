"""What a source lists: feeds, JSON feeds, sitemaps and section pages become links."""
