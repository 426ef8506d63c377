"""The shapes of the seed files of the watch: topics, concepts and places. Data only, no rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from watch.phrases import parse
from watch.records import Level


def _readable(written: str) -> str:
    if "@" in written:
        raise ValueError("write plain words; only all, any and none may name a @concept")
    parse(written)
    return written


def _term(written: str) -> str:
    return written if written.startswith(("@", "in:")) else _readable(written)


Term = Annotated[str, AfterValidator(_term)]  # a phrase, @concept or in:place
Written = Annotated[str, AfterValidator(_readable)]  # a phrase as `watch.phrases` reads it


class Seed(BaseModel):
    """A table of a seed file; keys that are not known are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Beside(Seed):
    """Words near a name that change what it is: milk beside حلب; or marks that it cannot have."""

    words: tuple[Written, ...] = ()
    vowels: str = ""  # the name with its short vowels: a word printed with others is not the name
    before: int = Field(default=0, ge=0, le=20)  # how many words before the find are looked at
    after: int = Field(default=0, ge=0, le=20)
    but_after: tuple[Written, ...] = ()  # right after one of these only the next two words count
    why: str

    @model_validator(mode="after")
    def _says_something(self) -> Beside:
        if bool(self.words) == bool(self.vowels):
            raise ValueError("write either words that stand near the name, or its vowels")
        return self


class PlaceSeed(Seed):
    """A place with its names, or the parties to a place's conflict."""

    name: Written
    name_en: str
    spellings: tuple[Written, ...] = ()  # of `name` itself: who types one asks for all
    names: tuple[Written, ...] = ()
    nisba: tuple[Written, ...] = ()  # سوري: its feminine, dual and plurals are formed
    holds: tuple[Written, ...] = ()  # names of what lies in it and needs no entry of its own
    shy: tuple[Written, ...] = ()  # such names that are also everyday words: need kin beside them
    namesakes: tuple[Written, ...] = ()  # such that are also names of other things: need it too
    lies_in: str = ""  # id of the place that holds it
    party: bool = False  # stands for its place as a party to its conflict, and does not name it
    actor: bool = False  # acts or hosts talks far from home: never decides whose ceasefire it is
    unless: tuple[Beside, ...] = ()  # with these it is not the place
    passing: tuple[Beside, ...] = ()  # with these it names the place and says no more of it


class ConceptSeed(Seed):
    """A thing that happens, with all the phrases that name it."""

    name: str
    name_en: str
    phrases: tuple[Written, ...] = Field(min_length=1)
    kin: tuple[Written, ...] = ()  # of the same matter: they never name it, see `watch.features`
    unless: tuple[Beside, ...] = ()
    passing: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What makes an article one of a topic.

    A concept (or phrases) with a place is attached: the concept counts where it is that place's.
    Checked where it stands in a seed file; no model of its own, because a hundred thousand of them
    are kept, at a tenth of the memory.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    place: str = ""
    concept: str = ""
    phrases: tuple[Written, ...] = ()
    unless: tuple[Beside, ...] = ()
    all: tuple[Term, ...] = ()  # each of these must stand in the article
    any: tuple[Term, ...] = ()  # and one of these
    none: tuple[Term, ...] = ()  # and none of these
    near: Annotated[int, Field(ge=0, le=500)] = 0  # they stand within so many words; 0: anywhere
    same_sentence: bool = False
    field: Literal["", "title", "lead", "body"] = ""  # the part they stand in


class Example(Seed):
    """An article the topic must judge so."""

    title: str = ""
    text: str = ""
    level: Level


class CounterExample(Seed):
    """An article that is not the topic's at all, and why one might have thought so."""

    title: str = ""
    text: str = ""
    why: str


class TopicSeed(Seed):
    """What is watched, how readers call it, and the examples that prove it."""

    name: str
    name_en: str
    aliases: tuple[str, ...] = ()
    match: Match
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[CounterExample, ...] = ()
