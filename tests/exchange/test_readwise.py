"""Readwise's CSV of highlights."""

from __future__ import annotations

import pytest

from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.readwise import items
from tests.exchange.exports_of import export_of
from tests.exchange.samples import readwise


def test_highlights_of_a_book_come_together_sorted_by_their_place():
    things = list(items(export_of(readwise())))
    slow, other = (thing for thing in things if isinstance(thing, Item))
    assert (slow.title, slow.author, slow.tags, slow.note) == (
        "The Slow Book", "Mara E.", ("favorites",), "of the book",
    )  # fmt: skip
    assert [(one.exact, one.note, one.colour, one.tags) for one in slow.highlights] == [
        ("First passage.", "my note", "blue", ("history", "key")),
        ("Second passage,\nin two lines.", "", "yellow", ()),
    ]
    assert slow.highlights[1].extra == {"location": "page 31", "color": "orange"}
    assert slow.extra == {"kind": "book", "Amazon Book ID": "B00X"}
    assert (other.title, other.highlights[0].exact) == ("Another", 'She said "hello".')
    told = [(thing.place, thing.reason) for thing in things if isinstance(thing, Problem)]
    assert told == [("row 6", "no highlight"), ("row 7", "no book")]


def test_columns_may_stand_in_any_order_and_the_last_may_be_missing():
    text = "\ufeffBook Title;Highlight;Color;Highlighted at\nThe Slow Book;=1+1;Purple;soon\n"
    told, item = items(export_of(text))
    assert told == Problem("row 2", 'date "soon"', "warning")
    assert isinstance(item, Item)
    assert (item.highlights[0].exact, item.highlights[0].colour) == ("=1+1", "purple")


def test_what_came_before_the_end_of_a_damaged_file_is_whole():
    found = items(export_of(readwise() + b'"never closed,The Slow Book'))
    things = [next(found) for _ in range(4)]
    assert [type(thing) for thing in things] == [Problem, Problem, Item, Item]
    with pytest.raises(ExportError, match="never closed"):
        next(found)
