from __future__ import annotations

import pytest

from reader.domain.anchor import anchor_of
from reader.domain.document import Span
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from tests.storage.samples import WORDS, draft, found, passage


@pytest.fixture
def tale(library: Library) -> Library:
    library.articles.add(draft())
    return library


def test_a_highlight_keeps_the_passage_with_what_was_thought_of_it(tale: Library) -> None:
    made = tale.highlights.add(
        1, passage(tale, 1, "age of wisdom"), colour="blue", note=" why \n", tags=["b", "a"]
    )
    (highlight,) = tale.highlights.of(1)
    assert highlight == made
    assert highlight.anchor == passage(tale, 1, "age of wisdom")
    assert (highlight.colour, highlight.note, highlight.tags) == ("blue", "why", ("a", "b"))
    assert highlight.placement.status == "anchored"
    assert highlight.placement.span == highlight.anchor.span
    assert tale.articles.summary(1).highlights == 1
    assert found(tale, "wisdom why", "passages_fts") == [highlight.id]


def test_highlights_come_by_their_place(tale: Library) -> None:
    for words in ("age of foolishness", "best of times", "worst of times"):
        tale.highlights.add(1, passage(tale, 1, words))
    assert [highlight.anchor.exact for highlight in tale.highlights.of(1)] == [
        "best of times",
        "worst of times",
        "age of foolishness",
    ]


def test_the_same_range_again_edits_the_highlight_that_is_there(tale: Library) -> None:
    first = tale.highlights.add(1, passage(tale, 1, "wisdom"), note="mine", tags=["a"])
    again = tale.highlights.add(1, passage(tale, 1, "wisdom"), colour="pink", tags=["b"])
    assert (again.id, again.colour, again.note, again.tags) == (first.id, "pink", "mine", ("a", "b"))
    assert tale.articles.summary(1).highlights == 1


def test_overlapping_highlights_are_two(tale: Library) -> None:
    tale.highlights.add(1, passage(tale, 1, "age of wisdom"))
    tale.highlights.add(1, passage(tale, 1, "wisdom"))
    assert tale.articles.summary(1).highlights == 2


def test_a_highlight_is_found_by_its_number_and_by_the_end_of_its_uid(tale: Library) -> None:
    highlight = tale.highlights.add(1, passage(tale, 1, "wisdom"))
    assert tale.highlights.get("1") == highlight
    assert tale.highlights.get(1) == highlight
    assert tale.highlights.get(highlight.reference) == highlight
    assert tale.highlights.get(highlight.uid) == highlight


def test_a_tail_of_digits_alone_is_a_tail_when_no_number_fits(tale: Library) -> None:
    tale.highlights.add(1, passage(tale, 1, "wisdom"))
    tale.connection.execute("update highlight set uid = '018f0000-0000-7000-8000-000012345678'")
    assert tale.highlights.get("12345678").id == 1


@pytest.mark.parametrize("reference", ["9", "abc", "%", "zzzzzzzz", "", "-1", "99999999999999999999", "１"])
def test_a_reference_to_nothing_is_named(tale: Library, reference: str) -> None:
    with pytest.raises(LibraryError, match="no highlight"):
        tale.highlights.get(reference)


def test_an_ambiguous_tail_is_refused(tale: Library) -> None:
    for number, words in enumerate(("wisdom", "foolishness")):
        highlight = tale.highlights.add(1, passage(tale, 1, words))
        tale.connection.execute(
            "update highlight set uid = :uid where id = :id",
            uid=f"018f0000-0000-7000-800{number}-00000000abcd",
            id=highlight.id,
        )
    with pytest.raises(LibraryError, match="2 highlights"):
        tale.highlights.get("abcd")


def test_editing_changes_what_is_given(tale: Library) -> None:
    first = tale.highlights.add(1, passage(tale, 1, "wisdom"), note="old", tags=["a"])
    edited = tale.highlights.edit(first.id, colour="green", tags_add=["b"], tags_remove=["a"])
    assert (edited.colour, edited.note, edited.tags) == ("green", "old", ("b",))
    assert edited.changed > first.changed
    assert tale.highlights.edit(first.id, note=None).note == ""


