"""Re-anchoring: the exact stages, on the cases that every change to them must keep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.anchor import anchor_of, locate, normalise, occurrences
from reader.domain.document import Document, Span
from reader.domain.highlight import Anchor
from reader.domain.text import clean_body

TIMES = (
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of "
    "foolishness, we had everything before us, we had nothing before us, we were all going direct to Heaven."
)


def document(text: str) -> Document:
    return Document.plain(text)


def selector(
    exact: str, prefix: str = "", suffix: str = "", place: tuple[int, int] | None = None, text_hash: str = ""
):
    return Anchor(Span(*(place or (0, 0))), exact, prefix, suffix, text_hash)


def test_a_position_is_taken_as_it_is_while_the_text_is_the_same():
    page = document(TIMES)
    anchor = selector("age of wisdom", "it was the ", ", it was", (64, 77), page.hash)
    placement = locate(page, anchor)
    assert (placement.status, placement.span, placement.score) == ("anchored", Span(64, 77), 1.0)


def test_a_position_that_shows_other_words_is_refused_and_the_words_are_found():
    page = document(TIMES)
    placement = locate(page, selector("age of wisdom", "it was the ", ", it was", (3, 16), page.hash))
    assert (placement.status, placement.span) == ("anchored", Span(64, 77))
    assert placement.score == pytest.approx(0.993, abs=0.005)


@pytest.mark.parametrize(
    ("text", "anchor", "status", "found"),
    [
        (
            TIMES.replace(" ", "\n "),
            selector("it was the worst of times", "of times, ", ", it was"),
            "anchored",
            "it\n was\n the\n worst\n of\n times",
        ),
        (
            "He said “it’s here — now” and left the room",
            selector("it's here - now", 'He said "', '" and'),
            "anchored",
            "it’s here — now",
        ),
        (TIMES, selector("before us", "we had nothing ", ", we were"), "anchored", "before us"),
        (TIMES, selector("before us", place=(150, 159), text_hash="of another text"), "review", "before us"),
        (TIMES, selector("before us"), "review", "before us"),
        (
            "Totally different text with age in it",
            selector("age", "it was the ", " of wisdom"),
            "anchored",
            "age",
        ),
        (TIMES, selector("wisdom", "the age of ", ", it was"), "anchored", "wisdom"),
        (
            "First para ends here.\n\n\tSecond para starts here and goes on.",
            selector("ends here. Second para starts", "para ", " here and"),
            "anchored",
            "ends here.\n\nSecond para starts",
        ),
        (
            "Ship it 🚀 today 🎉 because the launch window closes",
            selector("today 🎉 because the launch", "Ship it 🚀 ", " window"),
            "anchored",
            "today 🎉 because the launch",
        ),
        (
            "The ﬁnal STRASSE report",
            selector("the final straße", "", " report"),
            "anchored",
            "The ﬁnal STRASSE",
        ),
        (
            TIMES,
            selector("It was the best of times", "", ", it was the worst"),
            "anchored",
            "It was the best of times",
        ),
        (TIMES, selector("direct to Heaven.", "all going "), "anchored", "direct to Heaven."),
    ],
)
def test_words_are_found_verbatim_after_folding(text: str, anchor: Anchor, status: str, found: str):
    page = document(text)
    placement = locate(page, anchor)
    assert placement.status == status
    assert placement.span is not None
    assert page.slice(placement.span) == found


def test_context_chooses_among_equal_words():
    page = document(TIMES)
    placement = locate(page, selector("before us", "we had nothing ", ", we were"))
    assert placement.span == Span(154, 163)


def test_a_position_alone_does_not_make_two_places_certain_but_offers_the_nearest():
    page = document(TIMES)
    placement = locate(page, selector("before us", place=(150, 159), text_hash="of another text"))
    assert (placement.status, placement.span) == ("review", Span(154, 163))


def test_empty_words_are_an_orphan():
    assert locate(document(TIMES), selector("")).status == "orphan"


@pytest.mark.parametrize("text", ["", "Lorem ipsum dolor sit amet " * 20, "Too short."])
def test_words_that_are_nowhere_are_never_painted(text: str):
    placement = locate(document(text), selector("it was the worst of times", "of times, ", ", it was"))
    assert (placement.status, placement.span) == ("review", None)


words = st.text(st.characters(codec="utf-8"), max_size=200).map(clean_body)


@given(words, st.data())
def test_any_selected_range_is_found_again_in_the_same_text(text: str, data: st.DataObject):
    page = Document.plain(text)
    start = data.draw(st.integers(0, len(page.text)))
    end = data.draw(st.integers(start, len(page.text)))
    anchor = anchor_of(page, Span(start, end))
    if anchor is None:
        assert not page.text[start:end].strip()
        return
    placement = locate(page, anchor)
    assert (placement.status, placement.span) == ("anchored", anchor.span)


@given(words)
def test_folding_keeps_a_map_back_to_every_character(text: str):
    folded = normalise(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)


def test_occurrences_are_found_whatever_their_quotes():
    page = document("“So it goes,” he said. ‘So it goes,’ she said.")
    assert [page.slice(span) for span in occurrences(page, "so it goes")] == ["So it goes", "So it goes"]
    assert occurrences(page, " ") == []
