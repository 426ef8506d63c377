"""The words of furniture on Arabic news pages: labels of forms, boxes, toolbars and legal lines.

They are compared as `label` spells them: folded, without punctuation and numbers in brackets, so
that "اقرأ أيضاً:", "إقرأ ايضا ..." and "التعليقات (12)" need no entries of their own.
"""

from __future__ import annotations

import re
from enum import Enum

from spiders.reading import appeals, related_labels
from spiders.reading.spelling import fold


class Kind(Enum):
    """What a furniture line does to the lines around it."""

    END = "end"  # nothing of the article follows: a comment form, the copyright
    COMMENTS = "comments"  # a heading: what follows is not the article, unless it stands at the top
    BOX = "box"  # a heading of teasers: skipped until the article's own paragraphs go on
    LINE = "line"  # this line alone


_END = """
اضافة تعليق|اضافة تعليق جديد|أضف تعليق|أضف تعليقا|أضف تعليقك|أضف تعليقاً جديداً|اترك تعليقا|
اترك تعليقك|اترك ردا|
اكتب تعليقك|اكتب تعليقا|شاركنا رأيك|شارك برأيك|علق على الخبر|الإسم|الاسم الكامل|البريد الألكتروني|
عنوان التعليق|نص التعليق|
تعليقات الفيسبوك|تعليقات الفيس بوك|تعليقات القراء|تعليقات الزوار|شروط التعليق|شروط النشر|
سياسة التعليق|لن يتم نشر عنوان بريدك|
لا توجد تعليقات|كن أول من يعلق|ملاحظة التعليقات|التعليقات المنشورة|جميع الحقوق محفوظة|
كافة الحقوق محفوظة|كل الحقوق محفوظة|
حقوق النشر محفوظة|حقوق النشر|الحقوق محفوظة|leave a reply|leave a comment|post a comment|
ليست هناك تعليقات|إرسال تعليق|ترك الرد|ترك الرد الغاء الرد|
اترك تعليقا الغاء الرد|اترك رد|أضف رد|لا يوجد تعليقات|laisser un commentaire|
لا توجد تعليقات بعد|كن أول المعلقين|كن أول من يكتب تعليقا|كن أول من يضيف تعليقا|
أضف تعليقك على الخبر|أضف تعليقا على الخبر|تسجيل الدخول للتعليق|سجل الدخول للتعليق|
عن الكاتب|نبذة عن الكاتب|about the author|characters left|security code|copyright|
all rights reserved|maintained and developed by|سياسة الخصوصية|شروط الاستخدام|اتصل بنا|من نحن
"""
_COMMENTS = """
التعليقات|تعليقات|تعليق|تعليقاتكم|آراء القراء|آراء الزوار|الردود|ردود القراء|
مشاركات القراء|مشاركات الزوار|التعليقات على الموضوع|التعليقات على الموقع|التعليقات على الخبر|
التعليقات على المقال|تعليقات الزوار على الخبر|comments|commentaires|تعليق واحد|نظام التعليقات
"""
_BOX = """
مواضيع ذات صلة|موضوعات ذات صلة|أخبار ذات صلة|مقالات ذات صلة|ذات صلة|محتوى ذو صلة|روابط ذات صلة|
اخبار متعلقة|مواضيع متعلقة|
موضوعات متعلقة|أخبار مرتبطة|مواضيع مرتبطة|موضوعات مرتبطة|مواضيع مشابهة|أخبار مشابهة|مقالات مشابهة|
قد يهمك|قد يهمك أيضا|
وقد يهمك أيضا|قد يعجبك|قد يعجبك أيضا|ربما يعجبك|اقرأ أيضا|إقرأ أيضا|اقرئي أيضا|اقرأوا أيضا|
اقرأ المزيد|اقرأ أكثر|للمزيد|شاهد أيضا|
شاهدوا أيضا|طالع أيضا|اطلع أيضا|المزيد من الأخبار|المزيد|المزيد من|الأكثر قراءة|الأكثر مشاهدة|
الأكثر تعليقا|الأكثر تداولا|الأكثر شعبية|
آخر الأخبار|أحدث الأخبار|أهم الأخبار|أبرز الأخبار|أخبار اليوم|آخر المستجدات|مختارات|اخترنا لك|
اخترنا لكم|اخترنا لكم من الأرشيف|أخبار أخرى|
الوسوم|الوسم|وسوم|كلمات مفتاحية|الكلمات المفتاحية|كلمات دلالية|الكلمات الدلالية|كلمات البحث|
علامات|هاشتاغ|تاغات|tags|tag|
الخبر السابق|الخبر التالي|المقال السابق|المقال التالي|السابق|التالي|من نفس القسم|في هذا القسم|
أيضا في هذا القسم|
related|related articles|you might be interested in|related posts|read also|
you may also like|most read|stories|articles similaires|lire aussi|à lire aussi|قصص مقترحة|
مواضيع مقترحة|موضوعات مقترحة|مقالات مقترحة|أخبار مقترحة|
مواد ذات صلة|استطلاع الرأي|استطلاع رأي|استفتاء|
انظر أيضا|في نفس القسم|موضوعات مشابهة|المشاركات الشائعة|مقالات أخرى|
مرتبط|تصفح المقالات|موضوعات أخرى|مواضيع أخرى|أحدث المقالات|أحدث المواضيع|أحدث التعليقات|
مواضيع قد تهمك|أخبار قد تهمك|قصص قد تهمك|يهمك أيضا|قصص ذات صلة|تغطية خاصة|الأخبار العاجلة|
شريط الأخبار|ملفات ساخنة|مواضيع ساخنة|
من قسم|المزيد في|المزيد عن|في نفس السياق اقرأ|بودكاست|نشرتنا البريدية|النشرة البريدية|
القائمة البريدية|
محتوى ذو علاقة|محتوى مشابه|محتوى موصى به|موصى به|مقترح لك|نرشح لك|نرشح لكم|رشحنا لك|ترشيحاتنا|
تصفح أيضا|طالع المزيد|تابعوا أيضا|حول هذه القصة|من القسم نفسه|في القسم نفسه|في نفس الركن|
في نفس الموضوع|المزيد من نفس القسم|ذات علاقة|فيديو قد يعجبك|أخبار عاجلة|يحدث الآن|
اختيار المحرر|اختيارات المحرر|اختيار المحررين|من أرشيفنا|ألبوم الصور|
دلالات|الدلالات|العلامات|العلامات الدالة|تصنيفات|التصنيفات|روابط مفيدة|روابط خارجية|مواقع صديقة|
مقالات الكاتب|المزيد من مقالات الكاتب|المزيد من الكاتب|المزيد للكاتب|
القادم بوست|السابق بوست|المقالة السابقة|المقالة التالية|الموضوع السابق|
الموضوع التالي|الخبر القادم|التدوينة السابقة|التدوينة التالية|رسالة أحدث|رسالة أقدم
"""
_LINE = """
طباعة|طباعة الخبر|طباعة المقال|ارسال|ارسال الخبر|ارسال الخبر الى صديق|ارسل لصديق|أرسل إلى صديق|
شارك|شارك الخبر|شارك المقال|شارك هذا الخبر|
شاركها|مشاركة|مشاركة الخبر|انشر|انشرها|نسخ الرابط|تم نسخ الرابط|انسخ الرابط|رابط مختصر|
رابط المقال|حفظ|احفظ|حجم الخط|تكبير الخط|تصغير الخط|
استمع|استمع إلى المقال|استمع للخبر|إعلان|إعلانات|اعلان ممول|advertisement|facebook|twitter|
whatsapp|telegram|email|print|messenger|
linkedin|pinterest|فيسبوك|تويتر|واتساب|تلغرام|تيليغرام|تليجرام|الرئيسية|أخبار|الأخبار|عاجل|
خبر عاجل|معلومات المقال|نحن نهتم بخصوصيتك|خصوصيتك تهمنا|نحن نقدر خصوصيتك|
متابعات|مباشر|تابعنا|تابعونا|اشترك|اشتراك|
تسجيل الدخول|سجل الآن|بحث|القائمة|إغلاق|صورة أرشيفية|أرشيفية|صورة تعبيرية|أرشيف|الصورة من الأرشيف|
انتهى|تم|share|copy link|
font size|read more|اقرأ التفاصيل|التفاصيل|مشاهدات|مشاهدة|المشاهدات|عدد المشاهدات|عدد القراءات|
معجب بهذه|إعجاب تحميل|قراءات|قراءة|زيارة|الزيارات|التسميات|الكاتب|المحرر|بواسطة|
أين يمكنك متابعتنا|هل أعجبتك المقالة|هل أعجبك المقال|هل أعجبك الخبر|
أقسام مهمة|تنويه|رجوع|عودة|الصفحة الرئيسية|العودة للرئيسية|إلزامي|
اوافق على شروط الاستخدام|تغريدة|غرد|مشاهدة الفيديو|شاهد الفيديو|شغل الفيديو|
مساحة إعلانية|مادة إعلانية|محتوى إعلاني|محتوى مدفوع|إعلان مدفوع|sponsored|google news|جوجل نيوز|
طباعة المقالة|نسخة للطباعة|pdf|أرسل بالبريد|أبلغ عن خطأ|بلغ عن خطأ|التبليغ عن خطأ|هل وجدت خطأ|
تغيير حجم الخط|استمع الى الخبر|تم النسخ|تم نسخ الرابط بنجاح|عرض الكل|عرض المزيد|شاهد المزيد|
إظهار الكل|تحميل المزيد|تابع القراءة|أكمل القراءة|صورة الكاتب|بريد الكاتب|قيم هذا المقال|
قيم المقال|قيم الموضوع|تقييم المقال|تقييم المستخدم|كن أول من يقيم|هل كان هذا مفيدا|
هل كان هذا المقال مفيدا|هل كان هذا الخبر مفيدا|هل كانت هذه الصفحة مفيدة|هل استفدت من هذا المقال|
هل وجدت هذا المقال مفيدا|ادعمونا|ادعمنا|تبرع الآن|
انضم إلى النشرة|اشتراك في النشرة
"""
_PREFIXES = {
    Kind.END: """
        لن يتم نشر عنوان بريدك|شروط النشر|شروط التعليق|جميع الحقوق محفوظة|كافة الحقوق محفوظة|
        حقوق النشر محفوظة|copyright|maintained and developed|
        التعليقات لا تعبر|التعليقات المنشورة لا تعبر|الآراء الواردة في التعليقات""",
    Kind.BOX: "اقرأ أيضا|إقرأ أيضا|اقرأوا أيضا|شاهد أيضا|قد يهمك أيضا|وقد يهمك أيضا|طالع أيضا|"
    "الكلمات الدالة|كلمات دالة|وسوم|"
    "الكلمات المفتاحية|كلمات مفتاحية|كلمات دلالية|الوسوم|اقرأ المزيد|نرشح لك|رشحنا لك",
    Kind.LINE: """
        تقييم المستخدم|تقييم القراء|متوسط التقييم|شارك المقال|شارك عبر|
        للانضمام إلى|انضم إلينا|انضموا إلينا|تابعوا قناتنا|تابع قناتنا|
        تابعنا على|تابعنا عبر|تابعونا عبر|
        تابعونا على|تابع أخبارنا|تابعوا أخبارنا|تابعوا آخر الأخبار|تابع آخر الأخبار|
        لمتابعة آخر الأخبار|لمتابعة أخبار|متابعة أخبار|لمتابعة المزيد|انضم إلى قناتنا|
        انضموا إلى قناتنا|انضم لقناتنا|اشترك في قناتنا|اشتركوا في قناتنا|اشترك في نشرتنا|
        اشترك في النشرة|اشترك الآن|اشترك ليصلك|اشترك لتصلك|اشترك بالنشرة|
        حمل تطبيق|حملوا تطبيق|للاشتراك في|سجل بريدك|أدخل بريدك|احصل على آخر|
        وقت القراءة|مدة القراءة|زمن القراءة|عدد القراءات|
        عدد المشاهدات|مصدر الصورة|صدر الصورة|التعليق على الصورة|صورة من|الصورة|تصوير|
        حجم الخط|شارك هذا|شارك الخبر|طباعة الخبر|ارسال الخبر|رابط مختصر|للاطلاع على المزيد|
        لمزيد من الأخبار|لقراءة المزيد|لمشاهدة الفيديو|
        إعداد وتحرير|كتابة وتحرير|
        آخر تحديث|التحديث الأخير|اخر تحديث|تاريخ النشر|نشر في|نشر بتاريخ|تم النشر|تم نشره|حدث في|
        أول نشر|كتب في|تاريخ الإضافة|posted by|article printed from|url to article""",
}
# Above comments: "5 ردود على “العنوان”".
_REPLIES = re.compile(
    r"\W*\d*\s*(?:ردود|رد|ردان|تعليقات|تعليق|تعليقان|رأي|رأيان|آراء)\s+(?:واحد\s+)?(?:على|حول)\s*[“\"«]"
)
_PREFIX_WORDS = 14  # a longer line that starts so is a sentence
_SENTENCE_WORDS = 8  # as may be a shorter one without a figure, if it starts like these
_LIKE_VERBS = frozenset(
    map(
        fold,
        (
            *("الصورة", "تصوير", "نشر في", "تم نشره", "تم النشر", "حدث في", "كتب في"),
            *("تابعنا على", "تابعنا عبر"),
        ),
    )
)
# The first of numbered comments: "1 - سمير 06-05-2011 05:10 PM".
_FIRST_COMMENT = re.compile(
    r"\W*1\W+(?:[^\W\d]+\s+){1,4}\W*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\W+\d{1,2}:\d\d(?:\s\w{1,2})?\W*"
)
# "3 minutes to read", "1203 views"
_COUNTED = re.compile(
    r"\d+ (?:دقيقه|دقا[ئي]ق) (?:لل)?قراءه|[\d ]+(?:views?|mins?|minutes?)(?: read)?"
)
_FEWEST_STARS = 3  # of a rating: one star is a bullet
_OF_AUTHOR = ("Role, ", "الدور, ", "الدور، ")  # as the BBC tells a reader who hears the page
# Below a post that an article shows: "— Sami Ali (@samiali) June 9, 2025".
_PLACEHOLDER = re.compile(r"\[/?[a-z][a-z0-9_ -]{2,30}\]")  # that a program has not filled in
_POSTED_SIGNS = ("—", "–")
_POSTED = re.compile(r"[—–]\s?[^()]{1,80}\(@\w{2,30}\)")
_MACHINE_TIME = re.compile(r"\d{4}-\d\d-\d\d[tT][\d:.]+(?:[zZ]|[+-][\d:]+)?")
_HASHTAGS = re.compile(r"(?:#\S+\s*)+")
_LONGEST_CHARS = 1_200
_SHARING = frozenset(
    fold(
        "طباعة ارسال إرسال مشاركة شارك انشر نسخ الرابط فيسبوك فايسبوك تويتر تويت لينكدين انستغرام "
        "انستجرام واتساب واتس اب آب تلغرام تليجرام تيليغرام ماسنجر فايبر سكايب بنترست بينتيريست "
        "email e mail print pin interest pinterest whats app whatsapp facebook twitter x tweet "
        "telegram messenger linkedin linked in google plus reddit viber tumblr copy link share rss "
        "instagram snapchat skype threads عبر على"
    ).split()
)
_PLACES_TO_FOLLOW = _SHARING - {"علي", "عبر", "x", "in"}
_COUNT = re.compile(r"[(\[{]\s*\d+\s*[)\]}]")
_SIGNS = re.compile(r"[^\w\s©]+|_+")
_AROUND = re.compile(r"^\d+\s+|\s+\d+$")


