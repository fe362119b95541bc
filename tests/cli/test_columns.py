from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from reader.cli.columns import cells, cut, rows
from reader.cli.output import Lit, Piece
from reader.domain.article import ArticleId, Summary
from reader.domain.text import clean_line

SUMMARY = Summary(
    id=ArticleId(7), uid="u", title="A title", author="Ann", site="Paper", url=None, published=None,
    added=datetime(2026, 1, 1, tzinfo=UTC), words=700, language=None, state="unread", starred=True, archived=False,
    trashed=False, progress=0.0, tags=("sea", "old"), highlights=2, noted=False,
)  # fmt: skip


def text(row: list[Piece]) -> str:
    return "".join(piece.text if isinstance(piece, Lit) else piece for piece in row)


def test_a_row_says_what_there_is() -> None:
    [row] = rows([SUMMARY], None)
    assert text(row) == "7  ●★  2026-01-01  3 min  A title  Paper  #sea #old  2✎"


@given(st.lists(st.text(max_size=60), min_size=1, max_size=5), st.integers(40, 120))
def test_no_row_is_wider_than_the_terminal(titles: list[str], width: int) -> None:
    summaries = [SUMMARY._replace(title=clean_line(title), site=clean_line(title)) for title in titles]
    assert all(cells(text(row)) <= width for row in rows(summaries, width))


@given(st.text(max_size=80), st.integers(1, 40))
def test_a_cut_text_fits(title: str, width: int) -> None:
    assert cells(cut(clean_line(title), width)) <= width


def test_wide_characters_count_twice() -> None:
    one, two = rows([SUMMARY._replace(title="日本の灯台"), SUMMARY._replace(title="abcdefghij")], 80)
    assert cells(text(one).split("Paper")[0]) == cells(text(two).split("Paper")[0])
