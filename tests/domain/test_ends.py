"""The ends of a passage, moved by words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.document import Document
from reader.domain.ends import moved_end, moved_start
from reader.domain.motions import Motions
from reader.domain.sentences import Sentences
from reader.domain.span import Span

TEXT = "One winter the sea froze, and he wrote nothing.\n\nThe ledger has a white page."


def motions(text: str) -> Motions:
    document = Document.plain(text)
    return Motions(document, Sentences(document))


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("words", "steps", "expected"),
    [
        ("the sea", 1, "the sea froze"),
        ("the sea froze", 1, "the sea froze,"),
        ("the sea froze", -1, "the sea"),
        ("the sea froze,", -1, "the sea froze"),
        ("the", -1, "the"),
        ("the sea froze", -5, "the"),
        ("wrote nothing.", 1, "wrote nothing.\n\nThe"),
        ("nothing.\n\nThe", -1, "nothing."),
        ("white page.", 3, "white page."),
    ],
)
def test_the_end_goes_word_by_word(words: str, steps: int, expected: str) -> None:
    moved = moved_end(motions(TEXT), span(words), steps)
    assert TEXT[moved.start : moved.end] == expected


@pytest.mark.parametrize(
    ("words", "steps", "expected"),
    [
        ("the sea", -1, "winter the sea"),
        ("the sea", 1, "sea"),
        ("the sea", 4, "sea"),
        ("One", -1, "One"),
        ("The ledger", -1, ".\n\nThe ledger"),
    ],
)
def test_the_start_goes_word_by_word(words: str, steps: int, expected: str) -> None:
    moved = moved_start(motions(TEXT), span(words), steps)
    assert TEXT[moved.start : moved.end] == expected


@given(
    st.text(alphabet="ab ,.\n図書e\u0301👩‍👧é", min_size=1, max_size=60),
    st.data(),
    st.integers(-6, 6),
    st.booleans(),
)
def test_a_passage_is_never_empty_and_never_out_of_the_text(
    text: str, data: st.DataObject, steps: int, end: bool
) -> None:
    words = motions(text)
    text = words.document.text
    if not text.strip():
        return
    start = data.draw(st.integers(0, len(text) - 1))
    before = Span(start, data.draw(st.integers(start + 1, len(text))))
    moved = (moved_end if end else moved_start)(words, before, steps)
    assert 0 <= moved.start < moved.end <= len(text)
    assert (moved.start == before.start) if end else (moved.end == before.end)
