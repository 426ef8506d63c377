"""The examples and counts in the pages for people are true."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from spiders.sites import Site, load
from watch.seeds import PlaceSeed, TopicSeed

ROOT = Path(__file__).parents[2]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def examples(name: str) -> list[dict[str, object]]:
    """The TOML blocks of a page, those inside lists too."""
    blocks = re.findall(r"^ *```toml\n(.*?)^ *```", text(name), re.DOTALL | re.MULTILINE)
    return [tomllib.loads(block) for block in blocks]


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
