"""Both languages say the same things, and Telegram can parse all of them."""

from __future__ import annotations

import dataclasses
import string
from pathlib import Path

import pytest
from loopback.botrules import parse_html

from bot.commands import handlers as commands
from bot.commands import keyboards
from bot.commands.menu import MENU
from bot.texts import archive as asktexts
from bot.texts import cards as cardtexts
from bot.texts import summaries as summarytexts
from bot.texts import wishes as settingtexts
from bot.texts.replies import ARABIC, ENGLISH, Noun, Texts, of, say
from storage.people import Language
from watch.topics import Topics

BOTH = [
    (ARABIC, ENGLISH),
    *(
        (module.ARABIC, module.ENGLISH)
        for module in (asktexts, cardtexts, settingtexts, summarytexts)
    ),
]
FIELDS = [
    pytest.param(getattr(arabic, field.name), getattr(english, field.name), id=field.name)
    for arabic, english in BOTH
    for field in dataclasses.fields(arabic)
]


def placeholders(value: object) -> list[str]:
    told = value if isinstance(value, str) else ""
    return sorted(name for _, name, _, _ in string.Formatter().parse(told) if name)


@pytest.mark.parametrize(("arabic", "english"), FIELDS)
def test_both_languages_have_the_same_placeholders(arabic: object, english: object) -> None:
    assert placeholders(arabic) == placeholders(english)
    if isinstance(arabic, tuple):
        assert isinstance(english, tuple)
        assert len(arabic) == len(english)


@pytest.mark.parametrize("texts", [text for both in BOTH for text in both])
def test_every_text_is_html_that_telegram_parses(texts: Texts) -> None:
    for field in dataclasses.fields(texts):
        value = getattr(texts, field.name)
        if isinstance(value, str):
            parse_html(value)
            assert value
        if isinstance(value, Noun):
            assert all(dataclasses.astuple(value))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_command_is_in_the_menu_and_in_the_help(language: Language) -> None:
    menu = MENU[language]
    assert set(menu) == set(commands.COMMANDS) - {"start"}
    assert all(f"/{name}" in of(language).help for name in menu)
    assert all(0 < len(told) <= 256 for told in menu.values())


@pytest.mark.parametrize("page", ["README.md", "docs/readers.md", "docs/readers.ar.md"])
def test_every_command_is_in_the_pages_for_people(page: str) -> None:
    told = (Path(__file__).parents[2] / page).read_text()
    assert [name for name in MENU["en"] if f"/{name}" not in told] == []


def test_values_are_escaped_and_never_taken_for_templates() -> None:
    told = say(ENGLISH.unknown_topic, name="<b>{name}</b> & {x}")
    assert "&lt;b&gt;{name}&lt;/b&gt; &amp; {x}" in told


def test_of_gives_each_language_its_texts() -> None:
    assert (of("ar"), of("en")) == (ARABIC, ENGLISH)


def test_button_data_fits_and_comes_back(topics: Topics) -> None:
    more = topics.with_topics([dataclasses.replace(topics["aleppo"], id="موضوع-" * 20)])
    for topic in more:
        said = keyboards.data("unfollow", topic.id)
        assert len(said.encode()) <= 64
        assert keyboards.pressed(said, more) == ("unfollow", topic.id)
