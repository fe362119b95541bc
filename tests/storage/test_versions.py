from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.article import ArticleId, Draft
from reader.domain.change import Outcome
from reader.domain.document import Block, Document, Span
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from tests.storage.samples import Ticking, assert_sound, draft, essay, found, passage, state_of

FIRST = "The keeper kept the light. Fog stood over the sea for a week.\n\nNobody came to the lighthouse that winter."
SECOND = "Preface put in later.\n\nThe keeper kept the light. Fog walked along the shore for days.\n\nThe end was near."
URL = "https://e.org/1"
ONE = ArticleId(1)


def arrive(library: Library, text: str, **fields: object) -> Outcome:
    return library.articles.add(draft("Ledger", text, **{"url": URL, **fields}))


@pytest.fixture
def two(library: Library) -> Library:
    """An article of two versions, with three highlights made on the first."""
    arrive(library, FIRST, author="Ann")
    for words in ("kept the light", "Nobody came to the lighthouse that winter", "Fog stood over the sea"):
        library.highlights.add(ONE, passage(library, ONE, words))
    library.articles.add(draft("Ledger, revised", SECOND, url=URL, author="Ann"))
    return library


def statuses(library: Library, number: int) -> dict[str, str]:
    return {one.anchor.exact: placement.status for one, placement in library.versions.placements(ONE, number)}


def test_versions_are_told_newest_first(two: Library) -> None:
    newest, oldest = two.versions.of(ONE)
    assert (newest.number, newest.current, newest.title) == (2, True, "Ledger, revised")
    assert (oldest.number, oldest.current, oldest.title) == (1, False, "Ledger")
    assert (newest.words, oldest.words) == (20, 20)
    assert newest.made > oldest.made


def test_an_article_that_never_changed_has_one_version(library: Library) -> None:
    arrive(library, FIRST)
    assert [(version.number, version.current) for version in library.versions.of(ONE)] == [(1, True)]


def test_each_version_has_its_own_document(library: Library) -> None:
    heading = Document("Head\n\nText.", (Block("heading", Span(0, 4), level=2), Block("para", Span(6, 11))))
    library.articles.add(Draft("Ledger", heading, url=URL))
    arrive(library, SECOND)
    assert library.versions.document(ONE, 1) == heading
    assert library.versions.document(ONE, 2).text == SECOND


def test_using_an_older_version_makes_it_the_text_and_no_new_one(two: Library) -> None:
    switch = two.versions.use(ONE, 1)
    article = two.articles.get(ONE)
    assert (article.version, article.document.text, article.summary.words) == (1, FIRST, 20)
    assert (switch.version, switch.articles, switch.history is not None) == (1, (ONE,), True)
    assert [version.current for version in two.versions.of(ONE)] == [False, True]
    assert found(two, "Nobody") == [two.connection.value("select seq from article")]
    assert found(two, "Preface") == []
    assert_sound(two)


def test_highlights_are_placed_again_in_the_version_that_is_used(two: Library) -> None:
    now = statuses(two, 2)
    assert now["kept the light"] == "anchored"
    assert now["Nobody came to the lighthouse that winter"] == "orphan"
    switch = two.versions.use(ONE, 1)
    assert (switch.placed, switch.review, switch.orphan) == (3, 0, 0)
    document = two.articles.get(ONE).document
    assert [document.slice(one.placement.span) for one in two.highlights.of(ONE)] == [
        "kept the light", "Fog stood over the sea", "Nobody came to the lighthouse that winter",
    ]  # fmt: skip
    back = two.versions.use(ONE, 2)
    assert statuses(two, 2) == now
    assert (back.placed, back.review + back.orphan) == (1, 2)


def test_placements_tell_of_a_version_what_using_it_makes_true(two: Library) -> None:
    told = {one.id: placement for one, placement in two.versions.placements(ONE, 1)}
    two.versions.use(ONE, 1)
    assert {one.id: one.placement for one in two.highlights.of(ONE)} == told


def test_use_is_undone_and_redone_as_a_whole(two: Library) -> None:
    before = state_of(two)
    two.versions.use(ONE, 1)
    after = state_of(two)
    undone = two.history.undo(session="mine")
    assert (undone.action, undone.skipped) == ("version 1 used", ())
    assert state_of(two) == before
    two.history.redo(session="mine")
    assert state_of(two) == after


def test_use_is_undone_by_a_later_run_of_the_program(two: Library, path: Path) -> None:
    before = state_of(two)
    two.versions.use(ONE, 1)
    with Library.open(path, session="later", clock=Ticking()) as later:
        assert later.history.last("later") is None
        assert later.history.last().summary == "version 1 used: 1 Ledger"
        later.history.undo(entry=later.history.last().id)
        assert state_of(later) == before


def test_what_the_source_says_of_a_version_comes_with_it_and_the_readers_own_words_stay(two: Library) -> None:
    two.articles.edit(ONE, author="Mine")
    two.versions.use(ONE, 1)
    summary = two.articles.summary(ONE)
    assert (summary.title, summary.author) == ("Ledger", "Mine")
    two.articles.edit(ONE, title="My name for it")
    two.versions.use(ONE, 2)
    assert two.articles.summary(ONE).title == "My name for it"


