"""What the bot says of a reader's wishes, in Arabic and in English."""

from __future__ import annotations

from dataclasses import dataclass

from storage.people import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingTexts:
    """One language; names in braces are filled in by `bot.texts.replies.say`."""

    quiet_on: str
    quiet_none: str
    quiet_off: str
    quiet_how: str
    no_zone: str
    near_zone: str
    digest_off: str
    digest_hourly: str
    digest_daily: str
    digest_how: str
    limit_on: str
    limit_off: str
    limit_how: str
    mute_how: str
    muted: str
    muted_all: str
    unmuted: str
    unmuted_all: str
    urgent_on: str
    urgent_off: str
    urgent_none: str
    urgent_how: str
    mine: str
    is_urgent: str
    is_muted: str
    until: str
    follow_first: str
    for_ever: str
    only_admins: str


ARABIC = SettingTexts(
    quiet_on=(
        "🌙 ساعات هدوئك من {start} إلى {end} بتوقيت {zone} (الساعة هناك الآن {clock}).\n"
        "ما يأتي فيها يصلك رسالة واحدة عند انتهائها. لاستثناء موضوع عاجل: /urgent\n"
        "لإلغائها: <code>/quiet off</code>"
    ),
    quiet_none=(
        "لا ساعات هدوء لك، وتوقيتك {zone}.\n"
        "اكتب مثلًا <code>/quiet 23:00-07:00</code> أو "
        "<code>/quiet من ١١ مساء إلى ٧ صباحا برلين</code>"
    ),
    quiet_off="أُلغيت ساعات الهدوء. يصلك كل تنبيه في حينه.",
    quiet_how=(
        "لم أفهم الساعات. اكتب مثلًا <code>/quiet 23:00-07:00</code> أو "
        "<code>/quiet من ١١ مساء إلى ٧ صباحا برلين</code>"
    ),
    no_zone="لا أعرف توقيت «{name}». اكتب مدينة كبيرة أو بلدًا، مثل دمشق أو ألمانيا.",
    near_zone=" لعلك تقصد «{name}»؟",
    digest_off=(
        "يصلك كل تنبيه في حينه. لتجمعها في موجز: <code>/digest hourly</code> كل ساعة، "
        "أو <code>/digest daily 08:00</code> كل يوم."
    ),
    digest_hourly="🗞 يصلك موجز في رأس كل ساعة فيها جديد. للعودة: <code>/digest off</code>",
    digest_daily=(
        "🗞 يصلك موجز كل يوم الساعة {time} بتوقيت {zone}. للعودة: <code>/digest off</code>"
    ),
    digest_how=(
        "اكتب <code>/digest hourly</code> أو <code>/digest daily 08:00</code> "
        "أو <code>/digest off</code>."
    ),
    limit_on=(
        "يصلك {alerts} في الساعة على الأكثر. ما زاد يُجمع في بطاقة واحدة ثم في موجز. "
        "لإلغائه: <code>/limit off</code>"
    ),
    limit_off="لا حدّ لعدد التنبيهات. لتضع حدًّا في الساعة: <code>/limit 10</code>",
    limit_how="اكتب عددًا، مثل <code>/limit 10</code>، أو <code>/limit off</code>.",
    mute_how=(
        "🔇 المكتوم يصل بلا صوت. اكتب مثلًا <code>/mute حلب 2h</code>، "
        "أو <code>/mute الكل ساعتين</code>، أو اختر:"
    ),
    muted="🔇 تصلك أخبار <b>{topic}</b> بلا صوت {until}.",
    muted_all="🔇 يصلك كل شيء بلا صوت {until}. لإعادة الصوت: /unmute",
    unmuted="🔊 عاد الصوت لأخبار <b>{topic}</b>.",
    unmuted_all="🔊 عاد الصوت لكل التنبيهات.",
    urgent_on=(
        "⚡ موضوع <b>{topic}</b> عاجل: يصلك في حينه ولو في ساعات هدوئك وبين الموجزات. "
        "لإلغائه اكتب اسمه بعد /urgent ثم off"
    ),
    urgent_off="لم يعد موضوع <b>{topic}</b> عاجلًا.",
    urgent_none="لم يعد أي موضوع عاجلًا.",
    urgent_how="⚡ ليصلك موضوع تتابعه ولو في ساعات هدوئك: <code>/urgent حلب</code>",
    mine="ما تتابعه",
    is_urgent="⚡ عاجل",
    is_muted="🔇 بلا صوت ",
    until="حتى {time}",
    follow_first="لا تتابع <b>{topic}</b>. تابعه أولًا: /follow",
    for_ever="إلى أن تعيد الصوت",
    only_admins=("يغيّر هذا مشرفو المجموعة وحدهم. لك أن تسأل: \u200e/topics /latest /search /why"),
)

