"""Bytes to text, and text to what is stored."""

from __future__ import annotations

import codecs

import pytest

from spiders.reading import charset, cleaning

TEXT = "قال رئيس البلدية في المؤتمر إن العمل على إصلاح الطريق مستمر، وإن المدة المقررة لم تتغير."
PAGE = "<html><head><meta charset='{}'></head><body><p>" + TEXT + "</p></body></html>"


@pytest.mark.parametrize("real", ["utf-8", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize(
    "named", ["utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "windows-1252", "nonsense"]
)
def test_real_charset_wins_over_the_declared_one(real: str, named: str) -> None:
    page = PAGE.format(named).encode(real, "replace")
    read = charset.decode(page, f"text/html; charset={named}")
    assert TEXT.encode(real, "replace").decode(real) in read


def test_byte_order_marks() -> None:
    assert charset.decode(codecs.BOM_UTF8 + TEXT.encode(), "text/html; charset=x") == TEXT
    assert charset.decode(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None) == TEXT


def test_a_page_cut_inside_a_letter_is_still_utf_8() -> None:
    assert charset.decode(TEXT.encode()[:-2], None) == TEXT[:-2]


def test_declared_charset_is_found_in_header_then_page() -> None:
    assert charset.declared(b"<meta charset=utf-8>", "text/html; charset=windows-1256") == "cp1256"
    assert charset.declared(b"<meta charset=iso-8859-6>", "text/html") == "iso8859-6"
    assert charset.declared(b"<p>", None) is None


def _misread(text: str, as_charset: str) -> str:
    signs = []
    for byte in text.encode():
        try:
            signs.append(bytes([byte]).decode(as_charset))
        except UnicodeDecodeError:
            signs.append(chr(byte))
    return "".join(signs)


@pytest.mark.parametrize("as_charset", ["windows-1252", "windows-1256", "latin-1"])
def test_one_misreading_is_undone(as_charset: str) -> None:
    assert charset.decode(_misread(TEXT, as_charset).encode(), None) == TEXT


def test_a_text_about_signs_is_not_mended() -> None:
    text = TEXT + " ويكتب الحرف هكذا: Ø§Ù"
    assert charset.mend(text) == text


def test_latin_bytes_keep_their_declared_charset() -> None:
    page = "<meta charset=windows-1252><p>Café à Beyrouth".encode("cp1252")
    assert "Café à Beyrouth" in charset.decode(page, None)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("\u202bحلب\u202c \u200fو\u200eإدلب\ufeff", "حلب وإدلب"),
        ("مر\u200bح\u200dبا \u00ad", "مرحبا"),
        ("ﺣﻠﺐ ﻻ ﺗﻨﺎﻡ", "حلب لا تنام"),
        ("سلام\u00a0\u2003 عليكم\n\tجميعا", "سلام عليكم جميعا"),
        ("عــــــاجل", "عـاجل"),
        ("a\x00b\x07c\ud800", "abc"),
        ("می\u200cشود", "می\u200cشود"),
        ("مُدَرِّسٌ «نعم» ١٢", "مُدَرِّسٌ «نعم» ١٢"),
    ],
)
def test_cleaned_lines(dirty: str, clean: str) -> None:
    assert cleaning.line(dirty) == clean


def test_storms_of_marks_are_bounded() -> None:
    assert len(cleaning.line("ه" + "\u0651" * 5000)) == 4
    assert cleaning.line("ه" + "\u200b" * 5000) == "ه"


def test_titles_and_texts_are_bounded() -> None:
    assert len(cleaning.title("كلمة " * 1000)) <= cleaning.MAX_TITLE_CHARS + 1
    long = ["كلمة " * 1000] * 1000
    assert len(cleaning.paragraphs(long)) <= cleaning.MAX_TEXT_CHARS
    assert len(cleaning.paragraphs(["كلمة " * 200_000])) <= cleaning.MAX_TEXT_CHARS
