"""Formats that are little more than addresses: Instapaper, bookmarks, feeds, lists."""

from __future__ import annotations

import pytest

from reader.exchange.imports import bookmarks, instapaper, opml, urls
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Item, Problem
from tests.exchange.exports_of import export_of

MARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1686813518" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks bar</H3>
    <DL><p>
        <DT><A HREF="https://e.org/a?x=1&amp;y=2" ADD_DATE="1686813518" ICON="data:,A">Harbour &amp; sea</A>
        <DT><H3>Tech / News</H3>
        <DL><p>
            <DT><A HREF="https://e.org/b" ADD_DATE="1686813519" PRIVATE="1" TAGS="python,tui" TOREAD="1">B</A>
            <DD>A note about it,
in two lines.
            <DT><H3>Deep</H3>
            <DL><p><DT><A HREF="https://e.org/c">https://e.org/c</A></DL><p>
        </DL><p>
        <DT><A HREF="https://e.org/d" ADD_DATE="9">D</A>
    </DL><p>
    <DT><A HREF="javascript:void(0)">A command</A>
    <DT><A HREF="ftp://e.org/x">Files</A>
    <DT><A HREF="https://e.org/e">Last
"""


def test_bookmarks_keep_folders_tags_and_notes() -> None:
    found = list(bookmarks.items(export_of(MARKS)))
    articles = {one.url: one for one in found if isinstance(one, Item)}
    assert list(articles) == [
        "https://e.org/a?x=1&y=2", "https://e.org/b", "https://e.org/c", "https://e.org/d", "https://e.org/e",
    ]  # fmt: skip
    a, b, c, d, e = articles.values()
    assert (a.title, a.tags, a.extra) == ("Harbour & sea", (), {})
    assert (b.tags, b.note, b.extra) == (
        ("python", "tui", "folder/Tech News"), "A note about it,\nin two lines.", {"private": "1"},
    )  # fmt: skip
    assert (c.title, c.tags, c.note) == ("", ("folder/Tech News/Deep",), "")
    assert (d.tags, d.added, e.title) == ((), None, "Last")
    problems = [(one.reason, one.kind) for one in found if isinstance(one, Problem)]
    assert problems == [
        ('date "9"', "warning"), ('scheme "javascript" refused', "skipped"), ('scheme "ftp" refused', "failed"),
    ]  # fmt: skip


def test_many_bookmarks_keep_the_notes_that_a_block_of_the_file_cuts_off() -> None:
    rows = "".join(f'<DT><A HREF="https://e.org/{n}">T{n}</A>\n<DD>note {n}\n' for n in range(3000))
    found = [one for one in bookmarks.items(export_of(MARKS[:40] + "<DL>" + rows)) if isinstance(one, Item)]
    assert [one.note for one in found] == [f"note {n}" for n in range(3000)]


def test_instapaper_comes_oldest_first_with_folders_as_states_or_tags() -> None:
    old = "URL,Title,Selection,Folder\nhttps://e.org/a,A,A line,Unread\nnope,B,,Archive\nhttps://e.org/c,C,,Recipes\n"
    c, b, a = instapaper.items(export_of(old))
    assert isinstance(c, Item)
    assert isinstance(a, Item)
    assert (c.title, c.tags, c.place) == ("C", ("folder/Recipes",), "row 4")
    assert (a.note, a.state, a.tags) == ("A line", "unread", ())
    assert b == Problem("row 3", "not an address: nope")
    new = (
        "URL,Title,Selection,Folder,Timestamp,Tags\n"
        'https://e.org/s,S,,Starred,1600322788,"[""a"", ""b""]"\nhttps://e.org/r,R,,Archive,soon,[bad\n'
    )
    warning, r, s = instapaper.items(export_of(new))
    assert warning == Problem("row 3", 'date "soon"', "warning")
    assert isinstance(r, Item)
    assert isinstance(s, Item)
    assert (r.archived, r.state, r.tags) == (True, "read", ("bad",))
    assert (s.starred, s.archived, s.tags, s.added is not None) == (True, False, ("a", "b"), True)


OPML = """<?xml version="1.0" encoding="iso-8859-1"?><opml version="2.0"><head><title>Feeds</title></head><body>
<outline text="Tech"><outline type="rss" text="Näme" xmlUrl="https://e.org/feed" htmlUrl="https://e.org"/>
<outline text="No feed"/><outline text="Odd" XMLURL="file:///etc/passwd"/></outline></body></opml>"""


def test_feeds_are_told_and_are_no_articles() -> None:
    good, bad = opml.items(export_of(OPML))
    assert isinstance(good, Problem)
    assert good.kind == "skipped"
    assert good.reason.startswith("“Tech / Näme”, https://e.org/feed: Reader follows no feeds")
    assert bad == Problem("feed 2", '“Tech / Odd”, scheme "file" refused')


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (OPML[:-20], "not XML from line 3 on"),
        ("<opml>" + "<outline>" * 300, "nested deeper"),
        ('<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><opml>&b;</opml>', "entities"),
        (
            '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><outline text="&a;"/></opml>',
            "entities",
        ),
    ],
)
def test_bad_opml_is_refused_in_a_line(text: str, reason: str) -> None:
    with pytest.raises(ExportError, match=reason):
        list(opml.items(export_of(text)))


def test_a_list_of_addresses_may_have_titles_comments_and_bad_lines() -> None:
    text = "\ufeff# mine\nhttps://e.org/a\n\n  https://e.org/b | B | and more\nhttps://e.org/c  C\nnonsense\nmailto:x\n"
    a, b, c, bad, worse = urls.items(export_of(text))
    assert [(one.url, one.title, one.place) for one in (a, b, c) if isinstance(one, Item)] == [
        ("https://e.org/a", "", "line 2"), ("https://e.org/b", "B | and more", "line 4"),
        ("https://e.org/c", "C", "line 5"),
    ]  # fmt: skip
    assert bad == Problem("line 6", "not an address: nonsense")
    assert worse == Problem("line 7", 'scheme "mailto" refused')
