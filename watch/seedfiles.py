"""Reading the seed files of the watch, and saying of each fault: file, key, fault, remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import ValidationError

from watch.errors import TopicError
from watch.seeds import ConceptSeed, Match, PlaceSeed, Seed, TopicSeed

if TYPE_CHECKING:
    from watch.folders import Folder

AnySeed = TypeVar("AnySeed", bound=Seed)


@dataclass(slots=True)
class Seeds:
    """All that a seeds folder says about the watch, by id."""

    topics: dict[str, TopicSeed] = field(default_factory=dict)
    concepts: dict[str, ConceptSeed] = field(default_factory=dict)
    places: dict[str, PlaceSeed] = field(default_factory=dict)


def read_seeds(folder: Folder) -> Seeds:
    """Read a seeds folder; raises `TopicError` with every fault found."""
    if not folder.joinpath("topics").is_dir():
        raise TopicError([f"{folder}: holds no folder topics/; put one <id>.toml a topic there"])
    faults: list[str] = []
    seeds = Seeds()
    for name, table in _tables(folder, "places", faults):
        for key, entry in table.items():
            if key in seeds.places:
                faults.append(f"{name}: {key}: this place is already in another file; keep one")
            faults += _keep(seeds.places, key, PlaceSeed, entry, f"{name}: {key}")
    for name, table in _tables(folder, "concepts", faults):
        faults += _keep(seeds.concepts, _id(name), ConceptSeed, table, name)
    for name, table in _tables(folder, "topics", faults):
        faults += _keep(seeds.topics, _id(name), TopicSeed, table, name)
    faults += _dangling(seeds)
    if faults:
        raise TopicError(faults)
    return seeds


def _tables(folder: Folder, kind: str, faults: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each readable TOML file of a sub-folder with its short name, in order of name."""
    inside = folder.joinpath(kind)
    if not inside.is_dir():
        return
    for file in sorted(inside.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml") or file.name.startswith("."):
            continue
        name = f"{kind}/{file.name}"
        try:
            yield name, tomllib.loads(file.read_bytes().decode("utf-8-sig"))
        except UnicodeDecodeError:
            faults.append(f"{name}: is not UTF-8; save it as UTF-8")
        except tomllib.TOMLDecodeError as fault:
            faults.append(f"{name}: is not TOML: {fault}; mend that line")


def _id(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".toml")


def _keep(
    kept: dict[str, AnySeed], key: str, shape: type[AnySeed], table: object, where: str
) -> list[str]:
    """Check one table against its shape and keep it, or return what is wrong with it."""
    try:
        kept[key] = shape.model_validate(table)
    except ValidationError as error:
        return [f"{where}: {line}" for line in _lines(error, shape)]
    return []


def _lines(error: ValidationError, shape: type[Seed]) -> Iterator[str]:
    for fault in error.errors(include_url=False):
        key = ".".join(str(part) for part in fault["loc"]) or "the table"
        if fault["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
            yield f"{key}: unknown key; write only {', '.join(_keys(shape, fault['loc']))}"
        elif fault["type"] == "missing":
            yield f"{key}: is missing; write it"
        elif fault["type"] in ("model_type", "dataclass_type"):
            yield f"{key}: is not a table; write its keys under a [heading]"
        else:
            said = fault["msg"].removeprefix("Value error, ")
            yield f"{key}: {said.replace('Input should be', 'write')}"


def _keys(shape: type[Seed] | type[Match], where: tuple[int | str, ...]) -> Iterable[str]:
    """Return the keys of the table that holds the last part of `where`."""
    for part in where[:-1]:
        if isinstance(part, str) and issubclass(shape, Seed):
            inner = shape.model_fields[part].annotation
            choices = (inner, *get_args(inner))
            shape = next(
                each
                for each in choices
                if isinstance(each, type) and issubclass(each, (Seed, Match))
            )
    return shape.model_fields if issubclass(shape, Seed) else [key.name for key in fields(shape)]


def _terms(file: str, match: Match, seeds: Seeds) -> Iterator[str]:
    """Yield a line for each @concept or in:place of a rule that is not there."""
    for key in ("all", "any", "none"):
        for term in getattr(match, key):
            known = seeds.concepts if term.startswith("@") else seeds.places
            name = term.removeprefix("@").removeprefix("in:")
            if name != term and name not in known:
                yield f"{file}: match.{key}: nothing is called {term!r}; add it or write a phrase"


def _dangling(seeds: Seeds) -> Iterator[str]:
    """Yield a line for each reference to a place or concept that is not there, or to itself."""
    for key, topic in seeds.topics.items():
        file, match = f"topics/{key}.toml", topic.match
        if not (match.place or match.concept or match.phrases or match.all or match.any):
            yield f"{file}: match: matches nothing; write place, concept, phrases, all or any"
        yield from _terms(file, match, seeds)
        if match.concept and match.phrases:
            yield f"{file}: match.phrases: stands beside a concept; write one of the two"
        if match.place and match.place not in seeds.places:
            yield (
                f"{file}: match.place: no place {match.place!r} in places/; "
                "add it there or write match.phrases"
            )
        if match.concept and match.concept not in seeds.concepts:
            yield (
                f"{file}: match.concept: no concept {match.concept!r} in concepts/; "
                "add it there or write match.phrases"
            )
    for key, place in seeds.places.items():
        seen, up = {key}, place.lies_in
        while up:
            if up not in seeds.places:
                yield f"places: {key}: lies_in: no place {up!r}; add it or leave the key out"
                break
            if up in seen:
                yield f"places: {key}: lies_in: lies in itself by way of {up!r}; break the ring"
                break
            seen.add(up)
            up = seeds.places[up].lies_in
