"""When a story was published, as its readers say it: the hour in Damascus, and how long ago."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.texts.replies import Texts, of
from bot.texts.wishes import setting_texts
from storage.people import Language
from storage.preferences import FOR_EVER
from watch.records import Published

DAMASCUS = ZoneInfo("Asia/Damascus")
RECENT = timedelta(days=7)  # beyond this a date says more than a number of days
SKEW = timedelta(minutes=2)  # clocks of outlets run ahead this much without meaning the future


def moment(when: Published, now: datetime, texts: Texts) -> str:
    """A publication time: with hour and age where the hour is known, else the bare date.

    A time that lies ahead of `now` is shown as given, without an age.
    """
    if not isinstance(when, datetime):
        return day(when, now, texts)
    told = texts.damascus.format(time=hour(when, now, texts))
    age = now - when
    if -SKEW <= age < RECENT:
        told += texts.comma + ago(age, texts)
    return told


def hour(when: datetime, now: datetime, texts: Texts) -> str:
    """The hour in Damascus, with its day when that is not today."""
    return clock(when, now, DAMASCUS, texts)


def clock(when: datetime, now: datetime, zone: ZoneInfo, texts: Texts) -> str:
    """The hour in a zone, with its day when that is not today there."""
    local = when.astimezone(zone)
    told = f"{local:%H:%M}"
    if local.date() == now.astimezone(zone).date():
        return told
    return day(local, now, texts) + texts.comma + told


def lasting(end: datetime, now: datetime, zone: ZoneInfo, language: Language) -> str:
    """Until when something lasts, in words."""
    texts = setting_texts(language)
    if end >= FOR_EVER:
        return texts.for_ever
    return texts.until.format(time=clock(end, now, zone, of(language)))


def day(when: Published, now: datetime, texts: Texts) -> str:
    """A date with the Levant's month names, and its year when that is not this one."""
    named = f"{when.day} {texts.months[when.month - 1]}"
    same_year = when.year == now.astimezone(DAMASCUS).year
    return named if same_year else f"{named} {when.year}"


def ago(age: timedelta, texts: Texts) -> str:
    """How long ago, in the largest unit that fits, rounded down."""
    minutes = int(age.total_seconds()) // 60
    if minutes < 1:
        return texts.just_now
    if minutes < 60:
        return texts.ago.format(time=texts.minutes.counted(minutes))
    if minutes < 24 * 60:
        return texts.ago.format(time=texts.hours.counted(minutes // 60))
    return texts.ago.format(time=texts.days.counted(minutes // (24 * 60)))
