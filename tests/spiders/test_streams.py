"""Data of frameworks is told as plain values, and hostile data costs little."""

from __future__ import annotations

import json
import time

import pytest

from spiders.reading import streams


def _push(text: str) -> str:
    return f"self.__next_f.push([1,{json.dumps(text, ensure_ascii=False)}])"


def test_a_text_row_stands_where_it_is_named() -> None:
    text = "<p>نص طويل</p>"
    stream = streams.pushed(
        _push('1:I[12,[],"x"]\n')
        + _push(f"7:T{len(text.encode()):x},")
        + _push(text + '5:["$","$L6",null,{"title":"عنوان","body":"$7"}]\n')
    )
    found = list(streams.flight(stream))
    assert found[-1][3] == {"title": "عنوان", "body": text}


def test_numbered_values_are_told_once_each() -> None:
    values = [{"data": 1}, {"title": 2, "body": 3}, "عنوان", "نص"]
    assert list(streams.numbered(values)) == [{"title": "عنوان", "body": "نص"}]


def test_a_function_tells_its_object_with_what_it_is_given() -> None:
    script = (
        'window.__NUXT__=(function(a,b){return {data:[{title:"عنوان: ثان",body:"\\u003Cp\\u003E",'
        "rate:.5,half:1.5,by:a,on:b,no:void 0}]}}(null,true));"
    )
    assert streams.called(script) == {
        "data": [
            {"title": "عنوان: ثان", "body": "<p>", "rate": 0.5, "half": 1.5}
            | {"by": None, "on": True, "no": None}
        ]
    }


@pytest.mark.parametrize(
    "script",
    ["", "__NUXT__", "__NUXT__=(function(a){return {", "__NUXT__=(function(a){return {b:a}"],
)
def test_a_broken_function_tells_nothing(script: str) -> None:
    assert streams.called(script) is None


@pytest.mark.no_cover
def test_hostile_data_is_bounded() -> None:
    long = "ن" * 500_000
    again = json.dumps(["$7"] * 20_000)
    began = time.monotonic()
    stream = f"7:T{len(long.encode()):x},{long}5:{again}\n"
    told = sum(len(one) for row in streams.flight(stream) for one in row)
    assert told <= 4_000_000
    looped = [{"a": 0, "b": 1}, [0, 1, 2], [1] * 5_000]
    assert len(json.dumps(list(streams.numbered(looped)))) < 4_000_000
    streams.called("__NUXT__=(function(a){return {" + 'a:"\\"' * 100_000 + "}(" * 50_000)
    streams.called("__NUXT__=(function(a){return {b:[" + "a," * 200_000 + f'0]}}("{long}"))')
    assert time.monotonic() - began < 10
