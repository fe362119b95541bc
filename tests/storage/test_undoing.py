"""Undo and redo of every action: as a whole, by a later run of the program, and of a thousand things at once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.article import ArticleId
from reader.domain.document import Span
from reader.domain.highlight import Anchor
from reader.storage.articles import Articles
from reader.storage.duplicates import Duplicates
from reader.storage.highlights import Highlights
from reader.storage.library import Library
from reader.storage.tags import Tags
from reader.storage.versions import Versions
from tests.storage.samples import WORDS, Ticking, assert_sound, draft, essay, passage, state_of

PLACELESS = Anchor(Span(0, 12), "it was the a", "", "", "0" * 64)
"""Words that stand twice in the text, and nothing tells which are meant: to be reviewed."""

# What it does is "part.method", and which way of it.
ACTIONS: dict[str, Callable[[Library], object]] = {
    "articles.add_all new": lambda library: library.articles.add(essay(9)),
    "articles.add_all changed": lambda library: library.articles.add(
        replace(essay(8), url="https://e.org/1")
    ),
    "articles.add_all tagged": lambda library: library.articles.add(
        replace(essay(5), url="https://e.org/2"), tags=["n"]
    ),
    "articles.edit": lambda library: library.articles.edit(
        1, title="北京", author="B", note="mine", site="S"
    ),
    "articles.mark read": lambda library: library.articles.mark([1, 2], "read"),
    "articles.mark unread": lambda library: library.articles.mark([4], "unread"),
    "articles.mark starred": lambda library: library.articles.mark([1], "starred"),
    "articles.mark unstarred": lambda library: library.articles.mark([4], "unstarred"),
    "articles.mark archived": lambda library: library.articles.mark([1, 2, 4], "archived"),
    "articles.mark unarchived": lambda library: library.articles.mark([4], "unarchived"),
    "articles.trash": lambda library: library.articles.trash([1, 2, 3]),
    "articles.restore": lambda library: library.articles.restore([2, 3]),
    "tags.apply": lambda library: library.tags.apply([1, 2], ["new"], ["old"]),
    "tags.rename": lambda library: library.tags.rename("old", "older"),
    "tags.merge": lambda library: library.tags.merge("old", "x"),
    "tags.delete": lambda library: library.tags.delete("x"),
    "highlights.add": lambda library: library.highlights.add(
        1, passage(library, 1, "best of times"), note="n", tags=["h"]
    ),
    "highlights.add again": lambda library: library.highlights.add(
        1, passage(library, 1, "worst of times"), colour="blue"
    ),
    "highlights.edit": lambda library: library.highlights.edit(
        1, colour="pink", tags_add=["z"], tags_remove=["x"], note=None
    ),
    "highlights.edit_all": lambda library: library.highlights.edit_all([1, 2], colour="pink", tags_add=["y"]),
    "highlights.attach": lambda library: library.highlights.attach(1, passage(library, 1, "best of times")),
    "highlights.accept": lambda library: library.highlights.accept([2]),
    "highlights.refuse": lambda library: library.highlights.refuse([2]),
    "highlights.remove": lambda library: library.highlights.remove([1, 2]),
    "versions.use": lambda library: library.versions.use(1, 1),
    "duplicates.join": lambda library: library.duplicates.join(2, 1),
    "duplicates.join a passage": lambda library: library.duplicates.join(1, 2),
    "duplicates.settle": lambda library: library.duplicates.settle(2, 5),
}
# What is not the reader's doing, and what cannot be undone.
OTHERS = {"articles.reached", "articles.purge"}


def stock(library: Library) -> None:
    first = draft("A tale", WORDS, url="https://e.org/1")
    library.articles.add(first, tags=["old"])
    library.articles.add(replace(essay(5), url="https://e.org/2"), tags=["old", "x"])
    library.articles.add_all([essay(3), essay(4)])
    library.highlights.add(1, passage(library, 1, "worst of times"), note="why", tags=["x"])
    library.highlights.add(1, PLACELESS, note="which")
    library.articles.add(draft("A longer tale", f"Preface. {WORDS}", url="https://e.org/1"))
    library.articles.add(draft("Essay 5 again", f"{essay(5).document.text} and more"))
    library.articles.trash([3])
    for state in ("read", "starred", "archived"):
        library.articles.mark([4], state)


@pytest.fixture
def stocked(library: Library) -> Library:
    stock(library)
    return library


def test_every_action_is_looked_at() -> None:
    methods = {
        f"{part.__name__.lower()}.{name}"
        for part in (Articles, Tags, Highlights, Versions, Duplicates)
        for name, method in inspect.getmembers(part, inspect.isfunction)
        if not name.startswith("_") and ".write()" in inspect.getsource(method)
    }
    assert methods == {name.partition(" ")[0] for name in ACTIONS} | OTHERS


@pytest.mark.parametrize("name", [name for name in ACTIONS if name != "articles.add_all new"])
def test_an_action_is_undone_and_redone_as_a_whole(stocked: Library, name: str) -> None:
    before = state_of(stocked)
    ACTIONS[name](stocked)
    after = state_of(stocked)
    assert after != before
    for _ in range(2):
        assert stocked.history.undo(session="mine").skipped == ()
        assert state_of(stocked) == before
        assert stocked.history.redo(session="mine").skipped == ()
        assert state_of(stocked) == after


@pytest.mark.parametrize("name", [name for name in ACTIONS if name != "articles.add_all new"])
def test_an_action_is_undone_and_redone_by_later_runs(path: Path, name: str) -> None:
    clock = Ticking()
    with Library.open(path, clock=clock, session="first") as library:
        stock(library)
        before = state_of(library)
        ACTIONS[name](library)
        after = state_of(library)
    with Library.open(path, clock=clock, session="second") as library:
        last = library.history.last()
        assert library.history.last("second") is None
        assert library.history.undo(session="second") is None
        assert (last.session, bool(last.summary)) == ("first", True)
        assert library.history.undo(entry=last.id).skipped == ()
        assert state_of(library) == before
        assert_sound(library)
    with Library.open(path, clock=clock, session="third") as library:
        assert library.history.next("third") is None
        assert library.history.redo(entry=library.history.next().id).skipped == ()
        assert state_of(library) == after
        assert_sound(library)


def test_an_arrival_is_undone_into_the_trash_by_a_later_run(path: Path) -> None:
    with Library.open(path, session="first") as library:
        library.articles.add(essay(1))
    with Library.open(path, session="second") as library:
        library.history.undo()
        assert library.articles.summary(ArticleId(1)).trashed
    with Library.open(path, session="third") as library:
        library.history.redo()
        assert not library.articles.summary(ArticleId(1)).trashed


def test_only_the_entry_that_was_agreed_to_is_undone(stocked: Library, path: Path) -> None:
    """The last one of any session was, though it was another by the time that the question was answered."""
    stocked.articles.mark([1], "starred")
    asked = stocked.history.last()
    with Library.open(path, session="theirs") as other:
        other.articles.mark([2], "starred")
        assert other.history.undo(entry=asked.id).articles == (1,)
        assert other.history.undo(entry=asked.id) is None
        assert other.history.redo(entry=asked.id).articles == (1,)
        assert other.history.redo(entry=asked.id) is None
    assert [summary.starred for summary in stocked.articles.summaries([1, 2])] == [True, True]


def test_a_session_is_told_by_its_first_action(stocked: Library, path: Path) -> None:
    with Library.open(path, session="theirs") as other:
        other.articles.mark([2], "starred")
    began = stocked.history.sessions(["mine", "theirs", "nobody"])
    assert set(began) == {"mine", "theirs"}
    assert began["mine"] == stocked.history.entries()[-1].at


THOUSAND = range(1, 1001)
BATCHES: dict[str, Callable[[Library], object]] = {
    "tag": lambda library: library.tags.apply(THOUSAND, ["a", "b"], ["old"]),
    "trash": lambda library: library.articles.trash(THOUSAND),
    "archive": lambda library: library.articles.mark(THOUSAND, "archived"),
    "read": lambda library: library.articles.mark(THOUSAND, "read"),
    "rename": lambda library: library.tags.rename("old", "older"),
    "delete": lambda library: library.tags.delete("old"),
    "remove highlights": lambda library: library.highlights.remove(THOUSAND),
    "edit highlights": lambda library: library.highlights.edit_all(THOUSAND, colour="blue", tags_add=["b"]),
}


@pytest.fixture(scope="module")
def thousand(empty_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of a thousand articles, each with a tag; one of them with a thousand highlights."""
    path = tmp_path_factory.mktemp("thousand") / "library.db"
    path.write_bytes(empty_library.read_bytes())
    with Library.open(path, clock=Ticking(), session="first") as library:
        library.connection.execute("pragma synchronous = off")  # no power cut is under test here
        words = " ".join(f"word{number}" for number in range(2000))
        library.articles.add_all(
            [
                draft("Long", words),
                *(draft(f"Essay {number}", f"Text {number}.") for number in range(1, 1000)),
            ],
            tags=["old"],
        )
        document = library.articles.get(ArticleId(1)).document
        for number in THOUSAND:
            start = words.index(f"word{number + 500}")
            span = Span(start, start + len(f"word{number + 500}"))
            anchor = Anchor(span, document.slice(span), "", "", document.hash)
            library.highlights.add(ArticleId(1), anchor, tags=["h"], note=f"note {number}")
        library.connection.execute("delete from history")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", BATCHES)
def test_a_thousand_are_one_action_also_for_a_later_run(thousand: Path, path: Path, name: str) -> None:
    path.write_bytes(thousand.read_bytes())
    clock = Ticking()
    with Library.open(path, clock=clock, session="first") as library:
        before = state_of(library)
        BATCHES[name](library)
        after = state_of(library)
        [entry] = library.history.entries()
        assert library.history.undo(session="first").skipped == ()
        assert state_of(library) == before
        assert library.history.redo(session="first").skipped == ()
        assert state_of(library) == after
    with Library.open(path, clock=clock, session="second") as library:
        assert library.history.undo(entry=entry.id).skipped == ()
        assert state_of(library) == before
        assert library.history.redo(entry=entry.id).skipped == ()
        assert state_of(library) == after
        assert_sound(library)
