"""The table of what goes along in each format says what happens."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from reader.domain.anchor import anchor_of
from reader.domain.document import Document, Span
from reader.domain.highlight import Placement
from reader.domain.query import parse
from reader.domain.view import SavedView
from reader.domain.whole import Whole, WholeHighlight, WholeText, WholeView
from reader.exchange.exports.coverage import ALL, COVERAGE, Coverage, table
from reader.jobs.export import FORMATS, Chosen, Manner, articles, as_book, passages, pieces
from reader.storage.library import Library

DAY = datetime(2021, 3, 3, 12, tzinfo=UTC)
TEXT = Document.plain(
    "The harbour bridge is delayed again.\n\nCorrosion in the piers was worse than expected."
)
NEW = "Now a ferry goes"
OTHER = Document.plain(f"{TEXT.text}\n\n{NEW}.")


def text(document: Document, version: int = 1) -> WholeText:
    return WholeText(version, document.text, document.blocks_json(), document.hash, 13, made=DAY)


def marked(document: Document, words: str = "in the piers") -> WholeHighlight:
    start = document.text.index(words)
    anchor = anchor_of(document, Span(start, start + len(words)))
    assert anchor
    return WholeHighlight(
        "018bcfe5-6800-7a2c-b393-ba5c8f819783", anchor, Placement("anchored", anchor.span), made=DAY, changed=DAY
    )  # fmt: skip


PASSAGE = marked(TEXT)
PLAIN = Whole(
    "341a3af6-c403-5f9d-bcb1-bc2c9acccca2", "Harbour", url="https://e.org/a", added=DAY, changed=DAY,
    keys=("url:https://e.org/a",), texts=(text(TEXT),), highlights=(PASSAGE,), note="worth it", tags=("sea",),
)  # fmt: skip
VIEW = WholeView(SavedView("Long", "words:2000..", None), made=DAY)


def passage(**changed: Any) -> Whole:
    return replace(PLAIN, highlights=(replace(PASSAGE, **changed),))


CHANGED: dict[str, Sequence[Whole | WholeView]] = {
    "texts": [replace(PLAIN, texts=(text(OTHER),), highlights=(marked(OTHER),))],
    "archived": [replace(PLAIN, archived=True)],
    "read or unread": [replace(PLAIN, state="read")],
    "stars": [replace(PLAIN, starred=True)],
    "tags": [replace(PLAIN, tags=("sea", "city"))],
    "progress": [replace(PLAIN, progress=0.5)],
    "dates": [replace(PLAIN, added=DAY - timedelta(days=40))],
    "dates of publication": [replace(PLAIN, published="2020-09-17")],
    "authors": [replace(PLAIN, author="Jane Q. Doe")],
    "sites": [replace(PLAIN, site="The Example")],
    "languages": [replace(PLAIN, language="en")],
    "notes": [replace(PLAIN, note="worth more")],
    "highlights": [replace(PLAIN, highlights=(marked(TEXT, "harbour bridge"),))],
    "their notes": [passage(note="check")],
    "their colours": [passage(colour="green")],
    "their tags": [passage(tags=("bridges",))],
    "their dates": [passage(made=DAY - timedelta(days=40))],
    "their surroundings": [passage(anchor=replace(PASSAGE.anchor, prefix="Rust "))],
    "older versions of texts": [replace(PLAIN, texts=(text(TEXT), text(OTHER, 2)), chosen=True)],
    "saved views": [PLAIN, VIEW],
    "the trash": [PLAIN, replace(PLAIN, uid="341a3af6-0000-5f9d-bcb1-bc2c9acccca2", url=None, keys=(), trashed=True)],
}  # fmt: skip


def exported(library: Library, coverage: Coverage) -> str:
    """The words of the file, whatever it is packed in."""
    form = next(form for form in FORMATS if form == coverage.how.split()[0])
    if "highlights" in coverage.how:
        chosen = passages(library, parse(""), form, DAY.date())
    else:
        chosen = Chosen(articles(library, parse(""), form), is_all=True)
    if form != "epub":
        return "".join(pieces(library, chosen, form))
    book = io.BytesIO()
    as_book(library, chosen, book, manner=Manner())
    with ZipFile(book) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


@pytest.fixture(scope="module")
def files(empty_library: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Of a library in which that thing is otherwise, what each format writes."""
    path = tmp_path_factory.mktemp("changed") / "library.db"
    found = {}
    for thing, wholes in {"": [PLAIN], **CHANGED}.items():
        path.write_bytes(empty_library.read_bytes())
        with Library.open(path, clock=lambda: DAY) as library:
            library.records.restore(wholes, run="one")
            found[thing] = {one.how: exported(library, one) for one in COVERAGE}
    return found


@pytest.mark.parametrize("coverage", COVERAGE, ids=lambda coverage: coverage.how)
def test_in_each_file_goes_along_what_the_table_says_and_nothing_else(
    coverage: Coverage, files: dict[str, dict[str, str]]
) -> None:
    plain = files[""][coverage.how]
    along = {thing for thing in CHANGED if files[thing][coverage.how] != plain}
    if NEW not in files["texts"][coverage.how]:
        along -= {"texts"}  # it was their hash that is otherwise
    assert along == coverage.along


def test_the_table_has_a_row_for_every_format_and_looks_at_everything() -> None:
    assert {one.how.split()[0] for one in COVERAGE} == set(FORMATS)
    assert set(CHANGED) == ALL
    assert all(row.count("|") == 6 for row in table().splitlines())
