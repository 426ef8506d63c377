"""One invented piece of news told in many ways, and formulas that tell other news each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from watch.records import Telling

EVENING = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)

LEAD = (
    "لقي 12 شخصا مصرعهم وأصيب 40 آخرون مساء الثلاثاء في سيول مفاجئة اجتاحت بلدة وادي السرو "
    "الجبلية، بحسب ما أعلنت هيئة الدفاع المدني."
)
RESCUE = (
    "وقال المتحدث باسم الهيئة مازن الخطيب إن فرق الإنقاذ انتشلت عشرات العالقين من أسطح المنازل، "
    "وإن البحث عن المفقودين سيتواصل طوال الليل بمساعدة متطوعين من القرى المجاورة."
)
BRIDGES = (
    "وأضاف الخطيب أن السيول جرفت جسرين يربطان البلدة بالطريق الرئيسي، ما أدى إلى عزل ثلاثة أحياء "
    "سكنية بالكامل وانقطاع التيار الكهربائي عنها."
)
SHELTER = (
    "وفتحت بلدية وادي السرو مدرستين لإيواء الأسر التي تضررت بيوتها، ودعت الأهالي إلى تجنب مجرى "
    "الوادي حتى إشعار آخر."
)
FORECAST = (
    "وكانت دائرة الأرصاد الجوية حذرت من أمطار غزيرة ومنخفض عميق يؤثر في المناطق الجبلية حتى نهاية "
    "الأسبوع، وطلبت من السائقين توخي الحذر."
)


def told(title: str, *paragraphs: str, outlet: str = "صحيفة السرو", hours: float = 0) -> Telling:
    """A telling at an address of its own, so many hours after the evening of the flood."""
    return Telling(
        outlet=outlet,
        url=f"https://news.example/{outlet}/{hours}/{title}",
        title=title,
        text="\n\n".join(paragraphs),
        published=EVENING + timedelta(hours=hours),
    )


FIRST = told(
    "مصرع 12 شخصا في سيول اجتاحت بلدة وادي السرو", LEAD, RESCUE, BRIDGES, SHELTER, FORECAST
)
REPRINT = told(
    "سيول وادي السرو تودي بحياة 12 شخصاً",
    LEAD.replace("أصيب", "اصيب").replace("هيئة", "هيئه"),
    RESCUE.replace("الإنقاذ", "الانقاذ"),
    BRIDGES,
    outlet="وكالة المدى",
    hours=1,
)
IN_OTHER_WORDS = told(
    "سيول وادي السرو: 12 قتيلا وعشرات الجرحى",
    "أودت سيول مفاجئة اجتاحت بلدة وادي السرو الجبلية بحياة 12 شخصا مساء الثلاثاء، فيما نقل "
    "40 مصابا إلى المستشفيات.",
    "وأكد المتحدث باسم هيئة الدفاع المدني مازن الخطيب أن فرق الإنقاذ انتشلت عشرات العالقين من "
    "أسطح المنازل، وأن الجسرين المؤديين إلى الطريق الرئيسي انهارا فعزلت ثلاثة أحياء سكنية.",
    "ولجأت أسر تضررت بيوتها إلى مدرستين فتحتهما بلدية وادي السرو، وكانت دائرة الأرصاد الجوية حذرت "
    "من أمطار غزيرة ومنخفض عميق يؤثر في المناطق الجبلية، وتوقعت انحسارها صباح الخميس.",
    outlet="موقع الجبل",
    hours=2,
)
NEW_TOLL = told(
    "ارتفاع حصيلة سيول وادي السرو إلى 19 قتيلا",
    LEAD.replace("12", "19").replace("40", "55"),
    RESCUE,
    BRIDGES,
    "وعثر المنقذون فجر الأربعاء على سبع جثث أخرى تحت الأنقاض قرب مجرى الوادي.",
    outlet="وكالة المدى",
    hours=9,
)
FOLLOW_UP = told(
    "إقالة وزير الأشغال بعد انهيار جسري وادي السرو",
    "أقال رئيس الوزراء وزير الأشغال العامة سعيد الحلاق وأحال ثلاثة مقاولين على النيابة، بعدما "
    "أظهر تحقيق أولي أن أساسات الجسرين لم تفحص منذ بنائهما.",
    "ورحبت نقابة المهندسين بالإقالة، وطالب نقيبها بنشر تقرير التحقيق كاملا وبمحاسبة كل من وقع "
    "على محاضر التسليم.",
    LEAD,
    RESCUE,
    BRIDGES,
    SHELTER,
    FORECAST,
    hours=30,
)
ELSEWHERE = told(
    "افتتاح معرض الزيتون في مدينة الكروم",
    "افتتح محافظ الكروم صباح الأربعاء معرض الزيتون السنوي بمشاركة ستين معصرة من أنحاء البلاد، "
    "ويستمر المعرض أسبوعا كاملا.",
    "وقال منظم المعرض ناصر الدالي إن إنتاج الموسم فاق التوقعات، وإن أسعار الزيت ستستقر مع بداية "
    "الصيف.",
    outlet="وكالة المدى",
    hours=3,
)
DIGEST = told(
    "أبرز أخبار الأربعاء في سطور",
    *ELSEWHERE.text.split("\n\n"),
    "وفي الرياضة تأهل نادي النجوم إلى نهائي الكأس بعد فوزه على نادي الميناء بهدفين دون رد، وقال "
    "مدرب نادي النجوم إن النهائي لن يكون سهلا.",
    "واقتصاديا رفع المصرف المركزي سعر الفائدة ربع نقطة، وتوقع محللون أن يثبته المصرف المركزي "
    "حتى نهاية العام.",
    LEAD,
    RESCUE,
    outlet="نشرة الصباح",
    hours=12,
)


def weather(day: str, high: int, low: int, wind: int, hours: float) -> Telling:
    """A daily bulletin: one formula, other figures."""
    return told(
        f"حالة الطقس المتوقعة يوم {day}",
        f"تتوقع الأرصاد يوم {day} طقسا غائما جزئيا، وتبلغ درجة الحرارة العظمى {high} درجة مئوية.",
        f"وتبلغ الحرارة الصغرى {low} درجة مئوية، وتهب رياح شمالية غربية سرعتها {wind} كيلومترا في "
        "الساعة، ويكون البحر متوسط ارتفاع الموج.",
        outlet="دائرة الأرصاد",
        hours=hours,
    )


def prices(dollar: int, euro: int, gold: int, hours: float) -> Telling:
    """A daily table of prices under one title, with no day in it."""
    return told(
        "أسعار العملات والذهب في السوق المحلية",
        f"سجل سعر صرف الدولار في السوق المحلية {dollar} ليرة للشراء عند افتتاح التعاملات.",
        f"وبلغ سعر صرف اليورو {euro} ليرة للشراء، فيما وصل سعر غرام الذهب إلى {gold} ليرة.",
        outlet="صحيفة السوق",
        hours=hours,
    )


def seizure(name: str, town: str, officer: str, hours: float) -> Telling:
    """A police statement: one formula, another man in another town."""
    return told(
        f"ضبط مهرب آثار في {town}",
        f"أعلنت شرطة الآثار في بيان ضبط المدعو {name} في مدينة {town} وبحوزته قطع أثرية نادرة "
        "كان يعتزم تهريبها إلى خارج البلاد.",
        f"وأوضح البيان أن {name} اعترف بعد مواجهته بالأدلة بالعمل ضمن شبكة منظمة، وأن العقيد "
        f"{officer} أشرف على العملية في {town} بعد مراقبة استمرت أسابيع.",
        f"وأحيل {name} على النيابة العامة لاستكمال الإجراءات القانونية، وتؤكد شرطة الآثار أنها "
        f"ستلاحق كل من يعبث بتراث البلاد، وشكر العقيد {officer} الأهالي على تعاونهم.",
        outlet="شرطة الآثار",
        hours=hours,
    )


def edited(telling: Telling, **changed: str) -> Telling:
    """The same page of the same outlet read again, with other words."""
    return replace(telling, **changed)  # type: ignore[arg-type]
