from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.query import parse
from reader.storage.library import Library
from tests.storage.samples import Ticking, draft, essay, found, passage, state_of

ACTIONS: dict[str, Callable[[Library], object]] = {
    "tag": lambda library: library.tags.apply([1, 2], ["new"], ["old"]),
    "read": lambda library: library.articles.mark([1, 2], "read"),
    "star": lambda library: library.articles.mark([1], "starred"),
    "archive": lambda library: library.articles.mark([1, 2], "archived"),
    "trash": lambda library: library.articles.trash([1, 2]),
    "edit": lambda library: library.articles.edit(1, title="北京", author="B", note="mine"),
    "highlight": lambda library: library.highlights.add(
        1, passage(library, 1, "begin1"), note="n", tags=["h"]
    ),
    "recolour": lambda library: library.highlights.edit(1, colour="pink", tags_remove=["x"], note=None),
    "recolour all": lambda library: library.highlights.edit_all([1, 2], colour="blue", tags_add=["y"]),
    "attach": lambda library: library.highlights.attach(1, passage(library, 1, "word1x7 word1x8")),
    "remove": lambda library: library.highlights.remove([1]),
    "update": lambda library: library.articles.add(replace(essay(2), title="New", url="https://e.org/1")),
    "rename": lambda library: library.tags.rename("old", "older"),
    "merge": lambda library: library.tags.merge("old", "x"),
    "delete": lambda library: library.tags.delete("x"),
    "add": lambda library: library.articles.add(essay(7)),
}


@pytest.fixture
def two(library: Library) -> Library:
    library.articles.add_all([replace(essay(1), url="https://e.org/1"), essay(5)], tags=["old"])
    library.highlights.add(1, passage(library, 1, "word1x5"), note="why", tags=["x"])
    return library


@pytest.mark.parametrize("name", [name for name in ACTIONS if name != "add"])
def test_undo_gives_back_what_was_and_redo_what_came(two: Library, name: str) -> None:
    before = state_of(two)
    ACTIONS[name](two)
    after = state_of(two)
    assert after != before
    undone = two.history.undo(session="mine")
    assert undone is not None
    assert undone.skipped == ()
    assert state_of(two) == before
    assert two.history.redo(session="mine") is not None
    assert state_of(two) == after
    two.history.undo()
    assert state_of(two) == before


def test_an_added_article_is_undone_into_the_trash_and_redone_out_of_it(two: Library) -> None:
    two.articles.add(essay(7))
    two.history.undo()
    assert two.articles.summary(3).trashed
    two.history.redo()
    assert not two.articles.summary(3).trashed


def test_batches_of_one_run_are_undone_together(two: Library) -> None:
    for first in (10, 12):
        two.articles.add_all([essay(first), essay(first + 1)], run="import 1")
    entry = two.history.last()
    assert entry is not None
    assert (entry.action, entry.articles, entry.summary) == ("added", (3, 4, 5, 6), "added: 4 articles")
    two.history.undo()
    assert two.articles.find(parse("")) == [2, 1]


def test_a_run_that_meets_an_article_twice_is_undone_to_the_start(two: Library) -> None:
    before = state_of(two)
    for number in (2, 3):
        two.articles.add(replace(essay(number), url="https://e.org/1"), run="refresh")
    assert two.articles.get(1).version == 3
    two.history.undo()
    assert state_of(two) == before


def test_undo_goes_back_action_by_action_and_redo_forth(two: Library) -> None:
    states = [state_of(two)]
    for act in ("tag", "edit", "star"):
        ACTIONS[act](two)
        states.append(state_of(two))
    for state in states[-2::-1]:
        two.history.undo(session="mine")
        assert state_of(two) == state
    for state in states[1:]:
        two.history.redo(session="mine")
        assert state_of(two) == state
    assert two.history.redo(session="mine") is None


def test_a_new_action_of_any_session_clears_redo(two: Library, path: Path) -> None:
    two.articles.mark([1], "starred")
    two.history.undo()
    with Library.open(path, session="theirs") as other:
        other.articles.mark([2], "starred")
    assert two.history.redo() is None


def test_undo_of_a_session_leaves_the_actions_of_others(two: Library, path: Path, clock: Ticking) -> None:
    two.articles.mark([1], "starred")
    with Library.open(path, session="theirs", clock=clock) as other:
        other.articles.mark([2], "starred")
        assert two.history.last().session == "theirs"
        assert two.history.last(session="mine").articles == (1,)
        assert two.history.undo(session="mine").articles == (1,)
    assert [summary.starred for summary in two.articles.summaries([1, 2])] == [False, True]


