from hypothesis import given
from hypothesis import strategies as st

from reader.render.header import day, ending_lines, header_lines
from tests.render.documents import article, texts


def rows(width: int = 60, **known: object) -> list[str]:
    return [line.text for line in header_lines(article(**known).summary, width)]


def test_the_header_tells_title_source_date_minutes_and_tags() -> None:
    assert rows()[1:5] == ["The noon whistle", "", "Jane Doe · Gazette · 3 March 2021 · 1 min", "#mills"]


def test_what_is_unknown_is_said() -> None:
    assert "source unknown, e to add · undated · 1 min" in rows(
        author=None, site=None, url=None, published=None
    )


@given(texts, texts, st.integers(8, 50))
def test_no_line_of_the_header_is_too_wide(title: str, author: str, width: int) -> None:
    summary = article(
        title=" ".join(title.split()), author=" ".join(author.split()), tags=("a tag " * 9,)
    ).summary
    assert all(line.cells <= width for line in header_lines(summary, width))


def test_a_date_that_is_none_stands_as_it_is() -> None:
    assert day("2021-03-03T10:00:00Z") == "3 March 2021"
    assert day("spring 1998") == "spring 1998"
    assert day(None) is None


def test_the_ending_shows_what_was_set_aside_only_when_asked() -> None:
    hidden = [line.text.strip() for line in ending_lines("end", "Comments are closed.", 40, shown=False)]
    shown = [line.text.strip() for line in ending_lines("end", "Comments are closed.", 40, shown=True)]
    assert "end" in hidden
    assert "Comments are closed." not in hidden
    assert "Comments are closed." in shown
