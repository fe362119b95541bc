"""Keeping the table ``term`` in step with the texts, a little at a time.

A few new texts are read word by word. Of many, or once the share of unread ones is large, the vocabulary of the
full-text index is walked from end to end; where the walk stands is kept, so it goes on in another process.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from sqlite3 import Row
from time import monotonic

from reader.domain.lighting import folded, tokens
from reader.domain.stemming import STEMMERS, stems
from reader.domain.text import has_cjk
from reader.storage.connection import Connection
from reader.storage.day_words import SIGN
from reader.storage.vocabulary import LANGUAGES, MOST_LANGUAGES

SLICE_SECONDS = 0.02
TERMS_AT_ONCE = 200
NOTED_AT_ONCE = 400
FEW_TEXTS = 40
SHARE_TO_WALK = 0.05
SHARE_OF_LANGUAGE = 0.1
LONGEST_TERM = 60

_AT, _NEXT_LANGUAGES = "terms.at", "terms.languages.next"
_SEEN, _WALKED_TO, _LOOKED = "terms.seen", "terms.walked", "terms.looked"
_NUMBERS = (_SEEN, _WALKED_TO, _LOOKED)
_END = "\U0010ffff"


class Terms:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tend(self) -> bool:
        """Do some milliseconds' worth of what is to be done; whether there is more.

        For when nothing else is to be done. Searching is right meanwhile, but does not know every inflection.
        """
        if self._is_settled():
            return False
        with self._connection.write():
            if self._setting(_AT) is not None:
                self._walk()
            elif not self._read_new_texts():
                self._read_notes()
        return not self._is_settled()

    def forget(self) -> None:
        """Begin anew at the next :meth:`tend`, as after damage."""
        with self._connection.write():
            self._connection.execute("delete from term")
            self._connection.execute(
                "delete from counter where name in (select value from json_each(:names))",
                names=json.dumps(_NUMBERS),
            )
            for key in (_AT, LANGUAGES, _NEXT_LANGUAGES):
                self._set(key, None)

    def _is_settled(self) -> bool:
        """``changed`` is the time of the last action: a note may have come with it."""
        row = self._connection.one(
            f"""
            select
                coalesce((select max(rowid) from body), 0) = coalesce(max(value) filter (where name = '{_SEEN}'), 0)
                and coalesce(max(value) filter (where name = 'changed'), 0)
                    <= coalesce(max(value) filter (where name = '{_LOOKED}'), 0)
                and not exists (select 1 from setting where key = '{_AT}')
            from counter
            """
        )
        return row is not None and bool(row[0])

    # --- many: along the vocabulary ---

    def _begin_walk(self, last: int) -> None:
        self._set(_NEXT_LANGUAGES, ",".join(self._languages()))
        self._set(_AT, "")
        self._set_number(_WALKED_TO, last)

    def _walk(self) -> None:
        at = self._setting(_AT)
        languages = (self._setting(_NEXT_LANGUAGES) or "en").split(",")
        until = monotonic() + SLICE_SECONDS
        at = self._step(at or "", languages, until)
        while at is not None and monotonic() < until:
            at = self._step(at, languages, until)
        self._set(_AT, at)
        if at is None:
            self._set(LANGUAGES, ",".join(languages))
            self._set(_NEXT_LANGUAGES, None)
            self._set_number(_SEEN, self._number(_WALKED_TO))

    def _step(self, at: str, languages: Collection[str], until: float) -> str | None:
        """Bring the next terms in order up to date; the last of them, ``None`` at the end."""
        rows: list[Row] = []
        is_end = False
        following = self._connection.each(
            "select term, doc from articles_vocabulary where term > :at order by term", at=at
        )
        while len(rows) < TERMS_AT_ONCE and (not rows or monotonic() < until) and not is_end:
            row = next(following, None)  # of a common word it takes long: all that hold it are counted
            rows += [row] if row else []
            is_end = row is None
        last = _END if is_end else rows[-1]["term"]
        found = {row["term"]: row["doc"] for row in rows}
        for row in self._connection.rows(
            "select term, doc from passages_vocabulary where term > :at and term <= :last", at=at, last=last
        ):
            found[row["term"]] = found.get(row["term"], 0) + row["doc"]
        self._connection.execute(
            """
            delete from term
            where term > :at and term <= :last and term not in (select value from json_each(:found))
            """,
            at=at,
            last=last,
            found=json.dumps(list(found)),
        )
        self._enter(found, languages)
        return None if is_end else str(last)

    def _enter(self, found: dict[str, int], languages: Collection[str]) -> None:
        """Stems are computed for what is new alone, unless the languages have changed."""
        known: set[str] = set()
        if ",".join(languages) == self._setting(LANGUAGES):
            known = set(self._known(found))
        self._connection.many(
            "update term set df = :df where term = :term and df <> :df",
            [{"term": term, "df": found[term]} for term in known],
        )
        new = {term: df for term, df in found.items() if term not in known and _is_kept(term)}
        self._replace(new, languages)

    def _replace(self, found: dict[str, int], languages: Collection[str]) -> None:
        self._connection.execute(
            "delete from term where term in (select value from json_each(:terms))",
            terms=json.dumps(list(found)),
        )
        self._connection.many(
            "insert into term (term, stem, df) values (:term, :stem, :df)",
            [
                {"term": term, "stem": stem, "df": df}
                for term, df in found.items()
                for stem in stems(term, languages) or ("",)
            ],
        )

    def _known(self, terms: Iterable[str]) -> list[str]:
        return self._connection.column(
            "select distinct term from term where term in (select value from json_each(:terms))",
            terms=json.dumps(list(terms)),
        )

    # --- few: word by word ---

    def _read_new_texts(self) -> bool:
        """Whether there were any; of many the walk is begun."""
        seen = self._number(_SEEN)
        last = self._connection.value("select max(rowid) from body") or 0
        if last <= seen:  # less: the newest were purged, and their numbers are given again
            self._set_number(_SEEN, last)
            return False
        if last - seen > max(FEW_TEXTS, seen * SHARE_TO_WALK):
            self._begin_walk(last)
            return True
        until = monotonic() + SLICE_SECONDS
        seen = self._read_text(seen)
        while seen < last and monotonic() < until:
            seen = self._read_text(seen)
        self._set_number(_SEEN, seen)
        if seen >= last and ",".join(self._languages()) != self._setting(LANGUAGES):
            self._begin_walk(last)
        return True

    def _read_text(self, seen: int) -> int:
        row = self._connection.one(
            """
            select body.rowid, articles.title, articles.author, articles.site, articles.tags, body.text
            from body
            join articles on articles.id = body.article
            where body.rowid > :seen
            order by body.rowid
            limit 1
            """,
            seen=seen,
        )
        if row is None:
            return int(self._connection.value("select max(rowid) from body") or 0)
        text = folded("\n".join(filter(None, row[1:])))
        words = {word for word in tokens(text) if _is_kept(word)}
        known = set(self._known(words))
        self._connection.execute(
            "update term set df = df + 1 where term in (select value from json_each(:terms))",
            terms=json.dumps(list(known)),
        )
        self._replace(dict.fromkeys(words - known, 1), self._settled_languages())
        return int(row["rowid"])

    def _read_notes(self) -> None:
        """The words that stand in marked passages and notes alone."""
        looked = self._connection.value("select value from counter where name = 'changed'") or 0
        rows = self._connection.rows(
            """
            select term, doc
            from passages_vocabulary
            where not exists (select 1 from term where term.term = passages_vocabulary.term)
            limit :most
            """,
            most=NOTED_AT_ONCE,
        )
        found = {row["term"]: row["doc"] for row in rows if _is_kept(row["term"])}
        self._replace(found, self._settled_languages())
        if len(rows) < NOTED_AT_ONCE or not found:
            self._set_number(_LOOKED, looked)

    # --- what is known of the library ---

    def _settled_languages(self) -> list[str]:
        """Those that the terms so far have stems in; another one takes a walk."""
        if not (languages := self._setting(LANGUAGES)):
            languages = ",".join(self._languages())
            self._set(LANGUAGES, languages)
        return languages.split(",")

    def _languages(self) -> list[str]:
        """The languages that much of the library is in; an article that does not say is taken for English."""
        rows = self._connection.rows(
            """
            select coalesce(lower(substr(language, 1, 2)), 'en') as language, count(*) as number
            from article
            group by 1
            order by 2 desc
            """
        )
        total = sum(row["number"] for row in rows)
        found = [
            row["language"]
            for row in rows
            if row["language"] in STEMMERS and row["number"] >= SHARE_OF_LANGUAGE * total
        ]
        return sorted(found[:MOST_LANGUAGES]) or ["en"]

    def _setting(self, key: str) -> str | None:
        value: str | None = self._connection.value("select value from setting where key = :key", key=key)
        return value

    def _set(self, key: str, value: str | None) -> None:
        if value is None:
            self._connection.execute("delete from setting where key = :key", key=key)
            return
        self._connection.execute(
            """
            insert into setting (key, value) values (:key, :value)
            on conflict (key) do update set value = excluded.value
            """,
            key=key,
            value=value,
        )

    def _number(self, name: str) -> int:
        return int(self._connection.value("select value from counter where name = :name", name=name) or 0)

    def _set_number(self, name: str, value: int) -> None:
        self._connection.execute(
            """
            insert into counter (name, value) values (:name, :value)
            on conflict (name) do update set value = excluded.value
            """,
            name=name,
            value=value,
        )


def _is_kept(term: str) -> bool:
    """Runs of CJK characters are found by their pairs, and nobody types a day, or a word so long."""
    return len(term) <= LONGEST_TERM and not term.startswith(SIGN) and not has_cjk(term)
