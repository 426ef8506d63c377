"""Everything a reader sees, in Arabic and in English, in one place.

Values are put in with `say`, which escapes them; the templates themselves are HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from bot.messages.markup import has_letters, is_rtl, isolate, visible
from storage.people import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A counted noun: Arabic says one, two, 3 to 10 and 11 to 99 each in its own way."""

    one: str
    two: str
    few: str  # 3 to 10
    many: str  # 11 to 99
    hundreds: str  # 100, 101, 102, 200 …

    def counted(self, number: int) -> str:
        """The noun with its number, in the genitive where Arabic asks for a case."""
        if number in (1, 2):
            return (self.one, self.two)[number - 1]
        rest = number % 100
        form = self.few if 3 <= rest <= 10 else self.many if rest >= 11 else self.hundreds
        return f"{number} {form}"


def _english(one: str, many: str, a: str = "1") -> Noun:
    return Noun(one=f"{a} {one}", two=f"2 {many}", few=many, many=many, hundreds=many)


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """One language. Names in braces are filled in by `say`."""

    mark: str  # sets the direction of a line: RLM or LRM
    comma: str
    months: tuple[str, ...]
    minutes: Noun
    hours: Noun
    days: Noun
    others: Noun
    # alerts
    just_now: str
    ago: str
    clock: str
    seen: str
    updated: str
    agency: str
    read: str
    topic: str
    topics: str
    mention: str
    also: str
    also_more: str
    follow_up: str
    # commands
    welcome: str
    greeting: str
    help: str
    choose: str
    choose_stop: str
    followed: str
    followed_all: str
    already: str
    unfollowed: str
    unfollowed_all: str
    not_followed: str
    nothing_followed: str
    list_head: str
    list_none: str
    unknown_topic: str
    near: str
    unknown_command: str
    near_command: str
    ask_forget: str
    forgotten: str
    kept: str
    language_set: str
    choose_language: str
    stale: str
    # buttons
    every_mention: str
    only_about: str
    hush: str
    ring: str
    forget_yes: str
    forget_no: str


def say(template: str, **values: str) -> str:
    """Fill a template; the values are escaped, so they may come from anyone.

    A value in letters that run the other way stands between isolates, so that it turns nothing
    around it.
    """
    return template.format(**{name: _put(value, template) for name, value in values.items()})


_FIELD = re.compile(r"\{\w*\}")


def _put(value: str, template: str) -> str:
    shown, own = escape(value, quote=False), visible(_FIELD.sub("", template))
    turned = has_letters(value) and has_letters(own) and is_rtl(value) is not is_rtl(own)
    return isolate(shown, value) if turned else shown


