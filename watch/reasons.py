"""Why an article is about a topic or only names it: clauses that are true of it, in two languages.

Each is said only where it holds: "the title" never of an article that has it there weakly only, and
words of places never of other topics.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from watch.strength import Strength
from watch.weights import WEIGHTS

CLAUSES = 2  # as many are said


class Measure(NamedTuple):
    """One thing the level was judged by: its value and how much it moved the score."""

    name: str
    value: float
    push: float  # in log-odds, against an average article; above 0 speaks for `about`


class _Says(NamedTuple):
    """What a feature says for and against `about`, and from which value on."""

    about: str
    least: float
    mention: str
    most: float


_NEVER = -1.0
_FEATURES = {
    "title": _Says("it stands in the title", 0.5, "it is not in the title", 0.0),
    "first_sentence": _Says(
        "the first sentence names it", 0.5, "the first sentence does not name it", 0.0
    ),
    "openings": _Says("a paragraph opens with it", 0.6, "no paragraph opens with it", 0.0),
    "amount": _Says("it is named often", 1.3, "it is named seldom or weakly", 0.8),
    "early_amount": _Says("the beginning dwells on it", 0.6, "the beginning hardly has it", 0.3),
    "paragraphs": _Says("it is named throughout", 0.5, "few paragraphs name it", 0.2),
}
_PLACES = _FEATURES | {
    "share": _Says("few other places are named", 0.7, "other places are named more", 0.5),
    "towns": _Says("what lies in it is named too", 0.1, "", _NEVER),
}
_CONCEPTS = _FEATURES | {
    "kin": _Says("it begins with talk of the same matter", 0.1, "it begins with other matters", 0.0)
}


def _table(features: Mapping[str, _Says], *, about: bool) -> tuple[tuple[bool, float, str], ...]:
    """Return for each weight in turn: if it gives way to the title, from where on, what is said."""
    never = _Says("", math.inf, "", _NEVER)
    says = [(name != "title", features.get(name, never)) for name in WEIGHTS]
    if about:
        return tuple([(later, each.least, each.about) for later, each in says])
    return tuple([(later, each.most, each.mention) for later, each in says])


_OF_PLACES = _table(_PLACES, about=False), _table(_PLACES, about=True)
_OF_CONCEPTS = _table(_CONCEPTS, about=False), _table(_CONCEPTS, about=True)
_WEAKENED = "it is named as {0}"
ONLY_PASSING = "it is only named in passing"
FAR_APART = "its words stand far apart"

ARABIC: Mapping[str, str] = {
    "it stands in the title": "اسمه في العنوان",
    "it is not in the title": "اسمه ليس في العنوان",
    "the first sentence names it": "الجملة الأولى تسميه",
    "the first sentence does not name it": "الجملة الأولى لا تسميه",
    "a paragraph opens with it": "فقرة منه تبدأ به",
    "no paragraph opens with it": "لا فقرة تبدأ به",
    "it is named often": "ذكره يتكرر",
    "it is named seldom or weakly": "ذكره قليل أو عارض",
    "the beginning dwells on it": "أول الخبر يدور عليه",
    "the beginning hardly has it": "أول الخبر يكاد يخلو منه",
    "it is named throughout": "ذكره يعم الخبر",
    "few paragraphs name it": "قليل من الفقرات يسميه",
    "few other places are named": "قلما يذكر معه مكان آخر",
    "other places are named more": "أماكن أخرى تذكر أكثر منه",
    "what lies in it is named too": "تذكر معه بلدات تقع فيه",
    "it begins with talk of the same matter": "أول الخبر في الشأن نفسه",
    "it begins with other matters": "أول الخبر في شأن آخر",
    "it is named as one name in a list": "يرد اسما في قائمة",
    "it is named as the place someone comes from or goes to": "يرد مكانا جاء منه أحد أو ذهب إليه",
    "it is named as an aim, or what something sets out from": "يرد هدفا أو منطلقا لشيء آخر",
    "it is named as a mark in time": "يرد لتأريخ شيء آخر",
    "it is named as something of another year": "يرد في كلام عن سنة مضت",
    "it is named as background": "يرد في جملة تستعيد ما مضى",
    "it is named as a comparison": "يرد للتشبيه",
    "it is named as part of another name": "يرد جزءا من اسم آخر",
    "it is named as a pointer to another article": "يرد في سطر يحيل إلى خبر آخر",
    "it is named as an adjective": "يرد صفة لا غير",
    ONLY_PASSING: "لا يذكر إلا عرضا",
    FAR_APART: "كلماته متباعدة في النص",
    "all of it together": "مجموع ما فيه",
}


def reason(
    values: Iterable[float],
    pushes: Sequence[float],
    strengths: Sequence[Strength],
    *,
    about: bool,
    concept: bool,
    titled: bool,
) -> str:
    """Say in a clause or two what weighed most for the level, by each feature's value and push.

    The title goes before all else, as a reader looks there first; `titled` says whether it names
    the topic, be it in passing.
    """
    said = [] if about else _weakness(strengths)
    rows = zip(values, pushes, (_OF_CONCEPTS if concept else _OF_PLACES)[about], strict=True)
    if about:
        true = [
            (later, -push, clause)
            for value, push, (later, least, clause) in rows
            if push > 0 and value >= least
        ]
    else:
        true = [
            (later, push, clause)
            for value, push, (later, most, clause) in rows
            if push <= 0 and value <= most and (later or not titled)
        ]
    said += [clause for _, _, clause in sorted(true)]
    clauses = " and ".join(said[:CLAUSES]) or "all of it together"
    return f"about it, because {clauses}" if about else f"a mention, because {clauses}"


def _weakness(strengths: Sequence[Strength]) -> list[str]:
    """Return what holds of most finds and makes them weak."""
    whys = [why for strength in strengths for why in strength.why]
    if not whys:
        return []
    why = max(dict.fromkeys(whys), key=whys.count)
    return [_WEAKENED.format(why)] if 2 * whys.count(why) > len(strengths) else []
