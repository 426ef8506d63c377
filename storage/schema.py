"""The tables as the first version made them; later steps change them in `storage.migrations`.

Times are UTC ISO text of fixed width, so that text order is time order. Booleans are 0 and 1.
"""

SOURCES = """
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('feed', 'sitemap', 'page')),
    etag TEXT,
    last_modified TEXT,
    due_at TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    last_success TEXT,
    last_new TEXT,
    last_reason TEXT,
    retired_at TEXT                            -- since when no seed names it, NULL: active
);

CREATE TABLE links (                           -- every address seen; outlives its article
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL,
    title TEXT,
    modified TEXT,
    published TEXT,
    first_seen TEXT NOT NULL,
    alerts INTEGER NOT NULL,
    wanted INTEGER NOT NULL,                   -- to be fetched
    was_read INTEGER NOT NULL DEFAULT 0,       -- its article was recorded once
    retry_at TEXT,                             -- not before, while wanted
    reason TEXT                                -- why the last try gave no article
);
CREATE INDEX links_wanted ON links (site, alerts DESC, id) WHERE wanted = 1;
CREATE INDEX links_unreadable ON links (site) WHERE reason IS NOT NULL AND wanted = 0;

CREATE TABLE listings (                        -- how each source last listed a link
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    link INTEGER NOT NULL REFERENCES links (id) ON DELETE CASCADE,
    print INTEGER NOT NULL,                    -- fingerprint of its title and lastmod there
    PRIMARY KEY (source, link)
) WITHOUT ROWID;
CREATE INDEX listings_link ON listings (link);

CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

STORIES = """
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    follows INTEGER REFERENCES stories (id) ON DELETE SET NULL,
    first_seen TEXT NOT NULL
);
CREATE INDEX stories_follows ON stories (follows) WHERE follows IS NOT NULL;

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES stories (id),
    site TEXT NOT NULL,
    outlet TEXT NOT NULL,
    url TEXT NOT NULL,
    identity TEXT NOT NULL,
    agency TEXT,
    language TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    alerts INTEGER NOT NULL,
    relation TEXT NOT NULL,                    -- how it joined its story
    score REAL NOT NULL,
    telling INTEGER NOT NULL                   -- the version last read, in tellings
);
CREATE INDEX articles_identity ON articles (identity);
CREATE INDEX articles_url ON articles (url);
CREATE INDEX articles_story ON articles (story, outlet);
CREATE UNIQUE INDEX articles_telling ON articles (telling);

CREATE TABLE tellings (                        -- every version of every article
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    seen_at TEXT NOT NULL,
    published TEXT,
    updated TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX tellings_article ON tellings (article);

CREATE VIRTUAL TABLE words USING fts5 (        -- rowid: article; folded
    title, text, content = '', tokenize = 'unicode61 remove_diacritics 0'
);

CREATE TABLE sketches (
    hash INTEGER NOT NULL,
    telling INTEGER NOT NULL,
    PRIMARY KEY (hash, telling)
) WITHOUT ROWID;

CREATE TABLE hits (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('about', 'mention')),
    score REAL NOT NULL,
    matched TEXT NOT NULL,                     -- JSON list of words
    spans TEXT NOT NULL,                       -- JSON list of [field, start, end]
    reason TEXT NOT NULL,
    PRIMARY KEY (article, topic)
) WITHOUT ROWID;
CREATE INDEX hits_topic ON hits (topic, article);
"""

READERS = """
CREATE TABLE readers (
    chat_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('private', 'group', 'channel', 'terminal')),
    language TEXT NOT NULL,
    since TEXT NOT NULL,
    paused TEXT,
    paused_at TEXT,
    next_at TEXT NOT NULL DEFAULT '',          -- nothing is claimed for this chat before
    owed_alert INTEGER,                        -- the oldest owed delivery of each kind,
    owed_edit INTEGER                          -- kept by the triggers on deliveries
);
CREATE INDEX readers_owed_alert ON readers (owed_alert) WHERE owed_alert IS NOT NULL;
CREATE INDEX readers_owed_edit ON readers (owed_edit) WHERE owed_edit IS NOT NULL;

