"""After each kind of action the full-text index says what the rows say, and the counts what counting says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.domain.query import parse
from reader.domain.record import Marked, Record
from reader.storage.library import Library
from tests.storage.samples import assert_sound, draft, passage, raw_open

ACTIONS: dict[str, Callable[[Library], object]] = {
    "add": lambda library: library.articles.add(draft("Third", "walking 東京 words", tags=("a", "日本"))),
    "update": lambda library: library.articles.add(
        draft("First", "quite another text", url="https://example.org/1")
    ),
    "edit": lambda library: library.articles.edit(1, title="新聞 title", author="Ann", note="a note 日本"),
    "clear": lambda library: library.articles.edit(2, note=None, author=None),
    "tag": lambda library: library.tags.apply([1, 2], ["new", "日本"], ["a"]),
    "rename tag": lambda library: library.tags.rename("a", "b"),
    "highlight": lambda library: library.highlights.add(
        1, passage(library, 1, "best of times"), note="n", tags=("t",)
    ),
    "unhighlight": lambda library: library.highlights.remove([1]),
    "mark": lambda library: library.articles.mark([1, 2], "archived"),
    "trash": lambda library: library.articles.trash([1]),
    "purge": lambda library: library.articles.purge([2]),
    "import": lambda library: library.articles.add_all(
        [draft(f"Old {n}", f"old text {n}") for n in range(3)], added=[library.articles.summary(1).added] * 3
    ),
    "records": lambda library: library.records.store(
        [
            Record(
                draft("First", "known text", url="https://example.org/1", tags=("日本", "c")),
                note="given 日本",
                highlights=(Marked("best of times", "n", tags=("t",)), Marked("gone")),
            ),
            Record(Draft("Link", Document("", ()), url="https://example.org/link"), origin="pocket:1"),
            Record(draft("Link", "the text has come 日本", url="https://example.org/link"), state="read"),
        ],
        run="one",
    ),
    "rebuild": lambda library: library.care.rebuild(),
    "tend": lambda library: [library.terms.tend() for _ in range(9)],
}


@pytest.fixture
def stocked(library: Library) -> Library:
    library.articles.add_all(
        [
            draft("First", url="https://example.org/1", author="Bo", tags=("a",)),
            draft("Second", "a second text", author="Cy", tags=("a", "c")),
        ]
    )
    library.articles.edit(2, note="noted")
    library.highlights.add(2, passage(library, 2, "second"), note="why")
    return library


@pytest.mark.parametrize("name", ACTIONS)
def test_index_and_counts_are_in_step_after(stocked: Library, name: str) -> None:
    ACTIONS[name](stocked)
    assert_sound(stocked)
    while stocked.history.undo():
        assert_sound(stocked)
    while stocked.history.redo():
        assert_sound(stocked)
    assert stocked.care.check() == []


def test_counts_follow_the_lists(stocked: Library) -> None:
    stocked.articles.add_all([draft(f"More {n}", f"more {n}", tags=("c",)) for n in range(5)])
    stocked.articles.mark([3, 4], "starred")
    stocked.articles.mark([4, 5], "archived")
    stocked.articles.mark([1], "read")
    stocked.articles.trash([6])
    count = stocked.articles.count
    counts = stocked.counters.counts()
    assert counts.inbox == count(parse("")) == 4
    assert counts.unread == count(parse("is:unread")) == 3
    assert counts.starred == count(parse("is:starred")) == 1
    assert counts.archive == count(parse("is:archived")) == 2
    assert counts.highlights == count(parse("is:annotated")) == 1
    assert counts.trash == count(parse("is:trashed")) == 1
    assert [(tag.name, tag.count) for tag in stocked.counters.top_tags(5)] == [("c", 5), ("a", 2)]
    assert stocked.counters.top_tags(1) == [stocked.tags.all()[1]]


def test_wrong_counts_are_told_and_counted_anew(stocked: Library) -> None:
    raw = raw_open(stocked.path)
    raw.execute("update counter set value = 99 where name = 'inbox'")
    raw.execute("update tag set used = 7")
    raw.close()
    assert stocked.care.check() == ["the counts beside the views are wrong"]
    stocked.care.rebuild()
    assert stocked.care.check() == []


def test_what_any_sqlite_shell_changes_is_counted(stocked: Library) -> None:
    raw = raw_open(stocked.path)
    raw.execute("pragma foreign_keys = on")
    raw.execute("update article set starred = 1, trashed = 1 where id = 1")
    raw.execute("delete from article where id = 2")
    raw.close()
    assert_sound(stocked)
