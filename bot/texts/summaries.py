"""What summaries and live cards say, in Arabic and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.texts.replies import Noun
from storage.hours import Why
from storage.people import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTexts:
    """One language; names in braces are filled in."""

    heads: Mapping[Why, str]
    continued: str
    stories: Noun
    more: str
    update: str
    full: str  # on the live card, once the hourly limit is reached
    others: Noun


ARABIC = SummaryTexts(
    heads={
        "quiet": "☀️ في ساعات هدوئك: {stories}",
        "digest": "🗞 موجزك: {stories}",
        "limit": "🗞 ما زاد على حدّ الساعة: {stories}",
        "late": "⏳ فاتك أثناء الانقطاع: {stories}",
    },
    continued="تتمة الموجز",
    stories=Noun(one="خبر واحد", two="خبران", few="أخبار", many="خبرًا", hundreds="خبر"),
    more="وغير ذلك {stories}. آخر الأخبار: \u200e/latest",
    update="تحديث",
    full=(
        "⏸ بلغتَ حدّ التنبيهات في الساعة. ما يأتي حتى {time} يُجمع هنا، ثم يصلك موجزًا "
        "(لتغيير الحد: \u200e/limit)"
    ),
    others=Noun(
        one="خبر آخر", two="خبران آخران", few="أخبار أخرى", many="خبرًا آخر", hundreds="خبر آخر"
    ),
)

ENGLISH = SummaryTexts(
    heads={
        "quiet": "☀️ During your quiet hours: {stories}",
        "digest": "🗞 Your digest: {stories}",
        "limit": "🗞 Beyond the hour's limit: {stories}",
        "late": "⏳ Missed during an outage: {stories}",
    },
    continued="The digest, continued",
    stories=Noun(
        one="one story", two="2 stories", few="stories", many="stories", hundreds="stories"
    ),
    more="And {stories} more. The latest: /latest",
    update="Update",
    full=(
        "⏸ This hour's limit is reached. What comes until {time} is gathered here and then sent "
        "as a digest (to change the limit: /limit)"
    ),
    others=Noun(one="one more", two="2 more", few="more", many="more", hundreds="more"),
)


def summary_texts(language: Language) -> SummaryTexts:
    """The texts of a language."""
    return ARABIC if language == "ar" else ENGLISH
