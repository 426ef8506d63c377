"""Topics as data: all, any, none, near, in one sentence, in one part of the article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shipped import SEEDS, TOPICS

from watch.errors import TopicError
from watch.matching import explain, match
from watch.seeds import Match
from watch.topics import Topic, load, written_rule

GAZETTEER = TOPICS.gazetteer


def seed(folder: Path, **match_keys: Any) -> Path:
    """Write a seeds folder with one topic whose `[match]` has these keys."""
    lines = ['name = "تجربة"', 'name_en = "Trial"', "[match]"]
    for key, value in match_keys.items():
        shown = str(value).lower() if isinstance(value, bool) else repr(value).replace("'", '"')
        lines.append(f"{key} = {shown}")
    (folder / "topics").mkdir(exist_ok=True)
    (folder / "topics" / "trial.toml").write_text("\n".join(lines), "utf-8")
    (folder / "places").mkdir(exist_ok=True)
    (folder / "places" / "all.toml").write_text('[homs]\nname = "حمص"\nname_en = "Homs"', "utf-8")
    (folder / "concepts").mkdir(exist_ok=True)
    (folder / "concepts" / "flood.toml").write_text(
        'name = "سيل"\nname_en = "Flood"\nphrases = ["(ال)سيل", "(ال)سيول"]', "utf-8"
    )
    return folder


@pytest.mark.parametrize(
    ("keys", "title", "text", "wanted"),
    [
        ({"all": ["جسر", "نهر"]}, "", "جسر فوق نهر.", True),
        ({"all": ["جسر", "نهر"]}, "", "جسر فوق واد.", False),
        ({"any": ["جسر", "نهر"]}, "", "نهر جف.", True),
        ({"all": ["جسر"], "any": ["نهر", "واد"]}, "", "جسر قديم.", False),
        ({"all": ["جسر"], "none": ["نهر"]}, "", "جسر فوق نهر.", False),
        ({"all": ["@flood", "in:homs"]}, "", "جرفت السيول قرية قرب حمص.", True),
        ({"all": ["@flood", "in:homs"]}, "", "جرفت السيول قرية.", False),
        ({"all": ["جسر", "نهر"], "near": 3}, "", "جسر يعبر كل نهر.", True),
        ({"all": ["جسر", "نهر"], "near": 3}, "", "جسر بني قبل مئة عام فوق نهر.", False),
        ({"all": ["جسر", "نهر"], "same_sentence": True}, "", "جسر قديم. وجف نهر.", False),
        ({"all": ["جسر", "نهر"], "same_sentence": True}, "", "جسر قديم على نهر. انتهى.", True),
        ({"all": ["جسر"], "field": "title"}, "جسر جديد", "افتتح أمس.", True),
        ({"all": ["جسر"], "field": "title"}, "خبر", "افتتح جسر أمس.", False),
        ({"all": ["جسر"], "field": "lead"}, "خبر", "كلمة " * 50 + "جسر", False),
        ({"all": ["جسر"], "field": "lead"}, "خبر", "جسر أولا.", True),
        ({"all": ["جسر"], "field": "body"}, "جسر جديد", "افتتح أمس.", False),
        ({"place": "homs", "none": ["جسر"]}, "", "مطر في حمص.", True),
        ({"place": "homs", "none": ["جسر"]}, "", "جسر في حمص.", False),
        ({"place": "homs", "all": ["جسر"]}, "", "مطر في حمص.", False),
        ({"all": ["ريف حمص", "حمص"]}, "", "مطر في ريف حمص.", True),
    ],
)
def test_what_a_rule_matches(
    tmp_path: Path, keys: dict[str, Any], title: str, text: str, wanted: bool
) -> None:
    topics = load(seed(tmp_path, **keys))
    assert bool(match(title, text, topics)) is wanted
    said = explain(title, text, topics["trial"], topics)
    assert (said.level is not None) is wanted
    assert said.rule


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ({"all": ["@quake"]}, "match.all: nothing is called '@quake'"),
        ({"none": ["in:mars"], "all": ["جسر"]}, "match.none: nothing is called 'in:mars'"),
        ({"none": ["جسر"]}, "matches nothing"),
        ({"phrases": ["@flood"]}, "write plain words"),
        ({"all": ["!!"]}, "write at least one word"),
        ({"all": ["جسر"], "near": -1}, "match.near"),
        ({"all": ["جسر"], "field": "foot"}, "match.field"),
    ],
)
def test_a_rule_that_cannot_be_read_says_what_to_write(
    tmp_path: Path, keys: dict[str, Any], fault: str
) -> None:
    with pytest.raises(TopicError, match=r"topics/trial\.toml") as error:
        load(seed(tmp_path, **keys))
    assert fault in str(error.value)


def test_a_concept_cannot_refer_to_itself(tmp_path: Path) -> None:
    folder = seed(tmp_path, all=["جسر"])
    (folder / "concepts" / "flood.toml").write_text(
        'name = "سيل"\nname_en = "Flood"\nphrases = ["@flood"]', "utf-8"
    )
    with pytest.raises(TopicError, match="write plain words"):
        load(folder)


def test_two_topics_with_one_id_are_refused(tmp_path: Path) -> None:
    topics = load(seed(tmp_path, all=["جسر"]))
    twin: Topic = topics["trial"]
    with pytest.raises(TopicError, match="two of this id"):
        topics.with_topics([twin])


def test_a_topic_is_added_changed_and_dropped_while_others_stay() -> None:
    topics = load(SEEDS)
    text = "فتح جسر في حلب أمس."
    assert [hit.topic for hit in match("", text, topics)] == ["aleppo"]
    for match_keys in (Match(all=("جسر",), any=("in:aleppo", "in:homs")), Match(phrases=("جسر",))):
        topic = Topic(
            id="jisr",
            name_ar="جسور",
            name_en="Bridges",
            match=match_keys,
            rule=written_rule(match_keys),
        )
        topics.add(topic)
        assert topics.find("الجسور") is topic
        assert [hit.topic for hit in match("", text, topics)] == ["aleppo", "jisr"]
        topics.drop("jisr")
        assert topics.find("الجسور") is None
        assert [hit.topic for hit in match("", text, topics)] == ["aleppo"]
    place = Topic(id="idlib2", name_ar="س", name_en="i", match=Match(any=("in:idlib", "in:homs")))
    topics.add(replace(place, rule=written_rule(place.match)))
    assert [hit.topic for hit in match("", "مطر في حمص.", topics)] == ["homs", "idlib2"]
    topics.drop("idlib2")
    topics.drop("idlib2")
    assert [hit.topic for hit in match("", "مطر في حمص.", topics)] == ["homs"]
