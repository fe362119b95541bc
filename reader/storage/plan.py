"""How to find the articles of a query by its words: from the full-text tables outward, not article by article.

There are three streams: articles with all the words in their head, in text and head together, and in one passage.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Any, NamedTuple

from reader.domain.fields import DAY_FIELDS, has_term
from reader.domain.passage import LAST_SEQ
from reader.domain.query import Query
from reader.domain.terms import And, Field, Node, Not, Value
from reader.domain.text import has_cjk
from reader.storage.clauses import Statement, both
from reader.storage.conditions import NOT_TRASHED, Compiler, Condition, Scope, scope_condition
from reader.storage.few import Few, small_set
from reader.storage.match import expression, in_column, is_any_word, is_full_text, joined, loosened

NEWEST_PASSAGES = 500
ABOVE_NONE = -1

_HEAD = "{title author site tags}"


class Plan(NamedTuple):
    """The streams, as SQL to stand behind ``select`` and columns, with their parameters.

    The columns: ``found.rowid`` is the ``seq`` of an article. ``passages`` and ``ranked_passages`` are the newest
    alone, whole statements with the columns ``seq``, ``rank`` (how well the passage matches; 0 in the former) and
    ``marked`` (whether it is a highlight, of which no more than ``NEWEST_PASSAGES`` are looked at); they are about
    articles whose ``seq`` is greater than the parameter ``above``. ``every_passage`` has the columns ``article.id`` and
    ``article.seq``. ``heads`` is ``None`` where heads cannot answer. ``bounds`` are comparisons that the
    ``seq`` of every article found meets.

    ``match`` names the parameter that ``texts`` asks full text for, ``passage_match`` the one that passages are asked
    for, ``ranked_match`` one to judge texts by, and ``loose_match`` another where the words of phrases stand anywhere.
    ``is_plain`` says that nothing more is asked of each article that full text finds, ``most`` is how many articles
    can be found at the most, if that is known.
    """

    heads: str | None
    texts: str
    passages: str
    ranked_passages: str
    every_passage: str
    bounds: tuple[str, ...]
    passage_match: str
    match: str
    ranked_match: str
    loose_match: str
    parameters: dict[str, Any]
    is_plain: bool
    has_phrase: bool
    most: int | None = None


def plan(
    query: Query,
    scope: Scope,
    now: datetime,
    zone: tzinfo | None = None,
    *,
    in_texts: Query | None = None,
    among: Few | None = None,
) -> Plan | None:
    """The plan for *query*, or ``None`` if there is no word that every article of it must hold.

    *in_texts* is the same query with words that are looked for in texts instead: they hold far more words than heads
    and passages. All that is meant is known to be *among* few articles.
    """
    conjuncts = _conjuncts(query)
    words = _words_of(conjuncts)
    if not words:
        return None
    asked_of_texts = conjuncts if in_texts is None else _conjuncts(in_texts)
    words_in_texts = _words_of(asked_of_texts)
    statement = Statement(by_row=True)
    compiler = Compiler(statement, now, zone)
    beside = [node for node in conjuncts if node is not None and not is_full_text(node)]
    others = [_beside(node, compiler) for node in _tags_last(beside)]
    scoped = scope_condition(query, scope)
    bounds = (*(bound for other in others for bound in other.bounds), "> :above")
    narrowed = _narrowed(words_in_texts, others)
    if among is not None and not (narrowed == words_in_texts and _is_found_at_once(asked_of_texts)):
        among = among.passed_by()
    match = statement.bind(narrowed)
    ranked_match = _narrowed(words_in_texts, others, by_days=False)
    loose_match = _narrowed(_words_of(map(_loosened, conjuncts)), others, by_days=False)
    in_passages = statement.bind(words)
    within = [f"article.seq {bound}" for bound in bounds]
    kept = _NOT_IN_TRASH if scoped == NOT_TRASHED else scoped
    rest = both([*within, kept, *(other.whole for other in others)])
    return Plan(
        heads=None if has_cjk(words) else _heads(words, others, scoped, among, statement),
        texts=_by_table("articles_fts", match, others, scoped, among),
        passages=_by_newest_passages(in_passages, rest, among),
        ranked_passages=_by_newest_passages(in_passages, rest, among, rank="-bm25(passages_fts)"),
        every_passage=_by_every_passage(in_passages, rest),
        bounds=bounds,
        passage_match=in_passages,
        match=match,
        ranked_match=statement.bind(ranked_match),
        loose_match=statement.bind(loose_match),
        parameters={**statement.parameters, "above": ABOVE_NONE},
        is_plain=not any(other.check or other.excluded for other in others),
        has_phrase=loose_match != ranked_match,
        most=None if among is None else among.number,
    )


def small_sets(query: Query) -> list[str]:
    """Conditions on articles that all of *query* meets, and that an index answers: it may be that few articles do."""
    return [
        condition
        for node in _conjuncts(query)
        if isinstance(node, Field) and (condition := small_set(node)) is not None
    ]


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
    heads = [part for other in others for part in (other.head, other.days) if part]
    if not heads:
        return None
    match = statement.bind(joined("AND", heads))
    bounds = [f"found.rowid {bound}" for other in others for bound in other.bounds]
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
    """Whether an article really bears a tag is asked last, since that costs more than a look at its row; and at the
    very end what it must not bear, since most do not."""

    def costs(node: Node) -> int:
        asked = node.node if isinstance(node, Not) else node
        is_tag = isinstance(asked, Field) and asked.name == "tag"
        return is_tag * (1 + (asked is not node))

    return sorted(nodes, key=costs)


def _words_of(conjuncts: Iterable[Node | None]) -> str:
    return joined("AND", (expression(node) for node in conjuncts if node is not None and is_full_text(node)))


def _is_found_at_once(conjuncts: Iterable[Node | None]) -> bool:
    asked = [node for node in conjuncts if node is not None and is_full_text(node)]
    return len(asked) == 1 and is_any_word(asked[0])


def _loosened(node: Node | None) -> Node | None:
    return node if node is None or not is_full_text(node) else loosened(node)


class _Beside(NamedTuple):
    """A term beside the words.

    ``whole`` is all of its condition, ``check`` what is left of that for an article found by ``head``, ``text`` or
    ``excluded``: MATCH expressions about columns of heads, about the rest of an article, and of what must not be
    there. ``days`` is one that narrows only, and that ranking does without: its many words say nothing of how well an
    article matches. ``bounds`` are comparisons, to stand behind a ``seq``, that leave out what cannot be meant.
    """

    whole: str
    check: str = ""
    head: str = ""
    text: str = ""
    excluded: str = ""
    days: str = ""
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
        case Field(name, values) if name in DAY_FIELDS and not any(value.negated for value in values):
            from reader.storage.field_conditions import day_matches  # words alone do without

            whole = compiler.node(node)
            return _Beside(whole, check=whole, days=day_matches(node, compiler.days))
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
        bounds.append(f">= {_first_row(first, compiler)}")
    if until is not None:
        bounds.append(f"< {_first_row(until, compiler)}")
    return tuple(bounds)


def _first_row(day: date, compiler: Compiler) -> str:
    since = compiler.statement.bind(compiler.days.stamp(day))
    return f"ifnull((select seq from article where added >= {since} order by added, seq limit 1), {LAST_SEQ})"


def _narrowed(words: str, others: list[_Beside], *, by_days: bool = True) -> str:
    """*words* with all that full text can say of the terms beside them."""
    parts = [words, *(part for other in others for part in (other.head, other.text) if part)]
    if by_days:
        parts += [other.days for other in others if other.days]
    excluded = [other.excluded for other in others if other.excluded]
    match = joined("AND", parts)
    return f"{match} NOT {joined('OR', excluded)}" if excluded else match


def _heads(words: str, others: list[_Beside], scoped: str, among: Few | None, statement: Statement) -> str:
    """By the small table of heads, which knows beginnings of words; not where a term is about the text as well."""
    # Words are so rare in heads that all that have them are soon gone through.
    among = among and among.passed_by()
    if any(other.text or other.excluded for other in others):
        match = statement.bind(_narrowed(f"({_HEAD} : {words})", others))
        return _by_table("articles_fts", match, others, scoped, among)
    return _by_table("heads_fts", statement.bind(_narrowed(words, others)), others, scoped, among)


def _by_table(table: str, match: str, others: list[_Beside], scoped: str, among: Few | None) -> str:
    found = f"from {table} as found"
    conditions = [
        f"{table} match {match}",
        *(f"found.rowid {bound}" for other in others for bound in other.bounds),
    ]
    if among is not None:
        conditions.append(among.has("found.rowid", "seq"))
    checks = [other.check for other in others if other.check]
    if scoped == NOT_TRASHED and not checks:  # nothing else of the article is looked at: thrice as fast
        conditions.append("found.rowid not in (select seq from article where trashed = 1)")
    else:
        # cross join: full text is the outer loop, so its own order by rowid ends it after a few rows.
        found += " cross join article on article.seq = found.rowid"
        conditions += [scoped, *checks]
    return f"{found} where {' and '.join(conditions)}"


def _by_newest_passages(match: str, rest: str, among: Few | None, rank: str = "0") -> str:
    """Of words that stand in very many passages, by the newest of those whose articles are meant."""
    marked, noted = "", ""
    if among is not None:
        marked = f"and +passages_fts.rowid in (select id from highlight where article in ({among.ids}))"
        noted = f"and +passages_fts.rowid in (select -id from ({among.ids}))"
    return f"""
        select seq, rank, marked
        from (
            select article.seq, {rank} as rank, 1 as marked
            from passages_fts
            {_MARKED_IN}
            {_article("highlight.article")}
            where passages_fts match {match} and passages_fts.rowid > 0 {marked} and {rest}
            order by passages_fts.rowid desc
            limit {NEWEST_PASSAGES + 1}
        )
        union all
        select article.seq, {rank} as rank, 0 as marked
        from passages_fts
        {_article("-passages_fts.rowid")}
        where passages_fts match {match} and passages_fts.rowid < 0 {noted} and {rest}
    """


def _by_every_passage(match: str, rest: str) -> str:
    return f"""
        from (
            select highlight.article
            from passages_fts
            {_MARKED_IN}
            where passages_fts match {match} and passages_fts.rowid > 0
            union all
            select -rowid from passages_fts where passages_fts match {match} and rowid < 0
        ) as found
        {_article("found.article")}
        where {rest}
    """


# The rows of articles and highlights lie scattered over the file: small indexes say which article a passage is in and
# when that is from, and only for other questions is its row read (measured: 2 ms, not 15).
_MARKED_IN = "cross join highlight indexed by highlight_of on highlight.id = passages_fts.rowid"
_NOT_IN_TRASH = "article.id not in (select id from article where trashed = 1)"


def _article(id: str) -> str:
    return f"cross join article indexed by article_place on article.id = {id}"