ARABIC = Texts(
    mark="\u200f",
    comma="، ",
    months=(
        *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
        *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
    ),
    minutes=Noun(one="دقيقة", two="دقيقتين", few="دقائق", many="دقيقة", hundreds="دقيقة"),
    hours=Noun(one="ساعة", two="ساعتين", few="ساعات", many="ساعة", hundreds="ساعة"),
    days=Noun(one="يوم", two="يومين", few="أيام", many="يومًا", hundreds="يوم"),
    others=Noun(
        one="موقع آخر", two="موقعين آخرين", few="مواقع أخرى", many="موقعًا آخر", hundreds="موقع آخر"
    ),
    just_now="الآن",
    ago="قبل {time}",
    clock="{time} بتوقيت {zone}",
    seen="رُصد {time}",
    updated="حُدِّث {time}",
    agency="عن {agency}",
    read="اقرأ الخبر",
    topic="الموضوع: {topics}",
    topics="المواضيع: {topics}",
    mention="{topic} (ذِكر)",
    also="نشرته أيضا: {outlets}",
    also_more="{outlets}، وفي {more}",
    follow_up="متابعة لخبر سابق",
    welcome=(
        "أهلًا بك، أنا <b>المنادي</b>.\n"
        "أقرأ المواقع الإخبارية العربية على مدار الساعة، وأرسل إليك كل خبر جديد في ما تتابعه، "
        "مرة واحدة مهما كثر ناشروه.\n\n"
        "اختر موضوعًا من الأزرار، أو اكتب مثلًا <code>/follow حلب</code>."
    ),
    greeting=(
        "السلام عليكم، أنا <b>المنادي</b>.\n"
        "أنشر هنا أخبار المواضيع التي يختارها المشرفون: بالأزرار، "
        "أو بأن يكتب أحدهم مثلًا <code>/follow حلب</code>."
    ),
    help=(
        "<b>ما تتابعه</b>\n"
        "/follow <i>موضوع</i> – تابعه · /follow <i>موضوع</i> كل – ومعه كل ذكر له\n"
        "/watch <i>كلمات</i> – راقب كلماتك أنت · /mine ما تتابعه · /topics المواضيع\n"
        "/unfollow <i>موضوع</i> – اتركه\n\n"
        "<b>متى وكيف</b>\n"
        "/quiet 23:00-07:00 – ساعات هدوء · /urgent <i>موضوع</i> – يصل فيها\n"
        "/digest – موجز كل ساعة أو كل يوم · /limit 10 – أقصى عدد في الساعة\n"
        "/mute <i>موضوع</i> 2h – بلا صوت · /unmute – أعد الصوت\n\n"
        "<b>اسأل</b>\n"
        "/latest – آخر الأخبار · /search <i>كلمات</i> – ابحث\n"
        "/why – لماذا وصلني هذا؟ (ردًّا على تنبيه) · /stats – أسبوعك\n\n"
        "/lang ar أو en – اللغة · /forget – امحُ كل ما أعرفه عنك · /help\n\n"
        "في المجموعات يغيّر المشرفون وحدهم ما تتابعه المجموعة.\n"
        "لا أحفظ عنك إلا رقم المحادثة ولغتها وما تتابعه وما اخترته هنا."
    ),
    choose="أيَّ موضوع تريد أن تتابع؟",
    choose_stop="أيَّ موضوع تريد أن تترك؟",
    followed="تتابع الآن: <b>{topic}</b>. يصلك كل خبر موضوعه هذا.",
    followed_all="تتابع الآن: <b>{topic}</b>، ويصلك كل خبر يذكره.",
    already="أنت تتابع <b>{topic}</b> بالفعل، ولم يتغيّر شيء.",
    unfollowed="لم تعد تتابع: <b>{topic}</b>.",
    unfollowed_all="لم تعد تتابع شيئًا.",
    not_followed="لم تكن تتابع <b>{topic}</b>.",
    nothing_followed="لا تتابع أي موضوع بعد. اختر واحدًا:",
    list_head="المواضيع، وعلامة ✅ على ما تتابعه:",
    list_none="ليس عندي أي موضوع الآن.",
    unknown_topic="لا أعرف موضوعًا اسمه «{name}».",
    near="لعلك تقصد واحدًا من هذه:",
    unknown_command="لم أفهم. اكتب /help لترى ما أفهمه.",
    near_command="لا أعرف هذا الأمر. لعلك تقصد /{command}؟ وكل الأوامر في /help",
    ask_forget=(
        "سأمحو رقم محادثتك ولغتها وكل ما تتابعه وما اخترته وكل ما أرسلته إليك من سجلّي. "
        "لا رجوع بعد ذلك.\nهل أنت متأكد؟ (أو اكتب <code>/forget نعم</code>)"
    ),
    forgotten="مُحي كل شيء. إن أردت العودة يومًا فاكتب /start.",
    kept="لم أمحُ شيئًا.",
    language_set="سأكتب إليك بالعربية.",
    choose_language="بأي لغة أكتب إليك؟",
    stale="هذا الزر قديم. اكتب /topics.",
    every_mention="➕ كل ذكر له",
    only_about="🎯 ما يخصه فقط",
    hush="🔇",
    ring="🔊",
    forget_yes="نعم، امحُ كل شيء",
    forget_no="لا",
)

