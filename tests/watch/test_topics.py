"""Topics read from seeds: found by any name, refused with file, key, fault and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from shipped import SEEDS, TOPICS

from watch.errors import TopicError
from watch.folders import Overlaid
from watch.matching import match
from watch.topics import from_name, load
from watch.trials import check


def seeds(folder: Path, **files: str) -> Path:
    """Write files named `topics__x` into `topics/x.toml`."""
    (folder / "topics").mkdir(exist_ok=True)
    for name, text in files.items():
        kind, _, stem = name.partition("__")
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / f"{stem}.toml").write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises(TopicError) as refused:
        load(folder)
    return list(refused.value.lines)


HEAD = 'name = "الوقود"\nname_en = "Fuel"\n'


def test_the_shipped_topics_hold_their_own_examples() -> None:
    assert {topic.id for topic in TOPICS} >= {"aleppo", "syria-ceasefire"}
    assert check(TOPICS) == []
    for topic in TOPICS:
        assert len(topic.examples) >= 8
        assert len(topic.counter_examples) >= 8
        assert {example.level for example in topic.examples} == {"about", "mention"}


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("aleppo", "aleppo"),
        ("ALEPPO", "aleppo"),
        ("حلب", "aleppo"),
        ("حَلَب", "aleppo"),
        ("أخبار حلب", "aleppo"),
        ("  مدينة  حلب ", "aleppo"),
        ("syria-ceasefire", "syria-ceasefire"),
        ("وقف اطلاق النار في سورية", None),
        ("وقف اطلاق النار في سوريا", "syria-ceasefire"),
        ("الهدنه فى سوريا", "syria-ceasefire"),
        ("ceasefire in syria", "syria-ceasefire"),
        ("", None),
        ("؟", None),
        ("الطقس", None),
    ],
)
def test_a_topic_is_found_by_any_of_its_names(name: str, topic: str | None) -> None:
    found = TOPICS.find(name)
    assert (found.id if found else None) == topic


def test_topics_are_a_collection() -> None:
    assert "aleppo" in TOPICS
    assert "nowhere" not in TOPICS
    assert TOPICS["aleppo"].name_en == "Aleppo"
    assert len(TOPICS) == len(list(TOPICS))


@pytest.mark.parametrize(
    ("name", "text", "matches"),
    [
        ("غزة", "وبغزة انقطعت الكهرباء", True),
        ("غزة", "أسعار الغاز", False),
        ("حمص", "لحمص طريقان", True),
        ("حمص", "طبق من الحمص", False),
        ("درعا", "نال الفائز درعاً", False),
        ("اليمن", "باليمن أمطار", True),
        ("العراق", "عراقيل جديدة", False),
        ("الليمون", "ليمون طازج", False),
        ("ليمون", "سعر الليمون", True),
        ("ليمون", "بليمون وملح", True),
        ("الأمم المتحدة", "قالت للأمم المتحدة", True),
    ],
)
def test_a_bare_name_becomes_a_topic(name: str, text: str, matches: bool) -> None:
    topic = from_name(name, TOPICS.gazetteer)
    hits = match("", text, TOPICS.with_topics([topic]))
    assert any(hit.topic == topic.id for hit in hits) is matches


def test_a_name_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="write at least one word"):
        from_name("؟!", TOPICS.gazetteer)


def test_a_folder_with_topics_alone_is_enough(tmp_path: Path) -> None:
    topics = load(seeds(tmp_path, topics__fuel=HEAD + 'match.phrases = ["(ال)مازوت"]\n'))
    assert [hit.topic for hit in match("أزمة المازوت", "", topics)] == ["fuel"]


def test_topics_of_ones_own_stand_on_the_shipped_places_and_concepts(tmp_path: Path) -> None:
    own = 'match.concept = "ceasefire"\nmatch.place = "aleppo"\n'
    topics = load(Overlaid((seeds(tmp_path, topics__truce="\ufeff" + HEAD + own), SEEDS)))
    assert [topic.id for topic in topics] == ["truce"]
    hits = match("وقف إطلاق النار في حلب", "", topics)
    assert [hit.topic for hit in hits] == ["truce"]


def test_files_that_are_not_seeds_are_passed_over(tmp_path: Path) -> None:
    folder = seeds(tmp_path, topics__fuel=HEAD + 'match.phrases = ["مازوت"]\n')
    (folder / "topics" / "README.md").write_text("words", encoding="utf-8")
    (folder / "topics" / ".draft.toml").write_text("???", encoding="utf-8")
    assert [topic.id for topic in load(folder)] == ["fuel"]


def test_a_folder_without_topics_is_refused(tmp_path: Path) -> None:
    (line,) = faults(tmp_path)
    assert "holds no folder topics/" in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "is not TOML"),
        ('name = "س"\n', "name_en: is missing; write it"),
        (HEAD + 'colour = 1\nmatch.phrases = ["س"]\n', "colour: unknown key; write only name,"),
        (HEAD + 'match.words = ["س"]\n', "match.words: unknown key; write only place,"),
        (HEAD + 'match.phrases = ["..."]\n', "match.phrases.0: write"),
        (HEAD + "[match]\n", "match: matches nothing; write place, concept, phrases"),
        (HEAD + 'match.place = "atlantis"\n', "match.place: no place 'atlantis'"),
        (HEAD + 'match.concept = "peace"\n', "match.concept: no concept 'peace'"),
        (HEAD + 'match.concept = "x"\nmatch.phrases = ["س"]\n', "write one of the two"),
        (
            HEAD + 'match.phrases = ["س"]\n[[examples]]\ntext = "س"\nlevel = "often"\n',
            "examples.0.level: write 'about' or 'mention'",
        ),
    ],
)
def test_a_bad_topic_costs_a_line_with_file_key_and_remedy(
    tmp_path: Path, text: str, said: str
) -> None:
    lines = faults(seeds(tmp_path, topics__fuel=text))
    assert any(line.startswith("topics/fuel.toml: ") and said in line for line in lines), lines


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    seeds(tmp_path)
    (tmp_path / "topics" / "fuel.toml").write_bytes('name = "وقود"'.encode("cp1256"))
    assert faults(tmp_path) == ["topics/fuel.toml: is not UTF-8; save it as UTF-8"]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    lines = faults(
        seeds(
            tmp_path,
            topics__a='name = "س"\n',
            places__x='[here]\nname = "هنا"\nname_en = "Here"\nlies_in = "there"\n',
            places__y='[here]\nname = "هنا"\nname_en = "Here"\n'
            '[ring]\nname = "ر"\nname_en = "R"\nlies_in = "ring"\n',
            concepts__c='name = "ك"\nname_en = "K"\nphrases = []\n',
        )
    )
    told = "\n".join(lines)
    assert "topics/a.toml: name_en" in told
    assert "places/y.toml: here: this place is already in another file" in told
    assert "ring: lies_in: lies in itself" in told
    assert "concepts/c.toml: phrases" in told
    assert len(lines) >= 5


def test_a_place_in_no_place_is_refused(tmp_path: Path) -> None:
    (line,) = faults(
        seeds(
            tmp_path,
            topics__a=HEAD + 'match.place = "here"\n',
            places__x='[here]\nname = "هنا"\nname_en = "Here"\nlies_in = "there"\n',
        )
    )
    assert line == "places: here: lies_in: no place 'there'; add it or leave the key out"


def test_topics_are_held_to_their_examples(tmp_path: Path) -> None:
    text = (
        HEAD
        + 'match.phrases = ["مازوت"]\n'
        + '[[examples]]\ntext = "خبز"\nlevel = "about"\n'
        + '[[counter_examples]]\ntext = "مازوت رخيص"\nwhy = "cheap"\n'
    )
    wanted, unwanted = check(load(seeds(tmp_path, topics__fuel=text)))
    assert wanted == "topics/fuel.toml: example 1 must be about, is judged none: خبز"
    assert "counter-example 1 must not match (cheap), is judged" in unwanted
