"""Scrapy's settings for `scrapy crawl SITE`, typed by hand: the crawl's own, and what `.env` says.

The service's worker does not load this, since `.env` holds the token too.
"""

import os

from pydantic_settings import BaseSettings, SettingsConfigDict


class _Given(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="MUNADI_", env_file=".env", env_ignore_empty=True, extra="ignore"
    )
    db: str = ""
    seeds: str = ""
    proxy: str = ""


for _name, _value in _Given().model_dump().items():
    os.environ[f"MUNADI_{_name.upper()}"] = _value

from spiders.settings import *  # noqa: E402, F403
