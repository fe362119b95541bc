"""W3C Web Annotations."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.webannotation import items
from tests.exchange.exports_of import export_of
from tests.exchange.samples import web_annotation, webannotation


def of(value: Any) -> list[Item | Problem]:
    return list(items(export_of(json.dumps(value))))


def test_annotations_of_a_source_come_together_and_one_without_words_is_its_note():
    (item,) = items(export_of(webannotation()))
    assert isinstance(item, Item)
    assert (item.url, item.title, item.note, item.tags) == (
        "https://e.org/a", "Harbour bridge delayed", "on the whole", ("city",),
    )  # fmt: skip
    (marked,) = item.highlights
    assert (marked.exact, marked.prefix, marked.suffix) == ("corrosion in the piers", "say ", " was")
    assert (marked.note, marked.tags, marked.colour) == ("my note", ("bridges",), "green")
    assert marked.origin == "urn:uuid:77c01a2b-0000-4000-8000-000000000001"
    assert marked.extra == {"text_hash": "0a1b", "start": 412, "end": 434}


def test_a_position_is_kept_only_with_the_hash_of_its_text():
    target = web_annotation()["target"] | {"textHash": None}
    (item,) = of(web_annotation(target=target))
    assert isinstance(item, Item)
    assert item.highlights[0].extra == {}


@pytest.mark.parametrize(
    "shape",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"type": "AnnotationPage", "items": [one]},
        lambda one: {"type": "AnnotationCollection", "first": {"items": [one]}, "last": "https://e.org/last"},
        lambda one: {"@graph": [[one]]},
    ],
)
def test_one_a_list_a_page_and_a_collection_are_read_alike(shape):
    (item,) = of(shape(web_annotation()))
    assert isinstance(item, Item)
    assert item.highlights[0].exact == "corrosion in the piers"


def test_other_programs_write_sources_and_bodies_in_other_ways():
    quote = {"type": "TextQuoteSelector", "exact": "q"}
    (item,) = of(
        web_annotation(
            body="a note", bodyValue="another", creator="Jane",
            target=[{"source": {"id": "https://e.org/b", "title": "B"},
                     "selector": {"type": "FragmentSelector", "value": "x", "refinedBy": quote}}],
        )
    )  # fmt: skip
    assert isinstance(item, Item)
    assert (item.url, item.title) == ("https://e.org/b", "B")
    assert (item.highlights[0].note, item.highlights[0].extra) == ("another\n\na note", {"creator": "Jane"})


def test_an_annotation_a_line_and_broken_ones_among_them():
    good = json.dumps(web_annotation())
    bad = json.dumps(web_annotation(target={"source": "https://e.org/a", "selector": {
        "type": "TextPositionSelector", "start": 1, "end": 2}}))  # fmt: skip
    things = list(items(export_of("\n".join([good, '{"cut', "7", bad, json.dumps({"target": []}), good]))))
    assert [(thing.place, thing.reason) for thing in things if isinstance(thing, Problem)] == [
        ("annotation 2", "not JSON: unterminated string starting at"),
        ("annotation 3", "not an annotation"),
        ("annotation 4", "a position without its words"),
        ("annotation 5", "no source"),
    ]
    with pytest.raises(ExportError):
        list(items(export_of("{")))


def test_a_text_without_an_address_is_known_by_its_name():
    (item,) = of(web_annotation(target=web_annotation()["target"] | {"source": "urn:uuid:a1f0"}))
    assert isinstance(item, Item)
    assert (item.url, item.extra, item.origin) == (
        None,
        {"url": "urn:uuid:a1f0"},
        "webannotation:urn:uuid:a1f0",
    )


def test_of_a_collection_that_is_cut_off_or_damaged_the_whole_annotations_come():
    text = webannotation().decode()
    for damaged in (text[:-90], text.replace('"value": "on the whole"', '"value": "on the" whole')):
        item, problem, *_ = sorted(items(export_of(damaged)), key=lambda thing: isinstance(thing, Problem))
        assert isinstance(item, Item)
        assert item.highlights[0].exact == "corrosion in the piers"
        assert isinstance(problem, Problem)
        assert problem.place == "annotation 2"
