"""newsboat's cache."""

from __future__ import annotations

import sqlite3

import pytest

from reader.exchange.imports.detection import detect
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.newsboat import items
from tests.exchange.exports_of import export_of
from tests.exchange.samples import newsboat


@pytest.mark.parametrize("wal", [False, True])
def test_flagged_items_come_along_with_their_state_and_the_rest_is_counted(wal):
    export = export_of(newsboat(wal=wal))
    found = detect(export)
    assert found is not None
    assert found.app == "newsboat"
    harbour, ledger, talk, left = items(export)
    assert isinstance(harbour, Item)
    assert (harbour.state, harbour.starred, harbour.tags) == ("unread", True, ("newsboat/b", "newsboat/s"))
    assert (harbour.site, harbour.author, harbour.published) == (
        "The Example", "Jane Q. Doe", "2020-09-17T06:06:29+00:00",
    )  # fmt: skip
    assert harbour.body is not None
    assert harbour.body.kind == "extracted"
    assert isinstance(ledger, Item)
    assert (ledger.state, ledger.starred, ledger.body and ledger.body.kind) == ("read", False, "text")
    assert isinstance(talk, Item)
    assert (talk.body, talk.extra["enclosure_url"]) == (None, "https://e.org/e.mp3")
    assert left == Problem("rss_item", "1 item without a flag left out", "skipped")


def test_all_that_is_not_deleted_comes_when_it_is_asked_for():
    found = [
        thing.title for thing in items(export_of(newsboat()), everything=True) if isinstance(thing, Item)
    ]
    assert found == ["Harbour", "Ledger", "Tide", "Talk"]


def test_a_cache_of_an_older_newsboat_has_fewer_columns():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(
        "create table rss_feed (rssurl, url, title);"
        "create table rss_item (id integer primary key, guid, title, author, url, feedurl, pubDate, content, unread,"
        " flags);"
        "insert into rss_item values (1, null, x'fffe', 7, 'https://e.org/a', null, 'soon', '<p>x', '1', 'a'),"
        "(2, 'g', '\u202eevil\x1b[2J', '', 'file:///etc/passwd', '', 0, '', 0, 's')"
    )
    item, failed = items(export_of(connection.serialize()))
    connection.close()
    assert isinstance(item, Item)
    assert (item.title, item.author, item.published, item.state) == ("", "7", None, "unread")
    assert failed == Problem("item 2", 'scheme "file" refused')


ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select i as id from n where i < 0"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"SQLite format 3\x00" + b"\x00" * 4000, newsboat()[:3000], newsboat()[:5000] + b"\xff" * 9000,
        newsboat(behind=f"drop table rss_item; create view rss_item as {ENDLESS}"),
        newsboat(behind="drop table rss_feed"),
    ],
    ids=["empty", "a header alone", "cut off", "damaged", "a view without end", "no feeds"],
)  # fmt: skip
def test_a_file_that_is_no_cache_is_refused(data):
    with pytest.raises(ExportError, match="not a cache of newsboat"):
        list(items(export_of(data)))


def test_a_file_that_makes_endless_work_is_left(monkeypatch):
    monkeypatch.setattr("reader.exchange.imports.newsboat._MOST_STEPS", 1)
    many = (
        "insert into rss_item (guid, title, author, url, feedurl, pubDate, content, unread)"
        " with recursive n(i) as (select 1 union all select i + 1 from n limit 2000)"
        " select i, '', '', '', '', 0, '', 0 from n"
    )
    with pytest.raises(ExportError):
        list(items(export_of(newsboat(behind=many))))