def label(text: str) -> str:
    """A line as furniture words are compared: folded, without punctuation, counts and emphasis."""
    folded = fold(text)
    if any(sign in folded for sign in "([{"):
        folded = _COUNT.sub(" ", folded)
    return " ".join(_SIGNS.sub(" ", folded).split())


def _labels(spellings: str) -> frozenset[str]:
    return frozenset(label(one) for one in spellings.replace("\n", "").split("|") if one.strip())


_EXACT = {
    **dict.fromkeys(_labels(_LINE), Kind.LINE),
    **dict.fromkeys(_labels("|".join((_BOX, *related_labels.labels()))), Kind.BOX),
    **dict.fromkeys(_labels(_COMMENTS), Kind.COMMENTS),
    **dict.fromkeys(_labels(_END), Kind.END),
}
_FIRST = _SHARING | {
    one.partition(" ")[0] for names in (_EXACT, *map(_labels, _PREFIXES.values())) for one in names
}
_STARTS = tuple(
    (re.compile(rf"(?:{'|'.join(sorted(_labels(spellings), key=len, reverse=True))})(?!\w)"), kind)
    for kind, spellings in _PREFIXES.items()
)


def kind(text: str, words: int) -> Kind | None:
    """What furniture a line is, by its words; None if it may be the article's."""
    if len(text) > _LONGEST_CHARS:
        return None
    if _REPLIES.match(text):
        return Kind.END
    if "1" in text[:4] and _FIRST_COMMENT.fullmatch(text):
        return Kind.COMMENTS
    if _told_by_machine(text) or appeals.addresses(text, words):
        return Kind.LINE
    if appeals.policy(text, words):
        return Kind.END
    short = words <= _PREFIX_WORDS + 6 and not _begins_otherwise(text)
    return _short(label(text), words, text) if short else None


