"""What is said of sources that fail, and what to do about it, in Arabic and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from storage.health import Condition
from storage.people import Language

ASTRAY = "astray"  # moved, to where nothing may be fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTexts:
    """One language; names in braces are filled in."""

    opened: str
    lasting: str
    closed: str
    line: str
    line_over: str
    nothing: str
    nothing_over: str
    works: str
    fails: str
    since: str
    spell: str
    more_sources: str
    more_sites: str
    status: str
    conditions: Mapping[str, str]
    remedies: Mapping[str, str]


ARABIC = NoticeTexts(
    opened="⚠️ <b>مصادر تعثّرت</b>",
    lasting="⏳ <b>مصادر ما زالت متعثّرة</b>",
    closed="✅ <b>مصادر عادت إلى العمل</b>",
    line=(
        "🔌 <b>الأرجح أن العطل في اتصالنا نحن بالإنترنت.</b>\n"
        "لا يمكن الوصول إلى المواقع كلها تقريبًا، {since}. تحقّق من شبكة هذا الجهاز ومن خادم "
        "أسماء النطاقات. لن أعدّد المواقع واحدًا واحدًا."
    ),
    line_over="🔌 يمكن الوصول إلى المواقع من جديد. كان ذلك متعذّرًا {spell}.",
    nothing=(
        "📭 <b>لم يصل شيء من أي مصدر</b>، {since}. انظر في السجل وفي <code>munadi status</code>."
    ),
    nothing_over="📭 الأخبار تصل من جديد. لم يصل شيء {spell}.",
    works="أخباره تصل مع ذلك",
    fails="أخباره لا تصل",
    since="منذ {time}",
    spell="من {begin} إلى {end}",
    more_sources="ومصادر أخرى له: {number}",
    more_sites="ومواقع أخرى: {number}",
    status="التفاصيل كلها: <code>munadi status</code>",
    conditions=MappingProxyType(
        {
            Condition.DOWN: "لا يمكن الوصول إليه",
            Condition.GONE: "لم يعد في هذا العنوان شيء",
            Condition.BLOCKED: "يرفض طلباتنا",
            Condition.HTML: "يعيد صفحة ويب بدل قائمة الأخبار",
            Condition.BROKEN: "يعيد ما لا يمكن قراءته",
            Condition.REDESIGNED: (
                "يعرض مقالات أقل من المتوقع ولا جديد فيها، ولعل تصميم الموقع تغيّر"
            ),
            Condition.FROZEN: "متجمّد: أحدث ما فيه قديم",
            Condition.SILENT: "صامت مدة لا تفسّرها أوقات نشره المعتادة",
            Condition.SPARSE: "يعرض مقالات أقل من المتوقع",
            Condition.UNDATED: "لا يذكر أوقات نشر يُعتمد عليها",
            Condition.MOVED: "انتقل نهائيًا إلى {address}",
            ASTRAY: "يحيل إلى عنوان لا يُسمح بطلبه",
        }
    ),
    remedies=MappingProxyType(
        {
            Condition.DOWN: (
                "سأعيد المحاولة من تلقاء نفسي. إن دام ذلك أيامًا فابحث عن عنوانه الجديد."
            ),
            Condition.GONE: "ابحث عن عنوانه الجديد واكتبه في ملف الموقع.",
            Condition.BLOCKED: "اترك الأمر كما هو، أو راسل أصحاب الموقع، أو استعمل مصدرًا آخر له.",
            Condition.HTML: "افتح العنوان في متصفح: إما حُذف المصدر أو حُجب. سمِّ مصدرًا آخر.",
            Condition.BROKEN: "كثيرًا ما يصلح ذلك من نفسه. وإلا فانظر ماذا يجيب العنوان.",
            Condition.REDESIGNED: (
                "قارن article وhosts في ملف الموقع بروابطه اليوم. "
                "وإن كان يعرض هذا القليل عادةً فاخفض min_links."
            ),
            Condition.FROZEN: "الأرجح أن العنوان ميت ويعيد نسخة قديمة: ابحث عن العنوان الجديد.",
            Condition.SILENT: "قارن بالموقع نفسه. وإن كان قليل النشر حقًا فارفع silent_hours.",
            Condition.SPARSE: (
                "إن كان يعرض هذا القليل عادةً فاخفض min_links، "
                "وإلا فقارن article وhosts في ملف الموقع بروابطه اليوم."
            ),
            Condition.UNDATED: "لا يضيع شيء، فالمعتمد وقت الرصد. وخريطة أخبار بأوقاتها أفضل.",
            Condition.MOVED: "اكتب العنوان الجديد في ملف الموقع.",
            ASTRAY: "افتح العنوان في متصفح لترى إلى أين يقود.",
        }
    ),
)

ENGLISH = NoticeTexts(
    opened="⚠️ <b>Sources in trouble</b>",
    lasting="⏳ <b>Sources still in trouble</b>",
    closed="✅ <b>Sources that work again</b>",
    line=(
        "🔌 <b>It is probably our own line.</b>\n"
        "Almost none of the sites can be reached, {since}. Check this machine's network and its "
        "name server. The sites will not be told one by one."
    ),
    line_over="🔌 The sites can be reached again. They could not be {spell}.",
    nothing=(
        "📭 <b>Nothing has come from any source</b>, {since}. "
        "Look at the log and at <code>munadi status</code>."
    ),
    nothing_over="📭 News comes in again. Nothing came {spell}.",
    works="its news comes in all the same",
    fails="its news does not come in",
    since="since {time}",
    spell="from {begin} to {end}",
    more_sources="and other sources of it: {number}",
    more_sites="and other sites: {number}",
    status="All of it: <code>munadi status</code>",
    conditions=MappingProxyType(
        {
            Condition.DOWN: "cannot be reached",
            Condition.GONE: "is gone: this address holds nothing any more",
            Condition.BLOCKED: "refuses our requests",
            Condition.HTML: "gives a web page instead of its listing",
            Condition.BROKEN: "gives what cannot be read",
            Condition.REDESIGNED: (
                "lists fewer articles than expected and nothing new: perhaps a new design"
            ),
            Condition.FROZEN: "stands still: its newest article is old",
            Condition.SILENT: "is silent for longer than its usual hours explain",
            Condition.SPARSE: "lists fewer articles than expected",
            Condition.UNDATED: "tells no times that can be relied on",
            Condition.MOVED: "has moved for good to {address}",
            ASTRAY: "leads to an address that may not be fetched",
        }
    ),
    remedies=MappingProxyType(
        {
            Condition.DOWN: (
                "It is tried again by itself. If this lasts for days, look for its new address."
            ),
            Condition.GONE: "Look for its new address and write that into the seed.",
            Condition.BLOCKED: "Leave it so, write to the outlet, or use another source of it.",
            Condition.HTML: (
                "Open the address in a browser: the source was removed or is behind a page. "
                "Name another source."
            ),
            Condition.BROKEN: "This often mends itself. If not, look at what the address answers.",
            Condition.REDESIGNED: (
                "Compare article and hosts in the seed with today's links. "
                "If it always lists so few, lower min_links."
            ),
            Condition.FROZEN: (
                "The address is probably dead and gives an old copy: look for the new one."
            ),
            Condition.SILENT: (
                "Compare with the site itself. If it really is that quiet, raise silent_hours."
            ),
            Condition.SPARSE: (
                "If it always lists so few, lower min_links. "
                "If not, compare article and hosts in the seed with today's links."
            ),
            Condition.UNDATED: (
                "Nothing is lost, since first seen is the clock. A news sitemap would be better."
            ),
            Condition.MOVED: "Write the new address into the seed.",
            ASTRAY: "Open the address in a browser to see where it leads.",
        }
    ),
)


def notice_texts(language: Language) -> NoticeTexts:
    """The texts of a language."""
    return ARABIC if language == "ar" else ENGLISH


def in_words(condition: Condition, moved_to: str | None, texts: NoticeTexts) -> tuple[str, str]:
    """A condition as the predicate of its source, and what to do about it. No HTML."""
    key = ASTRAY if condition is Condition.MOVED and moved_to is None else condition
    return texts.conditions[key].format(address=moved_to), texts.remedies[key]
