from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.ingest import IngestError, Sandbox
from reader.ingest.flow import Flow
from reader.ingest.html import parse, walk_extracted
from reader.ingest.page import parse_tree, strip
from reader.ingest.tokens import parse as parse_tokens
from reader.ingest.tree import walk
from tests.invariants import assert_document

PAGES = Path(__file__).parent / "pages"
ARTICLES = Path(__file__).parents[1] / "fixtures" / "articles"
FILLER = "It was late, and the rain, which had not stopped since noon, went on, quietly, over the town. " * 3


def _read(name: str) -> Draft:
    draft = parse((PAGES / name).read_bytes())
    assert_document(draft.document)
    return draft


def _article(inside: str, head: str = "<title>A title</title>") -> Draft:
    page = f"<html><head>{head}</head><body><article><p>{FILLER}</p>{inside}<p>{FILLER}</p></article></body></html>"
    draft = parse(page.encode(), url="https://e.org/a/b")
    assert_document(draft.document)
    return draft


def _blocks(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, draft.document.slice(block.span)) for block in draft.document.blocks]


def _walked(inside: str, title: str = "") -> Document:
    flow = Flow("https://e.org/a/b")
    tree = parse_tree(f"<html><body><p>first</p>{inside}<p>last</p></body></html>")
    strip(tree)
    walk(tree, flow)
    document = flow.build(title)
    assert_document(document)
    return document


def _between(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.slice(block.span)) for block in document.blocks][1:-1]


def _marks(document: Document) -> list[tuple[str, str, str]]:
    return [(mark.kind, document.slice(mark.span), mark.href) for mark in document.marks]


@pytest.fixture(scope="module")
def harbour() -> Draft:
    return _read("harbour.html")


def test_a_saved_page_tells_where_it_was_and_who_wrote_it(harbour: Draft) -> None:
    assert harbour.title == "Town Keeps Its Noon Whistle Late"
    assert harbour.author == "Dale R. Whitcomb"
    assert harbour.site == "The Harbour Ledger"
    assert harbour.published == "2023-06-09"
    assert harbour.language == "en"
    assert harbour.url == "https://www.harbourledger.example/2023/06/noon-whistle?utm_source=feed"
    assert harbour.keys == ("url:https://harbourledger.example/2023/06/noon-whistle",)
    assert not harbour.extra


def test_the_article_is_all_there_and_what_is_around_it_is_not(harbour: Draft) -> None:
    text = harbour.document.text
    assert text.startswith("OTTER MILLS — The noon whistle")
    assert text.endswith("See nothing or write.")
    for foreign in ("Sports", "privacy", "Advertisement", "at large", "All rights reserved", "¶", "body{"):
        assert foreign not in text


def test_structure_becomes_blocks(harbour: Draft) -> None:
    blocks = _blocks(harbour)
    assert [kind for kind, _ in blocks] == [
        "para", "figure", "para", "heading", "para", "table", "quote", "quote", "para", "item", "para", "item",
        "item", "item", "para", "code", "rule", "para",
    ]  # fmt: skip
    texts = [text for _, text in blocks]
    assert texts[0].endswith("of 1997.¹")
    assert texts[1] == "The whistle, on the roof of the mill. Photo: M. Oates"
    assert texts[3] == "How they voted"
    assert texts[4] == "Votes by precinct"
    assert texts[5] == "\tKeep\tMend\nNorth\t100\t99\nSouth\t\t110\nAbsent\t\t3"
    assert texts[14] == "The clerk’s script is public:\nit has two lines."
    assert texts[15] == "for vote in votes:\n\tprint(vote)"


def test_blocks_know_their_depth_marker_language_and_source(harbour: Draft) -> None:
    blocks = harbour.document.blocks
    assert [(block.marker, block.depth) for block in blocks if block.kind == "item"] == [
        ("3.", 0), ("4.", 0), ("•", 1), ("•", 1),
    ]  # fmt: skip
    assert blocks[10].list == 1
    assert blocks[1].src == "https://www.harbourledger.example/img/whistle.jpg"
    assert blocks[1].alt == "The whistle"
    assert (blocks[3].level, blocks[5].head, blocks[15].lang) == (2, 1, "python")


def test_links_are_resolved_and_only_those_that_can_be_followed_are_kept(harbour: Draft) -> None:
    marks = _marks(harbour.document)
    assert ("link", "dog ordinance", "https://www.harbourledger.example/1997/dogs.html") in marks
    assert ("link", "write", "mailto:clerk@otter.example") in marks
    assert ("strong", "12:04 p.m.", "") in marks
    assert not [mark for mark in marks if mark[1] == "nothing"]


def test_an_old_page_laid_out_in_tables_is_read() -> None:
    draft = _read("forum.html")
    assert draft.title == "Wiederverwendung alter Uhren"
    assert "table" not in [kind for kind, _ in _blocks(draft)]
    assert "vier Minuten nach" in draft.document.text
    assert [kind for kind, text in _blocks(draft) if text.startswith("Erst als")] == ["para"]


