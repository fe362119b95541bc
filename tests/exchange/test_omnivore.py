"""Omnivore's zip."""

from __future__ import annotations

import json

from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.omnivore import items, read_highlights
from tests.exchange.exports_of import export_of, zip_of
from tests.exchange.samples import omnivore


def test_records_come_with_their_texts_and_highlights_in_the_order_of_the_export():
    harbour, letter, paper, gone = items(export_of(omnivore()))
    assert isinstance(harbour, Item)
    assert (harbour.state, harbour.progress, harbour.tags) == ("reading", 0.42, ("city", "to read"))
    assert harbour.body is not None
    assert harbour.body.kind == "extracted"
    assert harbour.note == "Worth a second look."
    assert isinstance(letter, Item)
    assert (letter.url, letter.archived, letter.extra["url"]) == (
        None,
        True,
        "https://omnivore.app/no_url?q=1",
    )
    assert isinstance(paper, Item)
    assert paper.body is not None
    assert (paper.body.kind, paper.url) == ("pdf", None)
    assert gone == Problem("metadata_20_to_23.json, record 2", "deleted in Omnivore", "skipped")


def test_a_highlight_file_is_taken_apart():
    marked, note = read_highlights(
        "of the article\n\n> one\n> > two\r\nthree \r\n\r\n#a #b-c\n\n#not a label line\n\nnote\n\n"
        "> four \n\n> \n\n> five"
    )
    assert note == "of the article"
    assert [(one.exact, one.tags, one.note) for one in marked] == [
        ("one\n\ntwo\nthree", ("a", "b-c"), "#not a label line\n\nnote"),
        ("four", (), ""),
        ("five", (), ""),
    ]
    assert read_highlights("") == ((), "")


def test_a_broken_part_costs_no_other():
    good = {
        "slug": "a",
        "url": "https://e.org/a",
        "title": "A",
        "readingProgress": "x",
        "labels": [1, None, "b"],
    }
    things = list(
        items(
            export_of(
                zip_of(
                    {
                        "metadata_0_to_20.json": '[{"slug": "cut", "url":',
                        "metadata_20_to_40.json": json.dumps([7, good, {"slug": "no"}]),
                        "metadata_40_to_60.json": b"\x00\xff\x00\x01" * 99,
                    }
                )
            )
        )
    )
    (item,) = (thing for thing in things if isinstance(thing, Item))
    assert (item.title, item.tags, item.progress) == ("A", ("1", "b"), 0.0)
    assert [thing.place for thing in things if isinstance(thing, Problem)] == [
        "metadata_0_to_20.json, record 1",
        "metadata_20_to_40.json, record 1",
        "metadata_20_to_40.json, record 3",
        "metadata_40_to_60.json",
    ]
