"""The line filters, as other programs use them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from munadi import filters
from munadi.settings import shipped_seeds
from watch.topics import load

LONG = (
    "أعلن المجلس المحلي في بلدة الياسمين افتتاح مدرسة جديدة تضم اثني عشر صفا ومختبرا للعلوم. " * 4
)


def ask(name: str, lines: bytes) -> tuple[int, list[dict[str, Any]]]:
    makers = {
        "match": lambda: filters.matcher(load(shipped_seeds())),
        "stories": filters.storyteller,
        "pairs": filters.pair_judge,
    }
    out = io.BytesIO()
    status = filters.filter_lines(io.BytesIO(lines), makers[name](), out)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def rows(*objects: object) -> bytes:
    return b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in objects)


def test_match_names_the_topics_with_their_words() -> None:
    article = {"id": 7, "title": "قصف على حلب", "text": "قصف الطيران أحياء في حلب.", "more": 1}
    status, replies = ask("match", rows(article, {"id": "b", "title": None, "text": None}))
    assert status == 0
    (topic,) = replies[0]["topics"]
    assert replies[0]["id"] == 7
    assert (topic["topic"], topic["level"]) == ("aleppo", "about")
    assert 0 <= topic["score"] <= 1
    assert topic["matched"] == ["حلب"]
    assert replies[1] == {"id": "b", "topics": []}


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"{not json", "not JSON"),
        (b'["a list"]', "not a JSON object"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"id": 1, "title": 5}', '"title" must be text'),
        (b"[" * 100_000, "not JSON"),
        (b'{"id": NaN}', "NaN is no number"),
        (b'{"id": [-Infinity]}', "-Infinity is no number"),
        (b'{"id": 1e999}', "its id cannot be written back"),
    ],
)
def test_a_bad_line_costs_one_error_and_the_others_are_answered(
    bad: bytes, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = rows({"id": 1, "title": "", "text": ""})
    status, replies = ask("match", good + bad + b"\n" + good)
    assert status == 1
    assert len(replies) == 2
    (error,) = capsys.readouterr().err.splitlines()
    assert error.startswith("line 2: ")
    assert why in error


def test_blank_lines_a_byte_order_mark_and_lone_surrogates_do_no_harm() -> None:
    lines = b'\xef\xbb\xbf{"id": "\\ud800", "title": "\\udfff"}\r\n\r\n'
    status, replies = ask("match", lines)
    assert status == 0
    assert len(replies) == 1


def test_a_closed_input_is_an_empty_one_and_a_closed_output_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert filters.filter_stdin(filters.storyteller()) == 0
    monkeypatch.setattr("sys.stdout", None)
    assert filters.filter_stdin(filters.storyteller()) == 1
    assert "standard output is closed" in capsys.readouterr().err


def test_stories_joins_a_reprint_and_tells_the_rest_apart() -> None:
    first = {"id": "a", "outlet": "x", "url": "http://x/1", "title": "مدرسة جديدة", "text": LONG}
    other = {
        "id": "b",
        "outlet": "y",
        "url": "http://y/1",
        "title": "أسعار الخضار",
        "text": "هبطت.",
    }
    again = first | {"id": "c", "outlet": "z", "url": "http://z/9", "published": "2026-03-01"}
    status, replies = ask("stories", rows(first, other, again))
    assert status == 0
    assert [reply["story"] for reply in replies] == ["a", "b", "a"]
    assert [reply["relation"] for reply in replies] == ["new", "new", "reprint"]
    assert [reply["to"] for reply in replies] == [None, None, "a"]


@pytest.mark.parametrize(
    "published", [None, "", "2026-03-01", "2026-03-01T10:00:00", "2026-03-01 10:00:00+03:00", "?"]
)
def test_stories_takes_published_in_any_shape(published: str | None) -> None:
    status, replies = ask("stories", rows({"id": 1, "published": published, "title": "خبر"}))
    assert status == 0
    assert replies[0]["relation"] == "new"


def test_pairs_are_judged_alone() -> None:
    a = {"id": "a1", "outlet": "x", "url": "http://x/1", "title": "مدرسة جديدة", "text": LONG}
    pair = {"id": "p", "a": a, "b": a | {"id": "b1", "outlet": "y", "url": "http://y/2"}}
    apart = {"id": "q", "a": a, "b": {"title": "أسعار الخضار", "text": "هبطت الأسعار اليوم."}}
    status, replies = ask("pairs", rows(pair, apart))
    assert status == 0
    assert [(reply["id"], reply["story"]) for reply in replies] == [("p", "a"), ("q", "b")]
    assert replies[0]["relation"] == "reprint"
    assert set(replies[0]) == {"id", "story", "relation", "score"}


def test_a_pair_without_both_sides_is_a_bad_line(capsys: pytest.CaptureFixture[str]) -> None:
    status, replies = ask("pairs", rows({"id": 1, "a": {}}))
    assert (status, replies) == (1, [])
    assert "line 1: a pair needs two objects" in capsys.readouterr().err


def test_it_runs_from_any_directory_and_a_reader_who_leaves_is_no_error(tmp_path: Path) -> None:
    lines = rows(*({"id": number, "title": "خبر", "text": LONG} for number in range(2000)))
    with subprocess.Popen(
        [sys.executable, "-m", "munadi", "match"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(lines[:400])
        process.stdin.flush()
        try:
            process.stdin.write(lines[400:2000])
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == 0
            process.stdout.close()
            process.stdin.write(lines[2000:])
            process.stdin.close()
        except BrokenPipeError:
            pass
        assert b"Traceback" not in process.stderr.read()


def test_the_command_line_loads_nothing_slow_by_itself() -> None:
    script = "import sys, munadi.cli, munadi.filters; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", script], text=True).split()
    slow = {"sqlite_utils", "scrapy", "twisted", "telegram", "trafilatura", "feedparser", "lxml"}
    assert slow.isdisjoint(loaded)
    assert "watch.matching" in loaded
