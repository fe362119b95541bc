from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.table import headers, rows

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00\x1e"), max_size=20)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_commonest_of_the_header_outside_quotes(delimiter: str) -> None:
    text = delimiter.join(['"A;,;,;,\t"', "URL", "Tags"]) + "\r\n" + delimiter.join(["x", "u", '"a ""b"""'])
    (row,) = rows(text)
    assert (row.get("url"), row.get("TAGS"), row.number) == ("u", 'a "b"', 2)


def test_columns_are_found_by_their_names_only() -> None:
    (row,) = rows("\ufeff\n Title , URL,Note\nT,u\n")
    assert (row.get("title"), row.get("link", "url"), row.get("note"), row.get("absent")) == (
        "T",
        "u",
        "",
        "",
    )
    assert headers("\ufeff Title , URL,Note\nT,u\n") == {"title", "url", "note"}


def test_a_long_row_keeps_its_surplus_and_empty_rows_are_none() -> None:
    first, second = rows("a,b\n1,2,3,4\n\n,\n5\n")
    assert first.rest("a") == {"b": "2", "_surplus": ["3", "4"]}
    assert (second.place, second.cells, second.rest()) == ("row 5", {"a": "5", "b": ""}, {"a": "5"})


def test_what_breaks_a_table_is_told_at_its_row() -> None:
    found = rows('a,b\n1,2\n"3,4\n5,6\n')
    assert next(found).get("a") == "1"
    with pytest.raises(ExportError, match="row 3: a quotation mark is never closed"):
        next(found)
    with pytest.raises(ExportError, match="row 2: field larger"):
        list(rows("a\n" + "x" * (16 * 2**20 + 1)))
    assert list(rows("")) == []


def test_a_long_article_in_a_cell_and_nuls_are_no_trouble() -> None:
    (row,) = rows("a,b\n" + "word " * 100_000 + ",x\x00y")
    assert (len(row.get("a")), row.get("b")) == (499_999, "xy")


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_what_csv_writes_comes_back(cells: list[tuple[str, str]]) -> None:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["a", "b"])
    writer.writerows(cells)
    found = [(row.cells["a"], row.cells["b"]) for row in rows(file.getvalue())]
    assert found == [row for row in cells if any(cell.strip() for cell in row)]
