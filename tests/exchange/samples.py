"""An export of each program, as real ones are shaped, with all that it can hold; all names in them are invented."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from tests.exchange.exports_of import zip_of

PIER = (
    "<h2>The pier</h2>\n<p>The harbour bridge is <em>delayed</em> again \U0001f600, and the light is out.</p>"
    "<p>Corrosion in the piers was worse than expected. The light is out.</p>"
)
TOKEN = "tok-9f31c0aa-never-to-be-seen"


def pocket() -> bytes:
    table = (
        "title,url,time_added,cursor,tags,status\n"
        '"Read, twice",https://e.org/a,1600322788,,python|tui,archive\n'
        "https://e.org/b,https://e.org/b,1600322789,,,unread\n"
    )
    marked = [
        {"url": "https://e.org/a", "title": "T", "highlights": [{"quote": "q", "created_at": 1_700_000_000}]}
    ]
    return zip_of({"part_000000.csv": table, "annotations/part_000000.json": json.dumps(marked)})


def instapaper() -> bytes:
    return (
        b"URL,Title,Selection,Folder,Timestamp,Tags\n"
        b'https://e.org/a,Harbour,A line I chose,Archive,1600322788,"[""sea""]"\n'
        b"https://e.org/b,Ledger,,Starred,1600322789,[]\n"
        b"https://e.org/c,Tide,,Recipes,1600322790,[]\n"
    )


def omnivore() -> bytes:
    records = [
        {
            "id": "9b1deb4d", "slug": "harbour-1", "title": "Harbour bridge delayed", "description": "In short",
            "author": "Jane Q. Doe", "url": "https://e.org/a", "state": "Active", "readingProgress": 42,
            "thumbnail": "https://e.org/a.png", "labels": ["city", "to read"], "savedAt": "2024-01-05T09:42:11.000Z",
            "updatedAt": "2024-02-05T09:42:11.123Z", "publishedAt": "2023-12-24T00:00:00.000Z",
        },
        {
            "id": "1b9d6bcd", "slug": "letter-2", "title": "A letter", "description": None, "author": None,
            "url": "https://omnivore.app/no_url?q=1", "state": "ARCHIVED", "readingProgress": 100, "labels": [],
            "savedAt": "2024-01-06T09:42:11.000Z", "updatedAt": None, "publishedAt": None,
        },
        {"id": "7c0e", "slug": "paper-3", "title": "A paper", "url": "https://omnivore.app/attachments/u/p.pdf",
         "state": "SUCCEEDED", "readingProgress": 0, "labels": None, "savedAt": "2024-01-07T09:42:11.000Z"},
        {"id": "dead", "slug": "gone-4", "title": "Gone", "url": "https://e.org/d", "state": "Deleted"},
    ]  # fmt: skip
    marked = (
        "Worth a second look.\n\n\n\n"
        "> corrosion in the piers\n> was worse than expected \n\n#bridges #safety\n\n"
        "check the 2019 survey\n\nand ask\n\n"
        "> the light\nis out \n\n> alone "
    )
    return zip_of(
        {
            "metadata_20_to_23.json": json.dumps(records[2:]),
            "metadata_0_to_20.json": json.dumps(records[:2], indent=2),
            "content/harbour-1.html": PIER, "content/letter-2.html": "<p>Dear reader.</p>",
            "content/paper-3.pdf": b"%PDF-1.4 of our own making", "highlights/harbour-1.md": marked,
        }
    )  # fmt: skip


def wallabag_entry(**changes: Any) -> dict[str, Any]:
    return {
        "is_archived": 0, "is_starred": 1, "user_name": "jane", "user_email": "jane@e.org", "user_id": 1,
        "tags": ["sea", "to read"], "is_public": False, "id": 12, "uid": None, "title": "Harbour bridge delayed",
        "url": "https://e.org/a", "hashed_url": "0a1b", "given_url": "https://e.org/a?x=1", "content": PIER,
        "created_at": "2016-09-08T11:55:58+0200", "updated_at": "2016-09-09T11:55:58+0200",
        "published_at": "2016-09-01", "published_by": ["Jane Q. Doe", "K. Roe"],
        "starred_at": "2016-09-08T12:00:00+0200", "annotations": [
            {"user": "jane", "annotator_schema_version": "v1.0", "id": 5, "text": "both of them?",
             "created_at": "2016-09-08T12:05:00+0200", "quote": "light is out",
             "ranges": [{"start": "/p[2]", "startOffset": "52", "end": "/p[2]", "endOffset": "64"}]},
            {"id": 6, "text": "", "quote": "and the light",
             "ranges": [{"start": "/p[1]", "startOffset": "40", "end": "/p[1]", "endOffset": "53"}]},
            {"id": 7, "quote": "not there at all", "ranges": [{"start": "/p[9]", "startOffset": "0"}]},
            {"id": 8, "text": "on the whole"},
        ],
        "mimetype": "text/html", "language": "en_GB", "reading_time": 4, "domain_name": "e.org",
        "preview_picture": "https://e.org/a.png",
    } | changes  # fmt: skip


def wallabag() -> bytes:
    archived = wallabag_entry(
        id=13, url="https://e.org/b", title="Ledger", content="<p>Of other things.</p>", is_archived=True,
        is_starred=False, annotations=[], tags=[{"id": 1, "label": "sea", "slug": "sea"}],
    )  # fmt: skip
    return json.dumps([wallabag_entry(), archived]).encode()


def wallabag_csv() -> bytes:
    return (
        b'Title;URL;Content;Tags;"MIME Type";Language;"Creation date"\n'
        b'"Harbour; delayed";https://e.org/a;"<p class=""x"">The light is out.</p>";"sea, to read";text/html;en;'
        b'"08/09/2016 11:55:58"\n'
        b'=1+1;https://e.org/b;;;text/html;;"soon"\n'
    )  # fmt: skip


def readeck_info(**changes: Any) -> dict[str, Any]:
    return {
        "ID": 1, "UID": "bk1", "UserID": 1, "Created": "2024-03-01T10:00:00.5Z", "Updated": "2024-03-02T10:00:00Z",
        "State": 0, "URL": "https://e.org/a", "InitialURL": "https://e.org/a?x=1", "Title": "Harbour bridge delayed",
        "Domain": "e.org", "Site": "e.org", "SiteName": "The Example", "Published": "2024-02-29T00:00:00Z",
        "Authors": ["Jane Q. Doe"], "Lang": "en", "TextDirection": "ltr", "DocumentType": "article",
        "Description": "In short", "Text": "The harbour bridge …", "WordCount": 20, "Files": {"article": {"name": "x"}},
        "Labels": ["sea", "to read"], "ReadProgress": 40, "IsArchived": False, "IsMarked": True, "Annotations": [
            {"id": "an1", "start_selector": "section/p[2]", "start_offset": 52, "end_selector": "section/p[2]",
             "end_offset": 64, "color": "red", "created": "2024-03-01T11:00:00Z", "text": "light is out",
             "note": "both of them?"},
            {"id": "an2", "start_selector": "section/p[9]", "start_offset": 0, "end_selector": "section/p[9]",
             "end_offset": 3, "color": "none", "created": "2024-03-01T12:00:00Z", "text": "harbour bridge"},
        ], "Links": [{"url": "https://e.org/l"}],
    } | changes  # fmt: skip


def readeck(**changes: Any) -> bytes:
    data = {
        "Info": {"Date": "2024-04-01T00:00:00Z", "Version": "1", "ReadeckVersion": "0.22"},
        "Users": [{"ID": 1, "Username": "jane", "Email": "jane@e.org", "Password": TOKEN}],
        "Tokens": [{"ID": 1, "UID": TOKEN, "UserID": 1}, {"ID": 2, "UID": TOKEN + "2", "UserID": 1}],
        "BookmarkCollections": [{"UID": "c1", "Name": "Sea"}],
        "Bookmarks": [{"UID": "bk1", "UserID": 1}, {"UID": "bk2", "UserID": 2}],
    }
    entries: dict[str, bytes | str] = {
        "bookmarks/bk1/info.json": json.dumps(readeck_info()),
        "bookmarks/bk1/container/index.html": f"<section>{PIER}</section>",
        "bookmarks/bk1/container/_resources/a.png": b"\x89PNG",
        "bookmarks/bk2/info.json": json.dumps(
            readeck_info(
                UID="bk2", URL="https://e.org/v", DocumentType="video", Annotations=None, IsArchived=True
            )
        ),
        "data.json": json.dumps(data, indent=2),
    }
    return zip_of(entries | changes)


def readeck_csv() -> bytes:
    return (
        b"url,title,created,labels,is_archived,is_marked,type\r\n"
        b'https://e.org/a,Harbour,2024-03-01T10:00:00Z,"[""sea"",""to read""]",false,true,article\r\n'
        b"https://e.org/b,Ledger,2024-03-02T10:00:00Z,[],true,false,article\r\n"
        b"ftp://e.org/c,Tide,2024-03-02T10:00:00Z,[],true,false,article\r\n"
    )


def readwise() -> bytes:
    return (
        b"Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,"
        b"Document tags\n"
        b'"Second passage,\nin two lines.",The Slow Book,Mara E.,B00X,,orange,,page,31,'
        b"2026-07-18 14:00:25+00:00,favorites\n"
        b'"First passage.",The Slow Book,Mara E.,B00X,my note,blue,"history, .key",page,3,'
        b"2026-07-17 14:00:25+00:00,favorites\n"
        b'"She said ""hello"".",Another,,,,,,,,,\n'
        b",The Slow Book,Mara E.,B00X,of the book,,,,,,\n"
        b",The Slow Book,Mara E.,B00X,,,,,,,\n"
        b"An orphan,,,,,,,,,,\n"
    )


def readwise_reader() -> bytes:
    return (
        b"Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
        b'Harbour,https://e.org/a,01gm1,"[\'sea\', ""don\'t"", \'favorite\']",2022-12-05 12:42:10+00:00,0.4,new,True\n'
        b"Ledger,https://e.org/b,01gm2,[],2022-12-05 12:42:10.123456+00:00,1,archive,False\n"
        b"Tide,https://e.org/c,01gm3,,2022-12-06 12:42:10+00:00,0,shortlist,False\n"
        b"A feed item,https://e.org/d,01gm4,[],2022-12-06 12:42:10+00:00,0,feed,False\n"
        b"A letter,mailto:reader-forwarded-email/9f,01gm5,[],2022-12-06 12:42:10+00:00,0,later,True\n"
        b"Bad,https://e.org/f,01gm6,\"__import__('os').system('true')\",2022-12-06 12:42:10+00:00,0,new,True\n"
    )


KINDLE = """\ufeffThe Slow Book (Mara E.)
- Your Highlight on page 12 | Location 132-133 | Added on Tuesday, January 5, 2021 9:42:11 AM