ENGLISH = Texts(
    mark="\u200e",
    comma=", ",
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    minutes=_english("minute", "minutes", "a"),
    hours=_english("hour", "hours", "an"),
    days=_english("day", "days", "a"),
    others=_english("other site", "other sites"),
    just_now="just now",
    ago="{time} ago",
    clock="{time} in {zone}",
    seen="seen {time}",
    updated="updated {time}",
    agency="from {agency}",
    read="Read the article",
    topic="Topic: {topics}",
    topics="Topics: {topics}",
    mention="{topic} (mention)",
    also="Also in: {outlets}",
    also_more="{outlets} and {more}",
    follow_up="Follows an earlier story",
    welcome=(
        "Hello, I am <b>munadi</b>, the town crier.\n"
        "I read the Arabic news sites around the clock and send you every new story on what you "
        "follow, once, however many sites print it.\n\n"
        "Choose a topic below, or write for example <code>/follow aleppo</code>."
    ),
    greeting=(
        "Hello, I am <b>munadi</b>, the town crier.\n"
        "I post the news on the topics that the admins here choose: with the buttons, "
        "or by writing for example <code>/follow aleppo</code>."
    ),
    help=(
        "<b>What you follow</b>\n"
        "/follow <i>topic</i> · /follow <i>topic</i> all – every mention too\n"
        "/watch <i>words</i> – your own words · /mine what you follow · /topics all topics\n"
        "/unfollow <i>topic</i> – leave it\n\n"
        "<b>When and how</b>\n"
        "/quiet 23:00-07:00 – quiet hours · /urgent <i>topic</i> – comes through them\n"
        "/digest – hourly or daily · /limit 10 – at most so many an hour\n"
        "/mute <i>topic</i> 2h – without a sound · /unmute – ring again\n\n"
        "<b>Ask</b>\n"
        "/latest – the latest stories · /search <i>words</i>\n"
        "/why – why did I get this? (in reply to an alert) · /stats – your week\n\n"
        "/lang ar or en · /forget – erase all I know about you · /help\n\n"
        "In groups only admins change what the group follows.\n"
        "All I keep is the number of this chat, its language, what you follow and what you chose "
        "here."
    ),
    choose="Which topic do you want to follow?",
    choose_stop="Which topic do you want to leave?",
    followed="You now follow <b>{topic}</b>: every story about it.",
    followed_all="You now follow <b>{topic}</b>: every story that names it.",
    already="You already follow <b>{topic}</b>; nothing has changed.",
    unfollowed="You no longer follow <b>{topic}</b>.",
    unfollowed_all="You no longer follow anything.",
    not_followed="You did not follow <b>{topic}</b>.",
    nothing_followed="You do not follow any topic yet. Choose one:",
    list_head="The topics, with ✅ on those you follow:",
    list_none="I have no topics at the moment.",
    unknown_topic="I know no topic called “{name}”.",
    near="Did you mean one of these?",
    unknown_command="I did not understand. Write /help to see what I understand.",
    near_command="I do not know that command. Did you mean /{command}? All of them: /help",
    ask_forget=(
        "I will erase the number of this chat, its language, all you follow and chose, and all "
        "records of what I sent you. This cannot be undone.\n"
        "Are you sure? (Or write <code>/forget yes</code>)"
    ),
    forgotten="All is erased. If you ever want to come back, write /start.",
    kept="I have erased nothing.",
    language_set="I will write to you in English.",
    choose_language="Which language shall I write in?",
    stale="This button is old. Write /topics.",
    every_mention="➕ Every mention",
    only_about="🎯 Only about it",
    hush="🔇",
    ring="🔊",
    forget_yes="Yes, erase everything",
    forget_no="No",
)


def of(language: Language) -> Texts:
    """The texts of a language."""
    return ARABIC if language == "ar" else ENGLISH
