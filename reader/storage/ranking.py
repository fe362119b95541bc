"""Judging the articles that full text finds, and of what very many hold the newest alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reader.storage.connection import Connection
from reader.storage.plan import Plan

RANKED_IN_FULL = 5_000
PHRASES_IN_FULL = 1_600
SAMPLED = 8  # one article in so many
NEWEST_RANKED = 500
PHRASES_RANKED = 250  # each is looked for twice

_WEIGHTS = "10, 4, 2, 4, 1, 1, 0"  # title, author, site, tags, body, pairs of CJK characters, days


def ranks_of_texts(connection: Connection, plan: Plan, limit: int) -> tuple[dict[int, float], int | None]:
    """The best, by ``seq``; and how many were judged, if not all."""
    newest = judged(connection, plan)
    if newest is None or (plan.is_plain and not plan.has_phrase):
        ranked = f"select found.rowid as seq, -bm25(articles_fts, {_WEIGHTS}) as rank {plan.texts}"
        if newest is not None:
            ranked = f"select seq, rank from ({ranked} order by found.rowid desc limit {newest})"
        ranked += " order by rank desc limit :limit"
        return dict(connection.tuples(ranked, limit=limit, **plan.parameters)), newest
    # They are found first, each looked at in its row; then they are judged in one go through the words.
    found = newest_rows(connection, f"select found.rowid {plan.texts}", plan, newest)
    if not found:
        return {}, None
    match = plan.loose_match if newest == PHRASES_RANKED else plan.ranked_match
    ranked_rows = connection.tuples(
        f"""
        select rowid, -bm25(articles_fts, {_WEIGHTS})
        from articles_fts
        where articles_fts match {match}
            and rowid between :last and :first
            and +rowid in (select value from json_each(:found))
        """,
        last=found[-1],
        first=found[0],
        found=json.dumps(found),
        **plan.parameters,
    )
    return dict(ranked_rows), newest if len(found) == newest else None


def judged(connection: Connection, plan: Plan) -> int | None:
    """How many articles are ranked, the newest of them, where it would be felt to rank all."""
    if (plan.is_plain or plan.has_phrase) and _is_common(connection, plan):
        return PHRASES_RANKED if plan.has_phrase else NEWEST_RANKED
    return None if plan.is_plain else NEWEST_RANKED


def _is_common(connection: Connection, plan: Plan) -> bool:
    """Whether very many articles hold the words. Those that hold a phrase take long to count: what there is of it
    in the newest part of the library says enough."""
    if plan.most is not None and plan.most <= RANKED_IN_FULL:
        return False
    found = f"select 1 from articles_fts where articles_fts match {plan.match}"
    if not plan.has_phrase:
        return counted(connection, found, plan.parameters, RANKED_IN_FULL + 1) > RANKED_IN_FULL
    most = PHRASES_IN_FULL // SAMPLED
    part = {**plan.parameters, "from": _first_of_newest(connection, SAMPLED)}
    return counted(connection, f"{found} and rowid >= :from", part, most + 1) > most


def _first_of_newest(connection: Connection, share: int) -> int:
    """The ``seq`` from which on one article in *share* comes, roughly."""
    last = connection.value("select max(id) from article") or 0
    return int(
        connection.value(
            "select seq from article order by seq desc limit 1 offset :behind", behind=last // share
        )
        or 0
    )


def most_judged(connection: Connection, plan: Plan) -> int | None:
    """How many articles of *plan* are ranked, if that is not all of them."""
    most = judged(connection, plan)
    if most is None or len(newest_rows(connection, f"select found.rowid {plan.texts}", plan, most)) < most:
        return None
    return most


def newest_rows(connection: Connection, found: str, plan: Plan, limit: int) -> list[int]:
    """The first column of the statement *found*, the greatest first, each once."""
    sql = f"{found} order by 1 desc limit :limit"
    return list(dict.fromkeys(connection.column(sql, limit=limit, **plan.parameters)))


def counted(connection: Connection, found: str, parameters: Mapping[str, Any], cap: int) -> int:
    sql = f"select count(*) from ({found} limit :limit)"
    return int(connection.value(sql, limit=cap, **parameters))