def test_a_page_that_calls_its_whole_site_canonical_has_no_key() -> None:
    draft = _read("forum.html")
    assert draft.url == "https://uhrenblog.example/"
    assert draft.keys == ()


def test_canonical_and_given_address_are_both_keys() -> None:
    head = "<title>T</title><link rel=canonical href='/canonical'><meta property='og:url' content='https://e.org/og'>"
    assert _article("", head).keys == (
        "url:https://e.org/a/b",
        "url:https://e.org/canonical",
        "url:https://e.org/og",
    )


def test_character_references_cannot_smuggle_control_characters_in() -> None:
    draft = _article(
        "<p>a&#27;]0;x&#7;b&#157;c&#x202e;d&#xd800;</p>", "<title>&#27;]0;x&#7;Tit&#157;le</title>"
    )
    assert draft.title == "]0;xTitle"
    assert "\na]0;xbcd" in draft.document.text


def test_a_title_is_cut_at_the_name_of_the_site_only() -> None:
    head = "<title>Rain - or not | e.org</title><meta property='og:title' content='Rain - or not | e.org'>"
    assert _article("", head).title == "Rain - or not"


def test_the_first_heading_is_dropped_if_it_is_the_title() -> None:
    document = _walked("<h2>A  Title!</h2><p>text</p><h2>A title</h2>", "A title")
    assert _between(document) == [("para", "text"), ("heading", "A title")]


@pytest.mark.parametrize(
    ("inside", "blocks"),
    [
        ("<p>one<br><br>two<br>three</p>", [("para", "one"), ("para", "two\nthree")]),
        ("<b><p>one</p><p>two</p></b>", [("para", "one"), ("para", "two")]),
        ("<p>a <q>b</q>  c&nbsp;d</p>", [("para", "a “b” c\u00a0d")]),
        ("<dl><dt>term<dd>what it is</dl>", [("item", "term"), ("item", "what it is")]),
        ("<pre class='brush: js'>a\n\n  b<br>c\n</pre>", [("code", "a\n\n  b\nc")]),
        ("<p>x<img src='/i.png' alt='a picture'>y</p>", [("para", "xy"), ("figure", "a picture")]),
        ("<p>x<img src='/i.png' alt=':)' width=16>y</p>", [("para", "x:)y")]),
        ("<p>x<img src='/i.png' alt='IMG_1.jpg'></p>", [("para", "x"), ("figure", "")]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", [("quote", "a"), ("quote", "b")]),
        ("<p>e<i>\u0301</i>t\u0301e</p>", [("para", "é" + "t\u0301e")]),
        ("<table><tr><td>only<td>one row</table>", [("para", "only"), ("para", "one row")]),
    ],
)
def test_elements_become_blocks(inside: str, blocks: list[tuple[str, str]]) -> None:
    assert _between(_walked(inside)) == blocks


def test_a_mark_that_goes_over_several_blocks_is_in_each_of_them() -> None:
    assert _marks(_walked("<b><div> one </div><div>two</div></b>")) == [
        ("strong", "one", ""),
        ("strong", "two", ""),
    ]


def test_marks_keep_their_words_where_cleaning_changes_lengths() -> None:
    document = _walked("<p>e\u0301 \u200b<em>e\u0301te\u0301</em> x <code>y\u202e</code></p>")
    assert _marks(document) == [("em", "été", ""), ("code", "y", "")]


def test_a_table_of_many_rows_is_cut_with_a_note() -> None:
    rows = "".join(f"<tr><td>{n}, {n}<td>b" for n in range(600))
    blocks = _between(_walked(f"<table><tr><th>a<th>b{rows}</table>"))
    assert blocks[0][1].count("\n") == 499
    assert blocks[1] == ("para", "[101 more rows of this table were left out]")


def test_a_page_without_an_article_gives_all_its_paragraphs_and_says_so() -> None:
    draft = parse(
        b"<html><title>Lunch</title><body><nav>Menu</nav><div>Soup</div><div>Bread</div></body></html>"
    )
    assert _blocks(draft) == [("para", "Soup"), ("para", "Bread")]
    assert draft.extra == {"poor": True}


@pytest.mark.parametrize("page", [b"<html></html>", b"<!doctype html>", b"<html><script>x()</script></html>"])
def test_a_page_with_nothing_to_see_is_refused(page: bytes) -> None:
    with pytest.raises(IngestError, match="no text"):
        parse(page)


def test_text_that_the_tree_builder_drops_for_its_depth_is_kept() -> None:
    page = b"<html><title>Deep</title><body>" + b"<div>" * 2000 + FILLER.encode() * 5 + b"</body></html>"
    assert parse(page).document.text.count("the rain") == 15


def test_entities_of_a_document_type_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not read")
    page = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>{FILLER}&x;</p></body></html>'
    assert "do not read" not in parse(page.encode()).document.text


def test_a_language_that_the_text_cannot_be_in_is_not_believed() -> None:
    page = f"<html lang='zh-CN'><title>T</title><body><p>{FILLER}</p></body></html>"
    assert parse(page.encode()).language is None


def test_without_a_tree_the_words_of_a_page_are_still_read() -> None:
    draft = parse_tokens((PAGES / "harbour.html").read_bytes())
    assert_document(draft.document)
    assert draft.title.startswith("Town Keeps")
    assert "superintendent’s watch" in draft.document.text
    assert "body{" not in draft.document.text


TAGS = st.sampled_from(
    [
        "<p>", "</p>", "<br>", "<div>", "</div>", "<b>", "</b>", "<a href='/x'>", "<a href='javascript:x'>", "</a>",
        "<ul>", "<ol start=7>", "<li>", "</ul>", "<h2>", "</h2>", "<blockquote>", "</blockquote>", "<pre>", "</pre>",
        "<table>", "<tr>", "<td>", "<th>", "<td colspan=3>", "<td rowspan=9>", "</table>", "<hr>", "<img src=/i.png>",
        "<img alt=alt>", "<figure>", "<figcaption>", "</figure>", "<dl>", "<dt>", "<dd>", "<code>", "</code>",
        "<sup>2</sup>", " ", "e\u0301", "word ", "\u0301",
    ]
) | st.text(max_size=8)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(TAGS, max_size=40))
def test_any_page_gives_a_sound_document(parts: list[str]) -> None:
    _walked("".join(parts))
    _article("".join(parts))


