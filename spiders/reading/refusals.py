"""Pages that are no article although they look like one: the reason, or None."""

from __future__ import annotations

import re

from spiders.reading.opened import Page
from spiders.reading.outcomes import Reason
from spiders.reading.spelling import fold

_SHORT_WORDS = 60  # an article longer than this is one, whatever words it holds


def _any(spellings: str) -> re.Pattern[str]:
    words = [r"\s+".join(fold(one).split()) for one in spellings.split("|")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


_NOT_FOUND = _any(
    "404|الصفحة غير موجودة|الصفحة المطلوبة غير|لم يتم العثور على الصفحة|صفحة غير موجودة|"
    "المحتوى غير موجود|الخبر غير موجود|المقال غير موجود|الصفحة التي تبحث عنها|"
    "الصفحة التي طلبتها|الرابط غير صحيح|تم حذف هذا الخبر|تم حذف الخبر|page not found|not found"
)
_LOGIN = _any(
    "للمشتركين فقط|سجل الدخول للمتابعة|سجل الدخول لقراءة|تسجيل الدخول لقراءة|"
    "يرجى تسجيل الدخول|يجب تسجيل الدخول|هذا المحتوى للمشتركين|اشترك لمتابعة القراءة|"
    "اشترك لقراءة|لمواصلة القراءة اشترك|لمتابعة القراءة يرجى|subscribe to continue|"
    "log in to continue|sign in to continue|subscribers only"
)
# A page without any of these in its source, nor letters written as numbers, has no wall.
_HINTS = (
    *("دخول", "شترك", "شتراك", "قراءة", "قراءه", "&#"),
    *("ubscri", "UBSCRI", "og in", "og In", "OG IN", "ign in", "ign In", "IGN IN"),
)


def refusal(title: str, text: str, page: Page) -> Reason | None:
    """Why a page with this title and body is no article; `page` is looked at for a login wall."""
    if len(text.split()) > _SHORT_WORDS:
        return None
    if _NOT_FOUND.search(fold(f"{title} {text}")):
        return "not-found-page"
    if any(word in page.source for word in _HINTS) and _LOGIN.search(fold(page.shown())):
        return "login-wall"
    if not text:
        return "no-body"
    return None if title else "no-title"
