"""Time zones by the names people give them: a city or a country, in Arabic or English."""

from __future__ import annotations

import difflib
import re
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from watch.arabic import fold

LONGEST_NAME = 60
ALIKE = 0.75
_AHEAD = re.compile(r"(?:utc|gmt|غرينتش)?\s?(?P<sign>[+-])\s?(?P<hours>\d{1,2})(?::?00)?")
_SIGNS = str.maketrans("+-", "-+")

_NAMES = {
    "Asia/Damascus": "دمشق|الشام|سوريا|سورية|حلب|حمص|حماة|اللاذقية|طرطوس|إدلب|درعا|السويداء|الرقة|"
    "دير الزور|الحسكة|القامشلي|القنيطرة|syria|aleppo|homs|hama|idlib|latakia|raqqa|deir ez-zor",
    "Asia/Beirut": "بيروت|لبنان|صيدا|lebanon",
    "Asia/Amman": "عمان|الأردن|jordan",
    "Asia/Baghdad": "بغداد|العراق|البصرة|الموصل|أربيل|iraq|mosul|erbil|basra",
    "Asia/Gaza": "غزة",
    "Asia/Hebron": "فلسطين|الضفة|رام الله|الخليل|نابلس|palestine|ramallah",
    "Asia/Jerusalem": "القدس|إسرائيل|تل أبيب|israel|tel aviv",
    "Asia/Riyadh": "الرياض|السعودية|جدة|مكة|المدينة المنورة|saudi arabia|jeddah|mecca",
    "Asia/Kuwait": "الكويت",
    "Asia/Qatar": "قطر|الدوحة|doha",
    "Asia/Dubai": "دبي|الإمارات|أبو ظبي|أبوظبي|الشارقة|uae|emirates|abu dhabi",
    "Asia/Bahrain": "البحرين|المنامة|manama",
    "Asia/Muscat": "مسقط|سلطنة عمان|oman",
    "Asia/Aden": "اليمن|صنعاء|عدن|yemen|sanaa",
    "Africa/Cairo": "القاهرة|مصر|الإسكندرية|egypt|alexandria",
    "Africa/Khartoum": "الخرطوم|السودان|sudan",
    "Africa/Tripoli": "طرابلس|ليبيا|بنغازي|libya|benghazi",
    "Africa/Tunis": "تونس|tunisia",
    "Africa/Algiers": "الجزائر|algeria",
    "Africa/Casablanca": "المغرب|الرباط|الدار البيضاء|morocco|rabat",
    "Africa/Nouakchott": "موريتانيا|نواكشوط|mauritania",
    "Africa/Mogadishu": "الصومال|مقديشو|somalia",
    "Europe/Istanbul": "إسطنبول|اسطنبول|تركيا|أنقرة|غازي عنتاب|عنتاب|أورفا|مرسين|أضنة|turkey|"
    "turkiye|ankara|gaziantep|urfa|mersin",
    "Europe/Berlin": "برلين|ألمانيا|هامبورغ|ميونخ|كولونيا|فرانكفورت|germany|hamburg|munich|"
    "cologne|frankfurt",
    "Europe/Paris": "باريس|فرنسا|مرسيليا|france|marseille",
    "Europe/London": "لندن|بريطانيا|المملكة المتحدة|إنجلترا|uk|britain|england|united kingdom",
    "Europe/Stockholm": "ستوكهولم|السويد|مالمو|sweden|malmo",
    "Europe/Oslo": "أوسلو|النرويج|norway",
    "Europe/Copenhagen": "كوبنهاغن|الدنمارك|denmark",
    "Europe/Amsterdam": "أمستردام|هولندا|netherlands|holland",
    "Europe/Brussels": "بروكسل|بلجيكا|belgium",
    "Europe/Vienna": "فيينا|النمسا|austria",
    "Europe/Zurich": "زيورخ|سويسرا|جنيف|switzerland|geneva",
    "Europe/Rome": "روما|إيطاليا|italy",
    "Europe/Madrid": "مدريد|إسبانيا|spain",
    "Europe/Athens": "أثينا|اليونان|greece",
    "Asia/Nicosia": "قبرص|نيقوسيا|cyprus",
    "Europe/Moscow": "موسكو|روسيا|russia",
    "Asia/Tehran": "طهران|إيران|iran",
    "America/New_York": "نيويورك|واشنطن|washington|boston|us|usa",
    "America/Chicago": "شيكاغو",
    "America/Detroit": "ديترويت|ديربورن|dearborn",
    "America/Los_Angeles": "لوس أنجلوس|كاليفورنيا|california",
    "America/Toronto": "تورنتو|كندا|مونتريال|canada|montreal",
    "America/Sao_Paulo": "البرازيل|brazil",
    "Australia/Sydney": "سيدني|أستراليا|australia",
    "Asia/Kuala_Lumpur": "ماليزيا|malaysia",
    "UTC": "غرينتش|utc|gmt",
}


@cache
def _zones() -> dict[str, str]:
    """Every name, as it is compared, and its zone; names of our own come before the database's."""
    known = {_spelt(name): key for key, names in _NAMES.items() for name in names.split("|")}
    for key in sorted(available_timezones()):
        known.setdefault(_spelt(key), key)
        if "/" in key and not key.startswith("Etc/"):
            known.setdefault(_spelt(key.rpartition("/")[2]), key)
    return known


def zone_of(name: str) -> ZoneInfo | None:
    """The zone that people call so, None if nobody does."""
    key = _zones().get(_spelt(name[:LONGEST_NAME])) or _ahead(name)
    return None if key is None else ZoneInfo(key)


def _ahead(name: str) -> str | None:
    """The key of `UTC+3` or `+03:00`; the database has whole hours, and turns their sign."""
    found = _AHEAD.fullmatch(fold(name).strip())
    if found is None:
        return None
    ahead = int(found["sign"] + found["hours"])
    if ahead == 0:
        return "UTC"
    return f"Etc/GMT{-ahead:+d}" if -12 <= ahead <= 14 else None


def near(name: str) -> str | None:
    """The known name that is spelt most like an unknown one."""
    found = difflib.get_close_matches(_spelt(name[:LONGEST_NAME]), _zones(), 1, ALIKE)
    return found[0] if found else None


def label(zone: ZoneInfo, arabic: bool) -> str:
    """What a zone is called in a message: its first name in Arabic, else its city."""
    if zone.key.startswith("Etc/GMT"):
        return zone.key.removeprefix("Etc/").translate(_SIGNS).replace("GMT", "UTC")
    if arabic and zone.key in _NAMES:
        return _NAMES[zone.key].partition("|")[0]
    return zone.key.rpartition("/")[2].replace("_", " ")


def _spelt(name: str) -> str:
    return " ".join(fold(name).replace("_", " ").replace("/", " ").replace("-", " ").split())
