"""Pages that are no article although they look like one: the reason, or None."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from spiders.reading import trees
from spiders.reading.markup import ends_sentence
from spiders.reading.opened import Page
from spiders.reading.outcomes import Reason
from spiders.reading.spelling import fold

_LISTS = frozenset({"archive", "search-results", "front"})  # as WordPress and Drupal call them
_LISTED = re.compile(r"^/(?:[a-z]{2}/)?(?:tags?|categor(?:y|ies)|authors?|search|topics?)/[^/]*/?$")
SHORT_WORDS = 60  # an article longer than this is one, whatever words it holds


def _any(spellings: str) -> re.Pattern[str]:
    words = [r"\s+".join(fold(one).split()) for one in spellings.split("|")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


_NO_PAGE = _any(
    "الصفحة غير موجودة|الصفحة المطلوبة غير|لم يتم العثور على الصفحة|صفحة غير موجودة|"
    "الصفحة التي تبحث عنها|الصفحة التي طلبتها|الصفحة التي تحاول|لم نتمكن من العثور على الصفحة|"
    "لم نتمكن من العثور على ما طلبت|لم نتمكن من العثور على ما تبحث|خطأ 404|error 404|"
    "404 not found|page not found"
)
_NO_PAGE_TITLE_WORDS = 8  # a title so short that says so is no headline, whatever stands below it
_NOT_FOUND = _any(
    "المحتوى غير موجود|الخبر غير موجود|المقال غير موجود|الرابط غير صحيح|تم حذف هذا الخبر|"
    "تم حذف الخبر"
)
_ERROR = _any(
    "just a moment|checking your browser|attention required|access denied|403 forbidden|"
    "502 bad gateway|503 service|504 gateway|service unavailable|service temporarily unavailable|"
    "internal server error|under maintenance|are you a robot|verify you are human|"
    "الموقع تحت الصيانة|موقعنا تحت الصيانة|الموقع قيد الصيانة"
)  # as a title begins
_SOON = _any(
    "نعمل على تطوير الموقع|نعمل على تحديث الموقع|الموقع قيد التطوير|الموقع قيد التحديث|"
    "سنعود اليكم قريبا|نعود اليكم قريبا"
)
_NOTICE_WORDS = 25
_GONE = re.compile(
    r"(?<!\w)(?:الصفحه|المحتوي|الخبر|المقال|الرابط|الماده|الموضوع)\s+(?:لم يعد|لم تعد)\s+"
    r"(?:متاح|متوفر|موجود)"
)
_LOGIN = _any(
    "للمشتركين فقط|سجل الدخول للمتابعة|سجل الدخول لقراءة|تسجيل الدخول لقراءة|"
    "سجل الدخول لمواصلة|اشترك الآن لقراءة|اشترك الآن لمتابعة|اشترك لمواصلة|مقالاتك المجانية|"
    "يرجى تسجيل الدخول|يجب تسجيل الدخول|هذا المحتوى للمشتركين|اشترك لمتابعة القراءة|"
    "اشترك لقراءة|لمواصلة القراءة اشترك|لمتابعة القراءة يرجى|subscribe to continue|"
    "متاح على التطبيق فقط|حمل التطبيق لقراءة|حمل التطبيق لمتابعة|"
    "log in to continue|sign in to continue|subscribers only"
)
# A page without any of these in its source, nor letters written as numbers, has no wall.
_HINTS = [
    hint.encode()
    for hint in (
        *("دخول", "شترك", "شتراك", "قراءة", "قراءه", "التطبيق", "&#"),
        *("ubscri", "UBSCRI", "og in", "og In", "OG IN", "ign in", "ign In", "IGN IN"),
    )
]


def refusal(title: str, text: str, page: Page, *, whole: bool) -> Reason | None:
    """Why a page with this title and body is no article.

    `page` is looked at for a login wall, unless the text is known to be `whole`.
    """
    spelt = fold(title)
    if len(spelt.split()) <= _NO_PAGE_TITLE_WORDS and (
        spelt.strip() in ("404", "not found") or _NO_PAGE.search(spelt)
    ):
        return "not-found-page"
    if text.count(" ") >= SHORT_WORDS or len(text.split()) > SHORT_WORDS:
        return None
    spelt = f"{spelt} {fold(text)}"
    if reason := _error(spelt):
        return reason
    if not whole and _asks_to_log_in(page):
        return "login-wall"
    if not text or _of_section(title, text) or _of_list(page):
        return "no-body"
    return None if title else "no-title"


def _of_section(title: str, text: str) -> bool:
    """Whether a title and a text are a section's name and what it is about."""
    one_line = "\n" not in text and not ends_sentence(text)
    return one_line and " " not in title.strip()


def _of_list(page: Page) -> bool:
    """Whether a page with little text calls itself a list of articles, or is the home page."""
    body = page.tree.find("body")
    names = (body.get("class") or "").split() if body is not None else []
    if _LISTS.intersection(names) and "single" not in names:
        return True
    try:
        address = urlsplit(page.url)
    except ValueError:
        return False
    return (not address.path.strip("/") and not address.query) or (
        _LISTED.search(address.path) is not None
    )


def _asks_to_log_in(page: Page) -> bool:
    """Whether what a page shows asks to log in; its bare text, which costs less, is asked first."""
    if not any(hint in page.utf8 for hint in _HINTS):
        return False
    told = trees.text_of(page.tree)
    return bool(_LOGIN.search(fold(told)) and _LOGIN.search(fold(page.shown())))


def _error(spelt: str) -> Reason | None:
    """What a short page, folded, says instead of an article."""
    if _ERROR.match(spelt) or (len(spelt.split()) <= _NOTICE_WORDS and _SOON.search(spelt)):
        return "error-page"
    gone = any(pattern.search(spelt) for pattern in (_NO_PAGE, _NOT_FOUND, _GONE))
    return "not-found-page" if gone else None
