"""A page -> Article | Unreadable: title, body, times and the facts beside them."""
