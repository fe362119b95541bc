"""An article with its passages and notes, as a part of a page or a book."""

from __future__ import annotations

from hypothesis import given, settings
from lxml import etree

from reader.domain.article import Article
from reader.domain.document import Document, DocumentBuilder, Mark, Span
from reader.domain.highlight import Highlight
from reader.render.annotated import annotated, mark_id
from tests.exchange.exported import article, highlight, hostile
from tests.render.documents import documents
from tests.render.documents import highlight as marked_in

XHTML = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'


def tree(of: Article, passages: list[Highlight], notes: str = "endnotes") -> etree._Element:
    """Strict: what is not well-formed raises."""
    made = annotated(of, passages, notes=notes)  # type: ignore[arg-type]
    return etree.fromstring(f"{XHTML}{made}</html>".replace(XHTML, "<html xmlns:epub='e'>"))


def test_a_note_stands_below_the_block_of_its_passage() -> None:
    one = highlight("light", note="why *out*?", tags=("city",), colour="green")
    assert annotated(article(), [one], notes="asides", top=2) == (
        "<header>\n<h2>Harbour bridge delayed</h2>\n"
        '<p class="facts">Jane Q. Doe · Gazette · 3 March 2021 · <a href="https://e.org/a">e.org/a</a></p>\n'
        '<p class="tags"><span>#city</span> <span>#news/local</span></p>\n</header>\n'
        f'<p>The <mark id="{mark_id(one)}" class="green">light</mark> is out.</p>\n'
        f'<aside class="green" data-for="{mark_id(one)}"><p>why <em>out</em>?</p>'
        '<p class="tags"><span>#city</span></p></aside>\n'
        "<p>Corrosion in the piers was worse than expected.</p>\n"
    )


def test_passages_that_overlap_are_disjoint_marks_and_each_can_be_found() -> None:
    first, second = (
        highlight("Corrosion in the piers"),
        highlight("the piers was worse", number=2, colour="pink"),
    )
    same = highlight("Corrosion in the piers", number=3)
    page = tree(article(), [first, second, same], "asides")
    marks = page.findall(".//mark")
    assert ["".join(mark.itertext()) for mark in marks] == ["Corrosion in ", "the piers", " was worse"]
    assert [mark.get("data-ids", "").count("hl-") for mark in marks] == [2, 3, 0]
    ids = [found.get("id") for found in page.iter() if found.get("id")]
    assert sorted(ids) == sorted(map(mark_id, [first, second, same]))


def test_passages_without_a_place_are_at_the_end() -> None:
    page = tree(article(note="whole"), [highlight("nowhere <b>", note="lost")])
    assert page.findtext(".//section/h2") == "Passages without a place"
    assert page.findtext(".//section//mark") == "nowhere <b>"
    assert [("".join(aside.itertext())).strip() for aside in page.findall(".//aside")] == [
        "whole", "lostno longer in the text",
    ]  # fmt: skip


def test_endnotes_and_their_references_lead_to_each_other() -> None:
    page = tree(article(), [highlight(note="one"), highlight("light", note="two", number=2), highlight("is")])
    ids = {found.get("id"): found for found in page.iter() if found.get("id")}
    links = [link.get("href") for link in page.iter("a") if link.get("href", "").startswith("#")]
    assert len(links) == 4
    assert all(link[1:] in ids for link in links)
    assert ["".join(one.itertext()) for one in page.findall(".//ol/li")] == [
        "two↩ light",
        "one↩ Corrosion in the piers",
    ]


def test_a_passage_over_cells_is_marked_in_each_of_them_and_its_note_is_told() -> None:
    builder = DocumentBuilder()
    builder.add("table", "year\ttimes\n1911\t298", head=1)
    builder.add("code", "one\n\ttwo")
    document = builder.build()
    of = Article(article().summary, document)
    passages = [marked_in(document, "1911\t298", note="n"), marked_in(document, "two", note="m")]
    made = annotated(of, passages[:1], notes="endnotes")
    assert (
        made.count(f'id="{mark_id(passages[0])}"') == made.count('id="r1"') == made.count('href="#r1"') == 1
    )
    assert made.count("<mark") == 2
    assert annotated(of, passages[1:], notes="endnotes").count('id="r1"') == 1


def test_an_address_holds_nothing_that_no_address_may() -> None:
    builder = DocumentBuilder()
    builder.add("para", "x", [Mark("link", Span(0, 1), 'https://e.org/?a=<2>&b="%zz%20')])
    made = annotated(Article(article().summary, builder.build()), [], notes="asides")
    assert '<a href="https://e.org/?a=%3C2%3E&amp;b=%22%25zz%20">' in made


def test_places_in_the_document_keep_their_links() -> None:
    builder = DocumentBuilder()
    builder.add("para", "See¹.", [Mark("link", Span(3, 4), '#a"b'), Mark("target", Span(3, 4), "#back")])
    builder.add("para", "Note ↩", [Mark("target", Span(0, 4), '#a"b'), Mark("link", Span(5, 6), "#back")])
    of = article()
    of = Article(of.summary, builder.build())
    made = annotated(of, [], notes="asides", prefix="x-")
    assert '<span id="x-p2"></span><a href="#x-p1">¹</a>' in made
    assert '<span id="x-p1"></span>Note <a href="#x-p2">↩</a>' in made


@given(hostile, hostile, hostile)
@settings(max_examples=60)
def test_no_words_break_out_and_no_link_is_dangerous(title: str, note: str, words: str) -> None:
    of = article(title, text=f"{words}\n\nThe light", note=note, author=words or None, tags=(title or "t",))
    passages = [
        highlight("light", note=note, tags=(words or "t",)),
        highlight(words or "-", note=title, number=2),
    ]
    for notes in ("asides", "endnotes"):
        page = tree(of, passages, notes)
        assert not {"script", "img", "style"} & {element.tag for element in page.iter()}
        links = [link.get("href") for link in page.iter("a")]
        assert all(link.startswith(("https://", "http://", "mailto:", "#")) for link in links)


@given(documents())
@settings(max_examples=60)
def test_of_each_block_its_marks_are_found(document: Document) -> None:
    """They are looked for by bisection: a book of thousands of links took seconds."""
    for block in document.blocks:
        over = [mark for mark in document.marks if mark.span.overlaps(block.span)]
        assert list(document.marks_over(block.span)) == over


@given(documents())
@settings(max_examples=50)
def test_any_document_is_well_formed(document: Document) -> None:
    words = document.text.split()[:1]
    passages = [marked_in(document, word, note="n") for word in words]
    page = tree(Article(article().summary, document), passages)
    ids = [found.get("id") for found in page.iter() if found.get("id")]
    assert len(ids) == len(set(ids))
