import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.domain.document import Block, Document, DocumentBuilder, Span
from reader.render.code import tokens
from reader.render.flow import Flow, Place
from reader.render.layout import Layout
from reader.render.lines import BLANK, cell_of, offset_at, sources
from reader.render.wrap import cells, clusters
from tests.render.documents import documents, every_kind

WIDTHS = st.sampled_from([8, 12, 20, 33, 72])


def lines_of(document: Document, width: int) -> list[str]:
    layout = Layout(document, width)
    return [line.text for index in range(len(layout)) for line in layout.lines(index)]


@given(documents(), WIDTHS, st.booleans())
@example(Document("م", (Block("figure", Span(0, 1), quote=2),)), 8, False)
@settings(max_examples=300)
def test_no_character_is_lost_and_no_line_is_too_wide(document: Document, width: int, spaced: bool) -> None:
    layout = Layout(document, width, spaced=spaced)
    shown: set[int] = set()
    for index in range(len(layout)):
        lines = layout.lines(index)
        assert all(line.cells <= width for line in lines)
        for piece in sources(lines):
            assert piece.start is not None
            source = document.text[piece.start : piece.end]
            assert piece.text == source.replace("\t", " ") or (source == "\t" and not piece.text.strip())
            assert shown.isdisjoint(range(piece.start, piece.end))
            shown.update(range(piece.start, piece.end))
    hidden = "".join(character for offset, character in enumerate(document.text) if offset not in shown)
    assert not hidden.strip()


@given(documents(), WIDTHS, st.booleans())
@settings(max_examples=200)
def test_an_offset_is_found_again_at_the_cell_where_it_is_shown(
    document: Document, width: int, spaced: bool
) -> None:
    flow = Flow(document, width, (), (), spaced=spaced)
    for index in range(len(document.blocks)):
        for line in flow.lines(index + 1):
            for piece in sources([line]):
                assert piece.start is not None
                starts = [piece.start]
                if len(piece.text) == piece.end - piece.start:
                    starts = [
                        piece.start + cluster.start for cluster in clusters(piece.text) if cluster.cells
                    ]
                for offset in starts:
                    assert flow.line(flow.place(offset)) == line
                    cell = cell_of(line, offset)
                    assert cell is not None
                    assert offset_at(line, cell) == offset


@given(documents(), WIDTHS, st.booleans())
@settings(max_examples=100)
def test_rows_and_places_agree_once_all_is_measured(document: Document, width: int, spaced: bool) -> None:
    flow = Flow(document, width, (), (), spaced=spaced)
    assert flow.measure(lambda: True)
    flow.commit()
    places = [place for place, _ in flow.window(Place(0, 0), flow.height + 1)]
    assert [flow.row(place) for place in places] == list(range(flow.height))
    assert [flow.at(row) for row in range(flow.height)] == places


@given(documents(), WIDTHS, st.lists(st.integers(-20, 20), max_size=8))
@settings(max_examples=100)
def test_walking_counts_lines_exactly(document: Document, width: int, steps: list[int]) -> None:
    every = [place for place, _ in Flow(document, width, [BLANK], [BLANK]).window(Place(0, 0), 10**6)]
    flow = Flow(document, width, [BLANK], [BLANK])
    here = every[0]
    for step in steps:
        expected = every[max(0, min(len(every) - 1, every.index(here) + step))]
        here = flow.walk(here, step)
        assert here == expected


def test_lists_hang_and_their_numbers_line_up() -> None:
    document = every_kind()
    rows = lines_of(document, 30)
    assert "• Fire drill, 1923" in rows
    assert "   9. A bird in the pipe" in rows
    assert "  10. Another bird" in rows


def test_quotations_have_a_bar_for_each_level() -> None:
    assert "▎ ▎ Who asked you? somebody" in lines_of(every_kind(), 28)


def test_a_table_aligns_numbers_and_shrinks_its_widest_column() -> None:
    rows = lines_of(every_kind(), 30)
    assert "Year  Blasts  Reason" in rows
    assert "1923   1,301  A bird in the" in rows
    assert "              pipe" in rows


def test_a_table_too_narrow_for_columns_becomes_records() -> None:
    rows = lines_of(every_kind(), 14)
    at = rows.index("Year")
    assert rows[at : at + 7] == ["Year", "  1911", "Blasts", "  298", "Reason", "  New cord", ""]


def test_code_wraps_with_an_arrow_and_expands_tabs() -> None:
    builder = DocumentBuilder()
    builder.add("code", "\tvalue = compute(one, two)")
    rows = lines_of(builder.build(), 20)
    assert rows[1].rstrip() == "     value ="
    assert rows[2].startswith("↪compute(one, two)")


