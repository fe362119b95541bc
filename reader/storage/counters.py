"""How many articles each part of the library holds, kept up to date by triggers: reading it costs the same at any size.

What is counted is what the lists show: the inbox, and what is unread, starred or annotated, leave out the archive
and the trash. ``tag.used`` counts the articles outside the trash that bear a tag.
"""

from __future__ import annotations

import sqlite3

from reader.domain.change import Tag
from reader.domain.counts import Counts
from reader.domain.text import clean_line
from reader.storage.connection import Connection

_LISTED = "{row}.archived = 0 and {row}.trashed = 0"
_COUNTED = {
    "inbox": _LISTED,
    "unread": f"{_LISTED} and {{row}}.state = 'unread'",
    "starred": f"{_LISTED} and {{row}}.starred = 1",
    "archive": "{row}.archived = 1 and {row}.trashed = 0",
    "highlights": f"{_LISTED} and ({{row}}.highlights > 0 or {{row}}.note <> '')",
    "trash": "{row}.trashed = 1",
}
_NAMES = ", ".join(f"'{name}'" for name in _COUNTED)


def _told(row: str) -> str:
    """1 for each counter that the article *row* counts for, else 0."""
    cases = " ".join(
        f"when '{name}' then ({condition.format(row=row)})" for name, condition in _COUNTED.items()
    )
    return f"(case name {cases} end)"


def _moved(change: str) -> str:
    return f"""
        update counter set value = value + {change} where name in ({_NAMES});
"""


_TAGS_OF = "select tag from article_tag where article = {row}.id"
_IS_COUNTED = "exists (select 1 from article where id = {row}.article and trashed = 0)"

TRIGGERS = {
    "article_counted": ("after insert on article", _moved(_told("new"))),
    "article_recounted": (
        "after update of state, starred, archived, trashed, highlights, note on article",
        _moved(f"{_told('new')} - {_told('old')}"),
    ),
    "article_tags_recounted": (
        "after update of trashed on article when new.trashed <> old.trashed",
        f"""
        update tag set used = used + old.trashed - new.trashed where id in ({_TAGS_OF.format(row="new")});
""",
    ),
    # Its tags are still there; when they go, the article is gone and they are not counted again.
    "article_uncounted": (
        "before delete on article",
        _moved(f"-{_told('old')}")
        + f"""
        update tag set used = used - (1 - old.trashed) where id in ({_TAGS_OF.format(row="old")});
""",
    ),
    "article_tag_counted": (
        f"after insert on article_tag when {_IS_COUNTED.format(row='new')}",
        """
        update tag set used = used + 1 where id = new.tag;
""",
    ),
    "article_tag_uncounted": (
        f"after delete on article_tag when {_IS_COUNTED.format(row='old')}",
        """
        update tag set used = used - 1 where id = old.tag;
""",
    ),
}

_TRUE_COUNTS = " union all ".join(
    f"select '{name}' as name, count(*) as value from article where {condition.format(row='article')}"
    for name, condition in _COUNTED.items()
)
_TRUE_USE = """
    select count(*)
    from article_tag
    join article on article.id = article_tag.article
    where article_tag.tag = tag.id and article.trashed = 0
"""


def recount(raw: sqlite3.Connection) -> None:
    """Count everything anew; it reads the whole table."""
    raw.execute(
        f"""
        insert into counter (name, value)
        select name, value from ({_TRUE_COUNTS}) where true
        on conflict (name) do update set value = excluded.value
        """
    )
    raw.execute(f"update tag set used = ({_TRUE_USE})")


def is_right(raw: sqlite3.Connection) -> bool:
    """Whether the counts are what counting says; it reads the whole table."""
    wrong = raw.execute(
        f"""
        select 1
        from ({_TRUE_COUNTS}) as real
        left join counter on counter.name = real.name
        where counter.value is not real.value
        union all
        select 1 from tag where used <> ({_TRUE_USE})
        """
    )
    return wrong.fetchone() is None


class Counters:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self) -> Counts:
        rows = self._connection.rows(f"select name, value from counter where name in ({_NAMES})")
        return Counts(**{row["name"]: row["value"] for row in rows})

    def top_tags(self, limit: int) -> list[Tag]:
        """The tags on the most articles, those first."""
        rows = self._connection.rows(
            "select name, used from tag where used > 0 order by used desc, folded limit :limit", limit=limit
        )
        return [Tag(clean_line(row["name"]), row["used"]) for row in rows]
