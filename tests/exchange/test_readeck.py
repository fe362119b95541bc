"""Readeck's zip and CSV."""

from __future__ import annotations

import json

from reader.domain.anchor import locate
from reader.domain.highlight import Anchor
from reader.domain.span import Span
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.readeck import items
from reader.ingest.html import walk_extracted
from tests.exchange.exports_of import export_of
from tests.exchange.samples import TOKEN, readeck, readeck_csv, readeck_info


def test_access_tokens_and_users_are_told_of_and_stay_in_the_file():
    things = list(items(export_of(readeck())))
    told = [thing for thing in things if isinstance(thing, Problem)]
    assert [problem.kind for problem in told] == ["warning", "warning", "skipped"]
    assert "2 access tokens" in told[0].reason
    assert TOKEN not in repr(things)
    assert "jane@e.org" not in repr(things)
    cut = readeck(**{"data.json": f'{{"Tokens": [{{"UID": "{TOKEN}", '})
    assert TOKEN not in repr(list(items(export_of(cut))))


def test_a_bookmark_comes_with_its_page_and_states():
    article, video = (thing for thing in items(export_of(readeck())) if isinstance(thing, Item))
    assert (article.title, article.site, article.author, article.language) == (
        "Harbour bridge delayed", "The Example", "Jane Q. Doe", "en",
    )  # fmt: skip
    assert (article.state, article.progress, article.starred, article.tags) == (
        "reading", 0.4, True, ("sea", "to read"),
    )  # fmt: skip
    assert article.body is not None
    assert article.body.kind == "extracted"
    assert article.extra["Description"] == "In short"
    assert not {"Text", "Files", "Annotations", "UserID"} & set(article.extra)
    assert (video.body, video.archived, video.state) == (None, True, "read")


def test_an_annotation_is_placed_by_its_element_where_that_shows_its_words():
    article = next(thing for thing in items(export_of(readeck())) if isinstance(thing, Item))
    assert article.body is not None
    second, other = article.highlights
    document = walk_extracted(article.body.data)
    placement = locate(document, Anchor(Span(0, 0), second.exact, second.prefix, second.suffix, ""))
    assert placement.span is not None
    assert placement.span.start == document.text.rindex("light is out")
    assert (second.colour, second.note, second.extra["color"]) == ("pink", "both of them?", "red")
    assert (other.prefix, other.colour) == ("", "yellow")


def test_keys_may_be_spelled_as_in_the_api_and_one_broken_bookmark_costs_no_other():
    api = {
        "url": "https://e.org/x", "site_name": "X", "is_marked": True, "read_progress": 100, "labels": "one",
        "annotations": [7, {"text": ""}, {"text": "q", "start_selector": 3, "start_offset": "0"}],
    }  # fmt: skip
    entries = {
        "bookmarks/bk2/info.json": json.dumps(api), "bookmarks/bk3/info.json": "[" * 5000,
        "bookmarks/bk4/info.json": "7", "bookmarks/../x/info.json": "{}", "bookmarks/bk5/info.json": "{}",
    }  # fmt: skip
    things = list(items(export_of(readeck(**entries))))
    item = next(thing for thing in things if isinstance(thing, Item) and thing.place == "bookmarks/bk2")
    assert (item.site, item.starred, item.state, item.tags, len(item.highlights)) == (
        "X",
        True,
        "read",
        ("one",),
        1,
    )
    failed = [thing.place for thing in things if isinstance(thing, Problem) and thing.kind == "failed"]
    assert failed == ["bookmarks/bk3", "bookmarks/bk4", "bookmarks/bk5"]


def test_the_table_is_read_as_readeck_writes_it_and_as_it_takes_it():
    first, second, failed = items(export_of(readeck_csv()))
    assert isinstance(first, Item)
    assert (first.tags, first.starred, first.state) == (("sea", "to read"), True, "unread")
    assert isinstance(second, Item)
    assert (second.tags, second.archived) == ((), True)
    assert failed == Problem("row 4", 'scheme "ftp" refused')
    other = "Tags,Folder,Timestamp,URL\nsea,archive,1600322788,https://e.org/a\n"
    (item,) = items(export_of(other))
    assert isinstance(item, Item)
    assert (item.tags, item.archived, item.added is not None) == (("sea",), True, True)


def test_colour_names_and_dates_that_are_wrong_cost_nothing():
    info = readeck_info(Created="soon", Annotations=[{"text": "q", "color": 7, "created": 9e99}])
    things = list(items(export_of(readeck(**{"bookmarks/bk1/info.json": json.dumps(info)}))))
    item = next(thing for thing in things if isinstance(thing, Item))
    assert (item.added, item.highlights[0].colour) == (None, "yellow")
    assert Problem("bookmarks/bk1", 'date "soon"', "warning") in things