def test_the_language_stands_in_the_corner_of_its_code() -> None:
    assert any(row.endswith("python ") and row.startswith(" def blow") for row in lines_of(every_kind(), 40))


def test_colours_of_code_change_no_height_and_no_text() -> None:
    document = every_kind()
    index = next(index for index, block in enumerate(document.blocks) if block.kind == "code")
    layout = Layout(document, 40)
    before = [line.text for line in layout.lines(index)]
    layout.colour(index, tokens(document.slice(document.blocks[index].span), "python"))
    assert [line.text for line in layout.lines(index)] == before
    assert "code.keyword" in {piece.role for line in layout.lines(index) for piece in line.pieces}


@pytest.mark.parametrize("language", ["", "no such language", "<script>"])
def test_code_in_an_unknown_language_has_no_colours(language: str) -> None:
    assert tokens("x = 1", language) == []


def test_a_heading_stands_off_from_the_text_above_it() -> None:
    builder = DocumentBuilder()
    builder.add("para", "Before.")
    builder.add("heading", "Part", level=2)
    builder.add("para", "After.")
    assert lines_of(builder.build(), 20) == ["Before.", "", "", "Part", "", "After."]


def test_marks_give_their_pieces_a_role() -> None:
    layout = Layout(every_kind(), 72)
    roles = {piece.text: piece.role for piece in sources(layout.lines(1))}
    assert roles["noon"] == "text+em"
    assert roles["ledger"] == "text+link"


def test_heights_are_estimated_until_a_block_is_laid_out() -> None:
    layout = Layout(every_kind(), 20)
    guess = layout.heights()
    exact = [len(layout.lines(index)) for index in range(len(layout))]
    assert layout.heights() == exact
    assert len(guess) == len(exact)


def spaced_lines(document: Document, width: int) -> list[str]:
    flow = Flow(document, width, (), (), spaced=True)
    return [line.text for section in range(1, flow.last) for line in flow.lines(section)]


def test_spaced_lines_stand_apart_and_blocks_further() -> None:
    builder = DocumentBuilder()
    builder.add("para", "one two three")
    builder.add("quote", "four five six")
    builder.add("code", "a\nb")
    assert spaced_lines(builder.build(), 8) == [
        *("one two", "", "three"),
        *("", "", "▎ four", "▎ ", "▎ five", "▎ ", "▎ six"),
        *("", "", "▄" * 8, " a      ", " b      ", "▀" * 8),
    ]


def test_a_place_is_never_the_empty_line_between_two() -> None:
    document = Document.plain("one two three four five six")
    flow = Flow(document, 8, (), (), spaced=True)
    for offset in range(len(document.text)):
        line = flow.line(flow.place(offset))
        assert line.start <= offset < line.end


def test_changing_the_spacing_forgets_every_height() -> None:
    flow = Flow(Document.plain("one two three"), 8, (), ())
    flow.measure(lambda: True)
    flow.commit()
    assert flow.height == 2
    flow.resize(8, (), (), spaced=True)
    flow.measure(lambda: True)
    flow.commit()
    assert flow.height == 3
    assert flow.is_spaced


def test_a_paragraph_that_runs_from_right_to_left_is_marked_and_keeps_its_order() -> None:
    builder = DocumentBuilder()
    builder.add("para", "1. שלום world, ולהתראות")
    builder.add("item", "مرحبا بالعالم", marker="•")
    builder.add("para", "Latin with שלום in it")
    assert lines_of(builder.build(), 14) == [
        *("◂ 1. שלום", "  world,", "  ולהתראות", ""),
        *("• ◂ مرحبا", "    بالعالم", ""),
        *("Latin with", "שלום in it"),
    ]


def test_letters_with_points_are_measured_as_one_cell() -> None:
    assert cells("שָׁלוֹם") == 4
    assert cells("مَرْحَبًا") == 5


def test_a_picture_is_its_caption_with_what_it_shows_or_at_least_said() -> None:
    builder = DocumentBuilder()
    builder.add("figure", "A boat", src="https://e.org/1.png", alt="A boat")
    builder.add("figure", "At sea", src="https://e.org/2.png", alt="A boat")
    builder.add("figure", src="https://e.org/3.png", alt="A ship")
    builder.add("figure", src="https://e.org/4.png")
    assert [line for line in lines_of(builder.build(), 20) if line] == [
        "▣ A boat",
        "▣ At sea",
        "  A boat",
        "▣ A ship",
        "▣ image",
    ]
