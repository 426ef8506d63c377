"""What the bot answers about the archive and a reader's own lines, in Arabic and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.texts.replies import Noun
from storage.people import Language
from watch import reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTexts:
    """One language; names in braces are filled in by `bot.texts.replies.say`."""

    latest: str
    latest_of: str
    nothing_yet: str
    search_how: str
    found: str
    found_nothing: str
    articles: Noun
    alerts: Noun
    watch_how: str
    watch_said: str
    watch_estimate: str
    seldom: str  # fewer than one alert a day
    watch_none: str
    watch_named: str
    named_in: Noun
    watch_much: str
    watch_examples: str
    watch_ask: str
    watch_yes: str
    watch_no: str
    watch_kept: str
    watch_dropped: str
    watch_old: str
    watch_many: str
    refused: str
    why_none: str
    why_head: str
    why_about: str
    why_mention: str
    why_words: str
    why_title: str
    why_because: str
    clauses: Mapping[str, str]  # of the operator's reasons, where this language says them anew
    stats: str
    read_nothing: str
    stats_topic: str
    stats_held: str


ARABIC = AskTexts(
    latest="آخر ما تتابعه",
    latest_of="آخر الأخبار: {topic}",
    nothing_yet="لا شيء بعد.",
    search_how=(
        "🔎 اكتب ما تبحث عنه، مثل <code>/search جسر حلب</code>. الكلمات كلها مطلوبة، "
        "و | تعني أو، و - تستبعد، و«…» عبارة، و@هدنة مفهوم، وفي:حلب مكان."
    ),
    found="🔎 {said}",
    found_nothing="لم أجد شيئًا.",
    articles=Noun(one="مقال", two="مقالين", few="مقالات", many="مقالًا", hundreds="مقال"),
    alerts=Noun(one="تنبيه واحد", two="تنبيهان", few="تنبيهات", many="تنبيهًا", hundreds="تنبيه"),
    watch_how=(
        "👁 اكتب ما تريد أن أراقبه، مثل <code>/watch جسر | معبر في:حلب</code>. الكلمات كلها "
        "مطلوبة، و | تعني أو، و - تستبعد، و«…» عبارة، و@هدنة مفهوم، وفي:حلب مكان."
    ),
    watch_said="فهمت: {said}.",
    watch_estimate="في آخر {articles}: {alerts} في اليوم تقريبًا.",
    seldom="أقل من تنبيه",
    watch_none="لم يرد هذا في آخر {articles}.",
    watch_named="لا خبر يدور حوله في آخر {articles}، وإنما يُذكر في {named}.",
    named_in=Noun(one="مقال واحد", two="مقالين", few="مقالات", many="مقالًا", hundreds="مقال"),
    watch_much="هذا يطابق كل مقال تقريبًا ({alerts} في اليوم). أضف كلمة أخص.",
    watch_examples="مثل:",
    watch_ask="أأراقبه لك؟ (أو اكتب <code>/watch نعم</code>)",
    watch_yes="نعم، راقبه",
    watch_no="لا",
    watch_kept="👁 أراقب لك الآن: <b>{line}</b>. تجده في /mine",
    watch_dropped="لم أحفظ شيئًا.",
    watch_old="هذا الزر لسطر قديم. اكتب السطر من جديد بعد /watch.",
    watch_many="تراقب {number} سطرًا، وهذا أقصى ما أحفظ. اترك واحدًا منها: /mine",
    refused="لا أستطيع هذا: {why}.",
    why_none="اكتب /why ردًّا على تنبيه من تنبيهاتي لأقول لك لماذا وصلك.",
    why_head="لماذا وصلك: {title}",
    why_about="<b>{topic}</b>: الخبر عنه (الثقة {score}٪)",
    why_mention="<b>{topic}</b>: الخبر يذكره ولا يدور حوله (احتمال أن يكون عنه {score}٪)",
    why_words="الكلمات: {words}",
    why_title="ومنها ما في العنوان",
    why_because="لأن {reason}",
    clauses=reasons.ARABIC,
    stats=(
        "📊 سبعة أيام: المقالات المقروءة {read}، وتنبيهاتك {alerts}، وفي الموجزات {told}، "
        "والوقائع التي تغيرت {replies}."
    ),
    read_nothing="لم أقرأ شيئًا بعد.",
    stats_topic="• {topic}: {stories}",
    stats_held="تنتظر موجزك الآن: {number}",
)

ENGLISH = AskTexts(
    latest="The latest on what you follow",
    latest_of="The latest: {topic}",
    nothing_yet="Nothing yet.",
    search_how=(
        "🔎 Write what you look for, as <code>/search bridge aleppo</code>. All words are wanted; "
        "| means or, - excludes, “…” is a phrase, @ceasefire a concept, in:aleppo a place."
    ),
    found="🔎 {said}",
    found_nothing="I found nothing.",
    articles=Noun(
        one="article", two="2 articles", few="articles", many="articles", hundreds="articles"
    ),
    alerts=Noun(one="one alert", two="2 alerts", few="alerts", many="alerts", hundreds="alerts"),
    watch_how=(
        "👁 Write what I shall watch, as <code>/watch bridge | crossing in:aleppo</code>. All "
        "words are wanted; | means or, - excludes, “…” is a phrase, @ceasefire a concept, "
        "in:aleppo a place."
    ),
    watch_said="I understood: {said}.",
    watch_estimate="In the last {articles}: about {alerts} a day.",
    seldom="less than one alert",
    watch_none="It is not in the last {articles}.",
    watch_named="In the last {articles} no story is about it; it is only named in {named}.",
    named_in=Noun(
        one="one article", two="2 articles", few="articles", many="articles", hundreds="articles"
    ),
    watch_much="Nearly every article matches this ({alerts} a day). Add a rarer word.",
    watch_examples="As:",
    watch_ask="Shall I watch it? (Or write <code>/watch yes</code>)",
    watch_yes="Yes, watch it",
    watch_no="No",
    watch_kept="👁 I now watch: <b>{line}</b>. You find it in /mine",
    watch_dropped="I kept nothing.",
    watch_old="This button is of an older line. Write the line again after /watch.",
    watch_many="You watch {number} lines, which is all I keep. Give up one of them: /mine",
    refused="I cannot do this: {why}.",
    why_none="Write /why in reply to one of my alerts, and I will say why you got it.",
    why_head="Why you got: {title}",
    why_about="<b>{topic}</b>: it is about it ({score}% sure)",
    why_mention="<b>{topic}</b>: it only names it ({score}% sure that it is about it)",
    why_words="The words: {words}",
    why_title="some of them in the title",
    why_because="because {reason}",
    clauses={},
    stats=(
        "📊 Seven days: articles read {read}, your alerts {alerts}, in digests {told}, "
        "changed facts {replies}."
    ),
    read_nothing="I have read nothing yet.",
    stats_topic="• {topic}: {stories}",
    stats_held="Waiting for your digest: {number}",
)


def ask_texts(language: Language) -> AskTexts:
    """The texts of a language."""
    return ARABIC if language == "ar" else ENGLISH
