"""A library in each format: what goes along is there, what comes back is the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from reader.domain.anchor import anchor_of
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document, Span
from reader.domain.highlight import Highlight
from reader.domain.query import parse
from reader.domain.record import Marked, Record
from reader.exchange.imports import webannotation
from reader.exchange.imports.item import Item
from reader.ingest.epub import parse as read_book
from reader.jobs.export import (
    FORMATS,
    Chosen,
    Format,
    LibraryFileError,
    articles,
    passages,
    pieces,
    write,
)
from reader.jobs.item_records import record_of
from reader.storage.library import Library
from tests.exchange.exports_of import export_of
from tests.storage.samples import Ticking, passage

TEXT = "The keeper kept the light. Corrosion in the piers was worse.\n\nThe keeper kept the light."
YEARS_AGO = datetime(2014, 3, 2, 10, 20, tzinfo=UTC)
MADE = datetime(2015, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with furnished(tmp_path / "library.db") as library:
        yield library


def furnished(path: Path) -> Library:
    """One article with everything, one of a file without address, one bare."""
    library = Library.open(path, clock=Ticking())
    told = Record(
        Draft("=Harbour <b>", Document.plain(TEXT), url="https://e.org/a", author="Jane Q. Doe", site="Gazette",
              published="2021-03-03", language="en", tags=("city",)),
        state="reading", progress=0.375, starred=True, added=YEARS_AGO, note="On the whole",
        highlights=(Marked("nowhere in it", note="kept", colour="purple", made=MADE, tags=("lost one",)),),
    )  # fmt: skip
    library.records.store([told], run="one")
    [harbour] = library.articles.find(parse(""))
    text = library.articles.get(harbour).document.text
    second = anchor_of(library.articles.get(harbour).document, Span(text.rindex("kept"), len(text)))
    assert second
    library.highlights.add(harbour, second, note="the *second* one", tags=("t 1",), colour="green")
    library.highlights.add(harbour, passage(library, harbour, "Corrosion in"), colour="blue")
    ledger = library.articles.add(Draft("Ledger", Document.plain("Fog, standing.\n\nFog, walking."))).id
    library.highlights.add(ledger, passage(library, ledger, "walking"), note="of a file")
    library.articles.add(Draft("Bare", Document.plain("Nothing was done with it.")))
    return library


def everything(library: Library, form: Format = "jsonl") -> Chosen:
    return Chosen(articles(library, parse(""), form))


def exported(library: Library, form: Format) -> str:
    return "".join(pieces(library, everything(library, form), form))


# -- W3C annotations -----------------------------------------------------------------------------------------
def imported(library: Library, text: str) -> None:
    for item in webannotation.items(export_of(text)):
        assert isinstance(item, Item), item
        record, told = record_of(item, "webannotation")
        assert told == []
        library.records.store([record], run="import")


def said(library: Library) -> dict[str, list[tuple[object, ...]]]:
    """All passages of the library, by the titles of their articles."""
    found = {}
    for number in sorted(library.articles.find(parse(""), scope="all")):
        ones = library.highlights.of(number)
        found[library.articles.summary(number).title] = sorted(map(_told, ones), key=repr)
    return {title: ones for title, ones in found.items() if ones}


def _told(one: Highlight) -> tuple[object, ...]:
    return (
        one.anchor.exact, one.note, one.tags, one.colour, one.made, one.placement.status, one.placement.span,
    )  # fmt: skip


def test_annotations_come_back_the_same_where_the_articles_are(library: Library, tmp_path: Path) -> None:
    text = exported(library, "webannotation")
    with Library.open(tmp_path / "other.db") as other:
        for number in sorted(library.articles.find(parse(""))):
            article = library.articles.get(number)
            other.articles.add(Draft(article.summary.title, article.document, url=article.summary.url))
        imported(other, text)
        assert said(other) == said(library)
        assert other.articles.count(parse("")) == 3
        assert other.articles.get(ArticleId(1)).note == "On the whole"
        imported(other, text)
        assert said(other) == said(library), "the same again is nothing new"


def test_annotations_of_articles_that_are_not_here_wait_for_them(library: Library, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other.db") as other:
        imported(other, exported(library, "webannotation"))
        waiting = said(other)
        assert {title: [one[:5] for one in ones] for title, ones in waiting.items()} == {
            title: [one[:5] for one in ones] for title, ones in said(library).items()
        }
        assert {one[5] for ones in waiting.values() for one in ones} == {"orphan"}
        other.articles.add(Draft("Harbour", Document.plain(TEXT), url="https://e.org/a"))
        assert next(iter(said(other).values())) == said(library)["=Harbour <b>"]


def test_annotations_are_valid_json_and_none_are_an_empty_collection(library: Library) -> None:
    known = json.loads(exported(library, "webannotation"))
    items = known["first"]["items"]
    assert len(items) == 5
    assert items[0]["target"].keys() >= {"source", "reader:title"}
    assert json.loads("".join(pieces(library, Chosen([]), "webannotation")))["first"]["items"] == []


# -- what is chosen, and where it goes ---------------------------------------------------------------------------
def test_only_the_passages_that_a_query_speaks_of_go_along(library: Library) -> None:
    for form in FORMATS:
        chosen = passages(library, parse("colour:green"), form, date(2026, 1, 1))
        assert (len(chosen.articles), len(chosen.passages or ())) == (1, 1)
        if form != "epub":
            text = "".join(pieces(library, chosen, form))
            assert "second" in text, form
            assert "nowhere in it" not in text, form
            assert "walking" not in text, form


def test_the_same_library_gives_the_same_bytes(library: Library) -> None:
    for form in FORMATS:
        if form != "epub":
            text = exported(library, form)
            assert text == exported(library, form)
            assert text.isascii() or "\x1b" not in text


def test_a_book_is_read_back_by_our_own_reader(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    write(library, everything(library, "epub"), "epub", path)
    draft = read_book(path.read_bytes())
    assert draft.title == "Articles"
    for words in (
        "Harbour <b>",
        "Corrosion in the piers was worse.",
        "Nothing was done with it.",
        "nowhere in it",
    ):
        assert words in draft.document.text
    before = path.read_bytes()
    write(library, everything(library, "epub"), "epub", path)
    assert path.read_bytes() == before


def test_nothing_makes_an_empty_file_that_is_valid(library: Library, tmp_path: Path) -> None:
    for form in FORMATS:
        write(library, Chosen([]), form, tmp_path / form)
    assert read_titles(tmp_path / "epub") == ["title.xhtml"]
    assert (tmp_path / "html").read_text().endswith("</html>\n")
    assert (tmp_path / "csv").read_text().count("\n") == 1


def read_titles(path: Path) -> list[str]:
    with ZipFile(path) as archive:
        return [name.removeprefix("EPUB/") for name in archive.namelist() if name.endswith("title.xhtml")]


def test_the_library_is_never_written_over_and_what_fails_leaves_the_file_as_it_was(
    library: Library, tmp_path: Path
) -> None:
    chosen = everything(library)
    with pytest.raises(LibraryFileError, match="is the library itself"):
        write(library, chosen, "jsonl", library.path)
    path = tmp_path / "out.html"
    path.write_text("before")
    broken = replace(chosen, articles=[*chosen.articles, ArticleId(99)])
    for form in ("html", "epub"):
        with pytest.raises(Exception, match="no article 99"):
            write(library, broken, form, path)  # type: ignore[arg-type]
    assert path.read_text() == "before"
    assert [found.name for found in tmp_path.iterdir() if found.name.startswith(".out")] == []
