"""A made-up press on loopback, read by the real spiders: what `make demo` plays."""
