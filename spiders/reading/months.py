"""The words for months, days, hours and zones in Arabic pages, as `watch.arabic.fold` spells them.

Months are written Levantine (نيسان), Egyptian and Gulf (أبريل), Tunisian and Algerian (أفريل),
Moroccan (غشت) or two of these at once; pages of Arabic outlets also carry English
and, in the Maghreb, French ones.
"""

from __future__ import annotations

import re

from watch.arabic import fold

_MONTHS: tuple[str, ...] = (
    "يناير|كانون الثاني|كانون ثاني|كانون ثان|كانون2|جانفي|january|jan|janvier",
    "فبراير|شباط|فيفري|february|feb|février|fevrier",
    "مارس|آذار|march|mar|mars",
    "أبريل|إبريل|نيسان|أفريل|april|apr|avril",
    "مايو|أيار|ماي|may|mai",
    "يونيو|يونيه|حزيران|جوان|june|jun|juin",
    "يوليو|يوليه|تموز|جويلية|يوليوز|july|jul|juillet",
    "أغسطس|آب|أوت|غشت|august|aug|août|aout",
    "سبتمبر|أيلول|شتنبر|september|sept|sep|septembre",
    "أكتوبر|تشرين الأول|تشرين أول|تشرين1|october|oct|octobre",
    "نوفمبر|تشرين الثاني|تشرين ثاني|تشرين ثان|تشرين2|نونبر|november|nov|novembre",
    "ديسمبر|كانون الأول|كانون أول|كانون1|دجنبر|december|dec|décembre|decembre",
)
_HIJRI: tuple[str, ...] = (
    "محرم|المحرم|محرم الحرام",
    "صفر",
    "ربيع الأول|ربيع أول",
    "ربيع الثاني|ربيع الآخر|ربيع ثاني|ربيع آخر",
    "جمادى الأولى|جمادى الأول|جمادي الأولى",
    "جمادى الثانية|جمادى الآخرة|جمادى الثاني|جمادى الآخر",
    "رجب",
    "شعبان",
    "رمضان|رمضان المبارك",
    "شوال",
    "ذو القعدة|ذي القعدة|ذوالقعدة",
    "ذو الحجة|ذي الحجة|ذوالحجة",
)
_DAYS = "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد"
_ORDINALS = (
    "الأول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع|العاشر|الحادي عشر|الثاني عشر|"
    "الثالث عشر|الرابع عشر|الخامس عشر|السادس عشر|السابع عشر|الثامن عشر|التاسع عشر|العشرين|"
    "الحادي والعشرين|الثاني والعشرين|الثالث والعشرين|الرابع والعشرين|الخامس والعشرين|"
    "السادس والعشرين|السابع والعشرين|الثامن والعشرين|التاسع والعشرين|الثلاثين|الحادي والثلاثين"
)
_NUMBERS = (
    "واحد|اثنين|ثلاث|أربع|خمس|ست|سبع|ثماني|تسع|عشر",
    "واحدة|اثنتين|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|عشرة",
)
_ZONES = {
    "غرينتش|جرينتش|غرينيتش|غرينش|الغرينتشي": "UTC",
    "مكة|مكة المكرمة|السعودية|الرياض": "Asia/Riyadh",
    "القاهرة|مصر": "Africa/Cairo",
    "دمشق|سوريا": "Asia/Damascus",
    "بيروت|لبنان": "Asia/Beirut",
    "بغداد|العراق": "Asia/Baghdad",
    "القدس|فلسطين|القدس المحتلة": "Asia/Jerusalem",
    "عمان|الأردن": "Asia/Amman",
    "أبوظبي|أبو ظبي|دبي|الإمارات": "Asia/Dubai",
    "الدوحة|قطر": "Asia/Qatar",
    "تونس": "Africa/Tunis",
    "الجزائر": "Africa/Algiers",
    "موسكو": "Europe/Moscow",
    "إسطنبول|تركيا|أنقرة": "Europe/Istanbul",
}


def _each(spellings: str) -> list[str]:
    return [re.sub(r"\s+", r"\\s+", fold(one)) for one in spellings.split("|")]


def _alternatives(spellings: list[str]) -> str:
    return "|".join(sorted(spellings, key=len, reverse=True))


MONTH_NUMBERS = {
    name.replace(r"\s+", " "): number
    for number, spellings in enumerate(_MONTHS, start=1)
    for name in _each(spellings)
}
MONTH = _alternatives([name for spellings in _MONTHS for name in _each(spellings)])
HIJRI_NUMBERS = {
    name.replace(r"\s+", " "): number
    for number, spellings in enumerate(_HIJRI, start=1)
    for name in _each(spellings)
}
HIJRI_MONTH = _alternatives([name for spellings in _HIJRI for name in _each(spellings)])
DAY_NAME = _alternatives(_each(_DAYS))
WEEKDAYS = {
    name: number for number, name in enumerate(_each(_DAYS))
}  # as datetime counts: Monday 0
ORDINALS = {name.replace(r"\s+", " "): day for day, name in enumerate(_each(_ORDINALS), start=1)}
ORDINAL = _alternatives(_each(_ORDINALS))
NUMBERS = {
    word: value for row in _NUMBERS for value, word in enumerate(map(fold, row.split("|")), start=1)
}
NUMBER = _alternatives(list(NUMBERS))
ZONES = {fold(one): zone for spellings, zone in _ZONES.items() for one in spellings.split("|")}
ZONE = _alternatives([re.sub(r"\s+", r"\\s+", name) for name in ZONES])


def month_number(name: str) -> int:
    """The month (1 to 12) that a folded name stands for; raises KeyError if it is none."""
    return MONTH_NUMBERS[" ".join(name.split())]
