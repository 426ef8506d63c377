"""What is held for whom, until when, and how it is told."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from newsroom import NOON, SECOND, Newsroom, a_hit, a_verdict

from storage.hours import Hours
from storage.outbox import Gone, Later, Sent
from storage.store import Store
from storage.summaries import LISTED, Summary
from watch.records import Change, Relation

HOUR = timedelta(hours=1)
LUNCH = Hours(time(14), time(16))  # NOON is 15:00 in Damascus
END = NOON + HOUR


def titles(newsroom: Newsroom, now: datetime) -> list[str]:
    return [delivery.card.title[-1] for delivery in newsroom.claims(now)]


def told(newsroom: Newsroom, now: datetime) -> list[Summary]:
    """The summaries that are owed now; their texts are left out."""
    summaries: list[Summary] = []

    def pages(summary: Summary) -> list[str]:
        summaries.append(summary)
        return ["<b>page</b>"]

    newsroom.store.summaries.tell(now, pages)
    return summaries


def stories(summary: Summary) -> list[int]:
    return [each.card.story for each in summary.stories]


def sends(newsroom: Newsroom, now: datetime) -> int:
    """Send everything that may be sent now, a second apart; how many alerts."""
    count = 0
    while claimed := newsroom.claims(now):
        for delivery in claimed:
            count += delivery.kind == "alert"
            newsroom.settles(delivery, Sent(100 + delivery.id), now)
        now += SECOND
    return count


def test_quiet_hours_hold_and_their_end_tells_once(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.reader(2, "aleppo")
    newsroom.store.preferences.be_quiet(1, LUNCH)
    newsroom.prints(a_hit())
    newsroom.prints(a_hit())
    assert [delivery.chat_id for delivery in newsroom.claims()] == [2]
    assert newsroom.store.summaries.held(1) == 2
    assert told(newsroom, END - SECOND) == []
    (summary,) = told(newsroom, END)
    assert (summary.chat_id, summary.why, summary.more) == (1, "quiet", 0)
    assert stories(summary) == [1, 2]
    assert told(newsroom, END) == []
    assert newsroom.store.summaries.held(1) == 0
    assert newsroom.claims(END + SECOND, terminal=False)[0].chat_id == 2


def test_quiet_hours_are_of_the_readers_own_zone(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.store.preferences.be_quiet(1, LUNCH, ZoneInfo("Europe/London"))
    newsroom.prints(a_hit())
    assert len(newsroom.claims()) == 1


def test_an_urgent_topic_breaks_through(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo", "damascus")
    newsroom.store.preferences.be_quiet(1, LUNCH)
    assert newsroom.store.preferences.urge(1, "aleppo", True)
    newsroom.prints(a_hit("damascus"))
    newsroom.prints(a_hit("aleppo"))
    assert titles(newsroom, NOON) == ["2"]
    assert newsroom.store.summaries.held(1) == 1
    assert not newsroom.store.preferences.urge(1, "homs", True)


def test_a_held_story_that_is_told_keeps_growing_in_silence_and_rings_for_a_new_fact(
    newsroom: Newsroom,
) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.store.preferences.be_quiet(1, LUNCH)
    newsroom.prints(a_hit())
    newsroom.claims()
    told(newsroom, END)
    again = a_verdict(Relation.REPRINT, story=1)
    newsroom.prints(a_hit(), verdict=again, first_seen=END)
    assert newsroom.claims(END) == []
    toll = a_verdict(Relation.UPDATE, story=1, changes=(Change(before="27", now="30", toll=True),))
    newsroom.prints(a_hit(), verdict=toll, first_seen=END)
    (alert,) = newsroom.claims(END)
    assert (alert.kind, alert.card.changes[0].now, alert.silent) == ("alert", "30", False)


def test_a_reply_with_a_new_fact_waits_too(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.prints(a_hit())
    sends(newsroom, NOON - HOUR - HOUR)
    newsroom.store.preferences.be_quiet(1, LUNCH)
    toll = a_verdict(Relation.UPDATE, story=1, changes=(Change(before="27", now="30", toll=True),))
    newsroom.prints(a_hit(), verdict=toll)
    assert [delivery.kind for delivery in newsroom.claims()] == ["edit"]
    (summary,) = told(newsroom, END)
    assert summary.stories[0].changed


def test_a_digest_gathers_until_it_is_due(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.store.preferences.gather(1, "18:30")
    newsroom.prints(a_hit())
    assert newsroom.claims() == []
    due = datetime(2026, 3, 5, 15, 30, tzinfo=UTC)
    assert told(newsroom, due - SECOND) == []
    (summary,) = told(newsroom, due)
    assert summary.why == "digest"
    newsroom.prints(a_hit(), first_seen=due)
    assert newsroom.claims(due) == []
    assert told(newsroom, due + timedelta(hours=23)) == []
    assert len(told(newsroom, due + timedelta(hours=24))) == 1


def test_a_digest_that_falls_into_quiet_hours_comes_at_their_end(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.store.preferences.gather(1, "hourly")
    newsroom.prints(a_hit(), first_seen=NOON - 90 * SECOND * 60)
    newsroom.claims(NOON - 90 * SECOND * 60)
    newsroom.store.preferences.be_quiet(1, LUNCH)
    assert told(newsroom, NOON) == []
    assert len(told(newsroom, END)) == 1


def test_a_wish_that_changes_lets_go_what_was_held(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.store.preferences.be_quiet(1, LUNCH)
    newsroom.prints(a_hit())
    newsroom.claims()
    newsroom.store.preferences.be_quiet(1, None)
    assert len(told(newsroom, NOON)) == 1


def test_after_an_outage_what_is_late_comes_as_one_catch_up(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    for _ in range(3):
        newsroom.prints(a_hit())
    evening = NOON + timedelta(hours=7)
    newsroom.prints(a_hit(), first_seen=evening)
    assert titles(newsroom, evening) == ["4"]
    (summary,) = told(newsroom, evening)
    assert (summary.why, stories(summary)) == ("late", [1, 2, 3])


def test_however_much_is_late_each_reader_gets_one_catch_up(newsroom: Newsroom) -> None:
    for chat_id in (1, 2, 3):
        newsroom.reader(chat_id, "aleppo")
    for _ in range(360):  # more than one claim holds
        newsroom.prints(a_hit())
    evening = NOON + timedelta(hours=7)
    summaries = []
    while newsroom.store.outbox.owed():
        assert newsroom.claims(evening) == []
        summaries += told(newsroom, evening)
    summaries += told(newsroom, evening)
    assert sorted(summary.chat_id for summary in summaries) == [1, 2, 3]
    assert {len(each.stories) + each.more for each in summaries} == {360}


def test_a_follow_up_stands_under_its_story_and_the_most_printed_are_listed(
    newsroom: Newsroom,
) -> None:
    newsroom.reader(1, "aleppo")
    for _ in range(LISTED + 5):
        newsroom.prints(a_hit())
    newsroom.prints(a_hit(), verdict=a_verdict(Relation.FOLLOW_UP, follows=2))
    for story in (1, 2):
        newsroom.prints(a_hit(), verdict=a_verdict(Relation.REPRINT, story=story))
    evening = NOON + timedelta(hours=7)
    assert newsroom.claims(evening) == []
    (summary,) = told(newsroom, evening)
    assert len(summary.stories) == LISTED
    assert summary.more == 6
    assert stories(summary)[:2] == [1, 2]  # two outlets printed them
    assert stories(summary) == sorted(stories(summary))
    assert summary.stories[-1].follows == 2


def test_beyond_the_limit_one_live_card_gathers_the_hour(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.store.preferences.limit(1, 2)
    for _ in range(6):
        newsroom.prints(a_hit())
    assert sends(newsroom, NOON) == 3  # two, and the live card
    assert newsroom.store.summaries.held(1) == 3
    newsroom.prints(a_hit(), first_seen=NOON + 60 * SECOND)
    (edit,) = newsroom.claims(NOON + 60 * SECOND)
    assert (edit.kind, edit.card.story) == ("edit", 3)
    assert edit.gathering is not None
    assert [title[-1] for title in edit.gathering.titles] == ["7", "6", "5", "4"]
    assert told(newsroom, NOON + HOUR) == []
    (summary,) = told(newsroom, NOON + HOUR + 5 * SECOND)
    assert (summary.why, stories(summary)) == ("limit", [4, 5, 6, 7])
    later = NOON + HOUR + 60 * SECOND
    newsroom.prints(a_hit(), first_seen=later)
    (alert,) = newsroom.claims(later)
    assert alert.gathering is None


def test_an_urgent_topic_has_no_limit(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.store.preferences.limit(1, 1)
    newsroom.store.preferences.urge(1, "aleppo", True)
    for _ in range(4):
        newsroom.prints(a_hit())
    assert sends(newsroom, NOON) == 4


def test_what_is_muted_comes_without_a_sound(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo", "damascus")
    wishes = newsroom.store.preferences
    assert wishes.mute(1, NOON + HOUR, "aleppo")
    newsroom.prints(a_hit("aleppo"))
    newsroom.prints(a_hit("aleppo"), a_hit("damascus"))
    assert newsroom.claims()[0].silent
    newsroom.settles(newsroom.claims(NOON + 31 * SECOND)[0], Sent(1), NOON + 31 * SECOND)
    assert not newsroom.claims(NOON + 40 * SECOND)[0].silent  # damascus rings
    assert wishes.mute(1, NOON + HOUR)
    assert newsroom.claims(NOON + 80 * SECOND)[0].silent
    assert not newsroom.claims(NOON + HOUR + 200 * SECOND)[0].silent
    assert not wishes.mute(1, None, "homs")


def test_the_terminal_reads_everything_at_once(newsroom: Newsroom) -> None:
    newsroom.reader(0, "aleppo", kind="terminal")
    newsroom.prints(a_hit())
    assert len(newsroom.claims(NOON + timedelta(days=1), terminal=True)) == 1


def test_who_leaves_is_told_nothing_of_what_was_held(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.store.preferences.be_quiet(1, LUNCH)
    newsroom.prints(a_hit())
    newsroom.claims()
    newsroom.store.people.pause(1, "blocked", NOON)
    assert told(newsroom, END) == []
    newsroom.store.people.welcome(1, "private", "ar", END)
    assert newsroom.store.preferences.of(1).quiet == LUNCH
    newsroom.store.people.forget(1)
    assert newsroom.count("preferences") == 0


def test_a_topic_that_is_left_is_not_in_the_summary(newsroom: Newsroom) -> None:
    newsroom.reader(1, "aleppo", "damascus")
    newsroom.store.preferences.be_quiet(1, LUNCH)
    newsroom.prints(a_hit("aleppo"))
    newsroom.prints(a_hit("damascus"))
    newsroom.claims()
    newsroom.claims(NOON + SECOND)
    newsroom.store.people.unfollow(1, "aleppo")
    (summary,) = told(newsroom, END)
    assert stories(summary) == [2]


def test_settings_move_with_a_group(newsroom: Newsroom) -> None:
    newsroom.reader(-5, "aleppo", kind="group")
    newsroom.store.preferences.be_quiet(-5, LUNCH)
    newsroom.store.people.move(-5, -100)
    assert newsroom.store.preferences.of(-100).quiet == LUNCH
    newsroom.reader(-6, "aleppo", kind="group")
    newsroom.store.people.move(-6, -100)
    assert newsroom.store.preferences.of(-100).quiet == LUNCH


@pytest.mark.parametrize("outcome", [Later(1.0, "flood"), Gone("blocked")])
def test_a_summary_is_owed_until_it_is_sent_or_its_reader_is_gone(
    newsroom: Newsroom, outcome: Later | Gone
) -> None:
    newsroom.reader(1, "aleppo")
    newsroom.store.preferences.be_quiet(1, LUNCH)
    newsroom.prints(a_hit())
    newsroom.claims()
    told(newsroom, END)
    answers, week = newsroom.store.answers, END + timedelta(days=7)
    (page,) = answers.claim(END, holder="a", lease_seconds=9, limit=9, summaries=True)
    assert page.html == "<b>page</b>"
    answers.settle(page, outcome, now=week, next_at=week)
    left = answers.claim(week + HOUR, holder="a", lease_seconds=9, limit=9, summaries=True)
    assert len(left) == isinstance(outcome, Later)


def test_the_states_can_be_held_and_told_in_a_database_of_before(database: Path) -> None:
    with Store(database) as store:
        Newsroom(store).reader(1, "aleppo")
        (made,) = store._connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'deliveries'"
        ).fetchone()
        assert "'held', 'told'" in made
        triggers = store._connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE tbl_name = 'deliveries' AND type = 'trigger'"
        ).fetchone()
        assert triggers == (3,)
