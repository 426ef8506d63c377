"""A card grows by edits at its own pace, rings when a fact changed, and closes after two days."""

from __future__ import annotations

from datetime import timedelta

from newsroom import NOON, SECOND, Newsroom, a_hit, a_verdict

from storage.outbox import Delivery, Refused, Sent
from watch.ports import Recorded
from watch.records import Change, Relation

TOLL = Change(before="27", now="30", toll=True)


def carded(newsroom: Newsroom, chat_id: int = 1) -> Recorded:
    """A story whose card this reader holds as message 501."""
    newsroom.reader(chat_id, "aleppo")
    recorded = newsroom.prints(a_hit())
    (alert,) = newsroom.claims()
    newsroom.settles(alert, Sent(501))
    return recorded


def reprinted(newsroom: Newsroom, story: int, seconds: float = 0, **changed: object) -> Recorded:
    verdict = a_verdict(Relation.REPRINT, story=story)
    changed = {"first_seen": NOON + seconds * SECOND, **changed}
    return newsroom.prints(a_hit(), verdict=verdict, **changed)


def updated(
    newsroom: Newsroom, before: Recorded, *facts: Change, known: bool = False, **changed: object
) -> Recorded:
    verdict = a_verdict(
        Relation.UPDATE,
        story=before.story,
        known=before.article if known else None,
        copies=before.article,
        changes=facts,
    )
    if known:
        changed = {"identity": "site1:1", "url": "https://news1.example/1", **changed}
    return newsroom.prints(a_hit(), verdict=verdict, **changed)


def claimed(newsroom: Newsroom, seconds: float) -> list[Delivery]:
    """What is claimed then, and answered at once."""
    now = NOON + seconds * SECOND
    deliveries = newsroom.claims(now)
    for delivery in deliveries:
        newsroom.settles(delivery, Sent(delivery.message_id or 900), now)
    return deliveries


def test_the_first_outlet_is_added_soon_and_the_others_every_half_minute(
    newsroom: Newsroom,
) -> None:
    story = carded(newsroom).story
    told: list[tuple[float, int]] = []
    for second in range(2, 100):
        if second % 2 == 0:
            reprinted(newsroom, story, second)
        told += [(second, len(edit.card.also)) for edit in claimed(newsroom, second)]
    assert told == [(2, 1), (32, 16), (62, 31), (92, 46)]


def test_two_cards_of_one_reader_rest_each_by_itself(newsroom: Newsroom) -> None:
    first = carded(newsroom).story
    second = newsroom.prints(a_hit()).story
    claimed(newsroom, 1)
    reprinted(newsroom, first, 2)
    assert [edit.card.story for edit in claimed(newsroom, 3)] == [first]
    reprinted(newsroom, first, 4)
    reprinted(newsroom, second, 5)
    assert [edit.card.story for edit in claimed(newsroom, 6)] == [second]
    assert [edit.card.story for edit in claimed(newsroom, 33)] == [first]


def test_a_card_closes_after_two_days(newsroom: Newsroom) -> None:
    story = carded(newsroom).story
    hours = timedelta(hours=1) / SECOND
    assert reprinted(newsroom, story, 47 * hours).edits == 1
    assert claimed(newsroom, 47 * hours)
    assert reprinted(newsroom, story, 49 * hours).edits == 0


def test_a_card_that_telegram_will_not_edit_is_closed_and_still_told_new_facts(
    newsroom: Newsroom,
) -> None:
    first = carded(newsroom)
    reprinted(newsroom, first.story)
    (edit,) = newsroom.claims(NOON + SECOND)
    newsroom.settles(edit, Refused("message can't be edited"), NOON + SECOND)
    assert reprinted(newsroom, first.story).edits == 0
    assert updated(newsroom, first, TOLL).replies == 1


def test_a_replaced_fact_is_told_by_a_reply_to_the_card_and_the_card_is_edited(
    newsroom: Newsroom,
) -> None:
    first = carded(newsroom)
    recorded = updated(newsroom, first, TOLL, outlet="صحيفة أخرى")
    assert (recorded.alerts, recorded.edits, recorded.replies) == (0, 1, 1)
    (reply,) = claimed(newsroom, 1)
    assert (reply.kind, reply.reply_to, reply.message_id) == ("reply", 501, None)
    assert reply.card.changes == (TOLL,)
    assert reply.card.outlet == "صحيفة أخرى"
    (edit,) = claimed(newsroom, 2)
    assert (edit.kind, edit.message_id, edit.card.changes) == ("edit", 501, (TOLL,))


