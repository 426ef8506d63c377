"""What the pages for people say is true: commands, settings, seeds and links."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from munadi.cli import app
from munadi.settings import Settings
from spiders.sites import Site, load
from watch.seeds import PlaceSeed, TopicSeed

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "seeds" / "README.md"])


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def examples(name: str) -> list[dict[str, object]]:
    """The TOML blocks of a page, those inside lists too."""
    blocks = re.findall(r"^ *```toml\n(.*?)^ *```", text(name), re.DOTALL | re.MULTILINE)
    return [tomllib.loads(block) for block in blocks]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", ["README.md"])
def test_every_setting_is_documented_and_no_other(page: str) -> None:
    said = set(re.findall(r"MUNADI_[A-Z_]+", text(page)))
    assert said == {f"MUNADI_{name.upper()}" for name in Settings.model_fields}


def test_every_command_is_documented() -> None:
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert re.search(rf"\bmunadi {name}\b", text("README.md")), name


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "seeds/README.md"])
def test_the_example_seeds_are_valid(page: str) -> None:
    (seed,) = examples(page)
    Site.model_validate({**seed, "id": "almanbar"})


def test_every_key_of_a_seed_is_documented() -> None:
    page = text("seeds/README.md")
    for name in Site.model_fields:
        assert (
            name == "id" or f"`{name}`" in page or f"`[{name}]`" in page or f"\n{name} = " in page
        )


def test_the_example_topic_and_place_are_valid() -> None:
    topic, places = examples("docs/topics.md")
    TopicSeed.model_validate(topic)
    for place in places.values():
        PlaceSeed.model_validate(place)


def test_the_number_of_shipped_outlets_is_the_one_we_state() -> None:
    assert f"Seeds for {len(load(ROOT / 'seeds').by_id)} outlets" in text("CHANGELOG.md")


def test_decisions_are_listed() -> None:
    index = text("docs/adr/README.md")
    for note in (ROOT / "docs" / "adr").glob("0*.md"):
        assert f"({note.name})" in index
