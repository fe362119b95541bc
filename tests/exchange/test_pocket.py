from __future__ import annotations

import json
from datetime import UTC, datetime

from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.pocket import items
from tests.exchange.exports_of import export_of, zip_of

PAGE = """<!DOCTYPE html>
<html><!--So long and thanks for all the fish--><head><title>Pocket Export</title></head><body>
<h1>Unread</h1>
<ul>
<li><a href="https://e.org/a?x=1&amp;y=2" time_added="1688628695" tags="news,long read">Harbour &amp; sea</a></li>
<li><a href="https://e.org/b" time_added="1688628696" tags="">https://e.org/b</a></li>
<li><a href="javascript:alert(1)" time_added="1688628696" tags="">Bad</a></li>
</ul>
<h1>Read Archive</h1>
<ul>
<li><a href="https://e.org/c" time_added="soon" tags="">Never closed
<li><a href="https://e.org/d" time_added="1688628697" tags="old">Old</a></li>
</ul></body></html>"""


def test_the_page_tells_the_state_by_its_headlines() -> None:
    harbour, bare, bad, late, third, old = items(export_of(PAGE))
    assert isinstance(harbour, Item)
    assert (harbour.title, harbour.url) == ("Harbour & sea", "https://e.org/a?x=1&y=2")
    assert (harbour.tags, harbour.added) == (
        ("news", "long read"),
        datetime(2023, 7, 6, 7, 31, 35, tzinfo=UTC),
    )
    assert (harbour.state, harbour.archived) == ("unread", False)
    assert isinstance(bare, Item)
    assert (bare.title, bare.tags) == ("", ())
    assert bad == Problem("link 3", 'scheme "javascript" refused')
    assert late == Problem("link 4", 'date "soon"', "warning")
    assert isinstance(third, Item)
    assert isinstance(old, Item)
    assert (third.title, third.added, third.archived) == ("Never closed", None, True)
    assert (old.title, old.state, old.archived) == ("Old", "read", True)


def test_both_generations_of_tables_in_any_order_of_columns_are_the_same_rows() -> None:
    old = 'title,url,time_added,tags,status\n"=1+1 and\nmore",https://e.org/a,1600322788,python|tui,archive\n'
    new = 'status,cursor,tags,URL, Title ,time_added\narchive,,python|tui,https://e.org/a,"=1+1 and\nmore",1600322788\n'
    (first,), (second,) = items(export_of(old)), items(export_of(new))
    assert first == second
    assert isinstance(first, Item)
    assert (first.title, first.tags, first.archived) == ("=1+1 and\nmore", ("python", "tui"), True)
    assert (first.extra, first.origin) == ({}, "pocket:https://e.org/a")


def test_highlights_of_the_zip_meet_their_articles_by_the_key_of_the_address() -> None:
    marked = [
        {"url": "http://www.e.org/a/?utm_source=x", "title": "T",
         "highlights": [{"quote": "one", "created_at": 1700000000}]},
        {"url": "https://e.org/a", "highlights": [{"quote": "two"}, "junk", {"quote": 3, "created_at": "soon"}]},
        {"url": "https://e.org/z", "title": "Only marked", "highlights": [{"quote": "alone"}]},
        {"title": "no address", "highlights": []},
        "junk",
    ]  # fmt: skip
    data = zip_of(
        {
            "part_000001.csv": "title,url,time_added,tags,status\nB,https://e.org/b,1,,unread\n",
            "part_000000.csv": "title,url,time_added,tags,status\n,https://e.org/a,1600322788,,unread\n",
            "annotations/part_000000.json": json.dumps(marked)[:-1],
        }
    )  # fmt: skip
    found = list(items(export_of(data)))
    articles = {one.url: one for one in found if isinstance(one, Item)}
    assert list(articles) == ["https://e.org/b", "https://e.org/a", "https://e.org/z"]
    assert articles["https://e.org/a"].title == "T"
    quotes = [mark.exact for mark in articles["https://e.org/a"].highlights]
    assert quotes == ["one", "two", "", "3"]
    assert [mark.exact for mark in articles["https://e.org/z"].highlights] == ["alone"]
    assert articles["https://e.org/b"].place == "part_000001.csv row 2"
    reasons = [(one.place, one.reason, one.kind) for one in found if isinstance(one, Problem)]
    assert reasons == [
        ("part_000000.json record 2", 'date "soon"', "warning"),
        ("part_000000.json record 4", "no URL", "failed"),
        ("part_000000.json record 5", "no URL", "failed"),
        ("part_000000.json record 6", "the file is cut off here", "failed"),
        ("part_000001.csv row 2", 'date "1"', "warning"),
    ]


def test_annotations_alone_are_articles_too() -> None:
    (item,) = items(export_of('[{"url":"https://e.org/a","title":"T","highlights":[{"quote":"q"}]}]'))
    assert isinstance(item, Item)
    assert (item.title, item.highlights[0].exact) == ("T", "q")


def test_a_damaged_part_costs_only_itself() -> None:
    torn = zip_of(
        {
            "part_000000.csv": 'title,url,time_added,tags,status\nT,https://e.org/a,,,\n"x',
            "part_000001.csv": b"\x00\x01\x02" * 99,
        }
    )
    found = list(items(export_of(torn)))
    assert [one.url for one in found if isinstance(one, Item)] == ["https://e.org/a"]
    assert [one.place for one in found if isinstance(one, Problem)] == ["part_000000.csv", "part_000001.csv"]
