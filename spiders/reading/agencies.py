"""Which wire an article credits, told from the places where Arabic pages credit one.

The places: a line of its own at the end ("ا ف ب", "المصدر: رويترز"), brackets at the end of the
last paragraph ("(بترا)"), the place line or the first words ("دمشق-سانا", "أنقرة/ الأناضول",
"(رويترز) -") and the author of the structured data. A wire that the text only quotes is not
credited; "وكالات" names none.
"""

from __future__ import annotations

import re

from spiders.reading.spelling import fold

# Spellings after "/" are common words or names too, and count only where a credit must stand.
_SPELLINGS = {
    "AFP": "أ ف ب|اف ب|ا.ف.ب|فرانس برس|وكالة فرانس برس|وكالة الصحافة الفرنسية|afp/الفرنسية",
    "Reuters": "رويترز|رويتر|وكالة رويترز|reuters",
    "AP": "أسوشيتد برس|اسوشييتد برس|أسوشيتدبرس|associated press/أ ب|ap",
    "SANA": "سانا|وكالة سانا|الوكالة العربية السورية للأنباء|sana",
    "AA": "الأناضول|وكالة الأناضول|الاناضول|anadolu|anadolu agency/aa",
    "Sputnik": "سبوتنيك|وكالة سبوتنيك|سبوتنيك عربي|sputnik",
    "DPA": "د ب أ|د.ب.أ|dpa|وكالة الأنباء الألمانية/الألمانية",
    "Xinhua": "شينخوا|وكالة شينخوا|xinhua",
    "TASS": "وكالة تاس|tass|تاس الروسية/تاس",
    "RIA Novosti": "نوفوستي|ريا نوفوستي|ria novosti",
    "Interfax": "إنترفاكس|interfax",
    "EFE": "وكالة إفي|efe/إفي",
    "MENA": "أ ش أ|وكالة أنباء الشرق الأوسط",
    "SPA": "وكالة الأنباء السعودية|spa/واس",
    "WAM": "وكالة أنباء الإمارات|wam/وام",
    "QNA": "وكالة الأنباء القطرية|qna/قنا",
    "KUNA": "وكالة الأنباء الكويتية|kuna/كونا",
    "BNA": "وكالة أنباء البحرين|bna/بنا",
    "Petra": "بترا|وكالة الأنباء الأردنية|petra",
    "WAFA": "وكالة وفا|وكالة الأنباء الفلسطينية|wafa/وفا",
    "INA": "وكالة الأنباء العراقية/واع",
    "NNA": "الوكالة الوطنية للإعلام/الوكالة الوطنية|الوطنية|وطنية",
    "IRNA": "إرنا|irna",
    "TAP": "وكالة تونس أفريقيا للأنباء/وات",
    "APS": "وكالة الأنباء الجزائرية/واج",
    "MAP": "وكالة المغرب العربي للأنباء|و م ع",
    "SABA": "وكالة سبأ|وكالة الأنباء اليمنية/سبأ|saba",
    "LANA": "وكالة الأنباء الليبية/وال",
    "SUNA": "وكالة السودان للأنباء|وكالة الأنباء السودانية/سونا|suna",
    "ONA": "وكالة الأنباء العمانية/العمانية",
    "ANHA": "هاوار|وكالة أنباء هاوار|anha",
    "UPI": "يو بي آي|يو بي اي|upi",
    "Bloomberg": "بلومبرغ|بلومبيرغ|bloomberg",
}


def _pattern(spelling: str) -> str:
    """A spelling in which letters apart may be written with full stops, dots or no gap between."""
    letters = re.split(r"[ .]", fold(spelling))
    if all(len(letter) == 1 for letter in letters):
        if len(letters) > 2:
            return r"[\s.]*".join(letters) + r"\.?"
        # "اب" is a month and a father, and in "ا ب خ" a desk signs.
        return r"(?<!\b\w[\s.])" + r"[\s.]+".join(letters) + r"\.?(?![\s.]*\w\b)"
    return r"\s+".join(map(re.escape, fold(spelling).split()))


