"""Short names of highlights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.domain.anchor import anchor_of
from reader.domain.article import Draft
from reader.domain.document import Document, Span
from reader.domain.highlight import Highlight
from reader.storage.library import Library
from reader.storage.references import named, references

HEX = st.text("01ab", min_size=6, max_size=6)


def with_uids(library: Library, ends: Sequence[str]) -> list[Highlight]:
    """Highlights whose uids end so."""
    library.connection.execute("delete from highlight")
    document = Document.plain("word " * (len(ends) + 1))
    article = library.articles.add(Draft("Words", document)).id
    for number, end in enumerate(ends):
        anchor = anchor_of(document, Span(number * 5, number * 5 + 4))
        assert anchor is not None
        made = library.highlights.add(article, anchor)
        library.connection.execute(
            "update highlight set uid = :uid where id = :id",
            uid=f"018f0000-0000-7000-{number:04}-{end:0>12}",
            id=made.id,
        )
    return library.highlights.of(article)


def test_a_name_is_eight_characters_if_they_are_enough(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        made = with_uids(library, ["00001111aaaa", "00002222aaaa"])
        assert list(references(library.connection, made).values()) == [one.reference for one in made]
        assert [len(one.reference) for one in made] == [8, 8]


def test_names_are_told_apart_from_highlights_that_were_not_asked_about(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        first, *_ = with_uids(library, ["001a1111aaaa", "002a1111aaaa", "003b1111aaaa"])
        assert references(library.connection, [first]) == {first.id: "1a1111aaaa"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library.open(tmp_path_factory.mktemp("names") / "library.db")


@given(st.lists(HEX, min_size=1, max_size=6))
@example(["000001"] * 2)
def test_each_name_leads_to_its_highlight_alone(library: Library, ends: list[str]) -> None:
    made = with_uids(library, [f"{end[:4]}000000{end[4:]}" for end in ends])
    for one, name in references(library.connection, made).items():
        assert len(name) >= 8
        assert named(library.connection, name) == [one]
        assert library.highlights.get(name).id == one
