"""Finding articles: newest first while someone types, best first when they stop, and the places to look at.

``live`` and ``ranked`` start from the full-text tables; a query without a word that must be there, or in another
order, goes through the table ``article``, as ``where`` does for lists.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from heapq import nlargest
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from reader.domain.passage import Hit, Hits, Match, Offer, Passage, Tally
from reader.domain.query import Query, as_typed
from reader.domain.summary import ArticleId
from reader.domain.text import has_cjk
from reader.storage import passages
from reader.storage.conditions import Condition, Scope, where
from reader.storage.connection import Connection
from reader.storage.few import FEW, Few, annotated_within, fewest
from reader.storage.listing import ordered
from reader.storage.plan import ABOVE_NONE, NEWEST_PASSAGES, Plan, headed, plan, small_sets
from reader.storage.ranking import NEWEST_RANKED, counted, most_judged, newest_rows, ranks_of_texts
from reader.storage.rows import SUMMARY_COLUMNS, summary_of
from reader.storage.spelling import spelled_out
from reader.storage.stamps import Clock, now
from reader.storage.vocabulary import MOST_BEGUN, Begun, commonest, holding

if TYPE_CHECKING:
    from reader.domain.explanation import Explanation
    from reader.domain.facets import Facets

COUNT_CAP = 1001
FEW_TO_COUNT = 3
VERY_FEW = 300
PASSAGES_EACH = 2  # of an article that has some, roughly
SHORT_PREFIX = 3
SMALL_LIBRARY = 5_000


class _InPassages(NamedTuple):
    """The ``seq`` of articles with their best passage's rank, and how many highlights were looked at, if not all."""

    ranks: dict[int, float]
    newest: int | None


