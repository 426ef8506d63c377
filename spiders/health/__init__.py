"""What is wrong with a source, and what the admins are told of it. Pure."""