CREATE TABLE subscriptions (
    topic TEXT NOT NULL,
    chat_id INTEGER NOT NULL REFERENCES readers (chat_id) ON DELETE CASCADE ON UPDATE CASCADE,
    level TEXT NOT NULL CHECK (level IN ('about', 'mention')),
    since TEXT NOT NULL,
    PRIMARY KEY (topic, chat_id)
) WITHOUT ROWID;
CREATE INDEX subscriptions_chat ON subscriptions (chat_id);
"""

# The triggers let a claim walk the chats that are owed something, oldest first, without touching
# the thousands of rows behind each one's first.
DELIVERIES = """
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL REFERENCES readers (chat_id) ON DELETE CASCADE ON UPDATE CASCADE,
    story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('alert', 'edit')),
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'owed'
        CHECK (state IN ('owed', 'claimed', 'sent', 'unknown', 'refused', 'withdrawn')),
    owed_at TEXT NOT NULL,
    holder TEXT,
    lease_until TEXT,
    again INTEGER NOT NULL DEFAULT 0,          -- the card grew while this edit was being sent
    attempts INTEGER NOT NULL DEFAULT 0,
    doubts INTEGER NOT NULL DEFAULT 0,         -- sends whose answer was lost
    message_id INTEGER,
    sent_at TEXT,
    reason TEXT,
    UNIQUE (story, chat_id, kind)
);
CREATE INDEX deliveries_chat ON deliveries (chat_id);
CREATE INDEX deliveries_article ON deliveries (article);
CREATE INDEX deliveries_owed ON deliveries (chat_id, kind, id) WHERE state = 'owed';
CREATE INDEX deliveries_claimed ON deliveries (lease_until) WHERE state = 'claimed';
CREATE INDEX deliveries_sent_at ON deliveries (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX deliveries_refused ON deliveries (chat_id) WHERE state = 'refused';

CREATE TRIGGER deliveries_made AFTER INSERT ON deliveries WHEN new.state = 'owed' BEGIN
    UPDATE readers SET owed_alert = min(coalesce(owed_alert, new.id), new.id)
        WHERE chat_id = new.chat_id AND new.kind = 'alert';
    UPDATE readers SET owed_edit = min(coalesce(owed_edit, new.id), new.id)
        WHERE chat_id = new.chat_id AND new.kind = 'edit';
END;
CREATE TRIGGER deliveries_changed AFTER UPDATE OF state, chat_id ON deliveries
WHEN old.state = 'owed' OR new.state = 'owed' BEGIN
    UPDATE readers SET
        owed_alert = (SELECT min(id) FROM deliveries AS owed
            WHERE owed.chat_id = readers.chat_id AND kind = 'alert' AND state = 'owed'),
        owed_edit = (SELECT min(id) FROM deliveries AS owed
            WHERE owed.chat_id = readers.chat_id AND kind = 'edit' AND state = 'owed')
    WHERE chat_id IN (old.chat_id, new.chat_id);
END;
CREATE TRIGGER deliveries_dropped AFTER DELETE ON deliveries WHEN old.state = 'owed' BEGIN
    UPDATE readers SET
        owed_alert = (SELECT min(id) FROM deliveries AS owed
            WHERE owed.chat_id = readers.chat_id AND kind = 'alert' AND state = 'owed'),
        owed_edit = (SELECT min(id) FROM deliveries AS owed
            WHERE owed.chat_id = readers.chat_id AND kind = 'edit' AND state = 'owed')
    WHERE chat_id = old.chat_id;
END;
"""

# A card grows by edits that have a due time, and a replaced fact is told by a reply that rings.
CARDS = """
ALTER TABLE tellings ADD COLUMN changes TEXT;  -- JSON list of [before, now, toll]
ALTER TABLE articles ADD COLUMN voice INTEGER; -- the first article of the text that it prints
UPDATE articles SET voice = CASE WHEN relation IN ('reprint', 'update')
    THEN (SELECT min(first.id) FROM articles AS first WHERE first.story = articles.story)
    ELSE id END;

CREATE TABLE renewed (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL REFERENCES readers (chat_id) ON DELETE CASCADE ON UPDATE CASCADE,
    story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('alert', 'edit', 'reply')),
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'owed'
        CHECK (state IN ('owed', 'claimed', 'sent', 'unknown', 'refused', 'withdrawn')),
    owed_at TEXT NOT NULL,
    due_at TEXT NOT NULL DEFAULT '',           -- not claimed before; of edits only
    holder TEXT,
    lease_until TEXT,
    again INTEGER NOT NULL DEFAULT 0,          -- there is more to say while this is being sent
    attempts INTEGER NOT NULL DEFAULT 0,
    doubts INTEGER NOT NULL DEFAULT 0,         -- sends whose answer was lost
    message_id INTEGER,
    sent_at TEXT,
    reason TEXT,
    UNIQUE (story, chat_id, kind)
);
INSERT INTO renewed (id, chat_id, story, kind, article, state, owed_at, holder, lease_until, again,
    attempts, doubts, message_id, sent_at, reason)