def _begins_otherwise(text: str) -> bool:
    """Whether a line begins with a word with which no label begins, as most lines do."""
    first = fold(text).partition(" ")[0]
    return first.isalpha() and first not in _FIRST and "©" not in text


def _told_by_machine(text: str) -> bool:
    """Whether a line is nothing but hashtags, a role, a machine's time, a placeholder, or who
    posted and when.
    """
    if text.startswith("#") and _HASHTAGS.fullmatch(text):
        return True
    if text.startswith(_POSTED_SIGNS) and _POSTED.match(text):
        return True
    if text.count("★") + text.count("☆") >= _FEWEST_STARS:
        return True
    if text.startswith("[") and _PLACEHOLDER.fullmatch(text):
        return True
    return text.startswith(_OF_AUTHOR) or (
        text[4:5] == "-" and _MACHINE_TIME.fullmatch(text) is not None
    )


def _short(spelt: str, words: int, text: str) -> Kind | None:
    """What furniture a short line is, as `label` spells it; one without any word is a rule."""
    if "©" in spelt and (words > 4 or re.search(r"\d|حقوق|rights", spelt)):
        return Kind.END  # a shorter one credits a wire or a picture
    first = spelt.partition(" ")[0]
    if first and first not in _FIRST and not first[0].isdigit():
        return None
    exact = _EXACT.get(spelt) or _EXACT.get(_AROUND.sub("", spelt))
    if exact is not None:
        return exact
    if words <= _PREFIX_WORDS:
        for starts, of_kind in _STARTS:
            if (found := starts.match(spelt)) and not _is_sentence(found[0], text, words):
                return of_kind
    if first[:1].isdigit() and _COUNTED.fullmatch(spelt):
        return Kind.LINE
    sharing = all(word in _SHARING for word in spelt.split())
    return Kind.LINE if sharing or _repeated_label(_AROUND.sub("", spelt)) else None


def _is_sentence(start: str, text: str, words: int) -> bool:
    """Whether what starts like the label of a time or a picture goes on as a sentence."""
    if start not in _LIKE_VERBS or not text.endswith((".", "؟", "!")) or ":" in text:
        return False
    if _PLACES_TO_FOLLOW.intersection(fold(text).split()):
        return False
    return words >= _SENTENCE_WORDS and not re.search(r"\d", text)


def _repeated_label(spelt: str) -> bool:
    """Whether a line is one furniture label after another: "طباعة الخبر ارسال الخبر"."""
    words = spelt.split()
    at = 0
    while at < len(words):
        for length in range(min(5, len(words) - at), 0, -1):
            if " ".join(words[at : at + length]) in _EXACT:
                at += length
                break
        else:
            return False
    return True
