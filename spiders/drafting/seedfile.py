"""A seed as a file: written with comments for a new outlet, and dated in place for a known one."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from spiders.remedies import seed_error
from spiders.sites import Site

_KEY_LINE = re.compile(r"(?m)^checked[ \t]*=[ \t]*([\"'])[^\"'\n]*\1")
_ZONE_LINE = re.compile(r"(?m)^zone[ \t]*=.*\n")


@dataclass(frozen=True, slots=True)
class Value:
    """One key of a draft; `comment` says what it rests on."""

    key: str
    value: str | Sequence[str]
    comment: str = ""


def text_of(remarks: Sequence[str], values: Sequence[Value]) -> str:
    """The seed file: the remarks on top, then a line for each key that has a value."""
    lines = [f"# {_one_line(remark)}" for remark in remarks]
    for each in values:
        if not each.value:
            continue
        line = f"{each.key} = {_toml(each.value)}"
        lines.append(f"{line}  # {_one_line(each.comment)}" if each.comment else line)
    return "\n".join(lines) + "\n"


def parsed(text: str, key: str) -> Site:
    """The site that a seed's text describes; raises SeedError."""
    try:
        return Site.model_validate({**tomllib.loads(text), "id": key})
    except ValidationError as error:
        raise seed_error(f"sites/{key}.toml", error.errors(include_url=False)) from None


def id_of(home: str) -> str:
    """An id for an outlet, from its host: `minbar` of www.minbar.example, `arabic_minbar` of
    arabic.minbar.example.
    """
    parts = urlsplit(home)
    labels = [each for each in (parts.hostname or "").split(".") if each not in ("www", "")]
    if re.fullmatch(r"[\d.:]+", parts.hostname or ""):
        labels = ["site", *labels, str(parts.port or "")]
    elif len(labels) > 1:
        labels.pop()
        if len(labels) > 1 and labels[-1] in ("com", "co", "net", "org", "gov", "edu"):
            labels.pop()
    return re.sub(r"[^a-z0-9]+", "_", "_".join(filter(None, labels)).lower()).strip("_") or "site"


def save(folder: Path, key: str, text: str) -> Path:
    """Write a new seed into `folder`/sites; raises FileExistsError rather than overwrite one."""
    file = folder / "sites" / f"{key}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8") as out:
        out.write(text)
    return file


def date(file: Path, month: str) -> bool:
    """Set `checked` in a seed file to a month, `2026-03`, and leave all else as it stands.

    The file is replaced in one step. False if it says so already, or has no place for it.
    """
    before = file.read_text(encoding="utf-8")
    top, table, rest = _above_tables(before)
    line = f'checked = "{month}"'
    if _KEY_LINE.search(top):
        top = _KEY_LINE.sub(line, top, count=1)
    elif zone := _ZONE_LINE.search(top):
        top = f"{top[: zone.end()]}{line}\n{top[zone.end() :]}"
    after = f"{top}{table}{rest}"
    if after == before:
        return False
    draft = file.with_suffix(".toml.new")
    draft.write_text(after, encoding="utf-8")
    draft.chmod(file.stat().st_mode & 0o777)
    draft.replace(file)
    return True


def _above_tables(text: str) -> tuple[str, str, str]:
    table = re.search(r"(?m)^\[", text)
    return (text, "", "") if table is None else (text[: table.start()], "[", text[table.end() :])


def _toml(value: str | Sequence[str]) -> str:
    if not isinstance(value, str):
        return f"[{', '.join(map(_toml, value))}]"
    if "\\" in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
