"""Notes as lines: the little Markdown that people write in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.render.notes import note_lines, plain


def shown(note: str, width: int = 40, most: int | None = None) -> list[str]:
    return ["".join(piece.text for piece in line) for line in note_lines(note, width, most)]


@pytest.mark.parametrize(
    ("note", "looks"),
    [
        ("so **very** true", [("so ", "plain"), ("very", "strong"), (" true", "plain")]),
        ("*em* and _em_", [("em", "em"), (" and ", "plain"), ("em", "em")]),
        ("`x = 1` runs", [("x = 1", "mono"), (" runs", "plain")]),
        ("see [the book](https://example.org/a_(b))", [("see ", "plain"), ("the book", "link")]),
        ("<https://example.org>", [("https://example.org", "link")]),
        ("# A heading", [("A heading", "strong")]),
        ("snake_case_name and 2 * 3 * 4", [("snake_case_name and 2 * 3 * 4", "plain")]),
        ("**not closed", [("**not closed", "plain")]),
        ("`**as it is**`", [("**as it is**", "mono")]),
    ],
)
def test_marks_become_looks(note: str, looks: list[tuple[str, str]]) -> None:
    (line,) = note_lines(note, 60)
    assert [tuple(piece) for piece in line] == looks


def test_lists_and_quotes_hang() -> None:
    note = "Why:\n\n- the first of the reasons\n  1. a smaller one\n> as she said long ago"
    assert shown(note, 18) == [
        "Why:",
        "",
        "• the first of the",
        "  reasons",
        "  1. a smaller one",
        "│ as she said long",
        "│ ago",
    ]


def test_what_is_left_out_is_shown() -> None:
    assert shown("one\ntwo\nthree\nfour", 20, 2) == ["one", "two …"]
    assert shown("one\ntwo", 20, 2) == ["one", "two"]


def test_a_note_on_one_line_reads_as_it_is_meant() -> None:
    assert plain("How **it** began:\n\n- once\n- *twice*, see [the first](https://example.org)") == (
        "How it began: once twice, see the first"
    )


@given(st.text(max_size=120), st.integers(4, 40), st.sampled_from([None, 1, 3]))
def test_any_note_is_drawn_in_its_width(note: str, width: int, most: int | None) -> None:
    lines = note_lines(note, width, most)
    assert all(sum(cell_len(piece.text) for piece in line) <= width + 1 for line in lines)
    assert most is None or len(lines) <= most


@given(st.text(alphabet="*_`[]()<>ab -#", max_size=200))
def test_marks_of_any_sort_end(note: str) -> None:
    assert plain(note).count("\n") == 0