The passage
==========
\ufeffThe Slow Book (Mara E.)
- Your Note on page 12 | Location 135 | Added on Tuesday, January 5, 2021 9:43:00 AM

my note
==========
\ufeffThe Slow Book (Mara E.)
- Your Highlight on page 12 | Location 132-135 | Added on Tuesday, January 5, 2021 9:44:11 AM

The passage itself, and more.
==========
\ufeffThe Slow Book (Mara E.)
- Your Bookmark on page 20 | Location 240 | Added on Tuesday, January 5, 2021 9:45:11 AM


==========
\ufeffThe Slow Book (Mara E.)
- Your Note on page 30 | Location 400 | Added on Tuesday, January 5, 2021 9:46:11 PM

of nothing marked
==========
飘（上下） (外国文学名著名译丛书) ((美)米切尔)
- 您在位置 #2543-2544的标注 | 添加于 2023年2月9日星期四 下午6:35:21

梅拉妮才十八岁
==========
Essays and Papers.pdf
- Your Highlight on page xvi-xvi | Added on Monday, 3 December 12 19:51:33 Greenwich Mean Time

a closed system
==========
Essays and Papers.pdf
- Your Highlight on page 14-14 | Added on Monday, 3 December 12 19:52:33 Greenwich Mean Time

 <You have reached the clipping limit for this item>
