"""The made-up outlets and what they print, read from `outlets/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any, Literal

Listing = Literal["rss", "atom", "sitemap", "section"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An article as it stands from a stage of the play onwards."""

    stage: int
    published: datetime
    title: str
    paragraphs: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article with its later versions, and what munadi must make of it."""

    key: str
    path: str
    versions: tuple[Version, ...]
    fate: str
    topics: Mapping[str, str]  # topic: level
    note: str  # what makes it hard

    def at(self, stage: int) -> Version | None:
        """The version in print at a stage, None before the first."""
        printed = [version for version in self.versions if version.stage <= stage]
        return printed[-1] if printed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One made-up outlet: how it lists and prints, and its articles."""

    id: str
    name: str
    listing: Listing
    charset: str
    sister: bool  # a second host serves the same articles
    stranger: str  # path of a link it lists on a host that no seed names, or ""
    zone: str
    article: str
    identity: str
    select: Mapping[str, str | list[str]]
    pieces: tuple[Piece, ...]


def outlets(opened: datetime) -> tuple[Outlet, ...]:
    """The whole press; times of articles count back from `opened` (aware)."""
    folder = files("munadi.demo") / "outlets"
    texts = {file.name: file.read_text("utf-8") for file in folder.iterdir()}
    return tuple(
        _outlet(name.removesuffix(".toml"), tomllib.loads(texts[name]), opened)
        for name in sorted(texts)
        if name.endswith(".toml")
    )


def _outlet(name: str, row: dict[str, Any], opened: datetime) -> Outlet:
    return Outlet(
        id=name,
        name=row["name"],
        listing=row["listing"],
        charset=row.get("charset", "utf-8"),
        sister=row.get("sister", False),
        stranger=row.get("stranger", ""),
        zone=row["zone"],
        article=row["article"],
        identity=row["identity"],
        select=row.get("select", {}),
        pieces=tuple(_piece(piece, opened) for piece in row["articles"]),
    )


def _piece(row: dict[str, Any], opened: datetime) -> Piece:
    first = _version(row, opened)
    versions = (first, _version(row["update"], opened)) if "update" in row else (first,)
    return Piece(
        key=row["key"],
        path=first.published.strftime(row["path"]),
        versions=versions,
        fate=row["expect"]["fate"],
        topics=row["expect"]["topics"],
        note=row["expect"].get("note", ""),
    )


def _version(row: dict[str, Any], opened: datetime) -> Version:
    minutes = row.get("minutes", 0)
    return Version(
        stage=row["stage"],
        published=row.get("published") or opened - timedelta(minutes=minutes),
        title=row["title"],
        paragraphs=tuple(row["text"].strip().split("\n\n")) if row["text"].strip() else (),
        source=row.get("source", ""),
    )
