"""What goes out as native JSON Lines comes back in, and goes out again the same to the byte."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.domain.anchor import anchor_of
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document, DocumentBuilder, Mark, Span
from reader.domain.highlight import HighlightId
from reader.domain.query import parse
from reader.domain.record import Kept, Marked, Record, Refused
from reader.exchange.imports import jsonl
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Problem
from reader.exchange.imports.source import Export
from reader.jobs.export import articles, as_text
from reader.storage.library import Library
from tests.storage.samples import Ticking, assert_sound, passage, raw_open, state_of

TALE = (
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of "
    "foolishness, we had everything before us, we had nothing before us, we were all going direct to Heaven."
)
YEARS_AGO = datetime(2014, 3, 2, 10, 20, 30, 123456, tzinfo=UTC)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("empty") / "library.db"
    Library.open(path).close()
    return path.read_bytes()


@pytest.fixture
def library(tmp_path: Path, empty: bytes) -> Iterator[Library]:
    with opened(tmp_path / "one.db", empty) as library:
        yield library


@pytest.fixture
def other(tmp_path: Path, empty: bytes) -> Iterator[Library]:
    with opened(tmp_path / "other.db", empty, datetime(2025, 1, 1, tzinfo=UTC)) as library:
        yield library
        assert_sound(library)


def opened(path: Path, empty: bytes, now: datetime = datetime(2024, 5, 1, 12, tzinfo=UTC)) -> Library:
    path.write_bytes(empty)
    return Library.open(path, clock=Ticking(now))


def exported(library: Library, *, texts: bool = True) -> str:
    numbers = articles(library, parse(""), "jsonl")
    return "".join(as_text(library, numbers, "jsonl", is_all=True, texts=texts))


def read(text: str) -> list[dict[str, Any] | Problem]:
    """As in the child process: what is given goes through a pipe."""
    rows = jsonl.rows(Export(io.BytesIO(text.encode()), lambda data: data.decode(), "library.jsonl"))
    return [row if isinstance(row, Problem) else json.loads(json.dumps(row)) for row in rows]


def restored(library: Library, text: str, *, at_once: int = 500, **how: Any) -> list[Kept | Refused]:
    wholes = [jsonl.whole(row) for row in read(text) if not isinstance(row, Problem)]
    found: list[Kept | Refused | None] = []
    for start in range(0, len(wholes), at_once):
        found += library.records.restore(wholes[start : start + at_once], run="one", **how)
    return [one for one in found if one is not None]


def statuses(kept: list[Kept | Refused]) -> list[str]:
    return [one.outcome.status if isinstance(one, Kept) else one.reason for one in kept]


def structured() -> Document:
    builder = DocumentBuilder()
    builder.add("heading", "日本語の見出し 👩‍🚀", level=2)
    builder.add(
        "para",
        "Some bold words — über “alles”.",
        [Mark("strong", Span(5, 9)), Mark("link", Span(10, 15), "#n")],
    )
    builder.add("figure", "", src="https://e.org/i.png", alt="A “picture”")
    builder.add("code", "if x:\n\treturn 1", lang="python")
    builder.add("table", "a\tb\n1\t2", head=1)
    return builder.build()


def furnish(library: Library) -> None:
    """Everything that a library can hold, and what happens to it in a life."""
    add = library.articles.add
    told = Draft(
        "A tale", Document.plain(TALE), url="https://e.org/tale?utm_source=x", author="Ann", tags=("x", "日本"),
        published="2021-03-03", language="en", original=b"<p>bytes", media_type="text/html",
        keys=("url:https://e.org/moved", "file:/home/me/tale.html"), extra={"tail": "© 2021", "n": [1, {"a": None}]},
    )  # fmt: skip
    tale = add(told).id
    rich = add(Draft("x" * 20_000, structured(), site="Ü\x1b[31m")).id
    for words in ("best of times", "age of foolishness", "we had nothing before us, we were"):
        library.highlights.add(tale, passage(library, tale, words), note=f"on {words} 🎉", tags=("Tag", "x"))
    library.highlights.add(
        rich, passage(library, rich, "日本語"), colour="blue", note="a \x1b[2J note\nof lines"
    )
    shorter = TALE.replace("the age of foolishness, we had everything before us, ", "").replace(
        "best", "very best"
    )
    add(Draft("A tale", Document.plain(shorter), url="https://e.org/tale"))
    removed, *_ = [one for one in library.highlights.of(tale) if one.placement.status != "anchored"]
    document = library.articles.get(tale).document
    hand = anchor_of(document, Span(document.text.index("wisdom"), document.text.index("wisdom") + 6))
    assert hand
    library.highlights.attach(removed.id, hand)
    library.history.undo()
    library.history.redo()
    repeated = Record(
        Draft("Book", Document("", ())),
        highlights=(
            Marked("nowhere **yet**", note="kept", made=YEARS_AGO, origin="kindle:1", extra={"page": 3}),
            Marked("best of"),
        ),
        origin="kindle:book",
    )  # fmt: skip
    link = Record(
        Draft("", Document("", ()), url="https://e.org/later", tags=("x",)), state="read", archived=True,
        progress=1.0, starred=True, added=YEARS_AGO, origin="pocket:7",
    )  # fmt: skip
    same_day = [Record(Draft(f"Old {n}", Document.plain(f"Old text {n}")), added=YEARS_AGO) for n in range(3)]
    library.records.store([link, repeated, *same_day], run="import")
    library.records.store(
        [Record(Draft("A tale", Document.plain(TALE + " So far."), url="https://e.org/tale"))], run="again"
    )
    gone = add(Draft("Gone", Document.plain("Gone soon"))).id
    library.articles.purge([gone])
    library.articles.edit(rich, note="A note\nof two lines — 日本", title="Rich \x9b title")
    library.articles.mark([tale], "read")
    library.articles.reached(rich, position=7, progress=0.1234567890123, state="reading")
    library.articles.trash([add(Draft("Thrown away", Document.plain("Thrown away text"))).id])
    library.versions.use(tale, 1)
    library.views.save("Later on", "tag:x is:unread", sort="-title", key="l")
    library.views.save("日本", 'title:"a b"')
    library.views.order(["日本"])
    found = [one for one in library.highlights.of(tale) if one.placement.status == "anchored"]
    library.highlights.refuse([one.id for one in found if one.placement.how != "position"][:1])


def test_a_library_made_of_an_export_gives_the_same_export(library: Library, other: Library) -> None:
    """F10. The order of articles, where reading goes on, what may be added again: all is as it was."""
    furnish(library)
    text = exported(library)
    assert "\x1b" not in text
    assert "\\u001b" not in text
    assert "\x9b" not in text
    kinds = [json.loads(line).get("t") for line in text.splitlines()]
    assert {*kinds} == {None, "tag", "view", "purged", "article", "text", "highlight"}
    said = [json.loads(line) for line in text.splitlines()]
    statuses_of = {one["placement"]["status"] for one in said if one.get("t") == "highlight"}
    assert statuses_of >= {"anchored", "orphan"}
    assert any(one.get("chosen") for one in said)
    assert any(one.get("unfetched") is True for one in said)

    kept = restored(other, text, at_once=3)
    assert set(statuses(kept)) == {"added"}
    assert exported(other) == text
    order = "select uid from article order by seq"
    assert other.connection.column(order) == library.connection.column(order)

    # The same again is nothing new, and changes nothing.
    assert set(statuses(restored(other, text))) == {"known"}
    assert exported(other) == text

    # One is taken back and done again; then the versions are those that they were.
    before = state_of(other)
    assert other.history.undo()
    assert other.articles.count(parse("is:trashed")) == len(kept)
    assert other.views.all() == []
    assert other.history.redo()
    assert state_of(other) == before
    again = Draft("A tale", Document.plain(TALE.replace("best", "quite other")), url="https://e.org/tale")
    assert other.articles.add(again).status == library.articles.add(again).status == "updated"


def test_a_place_to_be_reviewed_comes_along(library: Library, other: Library) -> None:
    number = library.articles.add(Draft("T", Document.plain(TALE), url="https://e.org/t")).id
    library.highlights.add(number, passage(library, number, "it was the age of foolishness"))
    library.articles.add(
        Draft("T", Document.plain(TALE.replace("it was the age of foolishness", "it saw an age of fools")), url="https://e.org/t")
    )  # fmt: skip
    library.articles.add(Draft("U", Document.plain("Some words of U")))
    raw = raw_open(library.path)
    raw.execute(
        "update highlight set status = 'review', place_start = 3, place_end = 9, how = 'fuzzy', score = 0.6125"
    )
    raw.close()
    text = exported(library)
    assert '"status":"review"' in text
    restored(other, text)
    assert exported(other) == text


def test_without_texts_the_highlights_wait_for_them(library: Library, other: Library) -> None:
    number = library.articles.add(Draft("T", Document.plain(TALE), url="https://e.org/t")).id
    library.highlights.add(number, passage(library, number, "age of wisdom"))
    text = exported(library, texts=False)
    assert json.loads(text.splitlines()[0]) == {"format": "reader-jsonl", "version": 1, "without": ["text"]}
    assert "Heaven" not in text
    [kept] = restored(other, text)
    assert isinstance(kept, Kept)
    assert (kept.highlights_added, kept.unplaced) == (1, 1)
    assert other.articles.find(parse("is:unfetched")) == [kept.outcome.id]
    outcome = other.articles.add(Draft("T", Document.plain(TALE), url="https://e.org/t"))
    assert (outcome.status, outcome.placed, outcome.orphan) == ("updated", 1, 0)
    [highlight] = other.highlights.of(kept.outcome.id)
    assert highlight.placement.how == "position"


def test_two_libraries_become_one(library: Library, other: Library) -> None:
    """What is here stays as its reader wants it; what it lacks is given to it, and can be taken back."""
    theirs = Draft("Theirs", Document.plain(TALE), url="https://e.org/t", author="Ann", tags=("new",))
    number = library.articles.add(theirs).id
    library.articles.edit(number, note="their note")
    library.highlights.add(number, passage(library, number, "age of wisdom"), note="n")
    library.articles.mark([number], "read")
    library.articles.reached(number, position=20, progress=0.75)
    mine = other.articles.add(Draft("Mine", Document.plain("Something else"), url="http://www.e.org/t/")).id
    other.articles.edit(mine, note="my note")
    library.views.save("Later", "tag:theirs", key="l")
    other.views.save("LATER", "tag:mine", key="l")
    before = state_of(other)
    [kept] = restored(other, exported(library), overwrite=False)
    assert isinstance(kept, Kept)
    assert (kept.outcome.status, kept.outcome.id, kept.highlights_added) == ("updated", mine, 1)
    article = other.articles.get(mine)
    assert (article.summary.title, article.note, article.summary.state) == ("Mine", "my note", "unread")
    assert (article.summary.author, article.summary.tags, article.summary.progress) == ("Ann", ("new",), 0.75)
    assert article.document.text == "Something else"
    assert [version.words for version in other.versions.of(mine)] == [41, 2]
    assert [view.query for view in other.views.all()] == ["tag:mine"]
    assert statuses(restored(other, exported(library))) == ["known"]
    other.history.undo()
    assert state_of(other) == before
    restored(other, exported(library), overwrite=True)
    article = other.articles.get(mine)
    assert (article.summary.title, article.note, article.summary.state) == ("Theirs", "their note", "read")
    assert article.document.text == TALE


HEADER = '{"format":"reader-jsonl","version":1}\n'


def test_a_bad_line_costs_itself_alone(other: Library) -> None:
    good = '{"t":"article","uid":"good","title":"Good"}\n{"t":"text","article":"good","version":1,"text":"Good text"}\n'
    bad = [
        "not json\n", '{"t":"article","uid":"cut', "[]\n", '{"t":"later","x":1}\n', "[" * 100_000 + "\n",
        '{"t":"highlight","uid":"h","article":"nowhere","exact":"x"}\n', '{"t":"article","title":"no uid"}\n',
        '{"t":"article","uid":"../../up","title":"a path"}\n',
    ]  # fmt: skip
    for line in bad:
        rows = read(HEADER + line.rstrip("\n") + "\n" + good)
        told = [row for row in rows if isinstance(row, Problem)]
        wholes = []
        for row in rows:
            if not isinstance(row, Problem):
                try:
                    wholes.append(jsonl.whole(row))
                except ValueError as error:
                    told.append(Problem(row["place"], str(error)))
        assert len(told) == 1, line[:60]
        assert told[0].place == "line 2"
        found = other.records.restore(wholes, run="x")
        assert [one.outcome.title for one in found if isinstance(one, Kept)] == ["Good"]


def test_wrong_values_are_as_if_they_were_not_said(other: Library) -> None:
    wild: dict[str, Any] = {
        "t": "article", "uid": "a", "title": ["no"], "url": "javascript:1", "author": 7, "added": "soon",
        "changed": "9999-01-01T00:00:00Z", "tags": ["+a,b", 3, "a b"], "state": "burnt", "starred": "yes",
        "place": 2**70, "progress": float("inf"), "position": -4, "note": "a \x1b[31m note", "version": 9,
        "keys": [4, "file:/etc"], "unknown": {"k\x1b": ["v\x9b"]}, "origin": 3, "unfetched": 4,
    }  # fmt: skip
    text = {
        "t": "text",
        "article": "a",
        "version": 1,
        "text": "A\r\ntext\x00 of \ud800 words",
        "blocks": [{"k": "para"}],
        "words": -1,
    }
    mark = {
        "t": "highlight", "uid": "h", "article": "a", "exact": "of", "start": 9, "end": 2, "colour": "beige",
        "placement": {"status": "anchored", "start": 0, "end": 10**9, "how": "exact", "score": "x"}, "made": 7,
    }  # fmt: skip
    [kept] = restored(other, HEADER + "".join(json.dumps(line) + "\n" for line in (wild, text, mark)))
    assert isinstance(kept, Kept)
    article = other.articles.get(kept.outcome.id)
    summary = article.summary
    assert (summary.title, summary.url, summary.author, summary.state) == ("Untitled", None, None, "unread")
    assert (summary.starred, summary.progress, summary.tags) == (False, 0.0, ("a b",))
    assert summary.added.year == 2025
    assert (article.position, article.note, article.document.text) == (0, "a [31m note", "A\ntext of � words")
    assert article.extra["unknown"] == {"k": ["v"]}
    [highlight] = other.highlights.of(kept.outcome.id)
    assert (highlight.colour, highlight.placement.how) == ("yellow", "exact")
    assert article.document.slice(highlight.placement.span or Span(0, 0)) == "of"
    # A clock that was wrong somewhere else does not become that of this library.
    other.articles.mark([kept.outcome.id], "read")
    assert other.history.entries()[0].at.year == 2025


WILD_BLOCKS: list[Any] = [
    [{"k": "para", "s": "a", "e": 1}], [{"k": "para", "s": 0, "e": 99}], [{"k": ["para"], "s": 0, "e": 4}], [], {}, 7,
    [{"k": "heading", "s": 0, "e": 4, "level": 10**9}], [{"k": "para", "s": 0, "e": 4, "m": [[0, 2, {}]]}],
    [{"k": "para", "s": 3, "e": 4}, {"k": "para", "s": 0, "e": 2}], [{"k": "para", "s": 0, "e": 4, "m": 1}], ["x"],
    [{"k": "para", "s": 0, "e": 4, "m": [[0, 9, "em"]]}], [{"k": "item", "s": 0, "e": 4, "marker": 1}],
]  # fmt: skip


def test_a_structure_that_does_not_fit_its_text_is_left_out(other: Library) -> None:
    """An article with such blocks could be stored, and never be opened again."""
    lines = []
    for number, blocks in enumerate(WILD_BLOCKS):
        text = f"Text {number}"
        lines += [
            {"t": "article", "uid": f"a{number}", "title": "T"},
            {"t": "text", "article": f"a{number}", "text": text, "blocks": blocks},
            {
                "t": "highlight",
                "uid": f"h{number}",
                "article": f"a{number}",
                "exact": text,
                "placement": {"status": []},
            },
        ]
    kept = restored(other, HEADER + "".join(json.dumps(line) + "\n" for line in lines))
    assert statuses(kept) == ["added"] * len(WILD_BLOCKS)
    for number in range(len(WILD_BLOCKS)):
        assert jsonl.whole(read(HEADER + json.dumps(lines[3 * number]))[0])  # type: ignore[arg-type]
        article = other.articles.get(ArticleId(number + 1))
        assert article.document == Document.plain(article.document.text)
    # The same on the way into articles that are here.
    for line in lines:
        if line["t"] == "text":
            line["text"] = f"Other {line['article']}"
    again = restored(other, HEADER + "".join(json.dumps(line) + "\n" for line in lines), overwrite=True)
    assert statuses(again) == ["updated"] * len(WILD_BLOCKS)


def test_no_words_are_painted_that_were_not_marked(other: Library) -> None:
    """The text was edited in the file: the places that it tells are not those any more."""
    document = Document.plain(TALE)
    lines = [
        {"t": "article", "uid": "a", "title": "T"},
        {"t": "text", "article": "a", "version": 1, "text": "New. " + TALE, "text_hash": f"sha256:{document.hash}",
         "blocks": json.loads(document.blocks_json()), "sketch": "AAAAAAAAAAA="},
        {"t": "highlight", "uid": "h", "article": "a", "exact": "best of times", "start": 11, "end": 24,
         "text_hash": f"sha256:{document.hash}",
         "placement": {"status": "anchored", "start": 11, "end": 24, "how": "position", "score": 1.0}},
    ]  # fmt: skip
    [kept] = restored(other, HEADER + "".join(json.dumps(line) + "\n" for line in lines))
    assert isinstance(kept, Kept)
    [highlight] = other.highlights.of(kept.outcome.id)
    text = other.articles.get(kept.outcome.id).document
    assert highlight.placement.span
    assert text.slice(highlight.placement.span) == "best of times"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "first line"),
        ('{"t":"article"}\n', "first line"),
        ('{"format":"reader-jsonl"}\n', "which version"),
        ('{"format":"reader-jsonl","version":2}\n', "newer Reader (format 2, this one knows 1): upgrade"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_as_a_whole(text: str, told: str) -> None:
    with pytest.raises(ExportError) as caught:
        read(text)
    assert told in caught.value.reason


WORDS = st.sampled_from(["times", "wisdom", "日本", "🎉", "a\u0301", "of", "\x1b", "it was", "x" * 40])
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
DAYS = st.integers(0, 3).map(lambda day: YEARS_AGO + timedelta(minutes=day))
MARKED = st.builds(
    Marked, exact=TEXTS, note=TEXTS, tags=st.lists(WORDS, max_size=2).map(tuple), made=DAYS | st.none(),
    origin=st.sampled_from(["", "kindle:1"]),
)  # fmt: skip
RECORDS = st.builds(
    Record,
    draft=st.builds(
        Draft, title=TEXTS, document=TEXTS.map(Document.plain), tags=st.lists(WORDS, max_size=3).map(tuple),
        url=st.sampled_from([None, "https://e.org/a", "https://e.org/b?x=1", "http://e.org/a#top"]),
        published=st.sampled_from([None, "2021-03-03"]),
    ),
    state=st.sampled_from(["unread", "reading", "read"]), starred=st.booleans(), archived=st.booleans(),
    progress=st.floats(0, 1), added=DAYS | st.none(), note=TEXTS, highlights=st.lists(MARKED, max_size=3).map(tuple),
    origin=st.sampled_from(["", "pocket:1", "pocket:2"]),
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(RECORDS, min_size=1, max_size=6), data=st.data())
def test_any_library_comes_back_as_it_was(
    tmp_path: Path, empty: bytes, records: list[Record], data: st.DataObject
) -> None:
    with opened(tmp_path / "one.db", empty) as one, opened(tmp_path / "two.db", empty) as two:
        one.records.store(records, run="r")
        for action in data.draw(
            st.lists(st.sampled_from(["undo", "redo", "trash", "purge", "unmark", "again"]), max_size=4)
        ):
            number = ArticleId(data.draw(st.integers(1, 3)))
            match action:
                case "undo":
                    one.history.undo()
                case "redo":
                    one.history.redo()
                case "trash":
                    one.articles.trash([number])
                case "purge":
                    one.articles.purge([number])
                case "unmark":
                    one.highlights.remove([HighlightId(number)])
                case _:
                    one.records.store(records, run="again", overwrite=True)
        text = exported(one)
        restored(two, text, at_once=2)
        assert exported(two) == text
        assert_sound(two)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)


def objects(names: str, /, **usual: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """JSON objects with some of *names*, whose values are anything, or as *usual*."""
    optional = {key: JSON | usual[key] if key in usual else JSON for key in names.split()}
    return st.fixed_dictionaries({}, optional=optional)


NUMBERS = st.sampled_from([0, 1, 2, 5, 40, 2**63])
TIMES = st.sampled_from(
    ["2020-01-01T00:00:00Z", "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00", "soon"]
)
ANY_ARTICLE = objects(
    """url title author added place changed opened finished published tags state starred trashed progress position
    note origin unfetched version chosen keys keyless extra other""",
    place=NUMBERS, version=NUMBERS, position=NUMBERS, added=TIMES, changed=TIMES, url=st.just("https://e.org/a"),
    keys=st.just(["url:https://e.org/a", "text:x"]), tags=st.just(["a", "A", "b c"]),
)  # fmt: skip
ANY_TEXT = objects(
    "version made rules head extra text_hash text words blocks sketch",
    version=NUMBERS, rules=NUMBERS, words=NUMBERS, text=TEXTS, sketch=st.just("AAAAAAAAAAA="), made=TIMES,
)  # fmt: skip
ANY_HIGHLIGHT = objects(
    "exact prefix suffix start end text_hash placement refused note colour tags made changed origin extra",
    exact=WORDS, start=NUMBERS, end=NUMBERS, made=TIMES,
    placement=objects(
        "status start end score how by quote context margin", status=st.sampled_from(["anchored", "review", "orphan"]),
        how=st.sampled_from(["exact", "position", "refused"]), start=NUMBERS, end=NUMBERS,
    ),
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    article=ANY_ARTICLE, texts=st.lists(ANY_TEXT, max_size=2), highlights=st.lists(ANY_HIGHLIGHT, max_size=2),
    number=st.integers(0, 5),
)  # fmt: skip
def test_whatever_a_line_says_can_be_read_afterwards(
    other: Library, article: dict[str, Any], texts: list[Any], highlights: list[Any], number: int
) -> None:
    marked = [{"uid": f"h{place}", **one} for place, one in enumerate(highlights)]
    row = {
        "place": "line 2",
        "article": {"uid": f"a{number}", **article},
        "texts": texts,
        "highlights": marked,
    }
    try:
        whole = jsonl.whole(json.loads(json.dumps(row)))
    except ValueError:
        return
    [kept] = other.records.restore([whole], run="one")
    assert isinstance(kept, Kept)
    assert other.articles.get(kept.outcome.id).summary.title
    other.highlights.of(kept.outcome.id)
    assert exported(other)
