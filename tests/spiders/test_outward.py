"""What requests to sites have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.outward import Outward, contact_of, user_agent


@pytest.mark.parametrize("contact", ["https://example.org/munadi?a=1", "desk@paper.example"])
def test_a_page_or_a_mailbox_stands_in_the_user_agent(contact: str) -> None:
    assert user_agent(contact_of(contact)).endswith(f" (+{contact})")


@given(st.text(max_size=300))
def test_nothing_else_gets_into_a_header(text: str) -> None:
    try:
        contact = contact_of(text)
    except ValueError:
        return
    assert contact.isascii()
    assert contact.isprintable()
    assert not set(contact) & set(" ()")
    assert len(contact) <= 200


def test_a_nameless_crawl_names_no_address() -> None:
    assert "(" not in user_agent("")


def test_a_password_is_in_no_repr() -> None:
    outward = Outward(proxy="http://me:hush@proxy.example", contact="a@b.example")
    assert "hush" not in repr(outward)
    assert outward.environment() == {
        "MUNADI_PROXY": "http://me:hush@proxy.example",
        "MUNADI_CONTACT": "a@b.example",
    }
