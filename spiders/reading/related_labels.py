"""The headings of boxes of other articles, put together from their parts: "مقالات قد تعجبك"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

_PIECES = (
    *("أخبار", "مواضيع", "موضوعات", "مقالات", "قصص", "مواد", "محتويات", "تقارير", "ملفات", "روابط"),
    *("فيديوهات", "مقاطع", "عناوين", "مشاركات", "تدوينات", "حلقات", "وصفات"),
)
_LIKE = (
    *("ذات صلة", "ذات الصلة", "ذات علاقة", "ذات العلاقة", "ذات صلة بالموضوع", "متعلقة", "مرتبطة"),
    *("مشابهة", "مماثلة", "مقترحة", "مختارة", "قد تعجبك", "قد تهمك", "تهمك", "متصلة"),
)
_MOST = (
    *("قراءة", "مشاهدة", "تعليقا", "تداولا", "شعبية", "مشاركة", "زيارة", "اهتماما", "متابعة"),
    *("بحثا", "طباعة", "تصفحا", "رواجا", "تفاعلا"),
)
_WHEN = ("", " الآن", " اليوم", " هذا الأسبوع", " خلال أسبوع", " في أسبوع")
_NEWEST = ("آخر", "أحدث", "أهم", "أبرز", "المزيد من")
_AUTHORS = ("للكاتب", "للكاتب نفسه", "لنفس الكاتب", "بقلم الكاتب")


def labels() -> Iterator[str]:
    """All these headings."""
    for piece, like in product(_PIECES, _LIKE):
        yield f"{piece} {like}"
    for most, when in product(_MOST, _WHEN):
        yield f"الأكثر {most}{when}"
        yield from (f"ال{piece} الأكثر {most}{when}" for piece in _PIECES[:4])
    for newest, piece in product(_NEWEST, _PIECES):
        yield f"{newest} ال{piece}"
    for piece, author in product(_PIECES, _AUTHORS):
        yield from (f"{piece} {author}", f"{piece} أخرى {author}")
