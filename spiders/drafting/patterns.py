r"""Works out which paths of an outlet are articles, and what names one, from links it lists. Pure.

Addresses are split into their parts, each part is described by what it looks like (a year, a
number, a slug), and addresses of one description become one pattern. A pattern ends with the part
that tells an article from a section: the last number, or the slug where there is none. It is meant
to be read and mended by people: `^/news/\d+`, `^/\d{4}/\d{2}/[^/]+`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

ENOUGH = 0.9  # of the links must fit
MAX_SHAPES = 3  # patterns that are joined into one; more are no pattern any more
MIN_ID = 20  # a number below is as likely a page of a list

_SLUG_HYPHENS = 2
_UUID = r"[\da-f]{8}-[\da-f-]{27}"
_PARTS = (
    (_UUID, re.compile(_UUID)),
    (r"\d{4}", re.compile(r"(?:19|20)\d\d")),
    (r"\d{8}", re.compile(r"20\d{6}")),
    (r"\d{1,2}", re.compile(r"\d{1,2}")),
    (r"\d+", re.compile(r"\d+")),
    (r"\d{8}-[^/]+", re.compile(r"20\d{6}-.+")),
    (r"\d+-[^/]+", re.compile(r"\d+-.+")),
    (r"[^/]+-\d+\.html?", re.compile(r".+-\d+\.html?")),
    (r"[^/]+_\d+\.html?", re.compile(r".+_\d+\.html?")),
    (r"\d+\.html?", re.compile(r"\d+\.html?")),
    (r"[^/]+-\d+", re.compile(r".+-\d{3,}")),
    (r"[a-z]-\d+", re.compile(r"[a-z]-\d+")),
    (r"[a-z]+\d+\.html?", re.compile(r"[a-z]+\d{3,}\.html?")),
    (r"[a-z]+\d+", re.compile(r"[a-z]+\d{3,}")),
    (r"[^/]+\.html?", re.compile(r".+\.html?")),
)

_NAMELESS = (_UUID, r"\d{4}", r"\d{1,2}", r"\d{8}", r"\d{8}-[^/]+")  # no number of its own


@dataclass(frozen=True, slots=True)
class Drafted:
    """A pattern for articles and, where one is sure, one for what names an article."""

    article: str
    identity: str | None
    fits: int  # of the links
    links: int
    weak: bool = False  # nothing but a slug tells an article from a section


def draft(urls: Iterable[str]) -> Drafted | None:
    """The patterns of these addresses, which are mostly articles; None if they have none."""
    paths = list(dict.fromkeys(map(_target, urls)))
    if not paths:
        return None
    if keyed := _by_query(paths):
        return keyed
    shapes: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for path in paths:
        parts = path.partition("?")[0].strip("/").split("/")
        if parts != [""]:
            shapes[_kinds(parts)].append(parts)
    ranked = sorted(shapes.items(), key=lambda shape: -len(shape[1]))
    chosen: list[_Shape] = []
    for kinds, members in ranked[:MAX_SHAPES]:
        if sum(len(shape.members) for shape in chosen) >= ENOUGH * len(paths):
            break
        chosen.append(_Shape(kinds, members))
    if not chosen:
        return None
    numbered = [shape for shape in chosen if shape.ends_in_number]
    if sum(len(shape.members) for shape in numbered) >= len(paths) / 2:
        chosen = numbered  # a slug alone would let in sections
    return _joined(chosen, paths)


def _joined(shapes: Sequence[_Shape], paths: Sequence[str]) -> Drafted:
    patterns = list(dict.fromkeys(shape.pattern() for shape in shapes))
    article = patterns[0] if len(patterns) == 1 else f"^(?:{'|'.join(p[1:] for p in patterns)})"
    identities = {shape.identity() for shape in shapes}
    identity = identities.pop() if len(identities) == 1 else None
    fits = sum(1 for path in paths if re.search(article, path))
    weak = any(not shape.ends_in_number for shape in shapes)
    return Drafted(article, identity, fits, len(paths), weak)


class _Shape:
    """Paths whose parts look alike."""

    def __init__(self, kinds: tuple[str, ...], members: list[list[str]]) -> None:
        self.kinds = kinds
        self.members = members
        numbers = [at for at, kind in enumerate(kinds) if "\\d" in kind]
        self.last = numbers[-1] if numbers else len(kinds) - 1
        self.ends_in_number = bool(numbers)

    def pattern(self) -> str:
        """What the paths have in common, up to the part that tells an article."""
        parts = [self._part(at) for at in range(self.last + 1)]
        more = len(self.kinds) > self.last + 1
        if not self.ends_in_number:
            return f"^/{'/'.join(parts)}/?$"
        if more and self.kinds[self.last] in (r"\d{4}", r"\d{1,2}", r"\d{8}"):
            return f"^/{'/'.join(parts)}/[^/]+"  # a date alone is an archive's page
        return f"^/{'/'.join(parts)}{'/' if more else ''}".replace(r"-[^/]+", "-")

    def identity(self) -> str | None:
        """The number that names an article, if each has one of its own."""
        kind = self.kinds[self.last]
        if not self.ends_in_number or kind in _NAMELESS:
            return None
        numbers = [re.findall(r"\d+", parts[self.last]) for parts in self.members]
        named = [found[0] if kind.startswith(r"\d") else found[-1] for found in numbers]
        if len(set(named)) < len(named) or min(map(int, named)) < MIN_ID:
            return None
        before = "/".join(self._part(at) for at in range(self.last))
        before = f"^/{before}/" if before else "^/"
        after = "/" if len(self.kinds) > self.last + 1 else ""
        part = kind.replace(r"-[^/]+", "-") if kind.startswith(r"\d") else kind
        return before + part.replace(r"\d+", r"(\d+)") + after

    def _part(self, at: int) -> str:
        kind = self.kinds[at]
        if "\\d" in kind:
            if kind == r"\d{1,2}" and {len(parts[at]) for parts in self.members} == {2}:
                return r"\d{2}"
            return kind
        words = Counter(parts[at] for parts in self.members)
        word, count = words.most_common(1)[0]
        if count == len(self.members) and at < len(self.kinds) - 1 and "'" not in word:
            return re.escape(word).replace(r"\-", "-")
        if at == len(self.kinds) - 1 and all(
            parts[at].count("-") >= _SLUG_HYPHENS for parts in self.members
        ):
            return r"[^/]+-[^/]+-[^/]+"
        return kind if kind != "slug" else "[^/]+"


def _kinds(parts: Sequence[str]) -> tuple[str, ...]:
    kinds = [_kind(part) for part in parts]
    for at, kind in enumerate(kinds):
        if kind == r"\d{1,2}" and r"\d{4}" not in kinds[:at]:
            kinds[at] = r"\d+"  # a month or a day only behind a year
    return tuple(kinds)


def _kind(part: str) -> str:
    return next((kind for kind, form in _PARTS if form.fullmatch(part)), "slug")


def _target(url: str) -> str:
    parts = urlsplit(url)
    path = unquote(parts.path) or "/"
    return f"{path}?{parts.query}" if parts.query else path


def _by_query(paths: Sequence[str]) -> Drafted | None:
    """The pattern of outlets whose articles are one program's, named by a number in the query."""
    keyed = [urlsplit(path) for path in paths if "?" in path]
    if len(keyed) < ENOUGH * len(paths):
        return None
    program, count = Counter(parts.path for parts in keyed).most_common(1)[0]
    values: dict[str, list[str]] = defaultdict(list)
    for parts in keyed:
        if parts.path == program:
            for key, value in parse_qsl(parts.query):
                values[key].append(value)
    for key, numbers in values.items():
        if len(set(numbers)) == count and all(map(str.isdecimal, numbers)):
            start = rf"^{re.escape(program)}\?(?:.*&)?{re.escape(key)}="
            return Drafted(rf"{start}\d+", rf"{start}(\d+)", count, len(paths))
    return None
