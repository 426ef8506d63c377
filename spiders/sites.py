"""A site is a seed file: its model, its checks, and the loading of a folder of them."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from spiders.errors import SeedError
from spiders.proxyaddress import proxy_of
from spiders.remedies import seed_error
from storage.sources import Kind

POLITE_MIN_SECONDS = 60.0  # no public host is polled more often

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?")


def is_loopback(host: str) -> bool:
    """Whether a host name or address (no port) can only be this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        named = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
    except ValueError:
        named = None
    if not named or re.search(r"[\s\x00-\x1f]", value) or "@" in parts.netloc:
        raise ValueError(f"{value!r} is not an http or https address")
    return value


def _host(value: str) -> str:
    if not _HOST.fullmatch(value):
        raise ValueError(f"{value!r} is not a host name in small letters")
    return value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"{value!r} is not a regular expression ({error})") from None
    if not value:
        raise ValueError("an empty pattern matches everything")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):
        raise ValueError(f"{value!r} is not a time zone") from None
    return value


def _proxy(value: str) -> str:
    if value:
        proxy_of(value)
    return value


def _selector(value: str) -> str:
    from parsel.csstranslator import HTMLTranslator  # noqa: PLC0415 - only [select] pays for lxml

    try:
        HTMLTranslator().css_to_xpath(value)
    except Exception as error:
        raise ValueError(f"{value!r} is not a CSS selector ({error})") from None
    return value


Text = Annotated[str, Field(min_length=1)]
Address = Annotated[str, AfterValidator(_address)]
Host = Annotated[str, AfterValidator(_host)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Selector = Annotated[str, AfterValidator(_selector)]
Addresses = Annotated[tuple[Address, ...], Field(strict=False)]


class _Table(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


class Select(_Table):
    """CSS for pages whose structured data is not enough."""

    title: Selector | None = None
    body: Selector | None = None
    published: Selector | None = None
    drop: Annotated[tuple[Selector, ...], Field(strict=False)] = ()


class Poll(_Table):
    """How often the sources are asked, and how long to wait between two requests to a host."""

    min_seconds: Annotated[float, Field(gt=0)] = 60.0
    max_seconds: Annotated[float, Field(gt=0)] = 3600.0
    delay_seconds: Annotated[float, Field(ge=0, le=3600)] = 1.0

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.max_seconds < self.min_seconds:
            raise ValueError("max_seconds is smaller than min_seconds")
        return self


class Expect(_Table):
    """What a healthy site looks like."""

    min_links: Annotated[int, Field(ge=0)] = 5
    silent_hours: Annotated[float, Field(gt=0)] = 24.0


class Site(_Table):
    """One outlet, as its seed file describes it. Hosts may carry a port."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    name: Text
    home: Address
    zone: Annotated[str, AfterValidator(_zone)]
    checked: Annotated[str, Field(pattern=r"^(\d{4}-\d{2}(-\d{2})?)?$")] = ""
    active: bool = True
    hosts: Annotated[tuple[Host, ...], Field(strict=False)] = ()
    feeds: Addresses = ()
    sitemaps: Addresses = ()
    pages: Addresses = ()
    article: Pattern
    identity: Pattern | None = None
    proxy: Annotated[str, AfterValidator(_proxy), Field(repr=False)] = ""  # may hold a password
    max_age_hours: Annotated[float, Field(ge=0)] = 48.0
    select: Select = Select()
    poll: Poll = Poll()
    expect: Expect = Expect()

    @field_validator("feeds", "sitemaps", "pages", "hosts")
    @classmethod
    def _once(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if values.count(value) > 1:
                raise ValueError(f"{value!r} stands there twice")
        return values

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.sources and self.active:
            raise ValueError("feeds: no feeds, sitemaps or pages")
        hosts = [urlsplit(url).hostname or "" for url, _ in self.sources]
        if self.poll.min_seconds < POLITE_MIN_SECONDS and not all(map(is_loopback, hosts)):
            raise ValueError(f"poll.min_seconds: {self.poll.min_seconds:g} is below 60")
        return self

    @cached_property
    def sources(self) -> tuple[tuple[str, Kind], ...]:
        """Every address that lists articles, in the order of the seed."""
        kinds: tuple[tuple[tuple[str, ...], Kind], ...] = (
            (self.feeds, "feed"),
            (self.sitemaps, "sitemap"),
            (self.pages, "page"),
        )
        return tuple((url, kind) for urls, kind in kinds for url in urls)

    @cached_property
    def article_pattern(self) -> re.Pattern[str]:
        return re.compile(self.article)

    @cached_property
    def identity_pattern(self) -> re.Pattern[str] | None:
        return re.compile(self.identity) if self.identity else None


@dataclass(frozen=True, slots=True)
class Sites:
    """The seeds of a folder: those that can be used, and one error for each that cannot."""

    by_id: dict[str, Site] = field(default_factory=dict)
    errors: list[SeedError] = field(default_factory=list)

    def active(self) -> Iterator[Site]:
        """The sites that are crawled, by id."""
        return (site for site in self.by_id.values() if site.active)


def load(folder: Path | Traversable) -> Sites:
    """Read `folder`/sites/*.toml, by name; a bad seed costs one error and the others still load."""
    sites, claimed = Sites(), dict[str, str]()
    seeds = folder.joinpath("sites")
    files = sorted(seeds.iterdir(), key=lambda file: file.name) if seeds.is_dir() else []
    for file in files:
        if not file.name.lower().endswith(".toml"):
            continue
        try:
            site = read(file)
            _claim(site, f"sites/{file.name}", sites, claimed)
        except SeedError as error:
            sites.errors.append(error)
    if not files:
        remedy = "put seeds there, or point MUNADI_SEEDS at a folder that has them"
        sites.errors.append(SeedError(str(seeds), "", "no site seeds", remedy))
    return sites


def load_usable(folder: Path | Traversable) -> Sites:
    """The seeds of a folder as `load` reads them; raises SeedError if none of them can be used."""
    sites = load(folder)
    if any(sites.active()):
        return sites
    idle = SeedError(str(folder), "", "every site is inactive", "write active = true into one")
    raise (sites.errors or [idle])[0]


def read(file: Path | Traversable) -> Site:
    """The site of one seed file; raises SeedError."""
    name = f"sites/{file.name}"
    stem = file.name.rpartition(".")[0]
    try:
        values = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise SeedError(name, "", f"not TOML ({error})", "mend that line") from None
    except UnicodeDecodeError:
        raise SeedError(name, "", "not UTF-8", "save the file as UTF-8") from None
    except OSError as error:
        raise SeedError(name, "", f"cannot be read ({error.strerror})", "mend the file") from None
    if "id" in values:
        raise SeedError(name, "id", "unknown key", "the file name is the id: remove it")
    try:
        return Site.model_validate({**values, "id": stem})
    except ValidationError as error:
        raise seed_error(name, error.errors(include_url=False)) from None


def _claim(site: Site, file: str, sites: Sites, claimed: dict[str, str]) -> None:
    if site.id in sites.by_id:
        raise SeedError(file, "", f"the id {site.id!r} is taken", "give the file another name")
    if site.active:
        for url, kind in site.sources:
            if url in claimed:
                wrong = f"{url!r} is a source of {claimed[url]} already"
                raise SeedError(file, f"{kind}s", wrong, "keep it in one of the two seeds")
        claimed.update((url, site.id) for url, _ in site.sources)
    sites.by_id[site.id] = site