def test_using_the_current_version_changes_nothing(two: Library) -> None:
    entries = two.history.entries()
    switch = two.versions.use(ONE, 2)
    assert (switch.articles, switch.history) == ((), None)
    assert two.history.entries() == entries


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_version_that_is_not_there_is_named(two: Library, number: int) -> None:
    for ask in (two.versions.use, two.versions.document, two.versions.placements):
        with pytest.raises(
            LibraryError, match=f"no version {number} of article 1: it has the versions 1 to 2"
        ):
            ask(ONE, number)


def test_an_article_that_is_not_there_is_named(library: Library) -> None:
    for ask in (library.versions.of, lambda id: library.versions.use(id, 1)):
        with pytest.raises(LibraryError, match="no article 7"):
            ask(ArticleId(7))


def test_reading_goes_on_at_the_same_words_and_as_far_as_it_had_come(two: Library) -> None:
    at = SECOND.index("The keeper")
    two.articles.reached(ONE, position=at, progress=SECOND.index(" Fog") / len(SECOND), state="reading")
    two.versions.use(ONE, 1)
    article = two.articles.get(ONE)
    assert article.position == 0
    assert article.summary.progress == pytest.approx(FIRST.index(" Fog") / len(FIRST), abs=0.02)
    two.versions.use(ONE, 2)
    assert two.articles.get(ONE).summary.progress == pytest.approx(
        SECOND.index(" Fog") / len(SECOND), abs=0.02
    )


def test_a_place_beyond_the_end_of_a_shorter_version_is_its_end(library: Library) -> None:
    arrive(library, "Short text.")
    arrive(library, "Another text that goes on and on, for much longer than the first one ever did.")
    library.articles.reached(ONE, position=70, progress=0.9, state="reading")
    library.versions.use(ONE, 1)
    article = library.articles.get(ONE)
    assert 0 <= article.position <= len("Short text.")
    assert 0 <= article.summary.progress <= 1


def test_an_article_that_was_read_stays_read(two: Library) -> None:
    two.articles.reached(ONE, position=0, progress=1.0, state="read")
    two.versions.use(ONE, 1)
    assert (two.articles.summary(ONE).state, two.articles.summary(ONE).progress) == ("read", 1.0)


def test_a_source_that_takes_a_change_back_makes_no_further_version(two: Library) -> None:
    assert arrive(two, FIRST).status == "updated"
    assert [(version.number, version.current) for version in two.versions.of(ONE)] == [(2, False), (1, True)]
    assert arrive(two, FIRST).status == "known"


def test_a_source_that_says_what_it_said_leaves_the_version_that_was_chosen(two: Library) -> None:
    """Adding a folder again put the newest text back over the older one that the reader had gone back to."""
    two.versions.use(ONE, 1)
    again = arrive(two, SECOND)
    assert (again.status, again.unused) == ("known", 2)
    assert two.articles.get(ONE).document.text == FIRST
    assert (arrive(two, FIRST).status, arrive(two, FIRST).unused) == ("known", None)
    two.versions.use(ONE, 2)
    assert (arrive(two, SECOND).unused, arrive(two, FIRST).unused) == (None, 1)


def test_an_update_that_was_taken_back_does_not_come_again_by_itself(two: Library) -> None:
    two.history.undo()
    assert (arrive(two, SECOND).status, two.articles.get(ONE).document.text) == ("known", FIRST)
    two.history.redo()
    assert arrive(two, FIRST).status == "updated"


def test_a_choice_that_was_taken_back_is_none(two: Library) -> None:
    two.versions.use(ONE, 1)
    two.history.undo()
    assert arrive(two, FIRST).status == "updated"


def test_a_choice_holds_until_the_source_says_something_new(two: Library) -> None:
    two.versions.use(ONE, 1)
    assert arrive(two, "A third text.").status == "updated"
    assert arrive(two, SECOND).status == "updated"


def test_a_text_that_comes_after_going_back_is_the_next_version(two: Library) -> None:
    two.versions.use(ONE, 1)
    arrive(two, "A third text.")
    assert [(version.number, version.current) for version in two.versions.of(ONE)] == [
        (3, True), (2, False), (1, False),
    ]  # fmt: skip


def test_a_highlight_made_on_an_older_version_is_placed_in_the_newer_one(two: Library) -> None:
    two.versions.use(ONE, 1)
    made = two.highlights.add(ONE, passage(two, ONE, "The keeper"))
    two.versions.use(ONE, 2)
    document = two.articles.get(ONE).document
    assert document.slice(two.highlights.get(made.id).placement.span) == "The keeper"


def test_the_original_is_that_of_the_version(library: Library) -> None:
    for text in (FIRST, SECOND):
        library.articles.add(replace(draft("Ledger", text, url=URL), original=text.encode()))
    library.versions.use(ONE, 1)
    assert library.articles.original(ONE) == (FIRST.encode(), "text/plain")


def test_another_articles_versions_are_its_own(two: Library) -> None:
    two.articles.add(essay(1))
    assert [version.number for version in two.versions.of(ArticleId(2))] == [1]
    with pytest.raises(LibraryError, match="it has one version"):
        two.versions.use(ArticleId(2), 2)
