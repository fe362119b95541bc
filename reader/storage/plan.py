"""How to find the articles of a query by its words: from the full-text tables outward, not article by article.

There are three streams: articles with all the words in their head, in text and head together, and in one passage.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Any, NamedTuple

from reader.domain.fields import has_term
from reader.domain.passage import LAST_SEQ
from reader.domain.query import Query
from reader.domain.terms import And, Field, Node, Not, Value
from reader.domain.text import has_cjk
from reader.storage.clauses import Statement, both
from reader.storage.conditions import NOT_TRASHED, Compiler, Condition, Scope, scope_condition
from reader.storage.match import expression, in_column, is_full_text, joined

NEWEST_PASSAGES = 500

_HEAD = "{title author site tags}"


class Plan(NamedTuple):
    """The streams, as SQL to stand behind ``select`` and columns, with their parameters.

    The columns: ``found.rowid`` is the ``seq`` of an article; in the passages it is ``article.seq``, and in
    ``passages``, the newest of them alone, ``found.rank`` says how well the passage matches; ``every_passage`` is for
    counting. ``heads`` is ``None`` where heads cannot answer. ``match`` names the parameter that ``texts`` asks full
    text for.
    """

    heads: str | None
    texts: str
    passages: str
    every_passage: str
    match: str
    parameters: dict[str, Any]


def plan(
    query: Query, scope: Scope, now: datetime, zone: tzinfo | None = None, *, in_texts: Query | None = None
) -> Plan | None:
    """The plan for *query*, or ``None`` if there is no word that every article of it must hold.

    *in_texts* is the same query with words that are looked for in texts instead: they hold far more words than heads
    and passages.
    """
    conjuncts = _conjuncts(query)
    words = _words_of(conjuncts)
    if not words:
        return None
    words_in_texts = words if in_texts is None else _words_of(_conjuncts(in_texts))
    statement = Statement(by_row=True)
    compiler = Compiler(statement, now, zone)
    beside = [node for node in conjuncts if node is not None and not is_full_text(node)]
    others = [_beside(node, compiler) for node in _tags_last(beside)]
    scoped = scope_condition(query, scope)
    match = statement.bind(_narrowed(words_in_texts, others))
    in_passages = statement.bind(words)
    rest = both([scoped, *(other.whole for other in others)])
    return Plan(
        heads=None if has_cjk(words) else _heads(words, others, scoped, statement),
        texts=_by_table("articles_fts", match, others, scoped),
        passages=_by_newest_passages(in_passages, rest),
        every_passage=_by_every_passage(in_passages, rest),
        match=match,
        parameters=statement.parameters,
    )


def headed(query: Query, scope: Scope, now: datetime, zone: tzinfo | None = None) -> Condition | None:
    """The articles of a query for tags or titles but no words, as SQL to stand behind ``select article.id``.

    Full text knows them newest first, so the first page of a list ends early, where a condition would sort all that
    bear the tag. ``None`` for any other query.
    """
    conjuncts = [node for node in _conjuncts(query) if node is not None]
    if any(map(is_full_text, conjuncts)):
        return None
    statement = Statement(by_row=True)
    compiler = Compiler(statement, now, zone)
    others = [_beside(node, compiler) for node in _tags_last(conjuncts)]
    heads = [other.head for other in others if other.head]
    if not heads:
        return None
    match = statement.bind(joined("AND", heads))
    bounds = [bound for other in others for bound in other.bounds]
    rest = both([*bounds, scope_condition(query, scope), *(other.whole for other in others)])
    return Condition(
        f"""
        from heads_fts as found
        cross join article on article.seq = found.rowid
        where heads_fts match {match} and {rest}
        """,
        statement.parameters,
    )


def _conjuncts(query: Query) -> tuple[Node | None, ...]:
    return query.root.nodes if isinstance(query.root, And) else (query.root,)


def _tags_last(nodes: list[Node]) -> list[Node]:
    """Whether an article really bears a tag is asked last: that costs more than a look at its row."""
    return sorted(nodes, key=lambda node: isinstance(node, Field) and node.name == "tag")


def _words_of(conjuncts: Iterable[Node | None]) -> str:
    return joined("AND", (expression(node) for node in conjuncts if node is not None and is_full_text(node)))


class _Beside(NamedTuple):
    """A term beside the words.

    ``whole`` is all of its condition, ``check`` what is left of that for an article found by ``head``, ``text`` or
    ``excluded``: MATCH expressions about columns of heads, about the rest of an article, and of what must not be
    there. ``bounds`` are conditions on the row id that leave out what cannot be meant.
    """

    whole: str
    check: str = ""
    head: str = ""
    text: str = ""
    excluded: str = ""
    bounds: tuple[str, ...] = ()


def _beside(node: Node, compiler: Compiler) -> _Beside:
    match node:
        case Not(inner) if is_full_text(inner):
            return _without(expression(inner), compiler.statement)
        case Field("title" | "author" | "body" as column, values) if not any(
            value.negated or has_cjk(value.text) for value in values
        ):
            found = joined("OR", (in_column(column, value) for value in values))
            whole = compiler.node(node)
            return _Beside(whole, text=found) if column == "body" else _Beside(whole, head=found)
        case Field("tag", values):
            whole = compiler.node(node)
            return _Beside(whole, check=whole, head=_tags(values))
        case Field("added", (value,)) if not value.negated:
            whole = compiler.node(node)
            return _Beside(whole, check=whole, bounds=_rows_of(value.text, compiler))
    whole = compiler.node(node)
    return _Beside(whole, check=whole)


def _tags(values: tuple[Value, ...]) -> str:
    """Only narrows, since the words of a tag may stand in another one.

    Tags are compared by their case fold, in which ``ß`` is ``ss``, but full text takes them for different words.
    """
    texts = [value.text.casefold() for value in values]
    if any(value.negated for value in values) or not all(map(has_term, texts)):
        return ""
    if not all(text.isascii() and "ss" not in text for text in texts):
        return ""
    return joined("OR", (in_column("tags", value) for value in values))


def _without(match: str, statement: Statement) -> _Beside:
    """Asked of each article that is found, few as they are: what a common word excludes can be most of a library."""
    name = statement.bind(match)
    not_in_passages = f"""
        (article.highlights = 0 or not exists (
            select 1
            from highlight
            cross join passages_fts on passages_fts.rowid = highlight.id
            where highlight.article = article.id and passages_fts match {name}
        ))
        and (article.note = '' or not exists (
            select 1 from passages_fts where passages_fts match {name} and rowid = -article.id
        ))
    """
    not_in_text = (
        f"not exists (select 1 from articles_fts where articles_fts match {name} and rowid = article.seq)"
    )
    return _Beside(both([not_in_text, not_in_passages]), check=f"({not_in_passages})", excluded=match)


def _rows_of(text: str, compiler: Compiler) -> tuple[str, ...]:
    """The order by ``seq`` is the order by ``added``, so days of adding are a stretch of rows."""
    from reader.domain.ranges import period  # words alone do without

    first, until = period(text, compiler.days.today) or (None, None)
    bounds = []
    if first is not None:
        bounds.append(f"found.rowid >= {_first_row(first, compiler)}")
    if until is not None:
        bounds.append(f"found.rowid < {_first_row(until, compiler)}")
    return tuple(bounds)


def _first_row(day: date, compiler: Compiler) -> str:
    since = compiler.statement.bind(compiler.days.stamp(day))
    return f"ifnull((select seq from article where added >= {since} order by added, seq limit 1), {LAST_SEQ})"


def _narrowed(words: str, others: list[_Beside]) -> str:
    """*words* with all that full text can say of the terms beside them."""
    parts = [words, *(part for other in others for part in (other.head, other.text) if part)]
    excluded = [other.excluded for other in others if other.excluded]
    match = joined("AND", parts)
    return f"{match} NOT {joined('OR', excluded)}" if excluded else match


def _heads(words: str, others: list[_Beside], scoped: str, statement: Statement) -> str:
    """By the small table of heads, which knows beginnings of words; not where a term is about the text as well."""
    if any(other.text or other.excluded for other in others):
        match = statement.bind(_narrowed(f"({_HEAD} : {words})", others))
        return _by_table("articles_fts", match, others, scoped)
    return _by_table("heads_fts", statement.bind(_narrowed(words, others)), others, scoped)


def _by_table(table: str, match: str, others: list[_Beside], scoped: str) -> str:
    found = f"from {table} as found"
    conditions = [
        f"{table} match {match}",
        *(bound for other in others for bound in other.bounds),
    ]
    checks = [other.check for other in others if other.check]
    if scoped == NOT_TRASHED and not checks:  # nothing else of the article is looked at: thrice as fast
        conditions.append("found.rowid not in (select seq from article where trashed = 1)")
    else:
        # cross join: full text is the outer loop, so its own order by rowid ends it after a few rows.
        found += " cross join article on article.seq = found.rowid"
        conditions += [scoped, *checks]
    return f"{found} where {' and '.join(conditions)}"


def _by_newest_passages(match: str, rest: str) -> str:
    """Of words that stand in very many passages, by the newest of those whose articles are meant."""
    return f"""
        from (
            select *
            from (
                select highlight.article, -bm25(passages_fts) as rank
                from passages_fts
                cross join highlight on highlight.id = passages_fts.rowid
                cross join article on article.id = highlight.article
                where passages_fts match {match} and passages_fts.rowid > 0 and {rest}
                order by passages_fts.rowid desc
                limit {NEWEST_PASSAGES}
            )
            union all
            select article.id, -bm25(passages_fts)
            from passages_fts
            cross join article on article.id = -passages_fts.rowid
            where passages_fts match {match} and passages_fts.rowid < 0 and {rest}
        ) as found
        cross join article on article.id = found.article
        where true
    """


def _by_every_passage(match: str, rest: str) -> str:
    return f"""
        from (
            select highlight.article
            from passages_fts
            cross join highlight on highlight.id = passages_fts.rowid
            where passages_fts match {match} and passages_fts.rowid > 0
            union all
            select -rowid from passages_fts where passages_fts match {match} and rowid < 0
        ) as found
        cross join article on article.id = found.article
        where {rest}
    """
