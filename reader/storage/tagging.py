"""Tags on articles and highlights: rows that decide, and the joined copy of the names that full text indexes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from reader.domain.text import clean_tag
from reader.storage.connection import Connection
from reader.storage.rows import TAG_SEPARATOR

Bearer = Literal["article", "highlight"]

# The text whose pairs of CJK characters a bearer's own column `cjk` holds.
_CJK_OF = {
    "article": "title || ' ' || coalesce(author, '') || ' ' || coalesce(site, '') || ' ' || tags",
    "highlight": "exact || ' ' || note || ' ' || tags",
}


@dataclass(frozen=True, slots=True)
class Tagging:
    """*bearer* number ``id`` bears the tag ``name`` from now on, or no longer."""

    id: int
    name: str
    on: bool


def spelled(connection: Connection, names: Iterable[str]) -> list[str]:
    """*names* cleaned, each once, spelled as the library spells them already; what is no tag is left out."""
    cleaned = {name.casefold(): name for text in names if (name := clean_tag(text))}
    known = {
        row["folded"]: row["name"]
        for row in connection.rows(
            "select folded, name from tag where folded in (select value from json_each(:folded))",
            folded=json.dumps(list(cleaned)),
        )
    }
    return [known.get(folded, name) for folded, name in cleaned.items()]


def tags_of(connection: Connection, bearer: Bearer, ids: Collection[int]) -> dict[int, list[str]]:
    """The names of the tags of each of *ids* that has any."""
    found: dict[int, list[str]] = {}
    rows = connection.rows(
        f"""
        select {bearer}_tag.{bearer} as id, tag.name as name
        from {bearer}_tag
        join tag on tag.id = {bearer}_tag.tag
        where {bearer}_tag.{bearer} in (select value from json_each(:ids))
        """,
        ids=json.dumps(list(ids)),
    )
    for row in rows:
        found.setdefault(row["id"], []).append(row["name"])
    return found


def retag(connection: Connection, bearer: Bearer, taggings: Collection[Tagging]) -> None:
    """Put tags on and take them off, and bring the copies in step."""
    put_tags(connection, bearer, [tagging for tagging in taggings if tagging.on])
    _take_tags(connection, bearer, [tagging for tagging in taggings if not tagging.on])
    if taggings:
        refresh_copies(connection, bearer, {tagging.id for tagging in taggings})


def put_tags(connection: Connection, bearer: Bearer, taggings: Collection[Tagging]) -> None:
    """Put tags on; the copies are not written."""
    if not taggings:
        return
    connection.many(
        "insert into tag (name, folded) values (:name, :folded) on conflict do nothing",
        [{"name": name, "folded": name.casefold()} for name in {tagging.name for tagging in taggings}],
    )
    connection.many(
        f"""
        insert into {bearer}_tag ({bearer}, tag)
        values (:id, (select id from tag where folded = :folded))
        on conflict do nothing
        """,
        [{"id": tagging.id, "folded": tagging.name.casefold()} for tagging in taggings],
    )


def _take_tags(connection: Connection, bearer: Bearer, taggings: Collection[Tagging]) -> None:
    if not taggings:
        return
    numbers = tag_numbers(connection, {tagging.name for tagging in taggings})
    connection.many(
        f"delete from {bearer}_tag where {bearer} = :id and tag = (select id from tag where folded = :folded)",
        [{"id": tagging.id, "folded": tagging.name.casefold()} for tagging in taggings],
    )
    sweep(connection, numbers)


def refresh_copies(connection: Connection, bearer: Bearer, ids: Collection[int]) -> None:
    """Write the joined names of *ids* anew, in alphabetical order."""
    connection.execute(
        f"""
        update {bearer}
        set tags = coalesce((
            select group_concat(name, '{TAG_SEPARATOR}')
            from (
                select tag.name as name
                from {bearer}_tag
                join tag on tag.id = {bearer}_tag.tag
                where {bearer}_tag.{bearer} = {bearer}.id
                order by tag.folded
            )
        ), '')
        where id in (select value from json_each(:ids))
        """,
        ids=json.dumps(list(ids)),
    )
    refresh_cjk(connection, bearer, ids)


def refresh_cjk(connection: Connection, bearer: Bearer, ids: Collection[int]) -> None:
    """Most rows hold no CJK character and are left alone, since every write of one costs its index a pass."""
    connection.execute(
        f"""
        update {bearer}
        set cjk = cjk_bigrams({_CJK_OF[bearer]})
        where id in (select value from json_each(:ids)) and cjk <> cjk_bigrams({_CJK_OF[bearer]})
        """,
        ids=json.dumps(list(ids)),
    )


def rename_tag(connection: Connection, old: str, new: str) -> None:
    """Give the tag *old* the name *new*, which no other tag has."""
    number = connection.value("select id from tag where folded = :folded", folded=old.casefold())
    connection.execute(
        "update tag set name = :name, folded = :folded where id = :number",
        name=new,
        folded=new.casefold(),
        number=number,
    )
    for bearer in ("article", "highlight"):
        refresh_copies(
            connection,
            bearer,
            connection.column(f"select {bearer} from {bearer}_tag where tag = :number", number=number),
        )


def tag_numbers(connection: Connection, names: Iterable[str]) -> list[int]:
    return connection.column(
        "select id from tag where folded in (select value from json_each(:folded))",
        folded=json.dumps([name.casefold() for name in names]),
    )


def sweep(connection: Connection, numbers: Collection[int]) -> None:
    """Forget the tags among *numbers* that nothing bears any more."""
    connection.execute(
        """
        delete from tag
        where id in (select value from json_each(:numbers))
            and not exists (select 1 from article_tag where article_tag.tag = tag.id)
            and not exists (select 1 from highlight_tag where highlight_tag.tag = tag.id)
        """,
        numbers=json.dumps(list(numbers)),
    )
