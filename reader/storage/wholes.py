"""Articles with all that the library knows of them, to be given to another library."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from sqlite3 import Row
from typing import Any

from reader.domain.article import ArticleId
from reader.domain.text import LINE_LIMIT, clean, clean_body, clean_line
from reader.domain.view import SavedView
from reader.domain.whole import Purged, Whole, WholeHighlight, WholeText, WholeView
from reader.storage.article_rows import document_of
from reader.storage.connection import Connection
from reader.storage.highlight_rows import highlight_of
from reader.storage.rows import URL_LIMIT, mapping_of, names_of
from reader.storage.stamps import moment
from reader.storage.versions import is_chosen_by_hand

AT_ONCE = 100


class Wholes:
    """What is read here is clean, whatever the rows hold."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, ids: Sequence[ArticleId], *, texts: bool = True) -> Iterator[Whole]:
        """In the order given, some at a time; those of one time see one state of the library."""
        for start in range(0, len(ids), AT_ONCE):
            yield from self._some(ids[start : start + AT_ONCE], texts=texts)

    def views(self) -> list[WholeView]:
        rows = self._connection.rows(
            "select name, query, sort, key, place, made from saved_view order by place, name"
        )
        return [
            WholeView(
                SavedView(clean_line(row["name"]), clean_body(row["query"]), row["sort"], row["key"]),
                row["place"],
                moment(row["made"]),
            )
            for row in rows
        ]

    def purged(self) -> list[Purged]:
        rows = self._connection.rows("select uid, purged from tombstone order by uid, purged")
        return [Purged(clean_line(row["uid"]), moment(row["purged"])) for row in rows]

    def tags(self, ids: Sequence[ArticleId]) -> list[str]:
        """Those on the articles *ids* and on their highlights, in alphabetical order."""
        found = self._connection.column(
            """
            with wanted as (select value as article from json_each(:ids))
            select tag.name
            from tag
            where exists (
                    select 1 from article_tag
                    where article_tag.tag = tag.id and article_tag.article in wanted
                )
                or exists (
                    select 1
                    from highlight_tag
                    join highlight on highlight.id = highlight_tag.highlight
                    where highlight_tag.tag = tag.id and highlight.article in wanted
                )
            order by tag.folded
            """,
            ids=json.dumps(ids),
        )
        return [clean_line(name) for name in found]

    def _some(self, ids: Sequence[ArticleId], *, texts: bool) -> list[Whole]:
        with self._connection.snapshot():
            articles = {row["id"]: row for row in self._of(ids, "select *, id as article from article", "id")}
            bodies = _by_article(
                self._of(
                    ids,
                    """
                    select body.*, article_sketch.sketch
                    from body
                    join article on article.id = body.article
                    left join article_sketch on article_sketch.article = body.article
                        and body.version = article.version
                    """,
                    "body.article",
                )
                if texts
                else []
            )
            keys = _by_article(self._of(ids, "select article, key from article_key", "article"))
            highlights = _by_article(self._of(ids, "select * from highlight", "article"))
            # Of one version there is nothing to choose.
            chosen = {
                id for id, rows in bodies.items() if len(rows) > 1 and is_chosen_by_hand(self._connection, id)
            }
        return [
            _whole(articles[id], bodies[id], keys[id], highlights[id], chosen=id in chosen)
            for id in ids
            if id in articles
        ]

    def _of(self, ids: Sequence[ArticleId], select: str, column: str) -> list[Row]:
        return self._connection.rows(
            f"{select} where {column} in (select value from json_each(:ids))", ids=json.dumps(ids)
        )


def _by_article(rows: Sequence[Row]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["article"]].append(row)
    return found


def _whole(
    row: Row, bodies: Sequence[Row], keys: Sequence[Row], highlights: Sequence[Row], *, chosen: bool
) -> Whole:
    return Whole(
        uid=clean_line(row["uid"]),
        title=clean_line(row["title"]),
        url=_line(row["url"], URL_LIMIT),
        author=_line(row["author"]),
        site=_line(row["site"]),
        published=_line(row["published"]),
        language=_line(row["language"]),
        added=moment(row["added"]),
        place=row["seq"],
        changed=moment(row["changed"]),
        opened=None if row["opened"] is None else moment(row["opened"]),
        finished=None if row["finished"] is None else moment(row["finished"]),
        tags=names_of(row["tags"]),
        state=row["state"],
        starred=bool(row["starred"]),
        archived=bool(row["archived"]),
        trashed=bool(row["trashed"]),
        progress=row["progress"],
        position=row["position"],
        note=clean_body(row["note"]),
        origin=clean_line(row["origin"] or "", URL_LIMIT),
        unfetched=None if row["unfetched"] is None else clean_line(row["unfetched"]),
        # A path means something on its own machine alone.
        keys=tuple(sorted(clean(key["key"]) for key in keys if not key["key"].startswith("file:"))),
        version=row["version"],
        chosen=chosen,
        texts=tuple(_text(body) for body in sorted(bodies, key=lambda body: body["version"])),
        highlights=tuple(sorted(map(_highlight, highlights), key=lambda one: (one.anchor.span, one.uid))),
    )


def _text(row: Row) -> WholeText:
    document = document_of(row["text"], row["blocks"])
    return WholeText(
        row["version"],
        document.text,
        document.blocks_json(),
        document.hash,
        row["words"],
        moment(row["made"]),
        row["rules"],
        cleaned(mapping_of(row["head"])),
        cleaned(mapping_of(row["extra"])),
        row["sketch"] or b"",
    )


def _highlight(row: Row) -> WholeHighlight:
    highlight = highlight_of(row)
    return WholeHighlight(
        clean_line(highlight.uid),
        highlight.anchor,
        highlight.placement,
        highlight.colour,
        clean_body(highlight.note),
        highlight.tags,
        highlight.made,
        highlight.changed,
        clean_line(row["refused_hash"]),
        clean_line(row["origin"], URL_LIMIT),
        cleaned(mapping_of(row["extra"])),
        is_by_hand=highlight.placement.by == "user",
    )


def cleaned(value: Any) -> Any:
    """JSON with every string in it clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    return value


def _line(text: str | None, limit: int = LINE_LIMIT) -> str | None:
    return (clean_line(text, limit) or None) if text else None