==========
"""


def kindle() -> bytes:
    return b"\xff\xfe" + KINDLE.removeprefix("\ufeff").replace("\n", "\r\n").encode("utf-16-le")


def hypothesis_annotation(**changes: Any) -> dict[str, Any]:
    return {
        "id": "an1", "created": "2024-01-05T09:42:11.123456+00:00", "updated": "2024-01-05T09:42:11.123456+00:00",
        "user": "acct:jane@hypothes.is", "uri": "https://e.org/a", "text": "check the **2019** survey",
        "tags": ["bridges"], "group": "__world__", "permissions": {"read": ["group:__world__"]},
        "target": [{"source": "https://e.org/a", "selector": [
            {"type": "RangeSelector", "startContainer": "/div[1]", "endContainer": "/div[1]", "startOffset": 1},
            {"type": "TextPositionSelector", "start": 412, "end": 436},
            {"type": "TextQuoteSelector", "exact": "corrosion in the piers", "prefix": "Engineers say ",
             "suffix": " was worse"},
        ]}],
        "document": {"title": ["Harbour bridge delayed"]}, "links": {"html": "https://h.is/a"},
        "user_info": {"display_name": "Jane"},
    } | changes  # fmt: skip


def hypothesis() -> bytes:
    at = "2024-01-06T09:42:11+00:00"
    annotations = [
        hypothesis_annotation(),
        hypothesis_annotation(id="an2", text="", tags=[], created=at, document={}),
        hypothesis_annotation(id="an3", text="on the page", tags=["city"], target=[{"source": "https://e.org/a"}]),
        hypothesis_annotation(id="re1", text="I did,\nit is fine", user="acct:joe@hypothes.is", created=at,
                              references=["an1"], target=[{"source": "https://e.org/a"}]),
        hypothesis_annotation(id="re2", text="thanks", created="2024-01-07T09:42:11+00:00",
                              references=["an1", "re1"], target=[{"source": "https://e.org/a"}]),
        hypothesis_annotation(id="an4", uri="urn:x-pdf:9f31", document={"title": "A paper"}),
    ]  # fmt: skip
    return json.dumps(
        {
            "export_date": at,
            "export_userid": "acct:jane@hypothes.is",
            "client_version": "1.14",
            "annotations": annotations,
        }
    ).encode()


def hypothesis_csv() -> bytes:
    return (
        b"Created at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags\n"
        b'2024-01-05 09:42,jane,12,https://e.org/a,Public,Annotation,"corrosion, in the piers",check,"bridges,city"\n'
        b"2024-01-05 09:43,jane,,https://e.org/a,Public,Highlight,the light is out,,\n"
        b"2024-01-05 09:44,jane,,https://e.org/a,Public,Page note,,on the page,sea\n"
        b"2024-01-05 09:45,joe,,https://e.org/a,Public,Reply,,I did,\n"
    )


NEWSBOAT_ITEM = """
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL, title VARCHAR(1024) NOT NULL,
    author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL,
    content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024),
    enclosure_type VARCHAR(1024), enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52),
    deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL DEFAULT "",
    content_mime_type VARCHAR(255) NOT NULL DEFAULT "", enclosure_description VARCHAR(1024) NOT NULL DEFAULT "" """


def newsboat(*, wal: bool = False, behind: str = "") -> bytes:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(
        "CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL, title"
        " VARCHAR(1024) NOT NULL, lastmodified INTEGER(11) NOT NULL DEFAULT 0);"
        f" CREATE TABLE rss_item ({NEWSBOAT_ITEM})"
    )
    connection.execute(
        "insert into rss_feed values ('https://e.org/feed', 'https://e.org/', 'The Example', 0)"
    )
    for number, (title, url, content, unread, flags, deleted, media_type) in enumerate(
        (
            ("Harbour", "https://e.org/a", PIER, 1, "sb", 0, "text/html"),
            ("Ledger", "https://e.org/b", "a line < another", 0, "K", 0, "text/plain"),
            ("Tide", "https://e.org/c", PIER, 1, None, 0, ""),
            ("Gone", "https://e.org/d", PIER, 1, "s", 1, ""),
            ("Talk", "https://e.org/e", "", 1, "p", 0, ""),
        ),
        1,
    ):
        connection.execute(
            "insert into rss_item (guid, title, author, url, feedurl, pubDate, content, unread, flags, deleted,"
            " content_mime_type, enclosure_url, enclosure_type) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (f"g{number}", title, "Jane Q. Doe", url, "https://e.org/feed", 1_600_322_788 + number, content, unread,
             flags, deleted, media_type, "https://e.org/e.mp3" if title == "Talk" else None, None),
        )  # fmt: skip
    connection.executescript(behind)
    data = connection.serialize()
    connection.close()
    return data[:18] + (b"\x02\x02" if wal else b"\x01\x01") + data[20:]


def web_annotation(**changes: Any) -> dict[str, Any]:
    return {
        "id": "urn:uuid:77c01a2b-0000-4000-8000-000000000001", "type": "Annotation", "motivation": "highlighting",
        "created": "2026-11-22T12:00:00Z", "reader:colour": "green",
        "body": [
            {"type": "TextualBody", "value": "my note", "format": "text/markdown", "purpose": "commenting"},
            {"type": "TextualBody", "value": "bridges", "purpose": "tagging"},
        ],
        "target": {
            "source": "https://e.org/a", "reader:title": "Harbour bridge delayed", "textHash": "sha256:0a1b",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "corrosion in the piers", "prefix": "say ", "suffix": " was"},
                {"type": "TextPositionSelector", "start": 412, "end": 434},
            ],
        },
    } | changes  # fmt: skip


def webannotation() -> bytes:
    said = [{"type": "TextualBody", "value": "on the whole"}, {"value": "city", "purpose": "tagging"}]
    note = web_annotation(id="urn:n", body=said, target="https://e.org/a")
    page = {"type": "AnnotationPage", "items": [web_annotation(), note]}
    context = ["http://www.w3.org/ns/anno.jsonld", {"reader": "https://e.org/ns#"}]
    return json.dumps({"@context": context, "type": "AnnotationCollection", "first": page}).encode()


def bookmarks() -> bytes:
    return (
        b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n"
        b'<DT><H3 ADD_DATE="1686813500">Sea</H3>\n<DL><p>\n'
        b'<DT><A HREF="https://e.org/a" ADD_DATE="1686813518" TAGS="piers,city" TOREAD="1">Harbour</A>\n'
        b"<DD>worth it\n</DL><p>\n"
        b'<DT><A HREF="https://e.org/b" ADD_DATE="1686813519">Ledger</A>\n</DL><p>\n'
    )


def urls() -> bytes:
    return b"# to read\nhttps://e.org/a Harbour bridge\nhttps://e.org/b\n"


SAMPLES: Mapping[str, Callable[[], bytes]] = {
    "pocket": pocket, "instapaper": instapaper, "omnivore": omnivore, "wallabag": wallabag, "readeck": readeck,
    "readwise": readwise, "readwise-reader": readwise_reader, "kindle": kindle, "hypothesis": hypothesis,
    "newsboat": newsboat, "webannotation": webannotation, "bookmarks": bookmarks, "urls": urls,
}  # fmt: skip
TABLES: Mapping[str, Callable[[], bytes]] = {
    "wallabag": wallabag_csv, "readeck": readeck_csv, "hypothesis": hypothesis_csv,
}  # fmt: skip
"""What some of them write besides."""
