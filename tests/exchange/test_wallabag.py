"""wallabag's JSON and CSV."""

from __future__ import annotations

import json

import pytest

from reader.domain.anchor import locate
from reader.domain.highlight import Anchor
from reader.domain.span import Span
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.wallabag import items
from reader.ingest.html import walk_extracted
from tests.exchange.exports_of import export_of
from tests.exchange.samples import wallabag, wallabag_csv, wallabag_entry


@pytest.mark.parametrize(("yes", "no"), [(1, 0), (True, False), ("1", "0")])
def test_states_are_read_from_numbers_and_booleans(yes, no):
    entries = [
        wallabag_entry(is_archived=yes, is_starred=no, annotations=[]),
        wallabag_entry(is_archived=no, is_starred=yes, annotations=[]),
    ]
    read, unread = items(export_of(json.dumps(entries)))
    assert (read.archived, read.state, read.starred) == (True, "read", False)
    assert (unread.archived, unread.state, unread.starred) == (False, "unread", True)


def test_a_range_that_resolves_tells_which_of_two_equal_passages_is_meant():
    item = next(items(export_of(wallabag())))
    assert isinstance(item, Item)
    assert item.body is not None
    second, first, lost = item.highlights
    document = walk_extracted(item.body.data, item.url)
    for marked, index in (
        (first, document.text.index("and the light")),
        (second, document.text.rindex("light is out")),
    ):
        placement = locate(document, Anchor(Span(0, 0), marked.exact, marked.prefix, marked.suffix, ""))
        assert (placement.status, placement.span and placement.span.start) == ("anchored", index)
    assert (second.note, first.note) == ("both of them?", "")
    assert (lost.prefix, lost.extra["ranges"]) == ("", [{"start": "/p[9]", "startOffset": "0"}])
    assert item.note == "on the whole"


def test_authors_tags_dates_and_the_rest_have_their_places():
    item, archived = items(export_of(wallabag()))
    assert isinstance(item, Item)
    assert (item.author, item.site, item.published, item.language) == (
        "Jane Q. Doe; K. Roe", "e.org", "2016-09-01", "en-GB",
    )  # fmt: skip
    assert item.added is not None
    assert item.added.isoformat() == "2016-09-08T09:55:58+00:00"
    assert item.extra["given_url"] == "https://e.org/a?x=1"
    assert not {"user_email", "annotations", "content"} & set(item.extra)
    assert isinstance(archived, Item)
    assert archived.tags == ("sea",)


def test_a_page_that_wallabag_could_not_fetch_is_a_link():
    message = "wallabag can't retrieve contents for this article. Please troubleshoot this issue."
    item, told = items(export_of(json.dumps([wallabag_entry(content=message, annotations=None)])))
    assert isinstance(item, Item)
    assert item.body is None
    assert told == Problem("entry 1", "wallabag never had its text", "warning")


def test_an_entry_without_an_address_keeps_its_text():
    records = [
        wallabag_entry(url="javascript:alert(1)", annotations=[]),
        wallabag_entry(url="javascript:alert(1)", annotations=[], content=""),
    ]
    item, told, failed = items(export_of(json.dumps(records)))
    assert isinstance(item, Item)
    assert (item.url, item.extra["url"]) == (None, "javascript:alert(1)")
    assert told == Problem("entry 1", 'scheme "javascript" refused', "warning")
    assert failed == Problem("entry 2", 'scheme "javascript" refused')


def test_the_table_has_semicolons_and_days_before_months():
    item, formula, told = items(export_of(wallabag_csv()))
    assert isinstance(item, Item)
    assert (item.title, item.tags, item.body and item.body.data) == (
        "Harbour; delayed", ("sea", "to read"), b'<p class="x">The light is out.</p>',
    )  # fmt: skip
    assert item.added is not None
    assert item.added.astimezone().strftime("%Y-%m-%d %H:%M") == "2016-09-08 11:55"
    assert isinstance(formula, Item)
    assert (formula.title, formula.added) == ("=1+1", None)
    assert told == Problem("row 3", 'date "soon"', "warning")
