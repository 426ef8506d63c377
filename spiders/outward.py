"""How requests leave this machine: in whose name, and by which proxy."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_PAGE_OR_MAIL = re.compile(r"https?://[!-'*-~]+|[!-'*-?A-~]+@[!-'*-?A-~]+")  # no bracket ends it


@dataclass(frozen=True, slots=True)
class Outward:
    """What all requests to sites have in common."""

    proxy: str | None = field(default=None, repr=False)  # may hold a password
    contact: str | None = None

    def environment(self) -> dict[str, str]:
        """The same as variables that `spiders.settings` reads in another process."""
        named = {"MUNADI_PROXY": self.proxy, "MUNADI_CONTACT": self.contact}
        return {name: value for name, value in named.items() if value}

    def apply(self, settings: BaseSettings) -> None:
        """Put it into the settings of a crawl; what is not given stays as the environment says."""
        if self.proxy:
            settings.set("MUNADI_PROXY", self.proxy, priority="cmdline")
        if self.contact:
            settings.set("USER_AGENT", user_agent(self.contact), priority="cmdline")


PLAIN = Outward()


def user_agent(contact: str) -> str:
    """Who asks, and where outlets can reach whoever runs this."""
    return f"munadi/{version('munadi')}" + (f" (+{contact})" if contact else "")


def contact_of(text: str) -> str:
    """Read the address of a page or a mailbox, as it may stand in a header; else ValueError."""
    if len(text) > 200 or not _PAGE_OR_MAIL.fullmatch(text):
        raise ValueError("not a page or a mailbox as in https://example.org/munadi")
    return text
