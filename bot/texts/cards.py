"""What a growing card says of its voices and of replaced facts, in Arabic and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.texts.replies import Noun
from storage.people import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTexts:
    """One language; names in braces are filled in."""

    reads_arabic: bool  # else a number in words is put into digits
    according: str
    one_text: str
    sites: Noun
    printed: str
    printed_by_two: str  # Arabic's dual takes the verb in the masculine
    voices: Mapping[int, str]  # how many independent ones, written out
    more_voices: str
    first: str
    timed: str
    toll: str
    first_toll: str
    corrected: str
    added: str
    dropped: str
    update: str
    agencies: Mapping[str, str]  # as this language writes them; others as they are kept

    def printed_by(self, outlets: int) -> str:
        """How many outlets printed it, two or more, in words."""
        if outlets == 2:
            return self.printed_by_two
        return self.printed.format(sites=self.sites.counted(outlets))


ARABIC = CardTexts(
    reads_arabic=True,
    according="بحسب {agency}، ",
    one_text="نص واحد، ",
    sites=Noun(one="موقع واحد", two="موقعان", few="مواقع", many="موقعًا", hundreds="موقع"),
    printed="نشرته {sites}",
    printed_by_two="نشره موقعان",
    voices={
        number: f"{count} مستقلة" if number > 2 else "جهتان مستقلتان"
        for number, count in enumerate(
            (
                *("جهتان", "ثلاث جهات", "أربع جهات", "خمس جهات", "ست جهات"),
                *("سبع جهات", "ثماني جهات", "تسع جهات", "عشر جهات"),
            ),
            start=2,
        )
    },
    more_voices="{number} جهة مستقلة",
    first="أول من نشره: {names}",
    timed="{name} {time}",
    toll="الحصيلة: {before} ← {now}",
    first_toll="الحصيلة: {now}",
    corrected="تصحيح: {before} ← {now}",
    added="تصحيح: أُضيف «{now}»",
    dropped="تصحيح: حُذف «{before}»",
    update="تحديث",
    agencies={
        "AFP": "أ ف ب",
        "Reuters": "رويترز",
        "AP": "أسوشيتد برس",
        "SANA": "سانا",
        "AA": "الأناضول",
        "Sputnik": "سبوتنيك",
        "DPA": "د ب أ",
        "Xinhua": "شينخوا",
        "TASS": "تاس",
        "RIA Novosti": "نوفوستي",
        "Interfax": "إنترفاكس",
        "EFE": "إفي",
        "MENA": "أ ش أ",
        "SPA": "واس",
        "WAM": "وام",
        "QNA": "قنا",
        "KUNA": "كونا",
        "BNA": "بنا",
        "Petra": "بترا",
        "WAFA": "وفا",
        "INA": "واع",
        "NNA": "الوطنية للإعلام",
        "IRNA": "إرنا",
        "TAP": "وات",
        "APS": "واج",
        "MAP": "و م ع",
        "ANHA": "هاوار",
        "UPI": "يو بي آي",
        "Bloomberg": "بلومبرغ",
    },
)

ENGLISH = CardTexts(
    reads_arabic=False,
    according="According to {agency}, ",
    one_text="One text, ",
    sites=Noun(one="one site", two="2 sites", few="sites", many="sites", hundreds="sites"),
    printed="printed by {sites}",
    printed_by_two="printed by 2 sites",
    voices={
        number: f"{count} independent sources"
        for number, count in enumerate(
            ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"), start=2
        )
    },
    more_voices="{number} independent sources",
    first="First printed by {names}",
    timed="{name} {time}",
    toll="Toll: {before} → {now}",
    first_toll="Toll: {now}",
    corrected="Correction: {before} → {now}",
    added="Correction: “{now}” was added",
    dropped="Correction: “{before}” was taken out",
    update="Update",
    agencies={},
)


def card_texts(language: Language) -> CardTexts:
    """The texts of a language."""
    return ARABIC if language == "ar" else ENGLISH