ENGLISH = SettingTexts(
    quiet_on=(
        "🌙 Your quiet hours are {start} to {end} by the clock of {zone} (now {clock} there).\n"
        "What comes in them is sent as one message at their end. To let a topic through: /urgent\n"
        "To drop them: <code>/quiet off</code>"
    ),
    quiet_none=(
        "You have no quiet hours; your clock is that of {zone}.\n"
        "Write for example <code>/quiet 23:00-07:00</code> or "
        "<code>/quiet 11pm to 7am Berlin</code>"
    ),
    quiet_off="No more quiet hours. Every alert comes at once.",
    quiet_how=(
        "I did not understand the hours. Write for example <code>/quiet 23:00-07:00</code> or "
        "<code>/quiet 11pm to 7am Berlin</code>"
    ),
    no_zone="I do not know the time in “{name}”. Write a large city or a country, as Damascus.",
    near_zone=" Did you mean “{name}”?",
    digest_off=(
        "Every alert comes at once. To gather them: <code>/digest hourly</code> or "
        "<code>/digest daily 08:00</code>."
    ),
    digest_hourly=(
        "🗞 A digest comes at every full hour that brought news. Back: <code>/digest off</code>"
    ),
    digest_daily=(
        "🗞 A digest comes every day at {time} by the clock of {zone}. "
        "Back: <code>/digest off</code>"
    ),
    digest_how=(
        "Write <code>/digest hourly</code>, <code>/digest daily 08:00</code> "
        "or <code>/digest off</code>."
    ),
    limit_on=(
        "At most {alerts} an hour. What is more is gathered in one card and then in a "
        "digest. To drop the limit: <code>/limit off</code>"
    ),
    limit_off="There is no limit on alerts. To set one for an hour: <code>/limit 10</code>",
    limit_how="Write a number, as <code>/limit 10</code>, or <code>/limit off</code>.",
    mute_how=(
        "🔇 What is muted comes without a sound. Write for example <code>/mute aleppo 2h</code>, "
        "<code>/mute all 2h</code>, or choose:"
    ),
    muted="🔇 <b>{topic}</b> comes without a sound {until}.",
    muted_all="🔇 Everything comes without a sound {until}. To ring again: /unmute",
    unmuted="🔊 <b>{topic}</b> rings again.",
    unmuted_all="🔊 All alerts ring again.",
    urgent_on=(
        "⚡ <b>{topic}</b> is urgent: it comes at once, also in quiet hours and between digests. "
        "To undo it write its name after /urgent, then off"
    ),
    urgent_off="<b>{topic}</b> is no longer urgent.",
    urgent_none="No topic is urgent any more.",
    urgent_how=("⚡ To get a topic you follow also in quiet hours: <code>/urgent aleppo</code>"),
    mine="What you follow",
    is_urgent="⚡ urgent",
    is_muted="🔇 silent ",
    until="until {time}",
    follow_first="You do not follow <b>{topic}</b>. Follow it first: /follow",
    for_ever="until you unmute it",
    only_admins="Only this group's admins change that. You can ask: /topics /latest /search /why",
)


def setting_texts(language: Language) -> SettingTexts:
    """The texts of a language."""
    return ARABIC if language == "ar" else ENGLISH