def _named_by(agency: str, *, strict: bool) -> str:
    """What one wire is called: the sure spellings, or also the likely ones."""
    sure, _, likely = _SPELLINGS[agency].partition("/")
    chosen = sure if strict else "|".join(filter(None, (sure, likely)))
    return "|".join(sorted(map(_pattern, chosen.split("|")), key=len, reverse=True))


def _table(*, strict: bool) -> re.Pattern[str]:
    """All wires in one pattern; the number of the group that matched names the wire."""
    names = "|".join(f"({_named_by(agency, strict=strict)})" for agency in _SPELLINGS)
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)")


_AGENCIES = tuple(_SPELLINGS)
_SURE = _table(strict=True)
_LIKELY = _table(strict=False)
_SOURCE = re.compile(
    r"^\W*+(?:(?P<word>المصدر|مصدر الخبر|المصادر|مصدر(?=\s*[:：])|source|نقلا عن)|عن)(?!\w)\s*"
    r"(?P<sign>[:：/|-])?\s*"
    r"(?P<rest>.{2,80})$"
)
_MOST_PLACE_WORDS = 3
_PAPER = re.compile(r"(?:صحيفه|جريده|مجله|موقع|قناه|شبكه)\s")  # "عن صحيفة الغد"; not "عن عمر"
_MOST_SOURCE_WORDS = 4  # without a sign behind the word; more is a sentence that begins with it
_NEUTRAL = re.compile(  # with the letters apart by which desks sign: "ع.ج/ح.ز (د ب أ)"
    r"(?<!\w)(?:وكالات|الوكالات|وكاله|مواقع|متابعات|وسائل|اعلام|و|عن|خاص|المصدر|مع|"
    r"الروسيه|التركيه|السوريه|الفرنسيه|الالمانيه|الرسميه|للانباء|النهايه|\w)(?!\w)"
)
_LETTER = re.compile(r"[^\W\d_]")
# "الرياض 20 ربيع الآخر 1447 هـ الموافق 12 أكتوبر 2025 م واس"
_DATED = re.compile(
    r"(?P<place>[^\W\d]+(?:\s[^\W\d]+)?)\s\d{1,2}\s[^.:]{4,60}?\d{4}\s?م?\s(?P<wire>(?!هـ|م\s|الموافق)[^\W\d]+)(?!\w)"
)
# What a line that is nothing but a credit begins with; it spares most lines the closer look.
_BEGINS = re.compile(rf"\W*+(?:{_LIKELY.pattern}|{_NEUTRAL.pattern}|[\d_])")
_BRACKETS = re.compile(r"[(\[«]\s*([^()\[\]«»]{1,40}?)\s*[)\]»][\s.]*$")
_PART = re.compile(r"\s*([-–—/:|()\[\]،,]|\.\s)\s*")
_BEHIND_WIRE = frozenset("-–—/")
_BEFORE_WIRE = _BEHIND_WIRE | frozenset("|([")
_APART = re.compile(r"(?<!\w)(\w\.) (?=\w\.)")  # "ا. ف. ب."
_HOUR = re.compile(r"\W*\d{1,2}[:.]\d\d\W*")
_YEAR = re.compile(r"[12]\d{3}")
_PHOTO = re.compile(
    r"(?:/|\(|©|getty|غيتي|جيتي|\|)\s*(?:images|reuters|afp|ap|epa|sana|رويترز|فرانس برس|ا ف ب|"
    r"الاناضول|غيتي|سبوتنيك|ارشيف\w*|getty)"
)


def named(text: str, *, likely: bool = False) -> str | None:
    """The first wire that a short text names; `likely` also takes names that are common words."""
    return _wire((_LIKELY if likely else _SURE).search(fold(text)))


