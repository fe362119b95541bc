"""The library's tables, indexes, full-text tables and triggers, in SQL that can be pasted into the sqlite3 shell.

Numbers: times are integer microseconds since 1970 in UTC; offsets are code points; flags are 0 and 1. ``seq`` is
the one newest-first order, whole minutes since 1970 and then the next free number, and is the rowid of the
full-text tables about articles. A row of ``passages_fts`` is a highlight (its id) or, under the negative of its
article's id, an article's own note.

What a migration made is never edited. The triggers below are the ones that every library has now: they are made
again after each migration, and when the index is rebuilt.
"""

from __future__ import annotations

import sqlite3

from reader.storage import counters

TABLES = (
    """
    create table article (
        id integer primary key autoincrement,
        uid text not null unique,
        seq integer not null unique,
        version integer not null default 1,
        title text not null,
        author text,
        site text,
        url text,
        published text,
        language text,
        added integer not null,
        changed integer not null,
        words integer not null default 0,
        state text not null default 'unread' check (state in ('unread', 'reading', 'read')),
        starred integer not null default 0 check (starred in (0, 1)),
        archived integer not null default 0 check (archived in (0, 1)),
        trashed integer not null default 0 check (trashed in (0, 1)),
        progress real not null default 0,
        position integer not null default 0,
        opened integer,
        finished integer,
        tags text not null default '',
        cjk text not null default '',
        highlights integer not null default 0,
        note text not null default '',
        note_cjk text not null default '',
        origin text
    )
    """,
    # Covering indexes for lists and counts: the row id is in each of them.
    "create index article_list on article (seq) where archived = 0 and trashed = 0",
    "create index article_unread on article (seq) where state = 'unread' and archived = 0 and trashed = 0",
    "create index article_starred on article (seq) where starred = 1",
    "create index article_archived on article (seq) where archived = 1",
    "create index article_trashed on article (seq) where trashed = 1",
    "create index article_opened on article (opened) where opened is not null",
    "create index article_added on article (added)",
    "create index article_published on article (published) where published is not null",
    "create index article_site on article (site, seq) where site is not null",
    # The key of an article's note in passages_fts.
    "create index article_noted on article (-id) where note <> ''",
    """
    create table body (
        article integer not null references article (id) on delete cascade,
        version integer not null,
        text text not null,
        cjk text not null default '',
        blocks text not null,
        text_hash text not null,
        words integer not null default 0,
        rules integer not null default 1,
        head text not null default '{}',
        extra text not null default '{}',
        made integer not null,
        primary key (article, version)
    )
    """,
    """
    create table original (
        article integer not null,
        version integer not null,
        media_type text not null,
        data blob not null,
        primary key (article, version),
        foreign key (article, version) references body (article, version) on delete cascade
    )
    """,
    """
    create table article_key (
        key text primary key,
        article integer not null references article (id) on delete cascade
    ) without rowid
    """,
    "create index article_key_article on article_key (article)",
    """
    create table article_sketch (
        article integer primary key references article (id) on delete cascade,
        sketch blob not null
    )
    """,
    """
    create table sketch_hash (
        hash integer not null,
        article integer not null references article (id) on delete cascade,
        primary key (hash, article)
    ) without rowid
    """,
    "create index sketch_hash_article on sketch_hash (article)",
    # What was purged: nothing of it is left but that it was here.
    """
    create table tombstone (
        article integer primary key,
        uid text not null,
        purged integer not null
    )
    """,
    # `folded` is the name without regard to case: one tag has one spelling.
    """
    create table tag (
        id integer primary key,
        name text not null unique,
        folded text not null unique
    )
    """,
    """
    create table article_tag (
        article integer not null references article (id) on delete cascade,
        tag integer not null references tag (id) on delete cascade,
        primary key (article, tag)
    ) without rowid
    """,
    "create index article_tag_tag on article_tag (tag, article)",
    # The selector is what was marked, and where; the place (status, place_start, place_end, score, and PLACING
    # below) is where that is in the current version, whose hash is placed_hash, and is made again from the selector.
    """
    create table highlight (
        id integer primary key autoincrement,
        uid text not null unique,
        article integer not null references article (id) on delete cascade,
        exact text not null,
        prefix text not null default '',
        suffix text not null default '',
        start integer not null,
        "end" integer not null,
        text_hash text not null,
        status text not null check (status in ('anchored', 'review', 'orphan')),
        place_start integer,
        place_end integer,
        score real not null default 1,
        placed_hash text not null,
        colour text not null default 'yellow',
        note text not null default '',
        tags text not null default '',
        cjk text not null default '',
        made integer not null,
        changed integer not null
    )
    """,
    "create index highlight_article on highlight (article, place_start)",
    "create index highlight_made on highlight (made)",
    "create index highlight_unsure on highlight (status) where status <> 'anchored'",
    """
    create table highlight_tag (
        highlight integer not null references highlight (id) on delete cascade,
        tag integer not null references tag (id) on delete cascade,
        primary key (highlight, tag)
    ) without rowid
    """,
    "create index highlight_tag_tag on highlight_tag (tag, highlight)",
    """
    create table saved_view (
        name text primary key,
        query text not null,
        key text unique,
        made integer not null
    )
    """,
    # standing: done, undone (can be redone), gone (undone, and something else was done since), final (a purge).
    # turned: when it was undone or redone last.
    """
    create table history (
        id integer primary key autoincrement,
        at integer not null,
        session text not null,
        run text,
        action text not null,
        standing text not null default 'done' check (standing in ('done', 'undone', 'gone', 'final')),
        turned integer
    )
    """,
    "create index history_standing on history (standing, id)",
    "create index history_run on history (run) where run is not null",
    # One row a thing that an action changed, with the fields it changed as JSON; null where it did not exist.
    """
    create table history_change (
        history integer not null references history (id) on delete cascade,
        number integer not null,
        kind text not null check (kind in ('article', 'highlight', 'tag')),
        target integer not null,
        article integer,
        before text,
        after text,
        primary key (history, number)
    ) without rowid
    """,
    "create index history_change_article on history_change (article) where article is not null",
    """
    create table reading_log (
        id integer primary key,
        article integer references article (id) on delete set null,
        started integer not null,
        seconds integer not null,
        words integer not null default 0
    )
    """,
    "create index reading_log_started on reading_log (started)",
    "create index reading_log_article on reading_log (article)",
    """
    create table term (
        term text primary key,
        df integer not null,
        stem text not null default ''
    ) without rowid
    """,
    "create index term_stem on term (stem) where stem <> ''",
    "create table counter (name text primary key, value integer not null) without rowid",
    "create table setting (key text primary key, value text not null) without rowid",
)

