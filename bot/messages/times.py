"""When a story was published, as its reader says it: the hour where he is, and how long ago."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.messages.markup import is_rtl, isolate
from bot.texts.replies import Texts, of
from bot.texts.wishes import setting_texts
from bot.texts.zones import label
from storage.people import Language
from storage.preferences import FOR_EVER
from watch.records import Published

RECENT = timedelta(days=7)  # beyond this a date says more than a number of days
SKEW = timedelta(minutes=2)  # clocks of outlets run ahead this much without meaning the future


def moment(when: Published, now: datetime, zone: ZoneInfo, texts: Texts) -> str:
    """A publication time: with hour and age where the hour is known, else the bare date.

    A time that lies ahead of `now` is shown as given, without an age.
    """
    if not isinstance(when, datetime):
        return day(when, now.astimezone(zone), texts)
    told = at(when, now, zone, texts)
    age = now - when
    if -SKEW <= age < RECENT:
        told += texts.comma + ago(age, texts)
    return told


def at(when: datetime, now: datetime, zone: ZoneInfo, texts: Texts) -> str:
    """The hour in a zone, and whose hour it is."""
    arabic = texts is of("ar")
    place = label(zone, arabic)
    shown = place if is_rtl(place) is arabic else isolate(place)
    return texts.clock.format(time=clock(when, now, zone, texts), zone=shown)


def clock(when: datetime, now: datetime, zone: ZoneInfo, texts: Texts) -> str:
    """The hour in a zone, with its day when that is not today there."""
    local = when.astimezone(zone)
    told = f"{local:%H:%M}"
    if local.date() == now.astimezone(zone).date():
        return told
    return day(local, now.astimezone(zone), texts) + texts.comma + told


def lasting(end: datetime, now: datetime, zone: ZoneInfo, language: Language) -> str:
    """Until when something lasts, in words."""
    texts = setting_texts(language)
    if end >= FOR_EVER:
        return texts.for_ever
    return texts.until.format(time=clock(end, now, zone, of(language)))


def day(when: Published, now: datetime, texts: Texts) -> str:
    """A date with the Levant's month names, and its year when that is not this one."""
    named = f"{when.day} {texts.months[when.month - 1]}"
    return named if when.year == now.year else f"{named} {when.year}"


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