def credit(line: str) -> tuple[bool, str | None]:
    """Whether a line is nothing but a credit, and the wire it credits if it names one."""
    if len(line) > 110:
        return False, None
    folded = fold(line)
    source = _SOURCE.match(folded)
    if source and _is_source(source):
        return True, named(source["rest"], likely=True)
    if not _BEGINS.match(folded):
        return False, None
    if not _wires(folded):
        return False, None
    if _HOUR.fullmatch(folded) or _YEAR.fullmatch(folded):  # of a live blog, a chronicle
        return False, None
    return True, named(folded, likely=True)


def _is_source(told: re.Match[str]) -> bool:
    """Whether a line that begins as a source does names one: "عندما", "عن عمر" and "المصدر قال" do
    not.
    """
    count = len(told["rest"].split())
    if told["sign"]:
        return count <= 11
    if count > _MOST_SOURCE_WORDS or told["rest"].endswith("."):
        return False
    return (
        told["word"] is not None or _PAPER.match(told["rest"]) is not None or _wires(told["rest"])
    )


def _wires(text: str) -> bool:
    """Whether a folded text is nothing but names of wires and words beside them."""
    return _LETTER.search(_NEUTRAL.sub(" ", _LIKELY.sub(" ", text))) is None


def source(line: str) -> str | None:
    """The wire that a line names as its source: "المصدر: رويترز"."""
    return credit(line)[1] if len(line) <= 110 and _SOURCE.match(fold(line)) else None


def named_alone(line: str) -> str | None:
    """The wire that a line between title and text names; there, "AP" may be a picture's."""
    is_credit, agency = credit(line)
    return agency if is_credit and (named(line) or _SOURCE.match(fold(line))) else None


def at_end(paragraph: str) -> str | None:
    """The wire in brackets at the end of a paragraph."""
    match = _BRACKETS.search(paragraph[-60:])
    return _whole(match[1]) if match else None


def at_start(text: str) -> str | None:
    """The wire of a place line or of the first words of a text: "دمشق-سانا", "(رويترز) -"."""
    start = text[:90]
    if begun := dated(start):
        return begun[1]
    if "ـ" in start:
        start = re.sub(r"\sـ+\s", " - ", start)  # a stretch that stands alone is a dash
    start = fold(start)
    if not any(sign in start for sign in _BEFORE_WIRE):
        return None
    if ". " in start:
        start = _APART.sub(r"\1", start)
    parts = _PART.split(start)
    for at in range(0, min(len(parts), 9), 2):
        part = parts[at]
        before = parts[at - 1] if at else ""
        after = parts[at + 1] if at + 1 < len(parts) else ""
        if before in _BEFORE_WIRE or after in _BEHIND_WIRE:
            agency = _whole(part) or (_leading(part) if at else None)
            if agency:
                return agency
        if len(part.split()) > 4:
            return None
    return None


def dated(start: str) -> tuple[str, str] | None:
    """The place and the wire around the day with which a text begins, if it begins so."""
    found = _DATED.match(start)
    agency = found and _whole(found["wire"])
    return (found["place"], agency) if found and agency else None


def leads(text: str) -> bool:
    """Whether a text begins with the name of a wire."""
    return _leading(fold(text)) is not None


def author(name: str) -> str | None:
    """The wire that a page names as the author."""
    return _whole(name)


def photo_credit(text: str) -> bool:
    """Whether a line carries the credit of a picture; "أنقرة/ الأناضول" is a place line."""
    if text.count("/") == 2 or len(text.split()) <= _MOST_PLACE_WORDS:
        text = text.replace("/", " ")
    return _PHOTO.search(fold(text)) is not None


def _whole(text: str) -> str | None:
    """The wire, if a text is nothing else than its name and other wires'."""
    is_credit, agency = credit(text)
    return agency if is_credit else None


def _leading(text: str) -> str | None:
    """The wire whose name a text begins with."""
    return _wire(_SURE.match(text))


def _wire(match: re.Match[str] | None) -> str | None:
    return _AGENCIES[match.lastindex - 1] if match and match.lastindex else None
