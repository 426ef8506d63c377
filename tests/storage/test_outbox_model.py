"""Whatever happens in whatever order, the outbox agrees with a plain model, and it drains."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from newsroom import LEASE, NOON, SECOND, Newsroom, a_hit, a_verdict

from storage.outbox import Delivery, Later, Outcome, Refused, Sent, Unknown
from storage.store import Store
from watch.records import Relation

CHATS = (1, 2, 3)
EVER = timedelta(days=3650)


@dataclass
class Owed:
    """What the model knows of one alert."""

    state: str = "owed"
    doubts: int = 0
    outlets: int = 1  # that the message in the chat shows


@dataclass
class Model:
    alerts: dict[tuple[int, int], Owed] = field(default_factory=dict)
    printed_by: dict[int, int] = field(default_factory=dict)  # story: outlets
    next_at: dict[int, object] = field(default_factory=lambda: dict.fromkeys(CHATS, NOON))
    parked_until: object = NOON


class OutboxMachine(RuleBasedStateMachine):
    """Stories break and grow; a sender claims, gets every kind of answer, dies, and comes back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store(self.folder / "munadi.db")
        self.newsroom = Newsroom(self.store)
        for chat_id in CHATS:
            self.newsroom.reader(chat_id, "aleppo")
        self.model = Model()
        self.now = NOON
        self.open: dict[int, tuple[Delivery, object]] = {}  # chat: what is on its way, its lease

    def teardown(self) -> None:
        self.drain()
        self.store.close()
        shutil.rmtree(self.folder)

    @rule()
    def a_story_breaks(self) -> None:
        recorded = self.newsroom.prints(a_hit())
        assert recorded.alerts == len(CHATS)
        self.model.printed_by[recorded.story] = 1
        for chat_id in CHATS:
            self.model.alerts[chat_id, recorded.story] = Owed()

    @precondition(lambda self: self.model.printed_by)
    @rule(data=st.data())
    def another_outlet_prints_it(self, data: st.DataObject) -> None:
        story = data.draw(st.sampled_from(sorted(self.model.printed_by)))
        verdict = a_verdict(Relation.REPRINT, story=story)
        assert self.newsroom.prints(a_hit(), verdict=verdict).alerts == 0
        self.model.printed_by[story] += 1

    @rule(limit=st.sampled_from([0, 1, 10]), wait=st.sampled_from([0, 1, 3, 61]))
    def a_sender_claims(self, limit: int, wait: int) -> None:
        self.now += wait * SECOND
        self.lapse()
        ready = {
            chat
            for chat in CHATS
            if self.model.next_at[chat] <= self.now and self.model.parked_until <= self.now  # type: ignore[operator]
        }
        waiting = {
            chat
            for (chat, _), owed in self.model.alerts.items()
            if owed.state == "owed" and chat in ready
        }
        claimed = self.newsroom.claims(self.now, limit=limit)
        chats = [delivery.chat_id for delivery in claimed]
        kinds = [delivery.kind for delivery in claimed]
        assert len(set(chats)) == len(chats) <= limit
        assert set(chats) <= ready
        assert kinds == sorted(kinds)  # alerts, then edits
        assert kinds.count("alert") == min(limit, len(waiting))
        for delivery in claimed:
            self.check(delivery)

    def check(self, delivery: Delivery) -> None:
        owed = self.model.alerts[delivery.chat_id, delivery.card.story]
        assert len(delivery.card.also) + 1 == self.model.printed_by[delivery.card.story]
        if delivery.kind == "alert":
            assert owed.state == "owed"
            owed.state = "claimed"
        else:
            assert owed.state == "sent"
            assert owed.outlets < self.model.printed_by[delivery.card.story]
        self.open[delivery.chat_id] = (delivery, self.now + LEASE)
        self.model.next_at[delivery.chat_id] = self.now + LEASE

    def lapse(self) -> None:
        """What the model says of leases that ran out."""
        for chat, (delivery, lease) in list(self.open.items()):
            if lease <= self.now:  # type: ignore[operator]
                del self.open[chat]
                self.back(delivery)

    def back(self, delivery: Delivery) -> None:
        owed = self.model.alerts[delivery.chat_id, delivery.card.story]
        if delivery.kind == "alert":
            owed.state = "owed"

    @precondition(lambda self: self.open)
    @rule(
        outcome=st.sampled_from(
            [
                Sent(0),
                Later(20.0, "flood"),
                Later(40.0, "outage", chat_only=False),
                Unknown("no answer"),
                Refused("too long"),
            ]
        ),
        data=st.data(),
    )
    def telegram_answers(self, outcome: Outcome, data: st.DataObject) -> None:
        chat = data.draw(st.sampled_from(sorted(self.open)))
        delivery, lease = self.open[chat]
        if lease <= self.now:  # type: ignore[operator]
            return  # it is not this sender's any more
        del self.open[chat]
        if isinstance(outcome, Sent):
            outcome = Sent(1000 * chat + delivery.card.story)
        self.newsroom.settles(delivery, outcome, self.now)
        self.model.next_at[chat] = self.now + SECOND
        self.settled(delivery, outcome)

    def settled(self, delivery: Delivery, outcome: Outcome) -> None:
        owed = self.model.alerts[delivery.chat_id, delivery.card.story]
        alert = delivery.kind == "alert"
        match outcome:
            case Sent():
                owed.state, owed.outlets = "sent", len(delivery.card.also) + 1
            case Later(seconds=seconds, chat_only=True):
                self.back(delivery)
                self.model.next_at[delivery.chat_id] = self.now + seconds * SECOND
            case Later(seconds=seconds):
                self.back(delivery)
                self.model.parked_until = max(
                    self.model.parked_until,
                    self.now + seconds * SECOND,  # type: ignore[call-overload]
                )
            case Unknown():
                if owed.doubts and alert:
                    wait = min(30 * 2 ** (owed.doubts - 1), 300)
                    self.model.next_at[delivery.chat_id] = self.now + wait * SECOND
                owed.doubts += alert
                owed.state = "owed" if alert else "sent"
            case Refused() if alert:
                owed.state = "over"
            case Refused():
                owed.state = "frozen"  # its message cannot be edited

    @rule()
    def the_sender_stops(self) -> None:
        self.lapse()
        assert self.store.outbox.release("one") >= 0
        for delivery, _ in self.open.values():
            self.back(delivery)
            self.model.next_at[delivery.chat_id] = NOON
        self.open.clear()

    @invariant()
    def the_chats_point_at_their_oldest_rows(self) -> None:
        wrong = self.store._connection.execute(
            """SELECT chat_id FROM readers
            WHERE owed_alert IS NOT (SELECT min(id) FROM deliveries AS d
                WHERE d.chat_id = readers.chat_id AND kind = 'alert' AND state = 'owed')
            OR edit_due IS NOT (SELECT min(due_at) FROM deliveries AS d
                WHERE d.chat_id = readers.chat_id AND kind = 'edit' AND state = 'owed')"""
        ).fetchall()
        assert wrong == []

    def drain(self) -> None:
        """From any state, a sender that gets its messages through owes nothing in the end."""
        for _ in range(len(self.model.alerts) * 3 + 3):
            self.now += timedelta(minutes=5)
            self.lapse()
            for delivery in self.newsroom.claims(self.now):
                self.check(delivery)
                del self.open[delivery.chat_id]
                self.newsroom.settles(delivery, Sent(1), self.now)
                self.settled(delivery, Sent(1))
        assert self.store.outbox.owed() == 0
        states = {owed.state for owed in self.model.alerts.values()}
        assert states <= {"sent", "over", "frozen"}
        for (_, story), owed in self.model.alerts.items():
            if owed.state == "sent":
                assert owed.outlets == self.model.printed_by[story]


OutboxMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
TestOutboxModel = OutboxMachine.TestCase
