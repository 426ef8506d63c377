"""Commands on when and how a reader is told: quiet hours, digests, a limit, what rings."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.commands.asking import NAME_UNITS, Ask, Named, Reply, followed, named, unknown
from bot.commands.following import mine_rows
from bot.commands.spoken import ending_duration, is_off, spoken_digest, spoken_hours
from bot.messages.markup import clean, shorten
from bot.messages.times import lasting
from bot.texts.archive import ask_texts
from bot.texts.replies import say
from bot.texts.wishes import SettingTexts, setting_texts
from bot.texts.zones import label, near, zone_of
from storage.hours import HOURLY
from storage.preferences import FOR_EVER
from watch.arabic import fold

EVERYTHING = frozenset(fold("all everything كل الكل كله شيء الجميع").split())
LARGEST_LIMIT = 1_000


def quiet(ask: Ask) -> Reply:
    """Set quiet hours, with a zone or in the one known; `off`; bare: say what is set."""
    texts = setting_texts(ask.language)
    if not ask.words:
        return Reply(html=_quiet_now(ask, texts))
    if is_off(ask.words):
        ask.welcome()
        ask.store.preferences.be_quiet(ask.chat_id, None)
        return Reply(html=texts.quiet_off)
    spell = spoken_hours(ask.words)
    if spell is None:
        return _zone_alone(ask, texts)
    zone = zone_of(spell.rest) if spell.rest else None
    if spell.rest and zone is None:
        return _unknown_zone(texts, spell.rest)
    ask.welcome()
    none = spell.hours.start == spell.hours.end
    ask.store.preferences.be_quiet(ask.chat_id, None if none else spell.hours, zone)
    return Reply(html=texts.quiet_off if none else _quiet_now(ask, texts))


def _quiet_now(ask: Ask, texts: SettingTexts) -> str:
    wishes = ask.store.preferences.of(ask.chat_id)
    place = label(wishes.zone, ask.arabic)
    if wishes.quiet is None:
        return say(texts.quiet_none, zone=place)
    hours = wishes.quiet
    clock = ask.now.astimezone(wishes.zone)
    return say(
        texts.quiet_on,
        start=f"{hours.start:%H:%M}",
        end=f"{hours.end:%H:%M}",
        zone=place,
        clock=f"{clock:%H:%M}",
    )


def _zone_alone(ask: Ask, texts: SettingTexts) -> Reply:
    """`/quiet برلين` only says where the reader is."""
    zone = zone_of(ask.words)
    if zone is None:
        return Reply(html=texts.quiet_how)
    ask.welcome()
    ask.store.preferences.be_quiet(ask.chat_id, ask.store.preferences.of(ask.chat_id).quiet, zone)
    return Reply(html=_quiet_now(ask, texts))


def _unknown_zone(texts: SettingTexts, name: str) -> Reply:
    alike = near(name)
    told = say(texts.no_zone, name=shorten(clean(name), NAME_UNITS))
    return Reply(html=told + (say(texts.near_zone, name=alike) if alike else ""))


def digest(ask: Ask) -> Reply:
    """Gather alerts into an hourly or daily digest; `off`; bare: say what is set."""
    texts = setting_texts(ask.language)
    if not ask.words:
        return Reply(html=_digest_now(ask, texts))
    wanted = None if is_off(ask.words) else spoken_digest(ask.words)
    if wanted is None and not is_off(ask.words):
        return Reply(html=texts.digest_how)
    ask.welcome()
    ask.store.preferences.gather(ask.chat_id, wanted)
    return Reply(html=_digest_now(ask, texts))


def _digest_now(ask: Ask, texts: SettingTexts) -> str:
    wishes = ask.store.preferences.of(ask.chat_id)
    if wishes.digest is None:
        return texts.digest_off
    if wishes.digest == HOURLY:
        return texts.digest_hourly
    return say(texts.digest_daily, time=wishes.digest, zone=label(wishes.zone, ask.arabic))


def limit(ask: Ask) -> Reply:
    """Send at most so many single alerts in an hour; `off`; bare: say what is set."""
    texts = setting_texts(ask.language)
    if ask.words:
        said = fold(ask.words).split()[0]
        wanted = int(said) if said.isdecimal() and len(said) < 6 else None
        if wanted is None and not is_off(ask.words):
            return Reply(html=texts.limit_how)
        ask.welcome()
        alerts = min(wanted, LARGEST_LIMIT) if wanted else None
        ask.store.preferences.limit(ask.chat_id, alerts)
    now = ask.store.preferences.of(ask.chat_id).hourly_limit
    if now is None:
        return Reply(html=texts.limit_off)
    return Reply(html=say(texts.limit_on, alerts=ask_texts(ask.language).alerts.counted(now)))


def mute(ask: Ask) -> Reply:
    """Let a topic, or everything, come without a sound, for a time or for good; bare: how."""
    texts = setting_texts(ask.language)
    words, span = ending_duration(ask.words)
    if not words and span is None:
        return Reply(html=texts.mute_how, buttons=mine_rows(ask))
    end = FOR_EVER if span is None else ask.now + span
    return _mute(ask, words, end, texts)


def unmute(ask: Ask) -> Reply:
    """Let a topic, or everything, ring again; bare: everything."""
    return _mute(ask, ask.words, None, setting_texts(ask.language))


def _mute(ask: Ask, words: str, end: datetime | None, texts: SettingTexts) -> Reply:
    """Without words, and with a word for everything, all that is followed is meant."""
    ask.welcome()
    told = "" if end is None else lasting(end, ask.now, _zone(ask), ask.language)
    if EVERYTHING.issuperset(fold(words).split()):
        ask.store.preferences.mute(ask.chat_id, end)
        if end is None:
            for each, _ in followed(ask):
                ask.store.preferences.mute(ask.chat_id, None, each.id)
        return Reply(html=say(texts.muted_all, until=told) if end else texts.unmuted_all)
    topic = named(ask, words)
    if topic is None:
        return unknown(ask, words)
    if not ask.store.preferences.mute(ask.chat_id, end, topic.id):
        return Reply(html=say(texts.follow_first, topic=topic.name))
    template = texts.muted if end else texts.unmuted
    return Reply(html=say(template, topic=topic.name, until=told), buttons=mine_rows(ask))


def _zone(ask: Ask) -> ZoneInfo:
    return ask.store.preferences.of(ask.chat_id).zone


def urgent(ask: Ask) -> Reply:
    """Let a topic break through quiet hours, digests and the limit; `[TOPIC] off`: no more."""
    texts = setting_texts(ask.language)
    if not ask.words:
        return Reply(html=texts.urgent_how)
    if is_off(ask.words):
        for each in ask.store.preferences.wishes(ask.chat_id):
            ask.store.preferences.urge(ask.chat_id, each, False)
        return Reply(html=texts.urgent_none)
    name, _, last = ask.words.rpartition(" ")
    off = bool(name) and is_off(last)
    topic = named(ask, name if off else ask.words)
    if topic is None:
        return unknown(ask, ask.words)
    return _urge(ask, topic, texts, on=not off)


def _urge(ask: Ask, topic: Named, texts: SettingTexts, *, on: bool) -> Reply:
    if not ask.store.preferences.urge(ask.chat_id, topic.id, on):
        return Reply(html=say(texts.follow_first, topic=topic.name))
    return Reply(html=say(texts.urgent_on if on else texts.urgent_off, topic=topic.name))
