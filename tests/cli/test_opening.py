from __future__ import annotations

import pytest

from reader.cli.base import CommandError
from reader.cli.references import passage
from reader.domain.article import Draft
from reader.domain.document import Document
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from tests.cli.conftest import Shell


@pytest.mark.parametrize("words", [(), ("demo",), ("open", "1")])
def test_the_interface_needs_a_terminal(reader: Shell, words: tuple[str, ...]) -> None:
    done = reader.process(*words)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert not reader.library.exists()


# -- a passage by its reference ------------------------------------------------------------------------------
def test_a_whole_number_that_is_an_articles_is_the_article(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.")
    with Library.open(stocked.library) as library:
        library.connection.execute("update highlight set uid = '018f0000-0000-7000-8000-000012345678'")
        assert passage(library, ["1"]) is None
        held = passage(library, ["12345678"])
        assert held is not None
        library.connection.execute("update sqlite_sequence set seq = 12345677 where name = 'article'")
        library.articles.add(Draft("Far on", Document.plain("A text of its own.")))
        assert passage(library, ["12345678"]) is None
        assert passage(library, ["hl-12345678"]) == held


@pytest.mark.parametrize(
    "spelled", ["hl-{}", "{}", "[hl-{}]", "^hl-{}", "HL-{}", "018f0000-0000-7000-8000-0000{}"]
)
def test_a_reference_is_known_however_it_is_spelled(stocked: Shell, spelled: str) -> None:
    stocked("highlight", "1", "Light kept.")
    with Library.open(stocked.library) as library:
        library.connection.execute("update highlight set uid = '018f0000-0000-7000-8000-0000deadbeef'")
        held = passage(library, [spelled.format("deadbeef")])
        assert held is not None
        assert held.anchor.exact == "Light kept."


@pytest.mark.parametrize(
    "words", [["deadbeef"], ["keeper"], ["hl-dead"], ["light", "kept"], ["is:unread"], ["2"]]
)
def test_other_words_are_a_query(stocked: Shell, words: list[str]) -> None:
    with Library.open(stocked.library) as library:
        assert passage(library, words) is None


def test_a_reference_that_several_answer_to_is_refused(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.")
    stocked("highlight", "1", "every page")
    with Library.open(stocked.library) as library:
        library.connection.execute(
            "update highlight set uid = '018f0000-0000-7000-8000-000' || id || 'deadbeef'"
        )
        with pytest.raises(LibraryError, match="2 highlights"):
            passage(library, ["deadbeef"])
        with pytest.raises(CommandError, match="no highlight hl-00000000"):
            passage(library, ["hl-00000000"])
