from __future__ import annotations

import json
import time

import pytest

from reader.domain.article import Draft
from reader.ingest import IngestError, feed, read, read_all
from reader.ingest.kinds import kind_of
from tests.invariants import assert_document

LONG = " ".join(f"word{number}" for number in range(100))
RSS = f"""<?xml version="1.0"?><!-- x --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The &amp;amp; Letter</title><link>https://e.org/</link>
<language>en-gb</language>
<item><title>One &lt;i&gt;whistle&lt;/i&gt;</title><link>/one</link><guid isPermaLink="false">g1</guid>
<dc:creator>Ada Penn</dc:creator><pubDate>Mon, 03 May 2021 10:00:00 +0200</pubDate><description>Short.</description>
<content:encoded><![CDATA[<h1>One whistle</h1><p>{LONG} <a href="/x">there</a></p>
<script>x()</script>]]></content:encoded>
</item>
<item><title>Two</title><link>https://e.org/two</link><author>ada@e.org (Ada Penn)</author>
<description>&lt;p&gt;Only &lt;b&gt;this&lt;/b&gt; […]&lt;/p&gt;</description></item>
<item><title>Three</title><link>https://e.org/three</link><description>&lt;p&gt;{LONG}.&lt;/p&gt;</description></item>
<item><link>https://e.org/</link><guid>https://e.org/note/4</guid><description>A note.</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://e.org/b/"><title>A</title>
<author><name>Bob</name></author>
<entry><title type="html">T</title><id>urn:1</id><link href="one" rel="alternate"/>
<updated>2021-05-03T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{LONG} <em>you</em></p></div></content></entry>
<entry><title>Plain</title><id>urn:3</id><content type="text">Lines &lt;b&gt; of text</content></entry></feed>"""


def texts(drafts: list[Draft]) -> list[str]:
    for draft in drafts:
        assert_document(draft.document)
    return [draft.document.text for draft in drafts]


def test_each_item_is_an_article_with_what_the_feed_says_of_it() -> None:
    one, two, _, note = drafts = read_all(RSS.encode(), name="feed.xml")
    assert texts(drafts) == [f"{LONG} there", "Only this […]", f"{LONG}.", "A note."]
    assert (one.title, one.author, one.site, one.language) == (
        "One whistle",
        "Ada Penn",
        "The & Letter",
        "en",
    )
    assert (one.url, one.published) == ("https://e.org/one", "2021-05-03T08:00:00+00:00")
    assert one.keys == ("url:https://e.org/one",)
    assert [mark.href for mark in one.document.marks] == ["https://e.org/x"]
    assert two.author == "Ada Penn"
    assert [draft.extra.get("summary") for draft in drafts] == [None, True, None, None]
    assert one.extra["part"] == "g1"
    assert (note.title, note.url) == ("A note.", None)
    assert len({draft.original for draft in drafts}) == 4
    assert read(one.original, name="x.html").url == "https://e.org/one"


def test_atom_and_json_feeds_are_read_too() -> None:
    one, plain = drafts = feed.parse_all(ATOM.encode())
    assert texts(drafts) == [f"{LONG} you", "Lines <b> of text"]
    assert (one.url, one.author, one.published) == ("https://e.org/b/one", "Bob", "2021-05-03T10:00:00+00:00")
    assert plain.url is None
    items = [
        {"id": "1", "url": "https://e.org/j", "title": "J", "content_html": f"<p>{LONG}</p>", "summary": "s",
         "authors": [{"name": "Ada"}], "date_published": "2021-05-03T10:00:00Z"},
        {"id": "2", "content_text": "A note."}, {"id": 3, "title": None, "content_html": None}, "nonsense",
    ]  # fmt: skip
    made = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": items[:3]}
    ).encode()
    assert kind_of(made) == "feed"
    drafts = read_all(made, name="-")
    assert texts(drafts) == [LONG, "A note."]
    assert (drafts[0].author, drafts[0].site, drafts[0].url) == ("Ada", "F", "https://e.org/j")


def test_links_that_several_items_share_name_none_of_them() -> None:
    item = "<item><title>{}</title><link>https://e.org/all</link><description>x</description></item>"
    data = f"<rss version='2.0'><channel><title>F</title>{item.format('A')}{item.format('B')}</channel></rss>"
    assert [draft.url for draft in feed.parse_all(data.encode())] == [None, None]


@pytest.mark.parametrize(
    "data",
    [
        b"<rss version='2.0'><channel><title>F</title></channel></rss>",
        b"<rss", b"<feed xmlns='http://www.w3.org/2005/Atom'/>", b"<rdf:RDF>", b"",
        b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_feed_without_articles_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(IngestError) as refused:
        feed.parse_all(data)
    assert refused.value.reason in ("a damaged feed", "no articles in this feed")


def test_entities_bring_in_no_files_and_blow_up_nothing() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    evil = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lol"><!ENTITY f SYSTEM "file:///etc/passwd">{bomb}]>'
    )
    data = evil + RSS.split("?>", 1)[1].replace("Short.", "&f;&e11;").replace("A note.", "&f;&e11; A note.")
    assert kind_of(data.encode(), "a.xml") == "feed"
    begun = time.process_time()
    try:
        found = " ".join(texts(feed.parse_all(data.encode())))
    except IngestError:
        found = ""
    assert time.process_time() - begun < 2
    assert "root:" not in found
    assert len(found) < 10_000


def test_a_feed_of_thousands_of_items_is_read_in_its_time() -> None:
    item = "<item><title>T{0}</title><link>https://e.org/{0}</link><description>Words of it, {0}.</description></item>"
    data = "<rss version='2.0'><channel>" + "".join(item.format(n) for n in range(3000)) + "</channel></rss>"
    assert len(read_all(data.encode())) == 3000