def test_what_something_else_changed_since_is_skipped_and_named(two: Library, path: Path) -> None:
    two.articles.edit(1, title="Mine", author="Mine")
    with Library.open(path, session="theirs") as other:
        other.articles.edit(1, title="Theirs")
    undone = two.history.undo(session="mine")
    assert undone.skipped == ("1 Theirs: title was changed since",)
    assert (two.articles.summary(1).title, two.articles.summary(1).author) == ("Theirs", None)


def test_a_tag_that_another_took_off_is_named(two: Library, path: Path) -> None:
    two.tags.apply([1, 2], ["new"])
    with Library.open(path, session="theirs") as other:
        other.tags.apply([1], [], ["new"])
    undone = two.history.undo(session="mine")
    assert undone.articles == (2,)
    assert undone.skipped == ("1 Essay 1: tag new was changed since",)


def test_a_highlight_that_another_changed_is_not_removed_by_undo(two: Library, path: Path) -> None:
    made = two.highlights.add(1, passage(two, 1, "begin1"))
    with Library.open(path, session="theirs") as other:
        other.highlights.edit(made.id, note="theirs")
    assert two.history.undo(session="mine").skipped == (f"highlight {made.id} was changed since",)
    assert two.highlights.get(made.id).note == "theirs"


def test_undo_makes_new_stamps(two: Library) -> None:
    two.articles.mark([1], "starred")
    changed = two.connection.value("select changed from article where id = 1")
    two.history.undo()
    assert two.connection.value("select changed from article where id = 1") > changed


def test_a_purge_is_in_the_history_but_cannot_be_undone(two: Library) -> None:
    two.articles.mark([1, 2], "starred")
    two.articles.purge([1])
    assert two.history.entries(1)[0].action == "purged 1 article"
    assert two.history.entries(1)[0].standing == "final"
    undone = two.history.undo()
    assert (undone.action, undone.articles) == ("starred", (2,))


def test_actions_on_purged_articles_alone_are_final(two: Library) -> None:
    two.articles.mark([2], "starred")
    two.articles.purge([2])
    assert [entry.standing for entry in two.history.entries(2)] == ["final", "final"]
    assert "Essay" not in two.history.entries(2)[1].summary


def test_a_highlight_does_not_come_back_to_a_purged_article(two: Library) -> None:
    two.highlights.remove([1])
    two.articles.purge([1])
    assert two.history.undo().action == "added"


def test_a_highlight_comes_back_to_the_place_it_has_in_a_newer_text(two: Library, path: Path) -> None:
    two.highlights.remove([1])
    with Library.open(path, session="theirs") as other:
        text = f"Preface. {two.articles.get(1).document.text}"
        other.articles.add(draft("Essay 1", text, url="https://e.org/1"))
    two.history.undo(session="mine")
    (highlight,) = two.highlights.of(1)
    assert two.articles.get(1).document.slice(highlight.placement.span) == "word1x5"


def test_undo_of_an_update_finds_the_old_words_again(two: Library) -> None:
    ACTIONS["update"](two)
    assert found(two, "begin1") == []
    two.history.undo()
    assert len(found(two, "begin1")) == 1
    assert found(two, "begin2") == []
    assert two.highlights.of(1)[0].placement.status == "anchored"


def test_the_history_tells_what_was_done_newest_first(two: Library) -> None:
    two.articles.mark([1], "starred")
    two.tags.apply([1, 2], ["new"])
    two.history.undo()
    newest, starred, *_ = two.history.entries()
    assert (newest.summary, newest.undone) == ("tagged: 2 articles", True)
    assert (starred.summary, starred.undone, starred.session) == ("starred: 1 Essay 1", False, "mine")
    assert len(two.history.entries(limit=1)) == 1


def test_an_empty_history_has_nothing_to_undo(library: Library) -> None:
    assert library.history.undo() is None
    assert library.history.redo() is None
    assert library.history.last() is None
    assert library.history.entries() == []


def test_the_history_outlives_the_program(path: Path) -> None:
    with Library.open(path) as library:
        library.articles.add(essay(1))
        library.articles.mark([1], "starred")
    with Library.open(path) as library:
        assert library.history.undo().action == "starred"
        assert not library.articles.summary(1).starred
