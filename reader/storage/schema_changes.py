"""What later migrations changed in the tables of ``schema.TABLES``, each a list of statements in its order.

What a released one says is never edited: a column or an index that comes later stands in a list of its own.
"""

from __future__ import annotations

from reader.storage.day_words import day_words
from reader.storage.holdings import HOLDS

PLACING = (
    # How the place was found, and how sure that is: the words' part of the score, that of the better context (null
    # where none was stored), and how far the next best place is behind.
    "alter table highlight add column how text not null default 'position'",
    "alter table highlight add column quote real not null default 1",
    "alter table highlight add column context real",
    "alter table highlight add column margin real not null default 1",
    # Of the selector: put there by a hand, and the hash of the text of which someone said that it is not there.
    "alter table highlight add column placed_by text not null default 'auto' check (placed_by in ('auto', 'user'))",
    "alter table highlight add column refused_hash text not null default ''",
    # The review queue asks for one status, newest article first.
    "drop index highlight_unsure",
    "create index highlight_unsure on highlight (status, article) where status <> 'anchored'",
)

SEARCH_AT_SCALE = (
    # Articles outside the trash that bear the tag; see counters.py.
    "alter table tag add column used integer not null default 0",
    "create index tag_used on tag (used desc, folded)",
    # The words of the full-text index with how many articles hold each; nothing is stored for them.
    "create virtual table articles_vocabulary using fts5vocab (articles_fts, 'row')",
    "create virtual table passages_vocabulary using fts5vocab (passages_fts, 'row')",
    # Of a batch of changes more is kept in memory before it is written, and has to be merged: a third of the time.
    "insert into articles_fts (articles_fts, rank) values ('hashsize', 16777216)",
    # A row for each word and each language that it has a stem in; `stem` is language and stem, `en:walk`, or empty.
    "drop table term",
    """
    create table term (
        term text not null,
        stem text not null default '',
        df integer not null,
        primary key (term, stem)
    ) without rowid
    """,
    "create index term_stem on term (stem, term) where stem <> ''",
    # The commonest words of a beginning, without a look at the very many that are rare.
    "create index term_common on term (term, df) where df >= 64",
    # `place` is where a view stands among the others.
    "alter table saved_view add column sort text",
    "alter table saved_view add column place integer not null default 0",
    # An action may be about a view now, and later about other things: `kind` is checked by the program alone.
    "alter table history_change rename to old_history_change",
    """
    create table history_change (
        history integer not null references history (id) on delete cascade,
        number integer not null,
        kind text not null,
        target integer not null,
        article integer,
        before text,
        after text,
        primary key (history, number)
    ) without rowid
    """,
    "insert into history_change select history, number, kind, target, article, before, after from old_history_change",
    "drop table old_history_change",
    "create index history_change_article on history_change (article) where article is not null",
    "create index article_annotated on article (seq) where (highlights > 0 or note <> '')",
    "create index article_finished on article (finished) where finished is not null",
    *(
        f"create index body_with_{thing} on body (article, version) where instr(blocks, '{sign}') > 0"
        for thing, sign in HOLDS.items()
    ),
)

IN_AND_OUT = (
    # Null: the article has what text there is to have. Empty: it is to be fetched. Else: why it could not be.
    "alter table article add column unfetched text",
    "create index article_unfetched on article (seq) where unfetched is not null",
    # What is to be fetched, and what the server said of it the last time. `due` is null for what is not tried again
    # by itself; `tries` counts failures since the last success.
    """
    create table fetch (
        article integer primary key references article (id) on delete cascade,
        url text not null,
        asked integer not null,
        due integer,
        tries integer not null default 0,
        checked integer,
        etag text,
        modified text
    )
    """,
    "create index fetch_due on fetch (due) where due is not null",
    # Whose a highlight was before (`kindle:…`), and what that program knew of it that has no column here.
    "alter table highlight add column origin text not null default ''",
    "alter table highlight add column extra text not null default '{}'",
    "create index highlight_origin on highlight (origin) where origin <> ''",
    # In the library that an article came from its reader had settled which version is the text; see versions.py.
    "alter table article add column chosen integer not null default 0",
    # Articles whose texts are nearly one, each pair both ways round. Standing: open, settled (one was made a version
    # of the other, or the reader wants to hear no more of it).
    """
    create table likeness (
        article integer not null references article (id) on delete cascade,
        other integer not null references article (id) on delete cascade,
        share real not null,
        standing text not null default 'open',
        primary key (article, other)
    ) without rowid
    """,
    "create index likeness_other on likeness (other, article)",
)

SEARCH_BY_DAY = (
    # Days are words of both tables about articles, see day_words.py; beginnings of words have an index in passages.
    "drop table articles_fts",
    "drop table heads_fts",
    "drop table passages_fts",
    "drop view articles",
    f"""
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
        article.cjk || ' ' || body.cjk as cjk,
        {day_words("article")} as days
    from article
    join body on body.article = article.id and body.version = article.version
    """,
    f"""
    create view heads as
    select seq as rowid, title, author, site, tags, {day_words("article")} as days
    from article
    """,
    """
    create virtual table articles_fts using fts5 (
        title, author, site, tags, body, cjk, days,
        content="articles", tokenize='unicode61 remove_diacritics 2'
    )
    """,
    "insert into articles_fts (articles_fts, rank) values ('hashsize', 16777216)",
    """
    create virtual table heads_fts using fts5 (
        title, author, site, tags, days,
        content="heads", prefix='1 2 3 4', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    create virtual table passages_fts using fts5 (
        exact, note, tags, cjk,
        content="passages", prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'
    )
    """,
)

ENTERED_TOGETHER = (
    # 0 inside the transaction that stores an article, until full text is told of it: see entering.py. The triggers
    # and the full-text tables see what the views show.
    "alter table article add column entered integer not null default 1",
    "drop view articles",
    "drop view heads",
    f"""
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
        article.cjk || ' ' || body.cjk as cjk,
        {day_words("article")} as days
    from article
    join body on body.article = article.id and body.version = article.version
    where article.entered
    """,
    f"""
    create view heads as
    select seq as rowid, title, author, site, tags, {day_words("article")} as days
    from article
    where entered
    """,
)

SMALL_INDEXES = (
    # Which article a passage is in and where that stands, on a few pages: search looks up hundreds at each key.
    "create index highlight_of on highlight (id, article)",
    "create index article_place on article (id, seq, published, added)",
    # The commonest words that begin with one letter, without a look at the thousands that do.
    "create index term_of_letter on term (substr(term, 1, 1), df) where df >= 64",
)
