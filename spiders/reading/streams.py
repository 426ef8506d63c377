"""The data that frameworks write into a page in forms of their own, as plain values.

Next streams rows of React's flight format, `5:["$","$L6",null,{…}]`, in pushed strings; a long text
has a row of its own, which others name as `$7`. Nuxt 3 writes one list in which every value is the
number of another; Nuxt 2 a call of a function with an object of JavaScript inside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_PUSHED = re.compile(r"self\.__next_f\.push\(\s*\[1,\s*")
_ROW = re.compile(rb"([0-9a-f]{1,6}):")
_TEXT = re.compile(rb"T([0-9a-f]{1,7}),")
_MOST_ROWS, _MOST_PUSHES = 2_000, 2_000
_DEEPEST = 12
_MOST_VALUES = 20_000
_CALL = re.compile(r"__NUXT__\s*=\s*\(?function\s*\(([^()]*)\)\s*\{\s*return\s*(?=\{)")
_ENDS = ("}(", "})(")  # of that function, before what it is given
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*+(?:"|$)|(?P<key>[A-Za-z_$][\w$]*)(?=\s*:)|void 0|(?P<name>[A-Za-z_$][\w$]*)'
    r"|(?<!\d)\.\d+",
    re.DOTALL,
)
_HEX = re.compile(r"\\x([0-9a-fA-F]{2})")
_MOST_CHARS = 4_000_000  # of all texts that are named: one may be named again and again
_KEPT = frozenset({"true", "false", "null"})


def pushed(script: str) -> str:
    """What a script pushes onto the stream of Next; empty if it pushes nothing."""
    decoder, parts = json.JSONDecoder(strict=False), []
    for _, found in zip(range(_MOST_PUSHES), _PUSHED.finditer(script), strict=False):
        try:
            value, _ = decoder.raw_decode(script, found.end())
        except (ValueError, RecursionError):
            continue
        parts.append(value if isinstance(value, str) else "")
    return "".join(parts)


def flight(stream: str) -> Iterator[Any]:
    """The values of the rows of a stream, with the texts that they name in their places."""
    data = stream.encode("utf-8", "replace")
    texts: dict[str, str] = {}
    rows: list[bytes] = []
    at = 0
    for _ in range(_MOST_ROWS):
        row = _ROW.match(data, at)
        if row is None:
            break
        text = _TEXT.match(data, row.end())
        if text:
            at = text.end() + int(text[1], 16)  # bytes, not letters
            texts[f"${row[1].decode()}"] = data[text.end() : at].decode("utf-8", "replace")
            continue
        end = data.find(b"\n", row.end())
        end = len(data) if end < 0 else end
        rows.append(data[row.end() : end])
        at = end + 1
    named = _Bounded(texts)
    for one in rows:
        if one[:1] in (b"[", b"{"):
            try:
                yield _named(json.loads(one, strict=False), named, 2 * _DEEPEST)
            except (ValueError, RecursionError):
                continue


class _Bounded:
    """Texts by name, which are told until they are too many letters together."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts
        self._left = _MOST_CHARS

    def __getitem__(self, name: str) -> str:
        self._left -= len(text := self._texts.get(name, name))
        return text if self._left >= 0 else ""


def _named(value: Any, texts: _Bounded, deep: int) -> Any:
    """A value in which the names of texts are the texts."""
    if isinstance(value, str):
        return texts[value] if value.startswith("$") else value
    if deep and isinstance(value, list):
        return [_named(one, texts, deep - 1) for one in value]
    if deep and isinstance(value, dict):
        return {key: _named(one, texts, deep - 1) for key, one in value.items()}
    return value


def numbered(values: list[Any]) -> Iterator[dict[str, Any]]:
    """The objects of a list in which every value is the number of another."""
    left = {"values": _MOST_VALUES, "chars": _MOST_CHARS}

    def revived(number: Any, deep: int) -> Any:
        left["values"] -= 1
        if min(left.values()) < 0 or not isinstance(number, int) or isinstance(number, bool):
            return None
        if not 0 <= number < len(values):
            return None
        value = values[number]
        left["chars"] -= len(value) if isinstance(value, str) else 0
        if deep and isinstance(value, dict):
            return {key: revived(one, deep - 1) for key, one in value.items()}
        if deep and isinstance(value, list):
            return [revived(one, deep - 1) for one in value]
        return None if isinstance(value, dict | list) else value

    for number, value in enumerate(values):
        if isinstance(value, dict) and len(value) > 1:
            yield revived(number, _DEEPEST)


def called(script: str) -> Any:
    """The object that the function of Nuxt 2 returns; None if a script calls none."""
    call = _CALL.search(script)
    end = max(map(script.rfind, _ENDS))
    if call is None or end < call.end():
        return None
    given = script[script.index("(", end) + 1 :].rstrip("; \n)")
    names = [name.strip() for name in call[1].split(",")]
    try:
        values = dict(zip(names, json.loads(f"[{_json(given, {})}]", strict=False), strict=False))
        text = _json(script[call.end() : end + 1], values)
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _json(text: str, values: dict[str, Any]) -> str:
    """Literals of JavaScript as JSON; a name is its value, or null."""

    left, spelt = _MOST_CHARS, {name: json.dumps(value) for name, value in values.items()}

    def told(token: re.Match[str]) -> str:
        nonlocal left
        if token["key"]:
            return f'"{token["key"]}"'
        if token["name"]:
            name = token["name"]
            if name in _KEPT:
                return name
            left -= len(value := spelt.get(name, "null"))
            return value if left >= 0 else "null"
        literal = token[0]
        if literal[0] == ".":
            return f"0{literal}"
        return "null" if literal == "void 0" else _HEX.sub(r"\\u00\1", literal)

    return _TOKEN.sub(told, text)
