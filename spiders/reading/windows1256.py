"""Text in the bytes of windows-1256, in which nearly all Arabic can be written.

What is looked up letter by letter is then looked up in C: ten times as fast as `str.translate`,
which asks Python for each. The tables are used directly: by way of `str.encode` Python's own codec
for this charset costs more than the text.
"""

from __future__ import annotations

from codecs import charmap_decode, charmap_encode
from collections.abc import Callable
from encodings.cp1256 import decoding_table, encoding_table


def encode(text: str) -> bytes | None:
    """The bytes of a text; None if it has a sign that the charset has not."""
    try:
        return charmap_encode(text, "strict", encoding_table)[0]
    except UnicodeEncodeError:
        return None


def decode(spelt: bytes) -> str:
    """The text of some bytes; the charset has a sign for each."""
    return charmap_decode(spelt, "strict", decoding_table)[0]


def having(is_one: Callable[[str], object]) -> bytes:
    """The bytes of all signs that are of some kind."""
    return bytes(code for code, sign in enumerate(decoding_table) if is_one(sign))


def table(becomes: Callable[[str], str]) -> bytes:
    """A table for `bytes.translate`, by what each sign becomes."""
    return charmap_encode("".join(map(becomes, decoding_table)), "strict", encoding_table)[0]
