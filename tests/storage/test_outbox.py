"""Deliveries are owed, claimed, settled; nothing is lost and no chat is hurried."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from newsroom import LEASE, NOON, SECOND, Newsroom, a_hit, a_verdict

from storage.outbox import Gone, Later, Moved, Outcome, Refused, Sent, Unknown
from storage.store import Store
from watch.records import Level, Relation


def chats(newsroom: Newsroom, **how: object) -> list[int]:
    return [delivery.chat_id for delivery in newsroom.claims(**how)]  # type: ignore[arg-type]


def carded(newsroom: Newsroom, *readers: int, message_id: int = 501) -> int:
    """A story whose card these readers hold, in the order of their ids; return the story."""
    for chat_id in readers:
        newsroom.reader(chat_id, "aleppo")
    story = newsroom.prints(a_hit()).story
    for number, delivery in enumerate(newsroom.claims()):
        newsroom.settles(delivery, Sent(message_id + number))
    return story


def reprinted(newsroom: Newsroom, story: int) -> int:
    """Another outlet prints the story; return how many edits that made due."""
    return newsroom.prints(a_hit(), verdict=a_verdict(Relation.REPRINT, story=story)).edits


# What is claimed, and in what order


def test_an_alert_is_claimed_once_and_is_gone_when_sent(newsroom: Newsroom) -> None:
    newsroom.reader(7, "aleppo")
    newsroom.prints(a_hit())
    (delivery,) = newsroom.claims()
    assert (delivery.kind, delivery.chat_id, delivery.attempts) == ("alert", 7, 0)
    assert newsroom.claims() == []
    newsroom.settles(delivery, Sent(501))
    assert newsroom.claims(NOON + timedelta(days=1)) == []
    assert newsroom.store.outbox.owed() == 0


def test_a_call_takes_each_chat_once_and_the_next_waits_for_its_turn(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.reader(2, "aleppo")
    for _ in range(3):
        newsroom.prints(a_hit())
    first = newsroom.claims()
    assert sorted(delivery.chat_id for delivery in first) == [1, 2]
    for delivery in first:
        newsroom.settles(delivery, Sent(1))
    assert newsroom.claims() == []
    assert sorted(chats(newsroom, now=NOON + SECOND)) == [1, 2]


def test_the_oldest_goes_first_whoever_it_is_for(newsroom: Newsroom) -> None:
    for chat_id, topic in ((9, "a"), (3, "b"), (5, "c")):
        newsroom.reader(chat_id, topic)
        newsroom.prints(a_hit(topic))
    assert chats(newsroom, limit=2) == [9, 3]
    assert chats(newsroom) == [5]


def test_alerts_go_before_edits(newsroom: Newsroom) -> None:
    story = carded(newsroom, 1, 2)
    assert reprinted(newsroom, story) == 2
    newsroom.reader(2, "damascus")
    newsroom.prints(a_hit("damascus"))
    later = newsroom.claims(NOON + SECOND)
    assert [(delivery.chat_id, delivery.kind) for delivery in later] == [(2, "alert"), (1, "edit")]
    assert newsroom.claims(NOON + SECOND) == []  # chat 2 rests while its alert is on the way
    newsroom.settles(later[0], Sent(601), NOON + SECOND)
    assert [delivery.kind for delivery in newsroom.claims(NOON + 3 * SECOND)] == ["edit"]


def test_a_flooded_chat_delays_nobody(newsroom: Newsroom) -> None:
    newsroom.reader(1, "a")
    for _ in range(50):
        newsroom.prints(a_hit("a"))
    newsroom.reader(2, "b")
    newsroom.prints(a_hit("b"))
    assert chats(newsroom, limit=2) == [1, 2]


def test_the_terminal_is_claimed_for_by_itself(newsroom: Newsroom) -> None:
    newsroom.reader(0, "aleppo", kind="terminal")
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    assert chats(newsroom, terminal=True) == [0]
    assert chats(newsroom) == [1]


def test_an_idle_claim_takes_no_lock(newsroom: Newsroom, database: Path) -> None:
    newsroom.reader(1, "aleppo")
    with Store(database) as other, other.transaction():
        assert newsroom.claims() == []


# What Telegram may answer


def test_a_lease_that_ran_out_is_claimed_anew(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    (lost,) = newsroom.claims()
    assert newsroom.claims(NOON + LEASE - SECOND, holder="two") == []
    (found,) = newsroom.claims(NOON + LEASE, holder="two")
    assert (found.id, found.attempts) == (lost.id, 1)


def test_leases_that_run_out_never_lose_a_row(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    for death in range(20):
        assert chats(newsroom, now=NOON + death * LEASE) == [1]


def test_an_answer_that_comes_after_the_lease_is_believed(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    (slow,) = newsroom.claims()
    (again,) = newsroom.claims(NOON + LEASE, holder="two")
    newsroom.settles(slow, Sent(501))
    newsroom.settles(again, Later(5.0, "flood"))
    assert newsroom.claims(NOON + timedelta(days=1)) == []
    reprinted(newsroom, again.card.story)
    (edit,) = newsroom.claims(NOON + timedelta(days=1))
    assert edit.message_id == 501


def test_flood_control_parks_one_chat_for_as_long_as_it_says(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.reader(2, "aleppo")
    newsroom.prints(a_hit())
    one, two = newsroom.claims()
    newsroom.settles(one, Later(17.0, "flood"))
    newsroom.settles(two, Sent(1))
    newsroom.prints(a_hit())
    assert chats(newsroom, now=NOON + 16 * SECOND) == [2]
    assert chats(newsroom, now=NOON + 17 * SECOND) == [1]


def test_an_outage_parks_everything_but_the_terminal(newsroom: Newsroom) -> None:
    for chat_id in (0, 1, 2):
        newsroom.reader(chat_id, "aleppo", kind="terminal" if chat_id == 0 else "private")
    newsroom.prints(a_hit())
    one, two = newsroom.claims()
    newsroom.settles(one, Later(60.0, "outage", chat_only=False))
    newsroom.settles(two, Later(10.0, "outage", chat_only=False))
    assert chats(newsroom, now=NOON + 59 * SECOND) == []
    assert chats(newsroom, terminal=True) == [0]
    assert sorted(chats(newsroom, now=NOON + 60 * SECOND)) == [1, 2]


@pytest.mark.parametrize("seconds", [-5.0, math.nan, math.inf, 0.0])
def test_a_senseless_wait_is_cut_to_sense(newsroom: Newsroom, seconds: float) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    (delivery,) = newsroom.claims()
    newsroom.settles(delivery, Later(seconds, "flood"))
    assert chats(newsroom, now=NOON + timedelta(hours=5)) == [1]


def test_a_wait_of_a_day_is_kept(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    (delivery,) = newsroom.claims()
    newsroom.settles(delivery, Later(86_400.0, "flood"))
    newsroom.prints(a_hit(), first_seen=NOON + timedelta(hours=23))
    assert chats(newsroom, now=NOON + timedelta(hours=23)) == []
    assert chats(newsroom, now=NOON + timedelta(hours=24)) == [1]


def test_a_lost_answer_is_sent_once_more_then_after_growing_waits(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    (first,) = newsroom.claims()
    newsroom.settles(first, Unknown("no answer"))
    (second,) = newsroom.claims(NOON + SECOND)
    assert second.attempts == 1
    newsroom.settles(second, Unknown("no answer"), NOON + SECOND)
    now = NOON + SECOND
    for wait in (30, 60, 120, 240, 300, 300):
        assert newsroom.claims(now + (wait - 1) * SECOND) == []
        now += wait * SECOND
        (third,) = newsroom.claims(now)
        newsroom.settles(third, Unknown("no answer"), now)
    newsroom.settles(newsroom.claims(now + 300 * SECOND)[0], Sent(7), now)
    assert newsroom.store.outbox.owed() == 0


def test_what_is_never_answered_for_a_day_is_given_up(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    (delivery,) = newsroom.claims()
    newsroom.settles(delivery, Unknown("no answer"), NOON + timedelta(days=1))
    assert newsroom.store.outbox.owed() == 0
    assert reprinted(newsroom, delivery.card.story) == 0  # the card's message is not known


def test_a_refused_message_is_not_tried_again(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    (delivery,) = newsroom.claims()
    reprinted(newsroom, delivery.card.story)  # while the alert is on its way
    newsroom.settles(delivery, Refused("can't parse entities"))
    assert newsroom.claims(NOON + timedelta(days=1)) == []
    assert newsroom.store.archive.status(NOON).refused == 1
    newsroom.prints(a_hit(), first_seen=NOON + timedelta(days=1))
    assert chats(newsroom, now=NOON + timedelta(days=1)) == [1]


def test_who_is_gone_is_owed_nothing_until_he_returns(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    newsroom.prints(a_hit())
    (delivery,) = newsroom.claims()
    newsroom.settles(delivery, Gone("Forbidden: bot was blocked by the user"))
    reader = newsroom.store.people.find(1)
    assert reader is not None
    assert reader.paused == "Forbidden: bot was blocked by the user"
    assert newsroom.prints(a_hit()).alerts == 0
    assert newsroom.store.outbox.owed() == 0
    newsroom.store.people.welcome(1, "private", "ar", NOON)
    assert newsroom.prints(a_hit()).alerts == 1
    assert chats(newsroom, now=NOON + SECOND) == [1]


def test_fifty_thousand_rows_of_a_dead_chat_end_at_once(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    story = newsroom.prints(a_hit()).story
    newsroom.store._connection.execute(
        """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
        INSERT INTO stories (first_seen) SELECT '' FROM n"""
    )
    newsroom.store._connection.execute(
        """INSERT INTO deliveries (chat_id, story, kind, article, owed_at)
        SELECT 1, id, 'alert', 1, '' FROM stories WHERE id <> ?""",
        (story,),
    )
    (delivery,) = newsroom.claims()
    newsroom.settles(delivery, Gone("chat not found"))
    assert newsroom.store.outbox.owed() == 0


def test_a_group_that_moved_gets_what_it_was_owed(newsroom: Newsroom) -> None:
    newsroom.reader(-5, "aleppo", kind="group")
    newsroom.prints(a_hit())
    (delivery,) = newsroom.claims()
    newsroom.settles(delivery, Moved(-100_5))
    assert newsroom.store.people.find(-5) is None
    (again,) = newsroom.claims(NOON + SECOND)
    assert (again.id, again.chat_id, again.chat_kind) == (delivery.id, -100_5, "group")
    assert [s.topic for s in newsroom.store.people.followed(-100_5)] == ["aleppo"]


def test_a_group_that_moved_to_where_we_are_known_joins_it(newsroom: Newsroom) -> None:
    newsroom.reader(-5, "aleppo", "gaza", kind="group")
    newsroom.reader(-100_5, "aleppo", kind="group")
    newsroom.prints(a_hit())
    old = next(delivery for delivery in newsroom.claims() if delivery.chat_id == -5)
    newsroom.settles(old, Moved(-100_5))
    assert newsroom.store.people.find(-5) is None
    topics = [followed.topic for followed in newsroom.store.people.followed(-100_5)]
    assert topics == ["aleppo", "gaza"]
    assert newsroom.store.outbox.owed() == 1


ANSWERS: list[Outcome] = [
    Sent(1), Later(1.0, ""), Unknown(""), Gone(""), Moved(-1), Refused("")
]  # fmt: skip


@pytest.mark.parametrize("outcome", ANSWERS, ids=lambda outcome: type(outcome).__name__)
def test_an_answer_for_a_forgotten_reader_is_dropped(newsroom: Newsroom, outcome: Outcome) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    (delivery,) = newsroom.claims()
    newsroom.store.people.forget(1)
    newsroom.settles(delivery, outcome)
    assert newsroom.count("readers") == newsroom.count("deliveries") == 0


@pytest.mark.parametrize("outcome", ANSWERS[1:], ids=lambda outcome: type(outcome).__name__)
def test_what_is_sent_stays_sent(newsroom: Newsroom, outcome: Outcome) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    (delivery,) = newsroom.claims()
    newsroom.settles(delivery, Sent(501))
    newsroom.settles(delivery, outcome)
    assert newsroom.store.outbox.owed() == 0
    assert newsroom.store.archive.status(NOON).sent == 1


def test_what_a_holder_gives_back_is_free_at_once(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.reader(2, "gaza")
    newsroom.prints(a_hit())
    newsroom.prints(a_hit("gaza"))
    newsroom.claims(limit=1)
    newsroom.claims(holder="two")
    assert newsroom.store.outbox.release("one") == 1
    (again,) = newsroom.claims(holder="three")
    assert (again.chat_id, again.attempts) == (1, 0)


# Cards that grow


def test_another_outlet_is_one_edit_of_the_card(newsroom: Newsroom) -> None:
    story = carded(newsroom, 1)
    assert reprinted(newsroom, story) == 1
    assert reprinted(newsroom, story) == 0  # owed already: one edit shows both
    (edit,) = newsroom.claims(NOON + SECOND)
    assert (edit.kind, edit.message_id, edit.reply_to) == ("edit", 501, None)
    assert edit.card.outlet == "صحيفة 1"
    assert [line.outlet for line in edit.card.also] == ["صحيفة 2", "صحيفة 3"]
    newsroom.settles(edit, Sent(501), NOON + SECOND)
    assert newsroom.claims(NOON + timedelta(days=1)) == []


def test_an_edit_waits_for_its_alert_and_an_alert_needs_no_edit(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    story = newsroom.prints(a_hit()).story
    assert reprinted(newsroom, story) == 0  # the alert is still owed
    (alert,) = newsroom.claims()
    assert [line.outlet for line in alert.card.also] == ["صحيفة 2"]
    assert reprinted(newsroom, story) == 1  # it is on its way, without the third outlet
    assert newsroom.claims(NOON + SECOND) == []
    newsroom.settles(alert, Later(5.0, "flood"))
    (alert,) = newsroom.claims(NOON + 10 * SECOND)
    assert alert.kind == "alert"
    assert len(alert.card.also) == 2
    newsroom.settles(alert, Sent(501), NOON + 10 * SECOND)
    assert newsroom.claims(NOON + timedelta(days=1)) == []  # nothing left to add


@pytest.mark.parametrize("outcome", [Sent(501), Unknown("no answer")])
def test_a_card_that_grows_while_it_is_edited_is_edited_again(
    newsroom: Newsroom, outcome: Outcome
) -> None:
    story = carded(newsroom, 1)
    reprinted(newsroom, story)
    (edit,) = newsroom.claims(NOON + SECOND)
    assert reprinted(newsroom, story) == 1
    newsroom.settles(edit, outcome, NOON + SECOND)
    (again,) = newsroom.claims(NOON + 31 * SECOND)
    assert (again.id, again.message_id, len(again.card.also)) == (edit.id, 501, 2)


def test_a_message_that_cannot_be_edited_is_left_alone(newsroom: Newsroom) -> None:
    story = carded(newsroom, 1)
    reprinted(newsroom, story)
    (edit,) = newsroom.claims(NOON + SECOND)
    newsroom.settles(edit, Refused("message to edit not found"), NOON + SECOND)
    assert reprinted(newsroom, story) == 0


def test_a_follow_up_replies_to_the_card_this_chat_holds(newsroom: Newsroom) -> None:
    story = carded(newsroom, 1)
    newsroom.reader(2, "aleppo")
    newsroom.prints(a_hit(), verdict=a_verdict(Relation.FOLLOW_UP, follows=story))
    replies = {d.chat_id: d.reply_to for d in newsroom.claims(NOON + SECOND)}
    assert replies == {1: 501, 2: None}


def unfollowed(newsroom: Newsroom) -> None:
    newsroom.store.people.unfollow(1, "aleppo")


def corrected(newsroom: Newsroom) -> None:
    """The article's new version no longer names what the reader follows."""
    newsroom.printed = 0
    newsroom.prints(
        verdict=a_verdict(Relation.UPDATE, known=1, story=1), title="عودة الأهالي إلى المدينة"
    )


@pytest.mark.parametrize("change", [unfollowed, corrected])
def test_an_alert_nobody_waits_for_any_more_is_withdrawn(
    newsroom: Newsroom, change: Callable[[Newsroom], None]
) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    change(newsroom)
    assert newsroom.claims() == []
    assert newsroom.store.outbox.owed() == 0


def test_a_card_corrected_to_a_mere_mention_is_still_edited(newsroom: Newsroom) -> None:
    story = carded(newsroom, 1)
    newsroom.printed = 0
    update = a_verdict(Relation.UPDATE, known=1, story=story)
    newsroom.prints(a_hit(level=Level.MENTION), verdict=update, title="تصحيح: العودة غدا")
    (edit,) = newsroom.claims(NOON + SECOND)
    assert edit.card.title == "تصحيح: العودة غدا"
    assert [(topic.topic, topic.level) for topic in edit.card.topics] == [("aleppo", Level.MENTION)]
