"""Highlights after their text has changed: placed again, proposed or lost, and what a reader says to it."""

from __future__ import annotations

from datetime import date

import pytest

from reader.domain.anchor import anchor_of
from reader.domain.document import Span
from reader.domain.highlight import HighlightId
from reader.domain.query import parse
from reader.storage import commonplace
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from tests.storage.samples import draft, found, passage, state_of

HERE = {"url": "https://e.org/a"}
BEFORE = "The committee met on Tuesday. Nobody had read the report in full. The vote was postponed until May."
REMOVED = "The committee met on Tuesday. The vote was postponed until May."
GRAZING = "Zebras graze by the river. And so the long day ends."
REWRITTEN = "Do not graze your knuckles. Some other day may end."


@pytest.fixture
def unsure(library: Library) -> Library:
    """Highlight 1 has a place to review, highlight 2 was taken out of its text, highlight 3 is in order."""
    library.articles.add(draft("Zebras", GRAZING, **HERE))
    library.highlights.add(1, passage(library, 1, "graze"), note="why", tags=["x"])
    library.articles.add(draft("Committee", BEFORE, url="https://e.org/b"))
    library.highlights.add(2, passage(library, 2, "Nobody had read the report in full."), note="who")
    library.highlights.add(2, passage(library, 2, "met on Tuesday"))
    library.articles.add(draft("Zebras", REWRITTEN, **HERE))
    library.articles.add(draft("Committee", REMOVED, url="https://e.org/b"))
    return library


def found_by(library: Library, query: str) -> list[HighlightId]:
    return [entry.highlight.id for entry in commonplace.found(library, parse(query), date(2024, 5, 1))]


def test_each_place_says_how_it_was_found(unsure: Library) -> None:
    review, removed, exact = (unsure.highlights.get(id).placement for id in (1, 2, 3))
    assert (review.status, review.how, review.by) == ("review", "exact", "auto")
    assert unsure.articles.get(1).document.slice(review.span) == "graze"
    assert (review.quote, review.margin) == (1.0, 1.0)
    assert review.context is not None
    assert review.context < 0.5
    assert (exact.status, exact.how) == ("anchored", "exact")
    assert (removed.status, removed.how, removed.is_removed) == ("orphan", "deleted-here", True)


def test_a_removed_passage_leaves_its_offset(unsure: Library) -> None:
    placement = unsure.highlights.get(2).placement
    assert placement.span == Span(29, 29)
    assert [highlight.id for highlight in unsure.highlights.of(2)] == [3, 2]


def test_notes_of_every_status_are_found(unsure: Library) -> None:
    assert found(unsure, "why OR who", "passages_fts") == [1, 2]
    assert found_by(unsure, "note:who") == [2]
    assert found_by(unsure, "hl:graze") == [1]


def test_what_waits_for_an_answer_and_what_is_gone_are_asked_for_by_name(unsure: Library) -> None:
    """An article whose only passage was taken out was not found by is:orphan, since its place is known."""
    assert found_by(unsure, "is:review") == [1]
    assert found_by(unsure, "is:orphan") == [2]
    assert unsure.articles.find(parse("is:review"), scope="all") == [1]
    assert unsure.articles.find(parse("is:orphan"), scope="all") == [2]


def test_a_removed_passage_is_a_hit_at_its_offset_but_no_words_to_light(unsure: Library) -> None:
    query = parse("nobody had read")
    assert unsure.search.matches(2, query) == []
    [hit] = unsure.search.passages(2, query)
    assert (hit.source, hit.span) == ("highlight", Span(29, 29))


def test_what_was_lost_is_found_again_when_its_words_come_back(unsure: Library) -> None:
    unsure.articles.add(draft("Committee", f"Once more: {BEFORE}", url="https://e.org/b"))
    placement = unsure.highlights.get(2).placement
    assert (placement.status, placement.how, placement.span.start) == ("anchored", "exact", 41)


def test_a_proposed_place_is_accepted(unsure: Library) -> None:
    first = unsure.highlights.get(1)
    before = state_of(unsure)
    change = unsure.highlights.accept([1, 3, 9])
    assert (change.action, change.articles) == ("highlight accepted", (1,))
    assert change.skipped == ("no highlight 9", "highlight 3 has no place to review")
    now = unsure.highlights.get(1)
    assert (now.placement.status, now.placement.how, now.placement.by) == ("anchored", "position", "user")
    assert now.placement.span == now.anchor.span == first.placement.span
    assert (now.anchor.prefix, now.note, now.tags) == ("Do not ", "why", ("x",))
    after = state_of(unsure)
    unsure.history.undo()
    assert state_of(unsure) == before
    unsure.history.redo()
    assert state_of(unsure) == after


