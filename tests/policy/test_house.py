"""The rules of the house, held by a test: a rule that is not run is a wish."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("munadi", "spiders", "watch", "storage", "bot")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "core", "misc"}
FILE_LINES = 300
FUNCTION_LINES = 40


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name]


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_a_file_is_short_and_named_after_its_idea(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= FILE_LINES
    assert path.stem not in FORBIDDEN_NAMES


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_a_function_is_short_and_a_module_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree) or not tree.body, "a module says what it is for"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < FUNCTION_LINES, node.name


def test_nothing_names_a_machine_or_a_registry() -> None:
    paths = re.compile(rb"(?<![A-Za-z0-9_./])/(?:work|farm|root)/[A-Za-z.]")
    hosts = re.compile(rb"https?://[^ ]*/(?:simple|packages|debian|-)/")
    for path in tracked():
        content = path.read_bytes()
        assert not paths.search(content), path
        if path.suffix in {".txt", ".lock", ".toml", ".json"}:
            assert not hosts.search(content), path


def test_recorded_pages_are_small() -> None:
    for path in (ROOT / "tests" / "pages").rglob("*"):
        if path.is_file():
            assert path.stat().st_size <= 40_000, path
