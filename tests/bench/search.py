"""Each line of searching: as it is typed, ranked, counted, filtered; and beside it tantivy, and notmuch."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from reader.domain.passage import Tally
from reader.domain.query import Query, as_typed, parse
from reader.storage.library import Library
from reader.storage.ranking import newest_rows, ranks_of_texts
from tests.bench.corpus import MARKED, NOTE_WORDS, own_note_word, own_word
from tests.bench.libraries import HUGE, library_of
from tests.bench.measuring import cpu_ms, figures, line
from tests.bench.processes import medians
from tests.bench.rivals import Tantivy, has_tantivy, notmuch

SMALL = 10_000
SOME = 20


class Bars(NamedTuple):
    typed: float
    ranked: float
    filtered: float


USUAL, OF_A_MILLION = Bars(5, 12, 3), Bars(8, 50, 5)


class Words(NamedTuple):
    """Words of the library by how many articles hold them, some of each."""

    common: list[str]
    mid: list[str]
    rare: list[str]


def run(home: Path, size: int) -> None:
    for count in dict.fromkeys((SMALL, size)):
        _measure(home, count)
    _beside_notmuch(home)


def _measure(home: Path, count: int) -> None:
    path = library_of(home, count)
    with Library.open(path) as library:
        while library.terms.tend():
            pass
    print(f"-- {count:,} articles")
    bars = OF_A_MILLION if count > HUGE else USUAL
    rival = Tantivy(home, path) if has_tantivy() else None
    with Library.open(path, write=False) as library:
        words = _words(library, count)
        _as_typed(library, words, bars)
        _beside(library, words, rival, bars)
        _narrowed(library, words, bars)
        _in_notes(library, count, bars)
        _about(library, words, count)
    _size(path)


def _words(library: Library, count: int) -> Words:
    def between(low: float, high: float) -> list[str]:
        return library.connection.column(
            """
            select term
            from term
            where df between :low and :high and term not in (select value from json_each(:notes))
            order by length(term), term
            limit :some
            """,
            notes=json.dumps(NOTE_WORDS),
            low=max(2, int(count * low)),
            high=int(count * high),
            some=SOME,
        )

    rare = [own_word(number) for number in range(7, count, count // SOME)]
    return Words(between(0.25, 0.6), between(0.005, 0.02), rare)


def _as_typed(library: Library, words: Words, bars: Bars) -> None:
    search = library.search
    for name, chosen in zip(Words._fields, words, strict=True):
        keys = [word[:end] for word in chosen for end in range(1, len(word) + 1)]
        _rotate(
            f"each key of {name} words", keys, lambda text: search.live(parse(text)), f"<= {bars.typed:g}"
        )
    pairs = [
        f"{one} {two}"[: -1 - len(two) // 2] for one, two in itertools.pairwise(words.common + words.mid)
    ]
    _rotate(
        "two words, the second half typed", pairs, lambda text: search.live(parse(text)), f"<= {bars.typed:g}"
    )
    beginnings = sorted({word[:2] for word in words.common + words.mid})
    _rotate("two letters", beginnings, lambda text: search.live(parse(text)), f"<= {bars.typed:g}")
    _rotate("count while typing", beginnings, lambda text: search.count(as_typed(parse(text))), "<= 1")


def _beside(library: Library, words: Words, rival: Tantivy | None, bars: Bars) -> None:
    search = library.search
    two = [f"{one} {other}" for one, other in itertools.pairwise(words.common)]
    asked = {"mid": words.mid, "common": words.common, "two words": two, "phrase": _phrases(library)}
    for name, texts in asked.items():
        _rotate(
            f"newest first: {name}", texts, lambda text: search.live(parse(f"{text} ")), f"<= {bars.typed:g}"
        )
        if rival:
            ours = _rotate("    ids alone", texts, lambda text: _newest_ids(library, text))
            theirs = _rotate("    tantivy by date, ids alone", texts, rival.newest)
            line("", f"tantivy takes {theirs / ours:.1f}x ours")
            if name in ("mid", "common"):
                _by_index_alone(library, rival, texts)
    for name, texts in asked.items():
        _rotate(f"ranked: {name}", texts, lambda text: search.ranked(parse(text)), f"<= {bars.ranked:g}")
        if rival:
            ours = _rotate("    ids alone", texts, lambda text: _best_ids(library, text))
            theirs = _rotate("    tantivy by score, ids alone", texts, rival.best)
            line("", f"ours takes {ours / theirs:.1f}x tantivy", "<= 10x" if name == "common" else "")
    if rival is None:
        print("    tantivy is not installed: pip install -e '.[bench]'")


def _by_index_alone(library: Library, rival: Tantivy, words: list[str]) -> None:
    """Both asked for the word as it is, without inflections, by a query that was read before."""
    ready = {word: _ready(library, f'"{word}"') for word in words}
    rivals = {word: rival.ready(word) for word in words}
    ours = _rotate("    index alone, the very word", words, lambda word: ready[word]())
    theirs = _rotate("    tantivy by date, index alone", words, lambda word: rivals[word]())
    line("", f"tantivy takes {theirs / ours:.1f}x ours", ">= 3x")


def _ready(library: Library, text: str) -> Callable[[], list[int]]:
    plan = library.search._plan(parse(text), "all", 50)
    assert plan is not None
    return lambda: newest_rows(library.connection, f"select found.rowid {plan.texts}", plan, 50)


def _newest_ids(library: Library, text: str) -> list[int]:
    """What the index alone answers: no titles first, no rows."""
    return _ready(library, text)()


def _best_ids(library: Library, text: str) -> dict[int, float]:
    plan = library.search._plan(parse(text), "all", 50)
    assert plan is not None
    return ranks_of_texts(library.connection, plan, 50)[0]


def _narrowed(library: Library, words: Words, bars: Bars) -> None:
    search, articles = library.search, library.articles
    everywhere = words.common + words.mid
    _rotate("count to 1001", everywhere, lambda text: search.count(parse(text)), "<= 1")
    early, middle, late = _days(library, 0.1, 0.5, 0.9)
    added = [
        f"tag:linux added:>={late}",
        f"tag:maps added:<{early}",
        f"tag:tech,science added:{middle[:7]}",
        f"tag:tech -tag:science added:{early}..{middle}",
    ]
    published = [
        f"tag:linux after:{late}",
        f"tag:maps before:{early}",
        f"tag:tech,science published:{middle[:7]}",
        f"tag:tech -tag:science after:{middle}",
    ]
    for name, tags in (("added", added), ("published", published)):
        bar = f"<= {bars.filtered:g}"
        _rotate(f"tag and {name}, listed", tags, lambda text: articles.order(parse(text), limit=50), bar)
        filtered = [f"{word} {tag}" for word, tag in zip(everywhere, itertools.cycle(tags))]
        _rotate(f"word, tag and {name}, typed", filtered, lambda text: search.live(parse(text)), bar)
        _rotate(
            f"word, tag and {name}, ranked",
            filtered,
            lambda text: search.ranked(parse(text)),
            f"<= {bars.ranked:g}",
        )
    starred = [f"{word} is:starred" for word in ["the", *everywhere]]
    _rotate(
        "word and is:starred, typed", starred, lambda text: search.live(parse(text)), f"<= {bars.typed:g}"
    )
    _rotate(
        "word and is:starred, ranked", starred, lambda text: search.ranked(parse(text)), f"<= {bars.ranked:g}"
    )
    pages = [(parse(word), search.live(parse(f"{word} "), limit=15)) for word in everywhere]
    turns = itertools.cycle(pages)

    def snippets() -> None:
        query, hits = next(turns)
        for hit in hits:
            search.passages(hit.article.id, query, limit=1)

    figures("15 snippets", snippets, "<= 3", times=2 * SOME)


def _in_notes(library: Library, count: int, bars: Bars) -> None:
    """Words that stand in what was noted and in no text: one note has them, or very many."""
    search = library.search
    own = [own_note_word(number) for number in range(MARKED - 1, count, count // SOME // MARKED * MARKED)]
    for name, words in (("a note's own word", own), ("a word of many notes", NOTE_WORDS)):
        found = [word for word in words if search.live(parse(f"{word} "))]
        assert found == words, f"not found in notes: {set(words).difference(found)}"
        _rotate(f"{name}, typed", words, lambda text: search.live(parse(text)), f"<= {bars.typed:g}")
        _rotate(f"{name}, ranked", words, lambda text: search.ranked(parse(text)), f"<= {bars.ranked:g}")
        _rotate(f"{name}, counted", words, lambda text: search.count(parse(text)), "<= 1")


def _about(library: Library, words: Words, count: int) -> None:
    search = library.search
    articles = itertools.cycle(range(1, count, count // 37))
    figures("related", lambda: search.related(next(articles)), "<= 20")
    figures("suggested tags", lambda: library.tags.suggested(next(articles)))
    figures(
        "counts beside the views, top tags",
        lambda: (library.counters.counts(), library.counters.top_tags(12)),
    )
    common = parse(words.common[0])
    figures("a slice of an exact count", lambda: search.tally(common, Tally()))
    figures("a slice of facets", lambda: search.facets(common))
    figures("offers for a slip of two keys", lambda: search.offers(Query(parse("wrold stil").root)), times=10)
    figures("explain", lambda: search.explain(common), times=10)


def _size(path: Path) -> None:
    with Library.open(path, write=False) as library:
        text = library.connection.value("select sum(length(text)) from body")
        index = library.connection.value("select sum(length(block)) from articles_fts_data")
    line("index beside text", f"{index / text:.2f}x of {text / 1e6:,.0f} MB", "<= 1x")


def _days(library: Library, *shares: float) -> list[str]:
    """The days before which these shares of the articles were published."""
    days = library.connection.column("select published from article where id % 50 = 0 order by published")
    return [days[int(share * len(days))] for share in shares]


def _phrases(library: Library) -> list[str]:
    """Two words that follow one another in the middle of a text."""
    texts = library.connection.column("select text from body order by rowid desc limit :some", some=SOME)
    found = []
    for text in texts:
        words = [word for word in text.split() if word.isalpha() and word.islower()]
        middle = len(words) // 2
        found.append(f'"{words[middle]} {words[middle + 1]}"')
    return found


def _rotate(what: str, texts: Sequence[str], ask: Callable[[str], object], bar: str = "") -> float:
    """Ask all of *texts* in turn, twice; the median."""
    turns = itertools.cycle(texts)
    p50, p95 = cpu_ms(lambda: ask(next(turns)), times=2 * len(texts))
    line(what, f"p50 {p50:6.2f}  p95 {p95:6.2f} ms CPU", bar)
    return p50


def _beside_notmuch(home: Path) -> None:
    command = notmuch(home)
    if command is None:
        print("notmuch is not installed")
        return
    (took,) = medians([[*command, "time"]], home)
    line(
        "one notmuch process over 10,000 mails",
        f"p50 {took:6.1f} ms CPU",
        "",
        "more than a warm search of ours",
    )
