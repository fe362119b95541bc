"""Hypothesis's JSON and CSV."""

from __future__ import annotations

import json

from reader.exchange.imports.hypothesis import items
from reader.exchange.imports.item import Item, Problem
from tests.exchange.exports_of import export_of
from tests.exchange.samples import hypothesis, hypothesis_annotation, hypothesis_csv


def of(*annotations: object) -> list[Item | Problem]:
    text = json.dumps(
        {"export_userid": "acct:jane@hypothes.is", "client_version": "1", "annotations": annotations}
    )
    return list(items(export_of(text)))


def test_annotations_of_a_page_come_together_with_their_context():
    page, paper, told = items(export_of(hypothesis()))
    assert isinstance(page, Item)
    assert (page.title, page.url, page.note, page.tags) == (
        "Harbour bridge delayed", "https://e.org/a", "on the page", ("city",),
    )  # fmt: skip
    first = page.highlights[0]
    assert (first.exact, first.prefix, first.suffix) == (
        "corrosion in the piers",
        "Engineers say ",
        " was worse",
    )
    assert first.origin == "hypothesis:an1"
    assert not {"permissions", "links", "target"} & set(first.extra)
    assert isinstance(paper, Item)
    assert (paper.title, paper.url, paper.extra) == ("A paper", None, {"url": "urn:x-pdf:9f31"})
    assert told == Problem("annotation 6", 'scheme "urn" refused', "warning")


def test_replies_stand_below_the_note_that_began_the_thread_in_the_order_of_their_dates():
    page = next(items(export_of(hypothesis())))
    assert isinstance(page, Item)
    assert page.highlights[0].note == (
        "check the **2019** survey\n\n> joe, 2024-01-06: I did,\n> it is fine\n\n> jane, 2024-01-07: thanks"
    )


def test_a_reply_whose_thread_is_not_in_the_file_goes_to_the_page():
    (page,) = of(hypothesis_annotation(references=["gone"], text="I did"))
    assert isinstance(page, Item)
    assert page.note == "> jane, 2024-01-05: I did"


def test_annotations_of_the_wrong_shape_are_told_and_cost_no_other():
    page, *told = sorted(
        of(7, hypothesis_annotation(uri=None, target=[]), hypothesis_annotation(
            target="x", tags={"a": 1}, document=["t"], created=[], references=7, id=3)),
        key=lambda thing: isinstance(thing, Problem),
    )  # fmt: skip
    assert isinstance(page, Item)
    assert [(thing.place, thing.reason) for thing in told if isinstance(thing, Problem)] == [
        ("annotation 1", "not an annotation"),
        ("annotation 2", "no address"),
    ]


def test_rows_of_both_generations_are_read():
    (page,) = items(export_of(hypothesis_csv()))
    assert isinstance(page, Item)
    assert [(one.exact, one.note, one.tags) for one in page.highlights] == [
        ("corrosion, in the piers", "check", ("bridges", "city")),
        ("the light is out", "", ()),
    ]
    assert page.note == "on the page\n\n> joe, 2024-01-05: I did"
    assert page.highlights[0].extra["Page"] == "12"
    older = (
        "Creation Date\tURL\tGroup\tAnnotation/Reply Type\tQuote\tUser\tBody\tTags\tPage\n"
        "2024-01-05 09:42\thttps://e.org/a\tPublic\tAnnotation\tthe light is out\tjane\t=1+1\tsea\t\n"
    )
    (page,) = items(export_of(older))
    assert isinstance(page, Item)
    assert [(one.exact, one.note, one.tags) for one in page.highlights] == [
        ("the light is out", "=1+1", ("sea",))
    ]