def test_a_refused_place_is_not_proposed_again_in_this_text(unsure: Library) -> None:
    before = state_of(unsure)
    change = unsure.highlights.refuse([1, 2, 3])
    assert change.action == "highlights refused"
    assert change.skipped == ("highlight 2 is nowhere",)
    placement = unsure.highlights.get(1).placement
    assert (placement.status, placement.span, placement.how) == ("orphan", None, "refused")
    after = state_of(unsure)
    unsure.history.undo()
    assert state_of(unsure) == before
    unsure.history.redo()
    assert state_of(unsure) == after


def test_a_refused_place_is_looked_for_in_another_text(unsure: Library) -> None:
    unsure.highlights.refuse([1])
    unsure.articles.add(draft("Zebras", f"Again. {GRAZING}", **HERE))
    assert unsure.highlights.get(1).placement.status == "anchored"
    unsure.history.undo()
    assert unsure.highlights.get(1).placement.how == "refused"


def test_a_passage_that_stands_where_it_was_made_is_not_refused(library: Library) -> None:
    library.articles.add(draft())
    library.highlights.add(1, passage(library, 1, "wisdom"))
    change = library.highlights.refuse([1])
    assert (change.history, change.skipped) == (None, ("highlight 1 stands where it was made",))


def test_an_orphan_is_attached_by_hand(unsure: Library) -> None:
    before = state_of(unsure)
    moved = unsure.highlights.attach(2, passage(unsure, 2, "vote was postponed"))
    assert (moved.anchor.exact, moved.placement.by, moved.note) == ("vote was postponed", "user", "who")
    assert (moved.placement.status, moved.placement.how) == ("anchored", "position")
    assert unsure.history.last().action == "highlight re-attached"
    after = state_of(unsure)
    unsure.history.undo()
    assert state_of(unsure) == before
    unsure.history.redo()
    assert state_of(unsure) == after


def test_attaching_a_refused_one_places_it(unsure: Library) -> None:
    unsure.highlights.refuse([1])
    assert unsure.highlights.attach(1, passage(unsure, 1, "knuckles")).placement.status == "anchored"
    unsure.history.undo()
    assert unsure.highlights.get(1).placement.how == "refused"


def test_attaching_what_is_gone_is_an_error(unsure: Library) -> None:
    with pytest.raises(LibraryError, match="no highlight 9"):
        unsure.highlights.attach(9, passage(unsure, 1, "knuckles"))


def test_a_passage_that_another_attached_is_not_taken_back_by_half(unsure: Library) -> None:
    """Of a selector that something else had changed, undo gave back the parts that happened to be the same."""
    unsure.highlights.accept([1])
    with Library.open(unsure.path, session="theirs") as other:
        other.highlights.attach(1, passage(other, 1, "knuckles"))
    undone = unsure.history.undo(session="mine")
    assert undone.skipped == ("highlight 1: passage was changed since",)
    highlight = unsure.highlights.get(1)
    assert (highlight.anchor.exact, highlight.placement.by) == ("knuckles", "user")
    assert highlight.anchor == passage(unsure, 1, "knuckles")


def test_many_are_changed_in_one_action(unsure: Library) -> None:
    before = state_of(unsure)
    change = unsure.highlights.edit_all([1, 2, 3, 7], colour="pink", tags_add=["new"], tags_remove=["x"])
    assert (change.action, change.articles, change.skipped) == (
        "highlights edited",
        (1, 2),
        ("no highlight 7",),
    )
    assert [(one.colour, one.tags) for one in map(unsure.highlights.get, (1, 2, 3))] == [
        ("pink", ("new",))
    ] * 3
    unsure.history.undo()
    assert state_of(unsure) == before


def test_changing_many_to_what_they_are_is_no_action(unsure: Library) -> None:
    assert unsure.highlights.edit_all([1, 2], colour="yellow", tags_remove=["none"]).history is None


@pytest.mark.slow
def test_a_thousand_highlights_are_changed_removed_and_taken_back(library: Library) -> None:
    library.articles.add(draft("Long", " ".join(f"word{number}" for number in range(1_000))))
    document = library.articles.get(1).document
    with library.connection.write():
        for number in range(1_000):
            start = document.text.index(f"word{number}")
            anchor = anchor_of(document, Span(start, start + len(f"word{number}")))
            assert anchor is not None
            library.highlights.add(1, anchor, note=f"note {number}")
    ids = [highlight.id for highlight in library.highlights.of(1)]
    assert len(ids) == 1_000
    states = [state_of(library)]
    library.highlights.edit_all(ids, colour="green", tags_add=["all"])
    states.append(state_of(library))
    library.highlights.remove(ids)
    assert library.highlights.of(1) == []
    for state in reversed(states):
        assert library.history.undo().skipped == ()
        assert state_of(library) == state