def test_a_byline_that_the_page_repeats_above_its_text_is_not_a_paragraph():
    """It stood as the first paragraph of the article, though author and date had been taken from it."""
    draft = parse((ARTICLES / "market-hall.html").read_bytes())
    assert (draft.author, draft.published) == ("Ana Castellanos", "2022-05-14")
    assert draft.document.text.startswith("On the hottest day")


def test_a_short_command_in_a_box_of_its_own_is_kept() -> None:
    """Documentation lost every command of less than 25 characters: readability took its box for a menu."""
    prose = (
        "<p>Frobnicate is a small library for turning widgets into gadgets, and it needs a compiler.</p>" * 4
    )
    page = (
        f"<html><body><main><h1>Start</h1>{prose}<div><div><pre>$ pip install it\n</pre></div></div>{prose}"
    )
    assert "$ pip install it" in parse(f"{page}</main></body></html>".encode()).document.text


def test_the_edit_links_of_a_wiki_are_no_part_of_its_headings() -> None:
    prose = (
        "<p>Much of the life of the eel was a mystery for centuries, as nobody ever caught a young one.</p>"
        * 4
    )
    head = (
        '<h2>Life<span class="mw-editsection"><span>[</span><a href="/e">edit</a><span>]</span></span></h2>'
    )
    assert "edit" not in parse(f"<body><main>{prose}{head}{prose}</main></body>".encode()).document.text


def test_a_recipe_names_its_cook() -> None:
    told = '{"@type": "Recipe", "name": "Lemon Cake", "author": {"@type": "Person", "name": "Ruby Flour"}}'
    page = f'<script type="application/ld+json">{told}</script><body><p>{"Bake it. " * 40}</p></body>'
    draft = parse(page.encode())
    assert (draft.title, draft.author) == ("Lemon Cake", "Ruby Flour")


def test_an_article_that_is_already_extracted_loses_no_words() -> None:
    """Exports of other programs came through the extractor a second time, and lost what looked like a menu."""
    inside = (
        "<div><h1>A title</h1><div class='sidebar ad'><ul><li><a href='/x' onclick='y()'>one</a></ul></div>"
        "<script>no</script><div hidden>two</div><footer>three</footer><iframe src=/no></iframe>"
        "<a href='javascript:no()'>four</a></div>"
    )
    document = walk_extracted(inside.encode(), "https://e.org/a", title="A title")
    assert_document(document)
    assert document.text.split() == ["one", "two", "three", "four"]
    assert [mark.href for mark in document.marks] == ["https://e.org/x"]


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"", ""), (b" \x00", ""), (b"only words", "only words"), (b"<div>" * 900 + b"deep", "deep")],
)
def test_whatever_is_called_extracted_gives_a_document(data: bytes, text: str) -> None:
    document = walk_extracted(data)
    assert_document(document)
    assert document.text == text


def test_the_child_reads_what_is_already_extracted() -> None:
    with Sandbox() as box:
        draft = box.parse("extracted", b"<p>one<p>two", stem="A title", url="https://e.org/a")
    assert (draft.title, draft.document.text) == ("A title", "one\n\ntwo")


def test_parts_of_a_page_that_were_saved_in_templates_and_pictures_in_it_cost_nothing() -> None:
    data = "A" * 1_000_000
    shadow = f"<x-story><template shadowrootmode=open><p>{FILLER}shadow</p></template></x-story>"
    draft = _article(f"{shadow}<img src='data:image/png;base64,{data}' alt='A quay'>")
    assert "shadow" in draft.document.text
    assert "AAAA" not in draft.document.text
