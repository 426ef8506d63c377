"""Folders of seeds, and several of them laid over each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path


class Folder(Protocol):
    """Where seeds are read: a folder, one inside a package, or several laid over each other."""

    def joinpath(self, name: str, /) -> Path | Traversable: ...


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Seeds folders, of which the first that has a sub-folder gives it: none need be whole."""

    folders: tuple[Path, ...]

    def joinpath(self, name: str, /) -> Path:
        """The sub-folder of this name, of the first folder where there is none."""
        inside = [folder / name for folder in self.folders]
        return next((each for each in inside if each.is_dir()), inside[0])

    def __str__(self) -> str:
        return str(self.folders[0])
