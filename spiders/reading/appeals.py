"""What an outlet says to its readers: its policy on comments, its cookies, where to follow it and
to read on, and when it posted a text.
"""

from __future__ import annotations

import re

from spiders.reading.spelling import fold

# What outlets write above their comments; articles that quote such lines are not known.
_POLICY = re.compile(
    r"(?:الاراء|التعليقات|المشاركات|المقالات|التدوينات|المدونات)\s.{0,60}"
    r"(?:لا تعبر|تعبر عن (?:راي|اراء) \w*(?:كاتب|صاحب|اصحاب))"
    r"|هذا الموقع محمي بواسطه|لا يسمح باعاده (?:نشر|النشر)|جميع مشاركاتك|ارشادات الاستخدام"
    r"|(?:الاخبار|المواد|المقالات) المنشوره (?:علي|في) (?:الصفحه|الموقع)"
    r"|^(?:هذا )?المقاله? [تي]عبر عن (?:راي|اراء) \w*(?:كاتب|صاحب)"
    r"|^(?:النص|المقاله?|المقالات|المواد|الاراء|(?:كل )?ما ينشر)\s.{0,80}لا ?[يت]عبر بالضروره عن"
    r"|اذا كنت تعتقد\S* ان (?:المقال|الخبر)"
    r"|تحتفظ ادار[هة] .{0,30}بحق حذف"
    r"|لن يتم نشر اي تعليق|نرحب بتعليقاتكم|شروط نشر التعليقات"
)
# A bar about cookies stands before or behind everything.
_COOKIES = re.compile(
    r"(?:ملفات تعريف الارتباط|الكوكيز|cookies).*(?:موقعنا|الموقع|تصفح|توافق|موافق|your)"
    r"|نستخدم .{0,60}(?:ملفات تعريف الارتباط|الكوكيز)|خياراتك .{0,120}المصلحه المشروعه"
)
# An outlet that speaks of its own channels asks to be followed there.
_OURS = re.compile(
    r"(?<!\w)[وبلف]?(?:قناتنا|قنواتنا|صفحتنا|صفحاتنا|تطبيقنا|نشرتنا|مجموعتنا|حسابنا|حساباتنا|منصاتنا)(?!\w)"
)
_OUR_ENDS = ("تنا", "قنا", "بنا")
_ASKED = re.compile(
    r"(?<!\w)(?:تابع\w*|اشترك\w*|انضم\w*|حمل\w*|نزل\w*|اضغط\w*|يمكنكم?|للانضمام|للاشتراك|لمتابعه|زوروا?)(?!\w)"
)
_MOST_ASKED_WORDS = 25
# Outlets that speak of themselves by name: "Follow the agency's news on the waves 98.5 and 98.1".
_FOLLOWED = re.compile(
    r"^(?:تابعوا?|يمكنكم? متابعه) (?:اخر |احدث )?(?:ال)?اخبار.{0,80}(?<!\w)(?:عبر|الرابط)(?!\w)"
)
# What sends readers elsewhere, and what stands where a browser shows no player or no post.
_ELSEWHERE = re.compile(
    r"(?:اضغط|انقر)(?:وا)? (?:هنا|علي الرابط)[^\w»”\"]*$"
    r"|(?:^\W*(?:(?:رجاء|يرجي) )?(?:اشترك|الاشتراك)|ليصلك|لتصلك|لايصال).{0,80}بريدكم? الالكتروني"
    r"|^(?:تابع|انضم).*(?:غوغل|جوجل|google) (?:نيوز|news)\W*$"
    r"|^تمت مشاركه منشور بواسطه|^عرض هذا المنشور علي"
    r"|enable javascript|support (?:the|html5) (?:audio|video)|^لتشغيل .{0,60}جافا"
    r"|^(?:تم (?:انشاء|اعداد|توليد) )?(?:هذا )?(?:ال)?ملخص "
    r"(?:بالذكاء|(?:.{0,20} )?(?:اعده|كتبه|انشاه|بواسطه|بمساعده|باستخدام) .{0,20}الذكاء) الاصطناعي"
    r"|^(?:تبرعكم?|دعمكم?) (?:ل\w+ )?(?:يساعدنا|يمكننا|يساهم في استمرار)"
    r"|^.{0,12}خطا في [^؟]{1,25}؟ ?(?:اخبرنا|ابلغنا|راسلنا|اعلمنا|بلغنا)\W*$"
    r"|\(فتح في نافذه جديده\)$|^\W*متصفحك لا يدعم|(?<!\w)شارك(?:ه|ها|وه|وها) مع (?:ال)?اصدقا"
    r"|^\W*يمكنكم? (?:استلام|تسلم|تلقي) اشعار.{0,80}تطبيق"
)
_ELSEWHERE_SIGNS = (
    *("اضغط", "انقر", "بريدك", "نيوز", "ews", "منشور"),
    *("avaScript", "upport", "جافا", "متصفحك", "شعارات", "صدقا"),
    *("نافذة", "تبرعك", "دعمك", "خطأ", "لخص"),
)
_COOKIE_SIGNS = ("تعريف الارتباط", "كوكيز", "cookies", "خياراتك")
# "نُشر يوم الخميس، 3 يوليو 2014; 02:21."
_POSTED_AT = re.compile(
    r"نشر (?:يوم )?(?:ال)?(?:احد|اثنين|ثلاثاء|اربعاء|خميس|جمعه|سبت)\W{1,2}\d.{0,25}\d:\d\d"
)
# Each policy holds one of these; looking for them is quicker than the pattern.
_POLICY_SIGNS = (
    *("لا تعبر", "تعبر عن", "يعبر عن", "محمي بواسطه", "باعاده ن", "باعاده الن"),
    *("جميع مشاركاتك", "ارشادات الاستخدام", "المنشوره", "كنت تعتقد", "لن يتم نشر"),
    *("نرحب بتعليقاتكم", "شروط نشر", "بالضروره", "بحق حذف"),
)
_POLICY_WORDS = 90


def addresses(text: str, words: int) -> bool:
    """Whether a line sends its readers elsewhere, tells them of cookies, or dates its text."""
    if words <= _MOST_ASKED_WORDS and (_asks(text) or _dates(text)):
        return True
    if not 8 < words <= _POLICY_WORDS:
        return False
    folded = fold(text)
    return any(sign in folded for sign in _COOKIE_SIGNS) and _COOKIES.search(folded) is not None


def _asks(text: str) -> bool:
    """Whether a line asks to be followed, or to read, look and share elsewhere."""
    folded = fold(text) if "نا" in text else ""
    ours = any(end in folded for end in _OUR_ENDS) and _OURS.search(folded)
    if ours and _ASKED.search(folded):
        return True
    if any(sign in text for sign in _ELSEWHERE_SIGNS) and _ELSEWHERE.search(fold(text)):
        return True
    return "تابع" in text and _FOLLOWED.search(fold(text)) is not None


def _dates(text: str) -> bool:
    """Whether a line tells who posted a text, or on which day and hour."""
    if text.startswith("Posted By "):
        return " On " in text
    return text.startswith("ن") and _POSTED_AT.match(fold(text)) is not None


def policy(text: str, words: int) -> bool:
    """Whether a line tells what an outlet holds of comments, and so ends its article."""
    if not 8 < words <= _POLICY_WORDS:
        return False
    folded = fold(text)
    return any(sign in folded for sign in _POLICY_SIGNS) and _POLICY.search(folded) is not None