SELECT id, chat_id, story, kind, article, state, owed_at, holder, lease_until, again,
    attempts, doubts, message_id, sent_at, reason FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE renewed RENAME TO deliveries;
CREATE INDEX deliveries_chat ON deliveries (chat_id);
CREATE INDEX deliveries_article ON deliveries (article);
CREATE INDEX deliveries_owed ON deliveries (chat_id, kind, id) WHERE state = 'owed';
CREATE INDEX deliveries_due ON deliveries (chat_id, due_at, id)
    WHERE state = 'owed' AND kind = 'edit';
CREATE INDEX deliveries_claimed ON deliveries (lease_until) WHERE state = 'claimed';
CREATE INDEX deliveries_sent_at ON deliveries (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX deliveries_refused ON deliveries (chat_id) WHERE state = 'refused';

DROP INDEX readers_owed_edit;
UPDATE readers SET owed_edit = NULL;
ALTER TABLE readers RENAME COLUMN owed_edit TO edit_due;  -- when the first owed edit is due, text
ALTER TABLE readers ADD COLUMN owed_reply INTEGER;        -- the oldest owed, as owed_alert
CREATE INDEX readers_owed_reply ON readers (owed_reply) WHERE owed_reply IS NOT NULL;
CREATE INDEX readers_edit_due ON readers (edit_due) WHERE edit_due IS NOT NULL;
UPDATE readers SET edit_due = '' WHERE EXISTS (SELECT 1 FROM deliveries
    WHERE deliveries.chat_id = readers.chat_id AND kind = 'edit' AND state = 'owed');

CREATE TRIGGER deliveries_made AFTER INSERT ON deliveries WHEN new.state = 'owed' BEGIN
    UPDATE readers SET owed_alert = min(coalesce(owed_alert, new.id), new.id)
        WHERE chat_id = new.chat_id AND new.kind = 'alert';
    UPDATE readers SET owed_reply = min(coalesce(owed_reply, new.id), new.id)
        WHERE chat_id = new.chat_id AND new.kind = 'reply';
    UPDATE readers SET edit_due = min(coalesce(edit_due, new.due_at), new.due_at)
        WHERE chat_id = new.chat_id AND new.kind = 'edit';
END;
CREATE TRIGGER deliveries_changed AFTER UPDATE OF state, chat_id, due_at ON deliveries
WHEN old.state = 'owed' OR new.state = 'owed' BEGIN
    UPDATE readers SET {oldest} WHERE chat_id IN (old.chat_id, new.chat_id);
END;
CREATE TRIGGER deliveries_dropped AFTER DELETE ON deliveries WHEN old.state = 'owed' BEGIN
    UPDATE readers SET {oldest} WHERE chat_id = old.chat_id;
END;
""".replace(
    "{oldest}",
    """
        owed_alert = (SELECT min(id) FROM deliveries AS owed
            WHERE owed.chat_id = readers.chat_id AND kind = 'alert' AND state = 'owed'),
        owed_reply = (SELECT min(id) FROM deliveries AS owed
            WHERE owed.chat_id = readers.chat_id AND kind = 'reply' AND state = 'owed'),
        edit_due = (SELECT min(due_at) FROM deliveries AS owed
            WHERE owed.chat_id = readers.chat_id AND kind = 'edit' AND state = 'owed')
    """,
)

# `watch.sketch` gives 47 bits of what it gave 61 bits of: a quarter less on disk.
SHORT_SKETCHES = """
CREATE TABLE shorter (
    hash INTEGER NOT NULL,
    telling INTEGER NOT NULL,
    PRIMARY KEY (hash, telling)
) WITHOUT ROWID;
INSERT OR IGNORE INTO shorter SELECT hash & 140737488355327, telling FROM sketches ORDER BY 1, 2;
DROP TABLE sketches;
ALTER TABLE shorter RENAME TO sketches;
"""
