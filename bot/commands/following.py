"""Commands on topics: follow and leave them, and see what is followed."""

from __future__ import annotations

from bot.commands import keyboards
from bot.commands.asking import Ask, Named, Reply, followed, named, unknown
from bot.commands.keyboards import Rows, name_of
from bot.messages.times import lasting
from bot.texts.replies import say
from bot.texts.wishes import setting_texts
from bot.texts.zones import label
from storage.preferences import Wish
from watch.arabic import fold
from watch.records import Level

ABOUT_WORDS = frozenset(fold("about only عنه عنها فقط موضوعه موضوعا").split())
ALL_WORDS = frozenset(fold("all every mention mentions كل الكل كله ذكر ذكره الذكر").split())
EVERYTHING = frozenset(fold("all everything كل الكل").split())
OWN = Wish(False, None)


def follow(ask: Ask) -> Reply:
    """Follow a topic by its id or any of its names, `all` for every mention; bare: buttons."""
    if not ask.words:
        return choice(ask, ask.texts.choose)
    topic, level = _wanted(ask)
    return unknown(ask, ask.words) if topic is None else _follow(ask, topic, level)


def follow_all(ask: Ask) -> Reply:
    """The button beside a followed topic: every mention."""
    topic = named(ask, ask.words)
    return _follow(ask, topic, Level.MENTION) if topic else unknown(ask, ask.words)


def follow_about(ask: Ask) -> Reply:
    """The same button when every mention is on: only what is about it."""
    topic = named(ask, ask.words)
    return _follow(ask, topic, Level.ABOUT) if topic else unknown(ask, ask.words)


def _follow(ask: Ask, topic: Named, level: Level) -> Reply:
    ask.welcome()
    ask.receive_here()
    changed = ask.people.follow(ask.chat_id, topic.id, level, ask.now)
    told = ask.texts.followed_all if level is Level.MENTION else ask.texts.followed
    template = told if changed else ask.texts.already
    return Reply(html=say(template, topic=topic.name), buttons=topic_buttons(ask))


def unfollow(ask: Ask) -> Reply:
    """Stop following a topic, a saved line or all; bare: buttons of what is followed."""
    if not ask.words:
        if not ask.people.followed(ask.chat_id):
            return choice(ask, ask.texts.nothing_followed)
        return Reply(html=ask.texts.choose_stop, buttons=mine_rows(ask))
    topic, held = named(ask, ask.words), followed(ask)
    if topic is None and fold(ask.words) in EVERYTHING:
        for each, _ in held:
            _leave(ask, each)
        return Reply(html=ask.texts.unfollowed_all, buttons=topic_buttons(ask))
    if topic is None:  # a topic may have been taken away since
        topic = next((each for each, _ in held if each.id == ask.words), None)
    if topic is None:
        return unknown(ask, ask.words)
    template = ask.texts.unfollowed if _leave(ask, topic) else ask.texts.not_followed
    return Reply(html=say(template, topic=topic.name), buttons=topic_buttons(ask))


def _leave(ask: Ask, topic: Named) -> bool:
    """True when this changed something."""
    changed = ask.people.unfollow(ask.chat_id, topic.id)
    return changed if topic.saved is None else ask.store.watches.drop(ask.chat_id, topic.saved)


def topics(ask: Ask) -> Reply:
    """List the topics and mark those that are followed."""
    levels = {s.topic: s.level for s in ask.people.followed(ask.chat_id)}
    lines = [ask.texts.list_head if len(ask.topics) else ask.texts.list_none]
    for topic in ask.topics:
        mark = "✅" if topic.id in levels else "▫️"
        name = name_of(topic, ask.language)
        told = say("{mark} {name} – <code>{id}</code>", mark=mark, name=name, id=topic.id)
        every = levels.get(topic.id) is Level.MENTION
        lines.append(told + (f" ({ask.texts.every_mention})" if every else ""))
    return Reply(html="\n".join(lines), buttons=topic_buttons(ask))


def mine(ask: Ask) -> Reply:
    """List what is followed, each with its level and wishes, and buttons to change them."""
    held = followed(ask)
    if not held:
        return choice(ask, ask.texts.nothing_followed)
    wishes = ask.store.preferences.wishes(ask.chat_id)
    texts = setting_texts(ask.language)
    lines = [f"<b>{texts.mine}</b>"]
    for topic, level in held:
        wish = wishes.get(topic.id, OWN)
        told = [ask.texts.every_mention] if level is Level.MENTION else []
        told += [texts.is_urgent] if wish.urgent else []
        if wish.muted_until is not None and wish.muted_until > ask.now:
            zone = ask.store.preferences.of(ask.chat_id).zone
            told.append(texts.is_muted + lasting(wish.muted_until, ask.now, zone, ask.language))
        line = say("• {name}", name=topic.name)
        lines.append(line + (f" ({ask.texts.comma.join(told)})" if told else ""))
    return Reply(html="\n".join([*lines, *_settings(ask)]), buttons=mine_rows(ask))


def _settings(ask: Ask) -> list[str]:
    """The reader's own hours, digest, limit and mute, where there are any."""
    wishes, texts = ask.store.preferences.of(ask.chat_id), setting_texts(ask.language)
    told = []
    if wishes.quiet is not None:
        told.append(f"🌙 {wishes.quiet} ({label(wishes.zone, ask.arabic)}) /quiet")
    if wishes.digest is not None:
        told.append(f"🗞 {wishes.digest} /digest")
    if wishes.hourly_limit is not None:
        told.append(f"⏸ {wishes.hourly_limit} /limit")
    if wishes.muted_until is not None and wishes.muted_until > ask.now:
        end = lasting(wishes.muted_until, ask.now, wishes.zone, ask.language)
        told.append(f"{texts.is_muted}{end} /unmute")
    return ["", *told] if told else []


def mine_rows(ask: Ask) -> Rows:
    """A row for each topic: leave it, change its level, mute it."""
    wishes = ask.store.preferences.wishes(ask.chat_id)
    muted = {
        topic
        for topic, wish in wishes.items()
        if wish.muted_until is not None and wish.muted_until > ask.now
    }
    held = [(topic.id, topic.name, level) for topic, level in followed(ask)]
    return keyboards.mine_rows(held, muted, ask.texts)


def _wanted(ask: Ask) -> tuple[Named | None, Level]:
    """The topic and the level in `TOPIC [all|about]`; a topic whose own name ends so wins."""
    if (topic := named(ask, ask.words)) is not None:
        return topic, Level.ABOUT
    name, _, last = ask.words.rpartition(" ")
    if name and fold(last) in ALL_WORDS:
        return named(ask, name), Level.MENTION
    if name and fold(last) in ABOUT_WORDS:
        return named(ask, name), Level.ABOUT
    return None, Level.ABOUT


def choice(ask: Ask, html: str) -> Reply:
    """A message with buttons of all topics."""
    return Reply(html=html, buttons=topic_buttons(ask))


def topic_buttons(ask: Ask) -> Rows:
    """Buttons of all topics."""
    held = ask.people.followed(ask.chat_id)
    return keyboards.topic_rows(ask.topics, held, ask.language, ask.texts)
