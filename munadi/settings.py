"""What the environment says, read here and nowhere else (Scrapy's settings module apart)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from spiders.outward import Outward, contact_of
from spiders.pace.plan import POLLS_PER_SECOND
from spiders.proxyaddress import proxy_of
from watch.folders import Overlaid


def packaged_seeds() -> Path:
    """Where the seeds are inside an installed package; a checkout has nothing there."""
    return Path(__file__).with_name("seeds")


def shipped_seeds() -> Path:
    """The seeds that come with munadi: inside the wheel, or beside the packages in a checkout."""
    packaged = packaged_seeds()
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "seeds"


class UnreadableSettingsError(Exception):
    """The file of settings cannot be read; the message says how to mend it."""


class CrawlSettings(BaseSettings):
    """What reading the news needs: nothing of Telegram's among it."""

    model_config = SettingsConfigDict(
        env_prefix="MUNADI_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    def __init__(self) -> None:
        try:
            super().__init__()
        except UnicodeDecodeError:
            raise UnreadableSettingsError(".env is not UTF-8: save the file as UTF-8") from None
        except OSError as error:
            raise UnreadableSettingsError(
                f".env cannot be read ({error.strerror}): give this user the right to read it"
            ) from None

    db: Path = Path("data/munadi.db")
    seeds: Path = Field(default_factory=shipped_seeds)
    polls_per_second: float = Field(default=POLLS_PER_SECOND, gt=0, allow_inf_nan=False)

    proxy: SecretStr | None = None  # its address may hold a password
    contact: str | None = None

    @field_validator("proxy")
    @classmethod
    def _usable(cls, proxy: SecretStr | None) -> SecretStr | None:
        if proxy:
            proxy_of(proxy.get_secret_value())
        return proxy

    @field_validator("contact")
    @classmethod
    def _fit_for_a_header(cls, contact: str | None) -> str | None:
        return contact and contact_of(contact)

    @property
    def outward(self) -> Outward:
        """How requests to sites leave: the proxy for all, with its password, and whose they are."""
        return Outward(self.proxy.get_secret_value() if self.proxy else None, self.contact)

    @property
    def topic_folders(self) -> tuple[Path, ...]:
        """Where topics, places and concepts are: in the given seeds, else in the shipped ones."""
        own = (self.seeds / "topics").is_dir()
        return (self.seeds, shipped_seeds()) if own else (shipped_seeds(),)

    @property
    def topic_seeds(self) -> Overlaid:
        """`topic_folders`, laid over each other."""
        return Overlaid(self.topic_folders)


EXAMPLES = {  # what to write where pydantic's word alone is no help
    "ADMINS": "the chats' numbers, as in 7,-1001234",
    "POLLS_PER_SECOND": "a number, as in 50",
}


class Settings(CrawlSettings):
    """What telling it needs besides."""

    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    admins: Annotated[tuple[int, ...], NoDecode] = ()

    @field_validator("telegram_token")
    @classmethod
    def _blank_is_none(cls, token: SecretStr | None) -> SecretStr | None:
        return token if token and token.get_secret_value().strip() else None

    @field_validator("telegram_api")
    @classmethod
    def _no_trailing_slash(cls, address: str) -> str:
        if not address.startswith(("http://", "https://")):
            raise ValueError("write an address that begins with https:// (or http:// on loopback)")
        return address.rstrip("/")

    @field_validator("admins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value