def test_a_page_that_corrects_itself_rings(newsroom: Newsroom) -> None:
    first = carded(newsroom)
    fact = Change(before="خمس سنوات", now="خمسة أشهر", toll=False)
    recorded = updated(newsroom, first, fact, known=True, title="عنوان جديد")
    assert (recorded.article, recorded.edits, recorded.replies) == (first.article, 1, 1)
    assert [delivery.kind for delivery in claimed(newsroom, 1)] == ["reply"]


def test_an_update_that_replaces_no_fact_only_edits(newsroom: Newsroom) -> None:
    first = carded(newsroom)
    recorded = updated(newsroom, first, known=True, title="عنوان جديد")
    assert (recorded.edits, recorded.replies) == (1, 0)


def test_a_toll_that_was_told_does_not_ring_twice_nor_does_the_old_one(
    newsroom: Newsroom,
) -> None:
    first = carded(newsroom)
    assert updated(newsroom, first, TOLL).replies == 1
    assert updated(newsroom, first, TOLL).replies == 0
    assert updated(newsroom, first, Change(before="30", now="27", toll=True)).replies == 0
    assert updated(newsroom, first, Change(before="30", now="31", toll=True)).replies == 1


def test_a_toll_that_was_told_does_not_ring_again_in_other_numerals(newsroom: Newsroom) -> None:
    first = carded(newsroom)
    assert updated(newsroom, first, Change(before="7", now="12", toll=True)).replies == 1
    for said in ("١٢", "اثني عشر", "12 قتيلا"):
        change = Change(before="سبعة", now=said, toll=True)
        assert updated(newsroom, first, change).replies == 0, said
    assert updated(newsroom, first, Change(before="12", now="اثنين", toll=True)).replies == 1


def test_nobody_is_rung_before_his_card_came(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    first = newsroom.prints(a_hit())
    assert updated(newsroom, first, TOLL).replies == 0
    (alert,) = newsroom.claims()
    assert updated(newsroom, first, Change(before="30", now="41", toll=True)).replies == 1
    assert newsroom.claims(NOON + SECOND) == []
    newsroom.settles(alert, Sent(501), NOON + SECOND)
    (reply,) = newsroom.claims(NOON + 3 * SECOND)
    assert (reply.kind, reply.reply_to) == ("reply", 501)


def test_a_reply_is_dropped_with_the_card_that_never_came(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    first = newsroom.prints(a_hit())
    (alert,) = newsroom.claims()
    updated(newsroom, first, TOLL)
    newsroom.settles(alert, Refused("too long"))
    assert newsroom.claims(NOON + timedelta(hours=1)) == []
    assert newsroom.store.outbox.owed() == 0


def test_what_is_new_while_a_reply_is_sent_is_told_by_another(newsroom: Newsroom) -> None:
    first = carded(newsroom)
    updated(newsroom, first, TOLL)
    (reply,) = newsroom.claims(NOON + SECOND)
    updated(newsroom, first, Change(before="30", now="41", toll=True))
    newsroom.settles(reply, Sent(502), NOON + SECOND)
    (again,) = newsroom.claims(NOON + 3 * SECOND)
    assert (again.kind, again.reply_to, again.card.changes[0].now) == ("reply", 501, "41")


def test_printings_say_whose_text_they_print(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    first = newsroom.prints(a_hit(), agency="AFP")
    copy = a_verdict(Relation.REPRINT, story=first.story, copies=first.article)
    second = newsroom.prints(a_hit(), verdict=copy)
    newsroom.prints(a_hit(), verdict=a_verdict(Relation.SAME_EVENT, story=first.story))
    again = a_verdict(Relation.REPRINT, story=first.story, copies=second.article)
    newsroom.prints(a_hit(), verdict=again)
    (alert,) = newsroom.claims()
    voices = [printing.voice for printing in alert.card.printings]
    assert voices == [first.article, first.article, second.article + 1, first.article]
    assert [printing.agency for printing in alert.card.printings] == ["AFP", None, None, None]
