"""Who is owed what when an article is recorded: hits become deliveries, inside its transaction.

Per chat and story there is one alert, whatever the number of topics, and at most one edit, which
is owed again each time the card has more to show. A card leads with the article that caused the
alert; when the same outlet tells an update at a new address, the card leads with that. It is
edited for two days; a fact that is replaced is told by a reply, which rings, even later.
"""

from __future__ import annotations

from datetime import timedelta

from storage.articles import changes
from storage.connection import Connection
from storage.times import stamp, storable
from watch.numbers import as_told
from watch.ports import Verdict
from watch.records import Article, Relation

OPEN = timedelta(hours=48)  # after its alert was sent a card grows no more


def owe_alerts(connection: Connection, article: Article, number: int, story: int) -> int:
    """Owe an alert to every active reader of a topic hit who has none for this story; how many.

    One that was withdrawn, because the reader was away, is owed anew when the story goes on.

    Who follows a topic at `about` is told of articles about it, at `mention` of all that name it.
    """
    if not article.alerts:
        return 0
    return connection.execute(
        """INSERT INTO deliveries (chat_id, story, kind, article, owed_at)
        SELECT DISTINCT readers.chat_id, :story, 'alert', :article, :at
        FROM hits CROSS JOIN subscriptions ON subscriptions.topic = hits.topic
        CROSS JOIN readers ON readers.chat_id = subscriptions.chat_id
        WHERE hits.article = :article AND readers.paused IS NULL
        AND (hits.level = 'about' OR subscriptions.level = 'mention')
        ON CONFLICT (story, chat_id, kind) DO UPDATE
        SET state = 'owed', article = excluded.article, owed_at = excluded.owed_at,
            attempts = 0, doubts = 0, reason = NULL
        WHERE state = 'withdrawn'""",
        {"story": story, "article": number, "at": stamp(article.first_seen)},
    ).rowcount


def owe_edits(
    connection: Connection, article: Article, verdict: Verdict, number: int, story: int
) -> int:
    """Owe an edit to every chat whose card of this story has more to show now; how many.

    That is a new version of the article it leads with, or an outlet that had not printed the story
    yet (told late or not: the card says who printed it). Alerts still owed need no edit: they are
    written from the latest state when they are claimed.
    """
    places = {"story": story, "article": number, "outlet": storable(article.outlet)}
    update = verdict.relation is Relation.UPDATE
    everyone = False
    if not (update and verdict.known is not None):
        if verdict.story is None:
            return 0
        everyone = _another_outlet(connection, places)
        if update and article.alerts:
            _lead_with_update(connection, places)
    return connection.execute(
        """INSERT INTO deliveries (chat_id, story, kind, article, owed_at, due_at)
        SELECT card.chat_id, card.story, 'edit', card.article, :at, :at
        FROM deliveries AS card CROSS JOIN readers ON readers.chat_id = card.chat_id
        WHERE card.story = :story AND card.kind = 'alert' AND readers.paused IS NULL
        AND (card.state = 'claimed'
            OR card.state = 'sent' AND card.message_id IS NOT NULL AND card.sent_at > :opened)
        AND (:everyone OR card.article = :article)
        ON CONFLICT (story, chat_id, kind) DO UPDATE
        SET state = CASE state WHEN 'claimed' THEN 'claimed' ELSE 'owed' END,
            again = again + 1, article = excluded.article, owed_at = excluded.owed_at,
            due_at = max(due_at, excluded.due_at), attempts = 0, doubts = 0
        WHERE state IN ('claimed', 'sent', 'unknown', 'withdrawn')
        OR state = 'owed' AND attempts > 0  -- an answer to it may come yet""",
        places
        | {
            "everyone": everyone,
            "at": stamp(article.first_seen),
            "opened": stamp(article.first_seen - OPEN),
        },
    ).rowcount


def owe_replies(
    connection: Connection, article: Article, verdict: Verdict, number: int, story: int
) -> int:
    """Owe a reply to every chat that holds a card of this story whose facts changed; how many.

    A toll that another outlet told before is no news, and the old one told late is none either; a
    page that takes back its own figure is. Whom a summary told the story gets it as an alert.
    """
    if verdict.relation is not Relation.UPDATE or not verdict.changes or not article.alerts:
        return 0
    if verdict.known is None and _told(connection, verdict, number, story):
        return 0
    places = {"story": story, "article": number, "at": stamp(article.first_seen)}
    connection.execute(
        """UPDATE deliveries SET state = 'owed', article = :article, owed_at = :at, due_at = '',
        attempts = 0, doubts = 0, reason = NULL
        WHERE story = :story AND kind = 'alert' AND state = 'told'
        AND chat_id IN (SELECT chat_id FROM readers WHERE paused IS NULL)""",
        places,
    )
    return connection.execute(
        """INSERT INTO deliveries (chat_id, story, kind, article, owed_at)
        SELECT card.chat_id, card.story, 'reply', :article, :at
        FROM deliveries AS card CROSS JOIN readers ON readers.chat_id = card.chat_id
        WHERE card.story = :story AND card.kind = 'alert' AND readers.paused IS NULL
        AND (card.state = 'claimed' OR card.state = 'sent' AND card.message_id IS NOT NULL)
        ON CONFLICT (story, chat_id, kind) DO UPDATE
        SET state = CASE state WHEN 'claimed' THEN 'claimed' ELSE 'owed' END,
            again = again + 1, article = excluded.article, owed_at = excluded.owed_at,
            attempts = 0, doubts = 0""",
        places,
    ).rowcount


def _told(connection: Connection, verdict: Verdict, number: int, story: int) -> bool:
    """Whether all the facts that are new here were told in this story before."""
    rows = connection.execute(
        """SELECT tellings.changes FROM articles JOIN tellings ON tellings.article = articles.id
        WHERE articles.story = ? AND articles.id <> ? AND tellings.changes IS NOT NULL""",
        (story, number),
    )
    earlier = [change for (told,) in rows for change in changes(told)]
    known = {as_told(said) for change in earlier for said in (change.before, change.now)}
    return {as_told(change.now) for change in verdict.changes} <= known


def _another_outlet(connection: Connection, places: dict[str, object]) -> bool:
    """Whether this article is the first of its outlet in the story."""
    before = connection.execute(
        """SELECT 1 FROM articles WHERE story = :story AND outlet = :outlet AND id <> :article
        LIMIT 1""",
        places,
    ).fetchone()
    return before is None


def _lead_with_update(connection: Connection, places: dict[str, object]) -> None:
    """Let the cards that lead with this outlet lead with its update, where it hits their topics."""
    connection.execute(
        """UPDATE deliveries SET article = :article
        WHERE story = :story AND kind = 'alert'
        AND state IN ('owed', 'claimed', 'sent', 'held', 'told')
        AND article IN (SELECT id FROM articles WHERE story = :story AND outlet = :outlet)
        AND EXISTS (SELECT 1 FROM hits
            JOIN subscriptions ON subscriptions.topic = hits.topic
            WHERE hits.article = :article AND subscriptions.chat_id = deliveries.chat_id)""",
        places,
    )