def test_attaching_to_another_passage_keeps_the_old_one_for_undo(tale: Library) -> None:
    first = tale.highlights.add(1, passage(tale, 1, "wisdom"), note="n")
    moved = tale.highlights.edit(first.id, anchor=passage(tale, 1, "foolishness"))
    assert (moved.id, moved.anchor.exact, moved.placement.status) == (first.id, "foolishness", "anchored")
    assert found(tale, "exact : wisdom", "passages_fts") == []
    tale.history.undo()
    back = tale.highlights.get(first.id)
    assert (back.anchor, back.placement) == (first.anchor, first.placement)


def test_a_removed_highlight_comes_back_the_same(tale: Library) -> None:
    first = tale.highlights.add(1, passage(tale, 1, "wisdom"), note="n", tags=["a"])
    change = tale.highlights.remove([first.id, 77])
    assert (change.articles, change.skipped) == ((1,), ("no highlight 77",))
    assert tale.highlights.of(1) == []
    assert tale.articles.summary(1).highlights == 0
    assert found(tale, "wisdom", "passages_fts") == []
    tale.history.undo()
    (back,) = tale.highlights.of(1)
    assert (back.id, back.uid, back.anchor, back.note, back.tags, back.made) == (
        first.id, first.uid, first.anchor, "n", ("a",), first.made,
    )  # fmt: skip


def test_the_number_of_a_removed_highlight_is_not_given_again(tale: Library) -> None:
    first = tale.highlights.add(1, passage(tale, 1, "wisdom"))
    tale.highlights.remove([first.id])
    assert tale.highlights.add(1, passage(tale, 1, "wisdom")).id == 2


def test_uids_sort_by_time(tale: Library) -> None:
    words = ("wisdom", "foolishness", "best", "worst")
    uids = [tale.highlights.add(1, passage(tale, 1, word)).uid for word in words]
    assert uids == sorted(uids)
    assert all(uid[14] == "7" and uid[19] in "89ab" for uid in uids)


def test_a_passage_made_on_another_text_is_placed_where_it_is_now(tale: Library) -> None:
    anchor = passage(tale, 1, "age of wisdom")
    tale.articles.add(draft(text=f"Preface. {WORDS}", url=None, original=b"", keys=()))
    other = tale.highlights.add(2, anchor)
    assert other.placement.span == Span(anchor.span.start + 9, anchor.span.end + 9)


def test_a_colour_that_is_none_is_refused(tale: Library) -> None:
    with pytest.raises(LibraryError, match="yellow, green"):
        tale.highlights.add(1, passage(tale, 1, "wisdom"), colour="mauve")


def test_highlighting_an_article_that_is_gone_is_an_error(tale: Library) -> None:
    anchor = passage(tale, 1, "wisdom")
    tale.articles.purge([1])
    with pytest.raises(LibraryError, match="no article 1"):
        tale.highlights.add(1, anchor)
    with pytest.raises(LibraryError, match="no highlight 1"):
        tale.highlights.edit(1, note="x")


def test_marking_a_passage_does_not_touch_the_index_of_the_text(tale: Library) -> None:
    before = tale.connection.value("select count(*) || sum(length(block)) from articles_fts_data")
    tale.highlights.add(1, passage(tale, 1, "wisdom"), note="n", tags=["t"])
    assert tale.connection.value("select count(*) || sum(length(block)) from articles_fts_data") == before


def test_chinese_passages_are_found_by_two_characters(library: Library) -> None:
    library.articles.add(draft("Zhongwen", "他在北京大学学习中文。"))
    document = library.articles.get(1).document
    library.highlights.add(1, anchor_of(document, Span(2, 6)), tags=["中文"])
    assert found(library, "cjk : 京大", "passages_fts") == [1]
    assert found(library, "cjk : 中文", "passages_fts") == [1]
