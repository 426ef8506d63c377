"""Everything a reader sees, in Arabic and in English."""
