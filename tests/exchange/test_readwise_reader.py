"""Readwise Reader's CSV."""

from __future__ import annotations

import pytest

from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.readwise_reader import items, read_tags
from tests.exchange.exports_of import export_of
from tests.exchange.samples import readwise_reader

HEADER = "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"


def test_locations_become_states_and_what_is_no_link_is_told_apart():
    things = list(items(export_of(readwise_reader())))
    found = [
        (thing.title, thing.state, thing.archived, thing.starred, thing.progress)
        for thing in things
        if isinstance(thing, Item)
    ]
    assert found == [
        ("Harbour", "reading", False, True, 0.4),
        ("Ledger", "read", True, False, 1.0),
        ("Tide", "unread", False, False, 0.0),
    ]
    told = [(thing.place, thing.kind) for thing in things if isinstance(thing, Problem)]
    assert told == [("row 5", "skipped"), ("row 6", "skipped"), ("row 7", "failed")]
    assert [thing.tags for thing in things if isinstance(thing, Item)][2] == ("shortlist",)


def test_progress_is_in_percent_when_any_value_is_beyond_one():
    rows = (
        "A,https://e.org/a,1,[],,50,new,\nB,https://e.org/b,2,[],,1,new,\nC,https://e.org/c,3,[],,nan,new,\n"
    )
    found = [thing.progress for thing in items(export_of(HEADER + rows)) if isinstance(thing, Item)]
    assert found == [0.5, 0.01, 0.0]


def test_tags_are_read_from_a_list_literal_and_nothing_is_run():
    assert read_tags("""['a', "don't"]""") == ["a", "don't"]
    assert read_tags("") == read_tags("[]") == []
    for cell in (
        "__import__('os').system('true')",
        "['a', 1]",
        "[[]]",
        "{'a'}",
        "['a'",
        "[" * 10_000,
        "1" * 9_999,
    ):
        with pytest.raises(ValueError, match="list of texts"):
            read_tags(cell)
