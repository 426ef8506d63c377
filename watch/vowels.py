"""Short vowels that part a name from another word: حِمص is the city, حُمّص the dish.

Print mostly leaves them out, and then they say nothing. Where a writer sets one, it is often to
keep two words apart.
"""

from __future__ import annotations

from watch.arabic import fold

_SHADDA = "\u0651"
_VOWELS = frozenset("\u064e\u064f\u0650\u0652")  # a, u, i and none
_SEATS = frozenset("أإآ")
_TELLING = _VOWELS | _SEATS | {_SHADDA}  # most printed words have none of these


def contradicts(printed: str, name: str) -> bool:
    """Tell whether a printed word carries marks that this vowelled name cannot have.

    Compared are the letters of the name's length at the word's end, so that what is written on to a
    name does not count. A doubled letter, another vowel and another seat of the hamza contradict;
    the vowel of the last letter does not, as it changes with the sentence.
    """
    if _TELLING.isdisjoint(printed):
        return False
    wanted = _letters(name)
    found = _letters(printed)[-len(wanted) :]
    if [fold(letter) for letter, _ in found] != [fold(letter) for letter, _ in wanted]:
        return False
    last = len(wanted) - 1
    return any(
        (_SHADDA in marks and _SHADDA not in own)
        or (at < last and _differ(marks & _VOWELS, own & _VOWELS))
        or _differ({letter} & _SEATS, {proper} & _SEATS)
        for at, ((letter, marks), (proper, own)) in enumerate(zip(found, wanted, strict=True))
    )


def _differ(printed: set[str], own: set[str]) -> bool:
    return bool(printed and own) and printed.isdisjoint(own)


def _letters(word: str) -> list[tuple[str, set[str]]]:
    """Return each letter with the marks that follow it; the stretch is none."""
    letters: list[tuple[str, set[str]]] = []
    for character in word:
        if fold(character):
            letters.append((character, set()))
        elif letters:
            letters[-1][1].add(character)
    return letters