VIEWS = (
    # Public, and what articles_fts indexes: Datasette finds the search box by the name.
    """
    create view articles as
    select
        article.seq as rowid,
        article.id as id,
        article.uid as uid,
        article.title as title,
        article.author as author,
        article.site as site,
        article.url as url,
        article.published as published,
        article.added as added,
        article.words as words,
        article.state as state,
        article.starred as starred,
        article.archived as archived,
        article.trashed as trashed,
        article.progress as progress,
        article.tags as tags,
        article.note as note,
        body.text as body,
        article.cjk || ' ' || body.cjk as cjk
    from article
    join body on body.article = article.id and body.version = article.version
    """,
    """
    create view passages as
    select id as rowid, article as article, exact as exact, note as note, tags as tags, cjk as cjk
    from highlight
    union all
    select -id as rowid, id as article, '' as exact, note as note, '' as tags, note_cjk as cjk
    from article
    where note <> ''
    """,
)

FULL_TEXT_TABLES = (
    """
    create virtual table articles_fts using fts5 (
        title, author, site, tags, body, cjk,
        content="articles", tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    create virtual table heads_fts using fts5 (
        title, author, site, tags,
        content="article", content_rowid="seq", prefix='1 2 3 4', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    create virtual table passages_fts using fts5 (
        exact, note, tags, cjk,
        content="passages", tokenize='unicode61 remove_diacritics 2'
    )
    """,
)

FULL_TEXT = ("articles_fts", "heads_fts", "passages_fts")


TEXT_COLUMNS = "rowid, title, author, site, tags, body, cjk, days"
HEAD_COLUMNS = "rowid, title, author, site, tags, days"


# What is indexed is what the views say, so an article leaves before a change and is entered after it: FTS5 must be
# told the very words that it was given, since it keeps no copy. SQLite reads all of this whenever a library is opened.


def _enter(which: str) -> str:
    return f"""
        insert into articles_fts ({TEXT_COLUMNS}) select {TEXT_COLUMNS} from articles where {which};
"""


def _leave(which: str) -> str:
    return f"""
        insert into articles_fts (articles_fts, {TEXT_COLUMNS})
        select 'delete', {TEXT_COLUMNS} from articles where {which};
"""


def _is_current(body: str) -> str:
    return f"{body}.version = (select version from article where id = {body}.article)"


