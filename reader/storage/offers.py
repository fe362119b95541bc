"""What to ask instead, when a query has found nothing: a word that the library knows, or one word less."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from reader.domain.loading import load_rapidfuzz
from reader.domain.passage import Offer
from reader.domain.query import Query
from reader.domain.stemming import has_stem
from reader.domain.terms import And, Field, Leaf, Node, Word, leaves, replaced
from reader.storage.connection import Connection
from reader.storage.vocabulary import single

MOST_OFFERS = 6
MOST_SPELLINGS = 3
CANDIDATES = 20_000
SURE_LENGTH = 5
_BEHIND_ALL = "\U0010ffff"

# A query to ask, what was changed, what stands there instead, and what was left out besides.
_Candidate = tuple[Query, str, str | None, str]


def offers(connection: Connection, query: Query, count: Callable[[Query], int]) -> list[Offer]:
    """Spellings first, then the query less one of its terms, what finds most first; where no spelling is enough, one
    of these with a term less."""
    spelled = [*_spelled_otherwise(connection, query)]
    spellings = [_counted(candidate, count) for candidate in spelled]
    if spelled and not any(offer.found for offer in spellings):
        spellings = _most_first(_counted(both, count) for both in _spelled_less_a_term(spelled[0]))
    less = _most_first(_counted(candidate, count) for candidate in _less_a_term(query))
    found = {offer.text: offer for offer in reversed((*spellings, *less)) if offer.found}
    return [*reversed(found.values())][:MOST_OFFERS]


def _most_first(offers: Iterable[Offer]) -> list[Offer]:
    return sorted(offers, key=lambda offer: -offer.found)


def _counted(candidate: _Candidate, count: Callable[[Query], int]) -> Offer:
    query, changed, instead, left = candidate
    told = f"{instead} without {left}" if instead and left else instead
    return Offer(str(query), changed, told, count(query))


def _spelled_otherwise(connection: Connection, query: Query) -> Iterator[_Candidate]:
    """Every word that no article holds put right or left out; then, of a single one, its other spellings."""
    unknown = _unknown(connection, query)
    if not unknown:
        return
    best = {word: spellings[0] for word, spellings in unknown.items() if spellings}
    changed = " ".join(word.text for word in unknown)
    left = " ".join(word.text for word in unknown if word not in best)
    root = _without(query.root, unknown.keys() - best.keys())
    if best and root is not None:
        yield _with(replace(query, root=root), best), changed, " ".join(best.values()), left
    if len(unknown) == 1:
        for word, spellings in unknown.items():
            for spelling in spellings[1:]:
                yield _with(query, {word: spelling}), word.text, spelling, ""


def _unknown(connection: Connection, query: Query) -> dict[Word, list[str]]:
    """The words asked for that the library does not know, with what each may be a slip for."""
    if connection.value("select 1 from term limit 1") is None:
        return {}
    words = [
        leaf for leaf, wanted in leaves(query.root) if wanted and isinstance(leaf, Word) and not leaf.prefix
    ]
    found: dict[Word, list[str]] = {}
    for word in words:
        term = single(word.text)
        if term is not None and connection.value("select 1 from term where term = :term", term=term) is None:
            found[word] = alike(connection, term)
    return found


def _without(node: Node | None, words: Collection[Word]) -> Node | None:
    """*node* less *words*, where they stand beside others."""
    if node in words:
        return None
    if not isinstance(node, And):
        return node
    rest = tuple(part for part in node.nodes if part not in words)
    return And(rest) if len(rest) > 1 else next(iter(rest), None)


def _with(query: Query, spellings: Mapping[Word, str]) -> Query:
    def change(leaf: Leaf) -> Node:
        return Word(spellings[leaf]) if isinstance(leaf, Word) and leaf in spellings else leaf

    return query if query.root is None else replace(query, root=replaced(query.root, change))


def _less_a_term(query: Query) -> Iterator[_Candidate]:
    if not isinstance(query.root, And):
        return
    nodes = query.root.nodes
    for number, node in enumerate(nodes):
        rest = (*nodes[:number], *nodes[number + 1 :])
        if not any(isinstance(leaf, Field) and leaf.name == "id" for leaf, _ in leaves(node)):
            yield replace(query, root=rest[0] if len(rest) == 1 else And(rest)), str(node), None, ""


def _spelled_less_a_term(spelled: _Candidate) -> Iterator[_Candidate]:
    """A word that was put right and left out again is not spoken of; without any such word there is no spelling."""
    query, changed, instead, left_before = spelled
    words = (instead or "").split()
    for less, term, *_ in _less_a_term(query):
        left = [word for word in words if word != term]
        if left == words:
            yield less, f"{changed} {term}", instead, f"{left_before} {term}".strip()
        elif left:
            yield less, changed, " ".join(left), left_before


def alike(connection: Connection, term: str) -> list[str]:
    """Words of the library that *term* may be a slip for, the likeliest first."""
    if not has_stem(term):
        return []
    load_rapidfuzz()
    from rapidfuzz import distance, process

    farthest = 1 if len(term) < SURE_LENGTH else 2
    known = _begun_alike(connection, term, farthest)
    found = process.extract(
        term, list(known), scorer=distance.OSA.distance, score_cutoff=farthest, limit=None
    )
    ranked = sorted(found, key=lambda one: (one[1], -known[one[0]]))
    return [word for word, _, _ in ranked[:MOST_SPELLINGS]]


def _begun_alike(connection: Connection, term: str, farthest: int) -> dict[str, int]:
    """Words of about that length that begin with its first letter, or with its second: the first may be too many, or
    the two may stand the wrong way round."""
    rows = connection.rows(
        """
        select term, max(df) as df
        from term
        where ((term >= :first and term < :after_first) or (term >= :second and term < :after_second))
            and length(term) between :shortest and :longest
        group by term
        order by 2 desc
        limit :most
        """,
        first=term[0],
        after_first=term[0] + _BEHIND_ALL,
        second=term[1],
        after_second=term[1] + _BEHIND_ALL,
        shortest=len(term) - farthest,
        longest=len(term) + farthest,
        most=CANDIDATES,
    )
    return {row["term"]: row["df"] for row in rows}
