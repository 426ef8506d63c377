"""Commands that ask: the latest stories, why an alert came, how much came in a week."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.asking import Ask, Reply, followed, named, unknown
from bot.commands.keyboards import name_of
from bot.messages.markup import clean, isolate, link, shorten, text
from bot.messages.times import clock
from bot.texts.archive import AskTexts, ask_texts
from bot.texts.cards import card_texts
from bot.texts.replies import say
from bot.texts.summaries import summary_texts
from storage.preferences import Preference
from storage.questions import Line, Why
from watch.records import Level

SHOWN = 10
TITLE_UNITS = 130
NAME_UNITS = 60
WORDS = 8


def latest(ask: Ask) -> Reply:
    """The newest stories of a topic, or of all that is followed, or of all there are."""
    texts = ask_texts(ask.language)
    if ask.words:
        topic = named(ask, ask.words)
        if topic is None:
            return unknown(ask, ask.words)
        ids, head = [topic.id], say(texts.latest_of, topic=topic.name)
    else:
        held = [topic.id for topic, _ in followed(ask)]
        ids, head = held or [topic.id for topic in ask.topics], texts.latest
    found = ask.store.questions.latest(ids, SHOWN, mentions=False)
    if not found:
        found = ask.store.questions.latest(ids, SHOWN, mentions=True)
    lines = story_lines(ask, found) or [ask.texts.mark + texts.nothing_yet]
    return Reply(html="\n".join([f"{ask.texts.mark}<b>{head}</b>", *lines]))


def story_lines(ask: Ask, stories: Sequence[Line]) -> list[str]:
    """A line for each story: title with link, outlet, how many print it, when."""
    wishes: Preference = ask.store.preferences.of(ask.chat_id)
    counted = card_texts(ask.language)
    lines = []
    for story in stories:
        parts = [link(story.url, _name(story.title or story.url, TITLE_UNITS))]
        parts.append(_name(story.outlet, NAME_UNITS))
        if story.outlets > 1:
            parts.append(counted.printed_by(story.outlets))
        parts.append(clock(story.first_seen, ask.now, wishes.zone, ask.texts))
        lines.append(ask.texts.mark + "• " + " · ".join(parts))
    return lines


def why(ask: Ask) -> Reply:
    """Why this chat got the alert that is answered, or the last one."""
    texts = ask_texts(ask.language)
    found = ask.store.questions.why(ask.chat_id, ask.reply_to)
    if found is None or not found[1]:
        return Reply(html=texts.why_none)
    title, reasons = found
    lines = [f"<b>{texts.why_head.format(title=_name(title, TITLE_UNITS))}</b>"]
    for reason in reasons:
        lines += ["", *_why(ask, reason, texts)]
    return Reply(html="\n".join(ask.texts.mark + line if line else "" for line in lines))


def _why(ask: Ask, why: Why, texts: AskTexts) -> list[str]:
    known = ask.topics.find(why.topic)
    name = name_of(known, ask.language) if known else why.name or why.topic
    template = texts.why_about if why.level is Level.ABOUT else texts.why_mention
    lines = [template.format(topic=_name(name, NAME_UNITS), score=str(round(why.score * 100)))]
    shown = [_name(word, NAME_UNITS) for word in why.matched[:WORDS]]
    words = texts.why_words.format(words=ask.texts.comma.join(shown))
    lines.append(words + (f"{ask.texts.comma}{texts.why_title}" if why.in_title else ""))
    lines.append(texts.why_because.format(reason=_reason(why.reason, ask, texts)))
    return lines


def _reason(reason: str, ask: Ask, texts: AskTexts) -> str:
    """The clauses that decided the level, in the reader's language where it has them."""
    decided = reason.rpartition("because ")[2]
    between = " و" if ask.arabic else " and "
    clauses = [clause.partition(":")[0] for clause in decided.split(" and ")]
    return between.join(texts.clauses.get(clause) or _name(clause, 200) for clause in clauses)


def stats(ask: Ask) -> Reply:
    """What this chat got in the last seven days, by topic."""
    texts, counted = ask_texts(ask.language), summary_texts(ask.language)
    week = ask.store.questions.week(ask.chat_id, ask.now)
    lines = [
        texts.stats.format(
            read=week.read,
            alerts=week.alerts,
            told=week.in_summaries,
            replies=week.replies,
        )
    ]
    for topic, saved, stories in week.by_topic:
        known = ask.topics.find(topic)
        name = name_of(known, ask.language) if known else saved or topic
        lines.append(
            texts.stats_topic.format(
                topic=_name(name, NAME_UNITS), stories=counted.stories.counted(stories)
            )
        )
    if held := ask.store.summaries.held(ask.chat_id):
        lines.append(texts.stats_held.format(number=held))
    return Reply(html="\n".join(ask.texts.mark + line for line in lines))


def _name(value: str, limit: int) -> str:
    return isolate(text(shorten(clean(value), limit)))