_HEAD_ENTER = f"""
        insert into heads_fts ({HEAD_COLUMNS}) select {HEAD_COLUMNS} from heads where rowid = new.seq;
"""
_HEAD_LEAVE = f"""
        insert into heads_fts (heads_fts, {HEAD_COLUMNS})
        select 'delete', {HEAD_COLUMNS} from heads where rowid = old.seq;
"""
_NOTE_ENTER = """
        insert into passages_fts (rowid, exact, note, tags, cjk)
        select -new.id, '', new.note, '', new.note_cjk where new.note <> '';
"""
_NOTE_LEAVE = """
        insert into passages_fts (passages_fts, rowid, exact, note, tags, cjk)
        select 'delete', -old.id, '', old.note, '', old.note_cjk where old.note <> '';
"""
_PASSAGE_ENTER = """
        insert into passages_fts (rowid, exact, note, tags, cjk)
        values (new.id, new.exact, new.note, new.tags, new.cjk);
"""
_PASSAGE_LEAVE = """
        insert into passages_fts (passages_fts, rowid, exact, note, tags, cjk)
        values ('delete', old.id, old.exact, old.note, old.tags, old.cjk);
"""

_HEAD_FIELDS = "id, seq, title, author, site, tags, published, added"

# name -> when it fires, what it does. The full text of an article is entered when its current body arrives, so a
# new version costs one pass, and marking a passage never touches the body's words.
_TRIGGERS = {
    "article_entered": ("after insert on article", _HEAD_ENTER + _NOTE_ENTER),
    "article_head_changing": (f"before update of {_HEAD_FIELDS} on article", _HEAD_LEAVE),
    "article_head_changed": (f"after update of {_HEAD_FIELDS} on article", _HEAD_ENTER),
    "article_text_changing": (
        f"before update of {_HEAD_FIELDS}, cjk, version on article",
        _leave("rowid = old.seq"),
    ),
    "article_text_changed": (
        f"after update of {_HEAD_FIELDS}, cjk, version on article",
        _enter("rowid = new.seq"),
    ),
    "article_note_changed": ("after update of id, note, note_cjk on article", _NOTE_LEAVE + _NOTE_ENTER),
    "article_left": ("before delete on article", _leave("rowid = old.seq") + _HEAD_LEAVE + _NOTE_LEAVE),
    "body_entered": (f"after insert on body when {_is_current('new')}", _enter("id = new.article")),
    "body_changing": (
        f"before update of text, cjk on body when {_is_current('old')}",
        _leave("id = old.article"),
    ),
    "body_changed": (
        f"after update of text, cjk on body when {_is_current('new')}",
        _enter("id = new.article"),
    ),
    "body_left": (f"before delete on body when {_is_current('old')}", _leave("id = old.article")),
    "highlight_entered": (
        "after insert on highlight",
        _PASSAGE_ENTER
        + """
        update article set highlights = highlights + 1 where id = new.article;
        """,
    ),
    "highlight_changed": (
        "after update of exact, note, tags, cjk on highlight",
        _PASSAGE_LEAVE + _PASSAGE_ENTER,
    ),
    "highlight_left": (
        "after delete on highlight",
        _PASSAGE_LEAVE
        + """
        update article set highlights = highlights - 1 where id = old.article;
        """,
    ),
}

TRIGGERS = {
    name: f"create trigger {name} {when} begin{does}end"
    for name, (when, does) in {**_TRIGGERS, **counters.TRIGGERS}.items()
}


def create_triggers(raw: sqlite3.Connection) -> None:
    """Make every trigger of this program anew; a `transform()` drops those of its table without a word."""
    for name, sql in TRIGGERS.items():
        raw.execute(f"drop trigger if exists {name}")
        raw.execute(sql)


def missing_triggers(raw: sqlite3.Connection) -> list[str]:
    """The triggers that are gone or other than this program's."""
    present = dict(raw.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall())
    return [name for name, sql in TRIGGERS.items() if _spaced(present.get(name, "")) != _spaced(sql)]


def rebuild_full_text(raw: sqlite3.Connection) -> None:
    for table in FULL_TEXT:
        raw.execute(f"insert into {table} ({table}) values ('rebuild')")


def check_full_text(raw: sqlite3.Connection) -> list[str]:
    """The full-text tables that are out of step with what they index.

    Only ``rank = 1`` compares an index with its content; without it, and in ``pragma integrity_check``, an index
    that holds old words passes.
    """
    return [table for table in FULL_TEXT if not _in_step(raw, table)]


def _in_step(raw: sqlite3.Connection, table: str) -> bool:
    try:
        raw.execute(f"insert into {table} ({table}, rank) values ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
            return False
        raise
    return True


def _spaced(sql: str) -> str:
    return " ".join(sql.split()).lower()
