"""Invented notices of one formula, filled in by chance: the same man and figures, or others."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta

from bench.story_variants import OTHER, START
from watch.records import Telling

MEN = (
    "سالم بن راشد العمري", "حمدان فايز الشقيري", "جابر القصار", "طلال منصور الحربي",
    "ناصر الدالي", "مروان خليل عبود", "فؤاد السمان", "بشير حسين التل", "عمر زيدان",
)  # fmt: skip
PLACES = ("الكروم", "السرو", "الميناء القديم", "تل الورد", "الفيحاء", "رأس النبع", "القلعة")
DAYS = ("السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة")
POSTS = ("مديرا عاما للجمارك", "محافظا للمصرف المركزي", "رئيسا لهيئة الرقابة", "سفيرا لدى اليونان")

# title, text; {man} {place} {day} {post} and figures {a} {b} {c} {d}
FORMULAS = {
    "execution": (
        "تنفيذ حكم القصاص بأحد الجناة في {place}",
        "أصدرت وزارة الداخلية اليوم بيانا بشأن تنفيذ حكم القصاص بأحد الجناة في مدينة {place}. "
        "وجاء في البيان أن {man} أقدم على قتل أحد المواطنين بطعنه إثر خلاف نشب بينهما.\n"
        "وبفضل الله تمكنت سلطات الأمن من القبض على الجاني، وأسفر التحقيق معه عن توجيه الاتهام إليه "
        "بارتكاب جريمته، وصدر بحقه صك شرعي يقضي بثبوت ما نسب إليه والحكم عليه بالقتل قصاصا.\n"
        "وقد نفذ حكم القصاص بالجاني {man} في مدينة {place}، والوزارة إذ تعلن ذلك تؤكد للجميع حرص "
        "الدولة على استتباب الأمن وتحقيق العدل.",
    ),
    "decree": (
        "مرسوم بتعيين {man} {post}",
        "أصدر رئيس الجمهورية اليوم مرسوما يقضي بتعيين {man} {post}، على أن ينشر في الجريدة الرسمية "
        "ويعمل به من تاريخ صدوره.\nوينص المرسوم على أن يمارس المعين صلاحياته وفق القوانين والأنظمة "
        "النافذة، ويبلغ من يلزم لتنفيذ أحكامه.",
    ),
    "weather": (
        "الطقس {day}: أجواء معتدلة في معظم المناطق",
        "تتوقع دائرة الأرصاد أن يكون الطقس يوم {day} معتدلا في معظم المناطق، وتبلغ العظمى في "
        "{place} {a} درجة والصغرى {b} درجات.\nوتهب رياح غربية سرعتها {c} كيلومترا في الساعة، "
        "ويرتفع الموج إلى {d} سنتيمترا، وتحذر الدائرة السائقين من الضباب صباحا على الطرق الجبلية.",
    ),
    "prices": (
        "أسعار الذهب والعملات في الأسواق المحلية اليوم",
        "سجل غرام الذهب من عيار واحد وعشرين {a} ليرة للمبيع في السوق المحلية اليوم، بحسب النشرة "
        "التي تصدرها جمعية الصاغة صباح كل يوم.\nوبلغ سعر صرف الدولار {b} ليرة واليورو {c} ليرة، "
        "فيما استقرت الأونصة عالميا عند {d} دولارا وسط ترقب المستثمرين قرار الفائدة.",
    ),
    "tally": (
        "وزارة الصحة تعلن حصيلة الإصابات اليومية في {place}",
        "أعلنت وزارة الصحة في بيانها اليومي تسجيل {a} إصابة جديدة بالحمى في {place} خلال الساعات "
        "الماضية، وشفاء {b} حالة ووفاة {c} من المصابين.\nوبذلك يرتفع عدد المصابين منذ بدء التفشي "
        "إلى {d}، وتدعو الوزارة المواطنين إلى غلي ماء الشرب والإبلاغ عن أي أعراض.",
    ),
    "seizure": (
        "ضبط شحنة مهربة في مطار {place}",
        "أعلنت إدارة الجمارك ضبط شحنة مهربة كانت مخبأة في أمتعة المسافر {man} في مطار {place}.\n"
        "وقال مدير المطار إن رجال التفتيش اشتبهوا في حقائب {man} فأخضعوها للفحص، وعثروا فيها على "
        "{a} علبة من الأدوية المحظورة، وأحيل المسافر على القضاء المختص لاستكمال التحقيق معه.",
    ),
}  # fmt: skip
KINDS = ("man", "place", "figures", "man and place", "all")


@dataclass(frozen=True, slots=True)
class _Filling:
    man: str
    place: str
    day: str
    post: str
    figures: tuple[int, ...]


class Formulas:
    """Fills in formulas; the same seed fills them alike."""

    def __init__(self, seed: int = 11) -> None:
        self._random = random.Random(seed)

    def other(self, what: str) -> tuple[Telling, Telling]:
        """Return a notice and one, newer, in which `what` (see `KINDS`) is another."""
        formula = self._random.choice([name for name in FORMULAS if _holds(name, what)])
        first = self._filling()
        return self._pair(formula, self._changed(first, what), first)

    def again(self) -> tuple[Telling, Telling]:
        """Return a notice and the same notice in another outlet."""
        formula = self._random.choice(list(FORMULAS))
        first = self._filling()
        newer, older = self._pair(formula, first, first)
        return replace(newer, outlet=OTHER, title=" ".join(newer.title.split()[:6])), older

    def _changed(self, first: _Filling, what: str) -> _Filling:
        other = self._filling()
        while self._alike(first, other):
            other = self._filling()
        if what == "all":
            return other
        figures = other if what == "figures" else first
        return _Filling(
            man=other.man if "man" in what else first.man,
            place=other.place if "place" in what else first.place,
            day=figures.day,
            post=first.post,
            figures=figures.figures,
        )

    def _alike(self, one: _Filling, other: _Filling) -> bool:
        return (
            one.man == other.man
            or one.place == other.place
            or one.day == other.day
            or bool(set(one.figures) & set(other.figures))
        )

    def _filling(self) -> _Filling:
        return _Filling(
            man=self._random.choice(MEN),
            place=self._random.choice(PLACES),
            day=self._random.choice(DAYS),
            post=self._random.choice(POSTS),
            figures=tuple(self._random.sample(range(11, 990), 4)),
        )

    def _pair(self, formula: str, newer: _Filling, older: _Filling) -> tuple[Telling, Telling]:
        hours = self._random.choice((self._random.uniform(1, 6), self._random.uniform(20, 90)))
        outlet = self._random.choice(("one outlet", OTHER))
        new, old = _told(formula, newer), _told(formula, older)
        later = START + timedelta(hours=hours)
        return (
            replace(new, url="https://newer.example/", outlet=outlet, published=later),
            replace(old, url="https://older.example/", published=START),
        )


def _told(formula: str, filling: _Filling) -> Telling:
    slots = dict(zip("abcd", filling.figures, strict=True))
    title, text = (
        part.format(
            man=filling.man, place=filling.place, day=filling.day, post=filling.post, **slots
        )
        for part in FORMULAS[formula]
    )
    return Telling(outlet="one outlet", url="", title=title, text=text, published=None)


def _holds(formula: str, what: str) -> bool:
    """Tell whether a formula has a slot for all that is to be another."""
    text = "".join(FORMULAS[formula])
    if what == "figures":
        return "{b}" in text
    return what == "all" or all(f"{{{slot}}}" in text for slot in what.split(" and "))
