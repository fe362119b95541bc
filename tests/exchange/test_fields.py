"""Records read key by key."""

from __future__ import annotations

from reader.exchange.imports.fields import Fields
from reader.exchange.imports.item import Problem
from reader.exchange.imports.table import rows


def test_names_are_found_whatever_their_spelling_and_what_is_left_goes_along():
    fields = Fields(
        {"SiteName": " X ", "is_marked": "1", "Empty": [], "other key": {"a": 1}, "no": False}, "here"
    )
    assert (fields.text("site_name"), fields.flag("IsMarked")) == ("X", True)
    assert fields.rest() == {"other key": {"a": 1}}
    assert Fields({"a": "", "b": 2}, "").text("a", "b") == "2"
    assert Fields({"a": 7, "b": {"c": 1}, "c": None}, "").texts("b", "a") == ()
    assert Fields({"a": "one"}, "").texts("a") == ("one",)


def test_dates_that_are_wrong_or_have_no_zone_are_told():
    fields = Fields({"made": "soon", "seen": "2024-01-05 10:00", "gone": 0}, "here")
    assert fields.time("made") is None
    assert fields.time("gone") is None
    assert fields.time("seen") is not None
    assert list(fields.problems()) == [Problem("here", 'date "soon"', "warning")]
    assert fields.rest() == {"tz_assumed": True}


def test_a_row_gives_its_cells_and_those_behind_the_header():
    (row,) = rows("Title,URL\nA,https://e.org/a,=1+1\n")
    fields = Fields.of(row)
    assert (fields.text("title"), fields.place) == ("A", "row 2")
    assert fields.rest() == {"URL": "https://e.org/a", "_surplus": ["=1+1"]}


def test_of_what_is_nested_or_listed_without_end_only_the_beginning_is_kept():
    deep: object = "end"
    for _ in range(50):
        deep = [deep]
    rest = Fields({"deep": deep, "many": list(range(1000))}, "").rest()
    assert rest["deep"] == [[[[[[None]]]]]]
    assert len(rest["many"]) == 200
