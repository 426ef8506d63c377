"""The language of a text, told from its letters: Arabic outlets also print English, Kurdish and
Persian pages."""

from __future__ import annotations

import re
from collections import Counter

from spiders.reading import windows1256

_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]+")
_LATIN = re.compile("[A-Za-zÀ-ÿ]+")
# Letters that a language has and Arabic has not; ی and ک come from Farsi keyboards in Arabic too.
_LETTERS = {"ku": "ێۆەڕڵڤ", "ur": "ٹڈڑےںھ", "fa": "پچژگ"}
_OWN = [windows1256.having(letters.match) for letters in (_ARABIC, _LATIN)]
_OWN_LETTERS = {name: windows1256.having(own.__contains__) for name, own in _LETTERS.items()}
_SHARE = {"ku": 0.04, "ur": 0.02, "fa": 0.012}
_WORDS = {
    "en": ("the", "of", "and", "to", "in", "that", "said", "for", "was", "on", "with", "by"),
    "fr": ("le", "la", "les", "des", "et", "du", "une", "dans", "que", "pour", "est", "au"),
    "tr": ("ve", "bir", "bu", "için", "ile", "olarak", "olan", "da", "de", "daha"),
    "de": ("der", "die", "und", "das", "den", "von", "mit", "für", "ist", "im"),
    "es": ("el", "los", "de", "que", "las", "por", "con", "una", "para", "del"),
}
_SAMPLE_CHARS = 2_000


def detect(text: str, claimed: str = "") -> str:
    """The ISO 639-1 code of a text's language; what the page claims decides between kin."""
    sample = text[:_SAMPLE_CHARS]
    spelt = windows1256.encode(sample)
    arabic, latin = _letters(sample, spelt)
    code = claimed.replace("_", "-").split("-")[0][:3]
    if arabic >= latin:
        return _in_arabic_letters(sample, spelt, arabic, code)
    words = Counter(re.findall(r"\w+", sample.casefold()))
    counts = {name: sum(words[word] for word in common) for name, common in _WORDS.items()}
    best = max(counts, key=lambda name: counts[name])
    if code in counts and counts[code] * 2 >= counts[best]:
        return code
    return best if counts[best] else "en"


def _letters(sample: str, spelt: bytes | None) -> tuple[int, int]:
    """How many Arabic and how many Latin letters a text holds."""
    if spelt is None:
        arabic, latin = (sum(map(len, letters.findall(sample))) for letters in (_ARABIC, _LATIN))
    else:
        arabic, latin = (len(spelt) - len(spelt.translate(None, own)) for own in _OWN)
    return arabic, latin


def _in_arabic_letters(sample: str, spelt: bytes | None, letters: int, code: str) -> str:
    for name, own in _LETTERS.items():
        if spelt is None:
            found = sum(map(sample.count, own))
        else:
            found = len(spelt) - len(spelt.translate(None, _OWN_LETTERS[name]))
        if found / (letters or 1) >= _SHARE[name] / (2 if code == name else 1):
            return name
    return "ar"
