"""What articles have in common, without reading them one by one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.domain.standing import Standing
from reader.domain.summary import ArticleId
from reader.domain.text import clean_line

if TYPE_CHECKING:
    from reader.storage.library import Library


def standing(library: Library, ids: Sequence[ArticleId]) -> Standing:
    """The standing of those of *ids* that exist."""
    wanted = json.dumps(ids)
    row = library.connection.rows(
        """
        select
            count(*) as articles, coalesce(sum(state = 'read'), 0) as read, coalesce(sum(starred), 0) as starred,
            coalesce(sum(archived), 0) as archived, coalesce(sum(trashed), 0) as trashed
        from article
        where id in (select value from json_each(:ids))
        """,
        ids=wanted,
    )[0]
    tags = library.connection.rows(
        """
        select tag.name as name, count(*) as number
        from article_tag
        join tag on tag.id = article_tag.tag
        where article_tag.article in (select value from json_each(:ids))
        group by tag.id
        """,
        ids=wanted,
    )
    return Standing(
        row["articles"],
        row["read"],
        row["starred"],
        row["archived"],
        row["trashed"],
        {clean_line(tag["name"]): tag["number"] for tag in tags},
    )