class Search:
    """Looks for articles. Days in queries are those of *zone*, or of this machine if that is ``None``."""

    def __init__(self, connection: Connection, *, clock: Clock = now, zone: tzinfo | None = None) -> None:
        self._connection = connection
        self._clock = clock
        self._zone = zone
        self._state = (0, 0)
        self._last_spelled = Query(), Query()
        self._begun: Begun = {}

    def where(self, query: Query, *, scope: Scope = "list") -> Condition:
        """The condition, about the table ``article``, of being in *scope* and meant by *query*."""
        return where(self.spelled_out(query), scope, self._clock(), self._zone)

    def spelled_out(self, query: Query) -> Query:
        """*query* with the views that it names and the inflections of its words, for lighting what it finds."""
        self._forget_what_changed()
        asked, answer = self._last_spelled
        if query is not asked:
            answer = spelled_out(self._connection, query)
            self._last_spelled = query, answer
        return answer

    def live(self, query: Query, *, limit: int = 50, scope: Scope = "all", is_typed: bool = True) -> Hits:
        """What *query* finds while its last word is being typed: newest first, those with the words in title,
        author, site or tags before the others. Without passages.

        A beginning stands for the commonest words that it may mean, unless nothing is typed any more.
        """
        typed = as_typed(query)
        limit = query.limit or limit
        plan = self._quick_plan(typed, scope, limit) if is_typed else self._plan(typed, scope, limit)
        if plan is None:
            return self._in_order(typed, scope, limit)
        if plan.most == 0:
            return Hits()
        found = (
            newest_rows(self._connection, f"select found.rowid {plan.heads}", plan, limit)
            if plan.heads
            else []
        )
        newest_passages = None
        if len(found) < limit:
            if is_typed and self._costs_much(query, typed):
                plan = self._plan(query, scope, limit) or plan
            texts = newest_rows(self._connection, f"select found.rowid {plan.texts}", plan, limit)
            last = texts[-1] if len(texts) == limit else ABOVE_NONE
            in_passages = self._passages_of(typed, scope, plan, above=last)
            others = {*texts, *in_passages.ranks}
            found += sorted(others.difference(found), reverse=True)
            newest_passages = in_passages.newest
        hits = self._hits("seq", found[:limit])
        hits.newest_passages = newest_passages
        return hits

    def ranked(self, query: Query, *, limit: int = 50, scope: Scope = "all") -> Hits:
        """What *query* finds, best first; without words to judge by, newest first. Without passages.

        Of what very many articles or passages hold only the newest are judged, see :class:`Hits`.
        """
        limit = query.limit or limit
        plan = self._plan(query, scope, NEWEST_RANKED)
        if plan is None:
            return self._in_order(query, scope, limit)
        if plan.most == 0:
            return Hits()
        ranks, newest = ranks_of_texts(self._connection, plan, limit)
        in_passages = self._passages_of(query, scope, plan, is_ranked=True)
        for seq, rank in in_passages.ranks.items():
            ranks[seq] = ranks.get(seq, 0.0) + rank  # a marked passage counts on top of the text around it
        best = [seq for _, seq in nlargest(limit, ((rank, seq) for seq, rank in ranks.items()))]
        hits = self._hits("seq", best, ranks)
        hits.newest, hits.newest_passages = newest, in_passages.newest
        return hits

    def count(self, query: Query, *, cap: int = COUNT_CAP, scope: Scope = "all") -> int:
        """How many articles *query* finds; *cap* means so many or more.

        A few of the words that a beginning may mean are asked for first: mostly these alone are in enough articles.
        Where even the commonest are not, all of them are, so that a number below *cap* is exact.
        """
        if any(word.prefix for word in query.words) and (
            few := self._quick_plan(query, scope, cap, most=FEW_TO_COUNT)
        ):
            texts = f"select found.rowid as seq {few.texts}"
            if counted(self._connection, texts, few.parameters, cap) == cap:
                return cap
        plan = self._quick_plan(query, scope, cap)
        if plan is None:
            condition = self.where(query, scope=scope)
            return counted(
                self._connection, f"select 1 from article where {condition.sql}", condition.parameters, cap
            )
        texts = f"select found.rowid as seq {plan.texts}"
        found = counted(self._connection, texts, plan.parameters, cap)
        if found == cap:
            return cap
        if (whole := self._plan(query, scope, cap)) is not None and whole != plan:
            plan, texts = whole, f"select found.rowid as seq {whole.texts}"
            found = counted(self._connection, texts, plan.parameters, cap)
        others = f"""
            select distinct article.seq {plan.every_passage} and article.seq not in ({texts})
        """
        return min(cap, found + counted(self._connection, others, plan.parameters, cap))

    def passages(self, article: ArticleId, query: Query, *, limit: int = 3) -> list[Passage]:
        """The best places of *article* for *query*: marked passages and notes first, then the text."""
        return passages.best(self._connection, article, self.spelled_out(query), limit)

    def matches(self, article: ArticleId, query: Query) -> list[Match]:
        """Every place in the text of *article* that holds words of *query*, or whose highlight or note does."""
        return passages.matches(self._connection, article, self.spelled_out(query))

    # --- when there is time ---

    def tally(self, query: Query, so_far: Tally = Tally(), *, scope: Scope = "all") -> Tally:  # noqa: B008
        """Go on counting what *query* finds, exactly, for some milliseconds."""
        from reader.storage.slices import count_on

        return count_on(self._connection, self._source(query, scope), so_far)

    def facets(self, query: Query, so_far: Facets | None = None, *, scope: Scope = "all") -> Facets:
        """Go on counting the tags, sites, authors and years of what *query* finds, for some milliseconds."""
        from reader.domain.facets import Facets
        from reader.storage.slices import facets_on

        return facets_on(self._connection, self._source(query, scope), so_far or Facets())

    # --- other ways to go on ---

    def offers(
        self, query: Query, *, scope: Scope = "all", count: Callable[[Query], int] | None = None
    ) -> list[Offer]:
        """What to ask instead of *query*, which has found nothing; each of them finds something, by what *count*
        says if that is given."""
        from reader.storage.offers import offers

        return offers(self._connection, query, count or (lambda other: self.count(other, scope=scope)))

    def related(self, article: ArticleId, *, limit: int = 10) -> Hits:
        """The articles most like *article*, outside the trash, best first."""
        from reader.storage.related import related

        ranks = related(self._connection, article, limit)
        return self._hits("seq", list(ranks), ranks)

    def related_passages(
        self, text: str, *, besides: ArticleId | None = None, limit: int = 10
    ) -> list[Passage]:
        """Highlights and notes that share telling words with *text*, best first; not those of *besides*."""
        from reader.storage.related import related_passages

        return related_passages(self._connection, text, besides, limit)

    def explain(self, query: Query, *, scope: Scope = "all") -> Explanation:
        """How *query* was read, and how it is answered."""
        from reader.storage.explaining import explained

        source = self._source(query, scope)
        newest = most_judged(self._connection, source) if isinstance(source, Plan) else None
        return explained(self._connection, self.spelled_out(query), source, scope, newest=newest)

    # --- steps; articles go by their `seq`, which is the row id of full text ---

    def _plan(self, query: Query, scope: Scope, limit: int) -> Plan | None:
        """The plan to find *limit* articles. ``None`` as well where an order is asked for that full text does not
        know."""
        if query.sort not in (None, "relevance"):
            return None
        return self._planned(query, scope, self._few(query, self.spelled_out(query), limit))

    def _planned(self, query: Query, scope: Scope, among: Few | None) -> Plan | None:
        return plan(self.spelled_out(query), scope, self._clock(), self._zone, among=among)

    def _few(self, query: Query, in_texts: Query, limit: int) -> Few | None:
        """A small set of articles that *query* is about, to look for *limit* of them by the words of *in_texts*."""
        conditions = small_sets(self.spelled_out(query))
        few = fewest(self._connection, conditions) if conditions else None
        return few and few.cheapest(*holding(self._connection, in_texts), limit)

    def _source(self, query: Query, scope: Scope) -> Plan | Condition:
        """Where what is found comes from, whatever its order."""
        asked = (self.spelled_out(query), scope, self._clock(), self._zone)
        return plan(*asked) or where(*asked, by_row=True)

    def _quick_plan(self, query: Query, scope: Scope, limit: int, *, most: int = MOST_BEGUN) -> Plan | None:
        """The plan to find *limit* articles with the commonest of the words that the beginnings in *query* may mean."""
        if query.sort not in (None, "relevance"):
            return None
        query = self.spelled_out(query)
        in_texts = commonest(self._connection, query, most, self._begun)
        among = self._few(query, in_texts, limit)
        return plan(query, scope, self._clock(), self._zone, in_texts=in_texts, among=among)

    def _forget_what_changed(self) -> None:
        """What the words of a query mean is looked up once for all that a key asks, and anew after a change."""
        state = self._connection.state
        if state != self._state:
            self._state, self._last_spelled, self._begun = state, (Query(), Query()), {}

    def _in_order(self, query: Query, scope: Scope, limit: int) -> Hits:
        sort = query.sort or "added"
        if sort in ("added", "relevance") and (found := self._headed(query, scope, limit)) is not None:
            return self._hits("id", found)
        condition = self.where(query, scope=scope)
        ids = ordered(self._connection, condition.sql, condition.parameters, sort=sort, limit=limit)
        return self._hits("id", ids)

    def _headed(self, query: Query, scope: Scope, limit: int) -> list[int] | None:
        """The newest of a query for tags or titles without words; ``None`` for another one."""
        found = headed(self.spelled_out(query), scope, self._clock(), self._zone)
        if found is None:
            return None
        return self._connection.column(
            f"select article.id {found.sql} order by found.rowid desc limit :limit",
            limit=limit,
            **found.parameters,
        )

    def _passages_of(
        self, query: Query, scope: Scope, plan: Plan, *, above: int = ABOVE_NONE, is_ranked: bool = False
    ) -> _InPassages:
        """The articles of *plan* that come before the row *above* because of a passage."""
        parameters = {**plan.parameters, "above": above}
        is_everywhere = above == ABOVE_NONE and len(plan.bounds) == 1
        if not is_everywhere and (few := self._annotated(plan, parameters)) is not None:
            if few.number == 0:
                return _InPassages({}, None)
            # The parameters of conditions have the same names in every plan of a query.
            plan = self._planned(query, scope, few) or plan
        statement = plan.ranked_passages if is_ranked else plan.passages
        return self._in_passages(statement, {**plan.parameters, "above": above})

    def _annotated(self, plan: Plan, parameters: Mapping[str, Any]) -> Few | None:
        """The articles with passages within the bounds of *plan*, if it is less work to look at all of their passages
        than at all that have the words."""
        bounds = plan.bounds
        if parameters["above"] != ABOVE_NONE:
            # That row is within the bounds; and SQLite begins at the first lower one that it is told of.
            bounds = tuple(bound for bound in bounds if not bound.startswith(">="))
        few = annotated_within(self._connection, bounds, parameters, VERY_FEW)
        if few is not None:
            return few
        found = f"select 1 from passages_fts where passages_fts match {plan.passage_match}"
        passages = counted(self._connection, found, parameters, PASSAGES_EACH * FEW)
        most = passages // PASSAGES_EACH
        return annotated_within(self._connection, bounds, parameters, most) if most > VERY_FEW else None

    def _in_passages(self, statement: str, parameters: Mapping[str, Any]) -> _InPassages:
        """The articles of the passages that *statement* finds."""
        ranks: dict[int, float] = {}
        marked = 0
        for seq, rank, is_marked in self._connection.tuples(statement, **parameters):
            if rank >= ranks.get(seq, 0.0):
                ranks[seq] = rank
            marked += is_marked
        return _InPassages(ranks, NEWEST_PASSAGES if marked > NEWEST_PASSAGES else None)

    def _costs_much(self, query: Query, typed: Query) -> bool:
        """Whether the beginning of a word is so short that looking for it in every text would be felt: as long as it
        is not known which words are the commonest."""
        if self._knows_terms():
            return False
        begun = set(typed.words) - set(query.words)
        if not any(len(word.text) < SHORT_PREFIX and not has_cjk(word.text) for word in begun):
            return False
        return (self._connection.value("select max(id) from article") or 0) > SMALL_LIBRARY

    def _knows_terms(self) -> bool:
        return self._connection.value("select 1 from term limit 1") is not None

    def _hits(
        self, column: Literal["id", "seq"], keys: Sequence[int], ranks: Mapping[int, float] | None = None
    ) -> Hits:
        """The articles whose *column* is in *keys*, in that order."""
        rows = self._connection.rows(
            f"""
            select {SUMMARY_COLUMNS}, article.{column} as key
            from article
            where article.{column} in (select value from json_each(:keys))
            """,
            keys=json.dumps(keys),
        )
        found = {row["key"]: summary_of(row) for row in rows}
        return Hits(Hit(found[key], rank=(ranks or {}).get(key, 0.0)) for key in keys if key in found)
