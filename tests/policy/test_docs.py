"""The documents keep up with the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from munadi.cli import app
from munadi.settings import Settings

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.ar.md")


def commands() -> list[str]:
    root = typer.main.get_command(app)
    names = []
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        names += [f"{name} {each}" for each in inner] if inner else [name]
    return names


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(readme: str, command: str) -> None:
    assert f"munadi {command}" in (ROOT / readme).read_text()


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("setting", [f"MUNADI_{key.upper()}" for key in Settings.model_fields])
def test_every_setting_is_in_the_readme(readme: str, setting: str) -> None:
    assert setting in (ROOT / readme).read_text()


@pytest.mark.parametrize("command", commands())
def test_every_command_says_what_it_does(command: str) -> None:
    found = typer.main.get_command(app)
    for word in command.split():
        found = found.commands[word]  # type: ignore[attr-defined]
    assert found.help


DOCUMENTS = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "seeds").glob("*.md"))
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text()):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (document.parent / target).exists(), target
