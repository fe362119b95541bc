from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.render.wrap import cells, clusters, is_simple, wrap
from tests.render.documents import texts


@given(texts, st.integers(2, 40))
@example("👩‍👩‍👧‍👦" * 5, 3)
@example("क्" * 40, 2)
@example("a-\u0301b" * 10, 5)
@example("aaaa \u200d", 4)
@example("日本日本\ta", 8)
def test_wrapped_lines_fit_and_hold_every_visible_character(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(text[start:end]) <= width for start, end in lines)
    at = 0
    for start, end in lines:
        assert not text[at:start].strip()
        assert start >= at
        assert end >= start
        at = end
    assert not text[at:].strip()


@given(texts, st.integers(2, 40))
def test_lines_begin_where_clusters_begin(text: str, width: int) -> None:
    starts = (
        {cluster.start for line in text.split("\n") for cluster in clusters(line)}
        if "\n" not in text
        else None
    )
    if starts is not None:
        assert {line.start for line in wrap(text, width)} <= starts | {len(text), 0}


@given(texts)
def test_clusters_cover_the_text_and_are_two_cells_at_most(text: str) -> None:
    found = clusters(text)
    assert "".join(text[cluster.start : cluster.end] for cluster in found) == text
    assert all(0 <= cluster.cells <= 2 for cluster in found)


@given(st.characters().map(lambda character: character * 3))
def test_simple_text_is_one_cell_a_character(text: str) -> None:
    if is_simple(text):
        assert cell_len(text) == len(text) == len(clusters(text))


def test_cjk_breaks_anywhere_but_before_closing_punctuation() -> None:
    text = "日本語の文。章は"
    assert [text[line.start : line.end] for line in wrap(text, 10)] == ["日本語の", "文。章は"]


def test_a_hyphen_or_dash_breaks_a_line_that_would_be_ragged() -> None:
    text = "He saw extraordinarily-well-made contraptions"
    assert [text[line.start : line.end] for line in wrap(text, 24)] == [
        "He saw extraordinarily-",
        "well-made contraptions",
    ]


def test_a_long_address_breaks_behind_its_punctuation() -> None:
    text = "https://example.com/a/very/long/path"
    assert [text[line.start : line.end] for line in wrap(text, 24)] == [
        "https://example.com/a/",
        "very/long/path",
    ]


def test_a_line_feed_ends_its_line() -> None:
    assert [tuple(line) for line in wrap("one\n\ntwo ", 10)] == [(0, 3), (4, 4), (5, 8)]


def test_a_cluster_that_is_wider_in_parts_than_as_a_whole_does_not_overflow() -> None:
    """A family of emoji before a stacked consonant: the line was measured by the whole, and shown in parts."""
    text = "👩\u200d👩\u200d👧\u200d👦\u094d\u0915\u094d\u0937"
    assert all(cells(text[extent.start : extent.end]) <= 8 for extent in wrap(text, 8))
