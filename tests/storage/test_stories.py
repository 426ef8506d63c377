"""An article recorded becomes deliveries for those who follow it, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from newsroom import NOON, SECOND, Newsroom, a_hit, a_verdict, an_article

from storage.outbox import Sent
from storage.store import Store
from watch.records import Level, Relation, Span


@pytest.mark.parametrize(
    ("followed", "hit", "told"),
    [
        (Level.ABOUT, Level.ABOUT, 1),
        (Level.ABOUT, Level.MENTION, 0),
        (Level.MENTION, Level.ABOUT, 1),
        (Level.MENTION, Level.MENTION, 1),
    ],
)
def test_followers_are_told_at_the_level_they_asked_for(
    newsroom: Newsroom, followed: Level, hit: Level, told: int
) -> None:
    newsroom.reader(1, "aleppo", level=followed)
    newsroom.reader(2, "gaza", level=followed)
    assert newsroom.prints(a_hit(level=hit)).alerts == told
    assert len(newsroom.claims()) == told


def test_one_alert_per_chat_and_story_names_all_its_topics(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo", "syria-ceasefire", "gaza")
    hits = (a_hit(start=7), a_hit("syria-ceasefire", start=0), a_hit("yemen", start=13))
    recorded = newsroom.prints(*hits)
    assert recorded.alerts == 1
    (alert,) = newsroom.claims()
    assert [topic.topic for topic in alert.card.topics] == ["aleppo", "syria-ceasefire"]
    assert alert.card.spans == (Span("title", 0, 4), Span("title", 7, 11))


def test_a_joined_article_tells_only_those_who_were_not_told(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    story = newsroom.prints(a_hit()).story
    newsroom.reader(2, "aleppo")
    joined = newsroom.prints(a_hit(), verdict=a_verdict(Relation.SAME_EVENT, story=story))
    assert joined.alerts == 1
    cards = {delivery.chat_id: delivery.card for delivery in newsroom.claims()}
    assert {chat_id: card.outlet for chat_id, card in cards.items()} == {1: "صحيفة 1", 2: "صحيفة 2"}
    assert [line.outlet for line in cards[2].also] == ["صحيفة 1"]
    assert [line.relation for line in cards[1].also] == [Relation.SAME_EVENT]


def test_what_must_not_alert_tells_nobody_but_is_on_the_card(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    quiet = newsroom.prints(a_hit(), alerts=False)
    assert (quiet.alerts, quiet.edits) == (0, 0)
    loud = newsroom.prints(a_hit(), verdict=a_verdict(Relation.REPRINT, story=quiet.story))
    assert loud.alerts == 1
    (alert,) = newsroom.claims()
    assert (alert.card.outlet, alert.card.also[0].outlet) == ("صحيفة 2", "صحيفة 1")
    newsroom.settles(alert, Sent(501))
    late = newsroom.prints(
        a_hit(), verdict=a_verdict(Relation.REPRINT, story=quiet.story), alerts=False
    )
    assert (late.alerts, late.edits) == (0, 1)


def test_the_same_outlet_again_adds_nothing_to_the_card(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    story = newsroom.prints(a_hit(), outlet="المنبر").story
    (alert,) = newsroom.claims()
    newsroom.settles(alert, Sent(501))
    again = a_verdict(Relation.REPRINT, story=story)
    assert newsroom.prints(a_hit(), verdict=again, outlet="المنبر").edits == 0


def test_the_same_outlets_update_leads_its_card(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    story = newsroom.prints(a_hit(), outlet="المنبر").story
    (alert,) = newsroom.claims()
    newsroom.settles(alert, Sent(501))
    update = a_verdict(Relation.UPDATE, story=story)
    told = newsroom.prints(a_hit(), verdict=update, outlet="المنبر", title="الحصيلة ترتفع")
    assert (told.alerts, told.edits) == (0, 1)
    (edit,) = newsroom.claims(NOON + SECOND)
    assert (edit.card.title, edit.card.also) == ("الحصيلة ترتفع", ())


def test_another_outlets_update_stands_beside_the_leading_article(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    story = newsroom.prints(a_hit()).story
    (alert,) = newsroom.claims()
    newsroom.settles(alert, Sent(501))
    newsroom.prints(a_hit(), verdict=a_verdict(Relation.UPDATE, story=story), title="الحصيلة ترتفع")
    (edit,) = newsroom.claims(NOON + SECOND)
    assert edit.card.outlet == "صحيفة 1"
    assert [(line.title, line.relation) for line in edit.card.also] == [
        ("الحصيلة ترتفع", Relation.UPDATE)
    ]


def test_a_new_version_edits_the_cards_it_leads_and_keeps_the_old(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    first = newsroom.prints(a_hit())
    (alert,) = newsroom.claims()
    newsroom.settles(alert, Sent(501))
    newsroom.printed = 0
    update = a_verdict(Relation.UPDATE, known=first.article, story=first.story)
    second = newsroom.prints(a_hit(), verdict=update, title="تصحيح", text="عادوا غدا لا اليوم.")
    assert (second.article, second.alerts, second.edits) == (first.article, 0, 1)
    (edit,) = newsroom.claims(NOON + SECOND)
    assert (edit.card.title, edit.card.text) == ("تصحيح", "عادوا غدا لا اليوم.")
    assert newsroom.count("tellings") == 2
    assert [found.title for found in newsroom.store.archive.search("غدا")] == ["تصحيح"]
    assert newsroom.store.archive.search("الأهالي") == []


def test_a_new_version_of_an_article_that_does_not_lead_edits_nothing(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    story = newsroom.prints(a_hit()).story
    other = newsroom.prints(a_hit(), verdict=a_verdict(Relation.REPRINT, story=story)).article
    (alert,) = newsroom.claims()
    newsroom.settles(alert, Sent(501))
    newsroom.printed = 1
    update = a_verdict(Relation.UPDATE, known=other, story=story)
    assert newsroom.prints(a_hit(), verdict=update, text="نص آخر").edits == 0


def test_a_new_version_that_comes_to_name_a_topic_tells_its_followers(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    first = newsroom.prints()
    newsroom.printed = 0
    update = a_verdict(Relation.UPDATE, known=first.article, story=first.story)
    assert newsroom.prints(a_hit(), verdict=update, text="عادوا إلى حلب.").alerts == 1


def test_the_same_verdict_twice_owes_nothing_more(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    (alert,) = newsroom.claims()
    newsroom.settles(alert, Sent(501))
    newsroom.printed = 0
    again = newsroom.prints(a_hit())
    assert (again.alerts, again.edits) == (0, 0)
    assert newsroom.store.outbox.owed() == 0


def test_who_was_away_is_told_when_the_story_goes_on(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    story = newsroom.prints(a_hit()).story
    newsroom.store.people.pause(1, "kicked", NOON)
    newsroom.store.people.welcome(1, "private", "ar", NOON)
    assert newsroom.claims() == []
    assert newsroom.prints(a_hit(), verdict=a_verdict(Relation.REPRINT, story=story)).alerts == 1
    (alert,) = newsroom.claims()
    assert alert.card.outlet == "صحيفة 2"


def test_record_outside_a_transaction_is_a_bug(store: Store) -> None:
    with pytest.raises(RuntimeError, match="outside"):
        store.stories.record(an_article(1), a_verdict())


def test_a_transaction_within_a_transaction_is_a_bug(store: Store) -> None:
    with store.transaction(), pytest.raises(RuntimeError, match="within"):
        store.people.forget(1)


def test_a_version_of_nothing_is_a_bug(newsroom: Newsroom) -> None:
    with pytest.raises(LookupError, match="99"):
        newsroom.prints(verdict=a_verdict(Relation.UPDATE, known=99, story=1))


def test_broken_characters_are_kept_as_question_marks(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    broken = {
        "title": "عودة \ud83d الأهالي",
        "text": "نص \udc00 مكسور\x00",
        "outlet": "المنبر\ud800",
    }
    first = newsroom.prints(a_hit(), **broken)
    newsroom.printed = 0
    assert newsroom.prints(a_hit(), **broken).article == first.article
    (alert,) = newsroom.claims()
    assert (alert.card.title, alert.card.outlet) == ("عودة ? الأهالي", "المنبر?")
    assert alert.card.text == "نص ? مكسور\x00"


def test_relatives_forget_what_an_article_no_longer_says(newsroom: Newsroom) -> None:
    first = newsroom.prints(verdict=a_verdict(sketch=(1, 2, 3)))
    newsroom.printed = 0
    for step, sketch in enumerate(((3, 4), (4, 5), (1, 5))):
        newsroom.printed = 0
        verdict = a_verdict(Relation.UPDATE, known=first.article, story=first.story, sketch=sketch)
        newsroom.prints(verdict=verdict, text=f"النسخة {step}")
    since = NOON - timedelta(days=1)
    found = {value: len(newsroom.store.stories.relatives([value], since, 9)) for value in range(6)}
    assert found == {0: 0, 1: 1, 2: 0, 3: 0, 4: 0, 5: 1}
