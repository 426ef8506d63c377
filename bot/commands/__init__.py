"""What readers ask for, in words or by a button: an ask in, a reply out."""
