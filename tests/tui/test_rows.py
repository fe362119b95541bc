"""One article as one line."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from reader.domain.article import ArticleId, Summary
from reader.domain.text import clean_line
from reader.tui.rows import age, columns, lighted, row

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
PLAIN: Any = defaultdict(Style)
ARTICLE = Summary(
    id=ArticleId(1), uid="u", title="A Title", author="Ann Bell", site="The Atlantic", url=None, published=None,
    added=NOW - timedelta(days=2), words=2300, language="en", state="unread", starred=True, archived=False,
    trashed=False, progress=0.0, tags=("sea", "work"), highlights=3, noted=False,
)  # fmt: skip


def line(article: Summary, width: int, **shown: Any) -> str:
    return row(article, width, PLAIN, now=NOW, **shown).text


def test_a_wide_row_tells_everything() -> None:
    said = line(ARTICLE, 120)
    for part in ("●★ A Title", "The Atlantic", "#sea #work", "▎3", "10 min", "2d"):
        assert part in said


@pytest.mark.parametrize(("width", "shown"), [(80, "The Atlantic"), (45, "10′"), (30, "2d"), (12, "A Tit")])
def test_a_narrow_row_keeps_what_matters_most(width: int, shown: str) -> None:
    assert shown in line(ARTICLE, width)


@pytest.mark.parametrize(("state", "glyph"), [("unread", "●"), ("reading", "◐"), ("read", "○")])
def test_the_state_is_a_shape_not_only_a_colour(state: Any, glyph: str) -> None:
    assert glyph in line(ARTICLE._replace(state=state), 80)


def test_the_cursor_and_the_selection_can_be_told_without_colour() -> None:
    assert line(ARTICLE, 80, cursor=True).startswith("▌")
    assert line(ARTICLE, 80, selected=True).startswith(" ✓")


@given(st.text(max_size=60), st.integers(0, 200))
def test_a_row_is_as_wide_as_the_list_whatever_the_title(title: str, width: int) -> None:
    said = row(ARTICLE._replace(title=clean_line(title)), width, PLAIN, now=NOW)
    assert said.cell_length == width == cell_len(said.text)


@given(st.integers(0, 300))
def test_columns_fit(width: int) -> None:
    shape = columns(width)
    assert shape.title >= 0
    assert width < 40 or shape.title >= 16


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=5), "5m"),
        (timedelta(hours=23), "23h"),
        (timedelta(days=13), "13d"),
        (timedelta(days=30), "4w"),
        (timedelta(days=100), "3mo"),
        (timedelta(days=364), "11mo"),
        (timedelta(days=1000), "2y"),
        (timedelta(days=-3), "now"),
    ],
)
def test_ages_are_short(ago: timedelta, said: str) -> None:
    assert age(NOW - ago, NOW) == said


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_lighting_loses_no_character(text: str, ranges: list[tuple[int, int]]) -> None:
    assert "".join(piece for piece, _ in lighted(text, sorted(ranges), "title")) == text


@pytest.mark.parametrize("width", [40, 47, 64, 80, 120])
def test_a_reading_time_does_not_look_like_an_age(width: int) -> None:
    """``2m  12m``: which of them was the reading time?"""
    article = ARTICLE._replace(words=460, added=NOW - timedelta(minutes=12))
    said = line(article, width)
    assert said.rstrip().endswith("12m")
    assert " 2m" not in said
    assert ("2 min" if width >= 64 else "2′") in said


@pytest.mark.parametrize("width", [40, 80])
def test_a_long_reading_time_and_age_are_not_cut(width: int) -> None:
    article = ARTICLE._replace(words=200_000, added=NOW - timedelta(days=345))
    said = line(article, width)
    assert "…" not in said
    assert "870" in said or "869" in said
    assert said.rstrip().endswith("11mo")


def test_a_title_goes_on_where_there_is_no_source_to_show() -> None:
    """Titles were cut in front of an empty column."""
    title = "A title of some fifty cells, which says all of it"
    assert title in line(ARTICLE._replace(title=title, site=None), 80)
    assert title not in line(ARTICLE._replace(title=title), 80)
