"""Places in HTML, as other programs name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exchange.imports.passages import Around, Markup, Place

PAGE = (
    "<h1>T</h1>\n<p>The <b>old</b> pier,<!-- c --> kept.</p><script>the light</script>"
    "<p>The light \U0001f600 and the light.<br>End</p>"
)


def around(exact: str, start: tuple[str, int], end: tuple[str, int], *, utf16: bool = False) -> Around | None:
    return Markup(PAGE).around(exact, Place(*start), Place(*end), utf16=utf16)


def test_the_words_around_a_passage_are_those_of_the_page_with_a_space_between_blocks():
    assert around("old", ("/p[1]/b[1]", 0), ("/p[1]/b", 3)) == (
        " T The ",
        " pier, kept. The light \U0001f600 and the",
    )
    assert around("kept. The light", ("/p[1]", 14), ("/p[2]", 9)) == (
        " T The old pier, ",
        " \U0001f600 and the light. End",
    )


def test_offsets_are_code_points_or_utf_16_units():
    assert around("the light", ("p[2]", 16), ("p[2]", 25)) == around(
        "the light", ("p[2]", 17), ("p[2]", 26), utf16=True
    )
    assert around("the light", ("p[2]", 16), ("p[2]", 25)) == (
        "old pier, kept. The light \U0001f600 and ", ". End",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("exact", "start", "end"),
    [
        ("other words", ("/p[1]", 0), ("/p[1]", 3)), ("The", ("/p[3]", 0), ("/p[3]", 3)),
        ("The", ("//*[@id]", 0), ("/p[1]", 3)), ("The", ("/p[1]", -1), ("/p[1]", 3)),
        ("The", ("/p[1]", 3), ("/p[1]", 0)), ("The", ("/p[0]", 0), ("/p[1]", 3)), ("", ("", 0), ("", 999)),
    ],
)  # fmt: skip
def test_a_place_that_is_not_there_or_shows_other_words_says_nothing(exact, start, end):
    assert around(exact, start, end) is None


@given(st.text(max_size=60), st.text(max_size=8), st.integers(-1, 70), st.integers(-1, 70), st.booleans())
def test_any_markup_and_any_place_are_looked_up_without_an_error(markup, path, start, end, utf16):
    Markup(f"<p>{markup}").around(markup, Place(path, start), Place("/p", end), utf16=utf16)
