"""Links within an article: footnotes, contents, and what becomes of them where the place is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.document import Document
from reader.ingest import html, markdown
from reader.ingest.flow import Flow
from reader.ingest.page import parse_tree
from reader.ingest.places import place_name, slugs
from reader.ingest.tree import walk
from tests.invariants import assert_document

PROSE = "Some words, with commas, that go on for long enough, so that they are taken for an article, "


def of_markdown(text: str) -> Document:
    document = markdown.parse(text).document
    assert_document(document)
    return document


def of_page(body: str, url: str | None = None) -> Document:
    page = f"<html><head><title>T</title></head><body><article><p>{PROSE * 3}</p>{body}<p>{PROSE * 3}</p></article>"
    document = html.parse(page.encode(), url=url).document
    assert_document(document)
    return document


def links(document: Document) -> dict[str, str]:
    """The words of each link, and the words that it leads to or its address."""
    return {
        document.slice(mark.span): document.slice(document.targets[mark.href])
        if mark.href in document.targets
        else mark.href
        for mark in document.marks
        if mark.kind == "link"
    }


# -- Markdown ------------------------------------------------------------------------------------------


def test_a_footnote_is_an_item_that_its_number_leads_to() -> None:
    document = of_markdown(
        "Text[^1] goes on[^why].\n\n[^1]: The *first* note.\n\n    More of it.\n\n[^why]: The other."
    )
    assert document.text == "Text¹ goes on[why].\n\nThe first note.\n\nMore of it.\n\nThe other."
    assert links(document) == {"¹": "The first note.", "[why]": "The other."}
    assert [(block.kind, block.marker, block.list) for block in document.blocks[1:]] == [
        ("item", "1.", 0),
        ("para", "", 1),
        ("item", "why", 0),
    ]


def test_a_note_stays_where_it_is_written_even_if_nothing_refers_to_it() -> None:
    document = of_markdown("Before[^2].\n\n[^1]: Nobody asks.\n[^2]: Asked.\n\nAfter.")
    assert document.text == "Before².\n\nNobody asks.\n\nAsked.\n\nAfter."
    assert list(document.targets) == ["#fn-2"]


def test_a_reference_without_its_note_is_what_was_typed() -> None:
    assert of_markdown("See [^9] and ^[this].").text == "See [^9] and ^[this]."


def test_contents_lead_to_their_headings() -> None:
    document = of_markdown(
        "[Über uns](#über-uns), [again](#über-uns-1), [gone](#gone)\n\n## Über uns\n\nA.\n\n## Über *uns*"
    )
    first, second = (span.start for span in sorted(document.targets.values()))
    assert document.slice(document.targets["#über-uns"]) == "Über uns"
    assert first < second
    assert set(links(document)) == {"Über uns", "again"}


# -- pages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reference",
    [
        '<sup id="r1"><a href="#fn1">1</a></sup>',
        '<a id="r1" href="#fn1"><sup>1</sup></a>',
        '<sup><a name="r1" href="#fn1">1</a></sup>',
    ],
)
def test_a_raised_number_leads_to_its_note_and_back(reference: str) -> None:
    document = of_page(
        f'<p>Text{reference} goes on.</p><ol><li id="fn1">The note. <a href="#r1">↩</a></li></ol>'
    )
    assert links(document) == {"¹": "The note. ↩", "↩": "¹"}


def test_notes_in_a_foot_of_their_own_are_part_of_the_article() -> None:
    """The extractor took them for the foot of the page, and dropped them."""
    notes = "".join(
        f'<li id="footnote-{n}"><p>Note {n}. <a href="#ref-{n}">back</a></p></li>' for n in (1, 2)
    )
    document = of_page(
        '<p>One<a id="ref-1" href="#footnote-1">[1]</a> and two<a id="ref-2" href="#footnote-2">[2]</a>.</p>'
        f'<section class="footnotes" role="doc-endnotes"><h2>Footnotes</h2><ol>{notes}</ol></section>'
    )
    assert links(document)["[1]"] == "Note 1. back"
    assert links(document)["[2]"] == "Note 2. back"


def test_an_address_of_the_page_itself_is_a_place_in_it() -> None:
    body = '<h2 id="more">More</h2><p>See <a href="https://e.org/a#more">above</a>, <a href="https://e.org/b#more">b</a>.</p>'
    found = links(of_page(body, url="https://e.org/a"))
    assert found == {"above": "More", "b": "https://e.org/b#more"}


def test_a_link_to_a_place_that_is_not_there_keeps_its_address_or_only_its_words() -> None:
    document = of_page(
        '<p>See <a href="#gone">this</a> or <a href="https://e.org/a#gone">that</a>.</p>',
        url="https://e.org/a",
    )
    assert links(document) == {"that": "https://e.org/a#gone"}
    assert "See this or that." in document.text


def test_places_that_nothing_leads_to_are_not_kept() -> None:
    assert of_page('<p id="p1">One.</p><h2 id="s">Two</h2>').targets == {}


def test_an_empty_anchor_is_the_place_before_what_follows_it() -> None:
    found = links(
        of_page(
            '<p>First. <a name="here"></a>Second.</p><p>Go <a href="#here">there</a>.</p><p id="last"></p>'
        )
    )
    assert found == {"there": "Second."}


def test_code_tables_and_figures_are_places_too() -> None:
    document = of_page(
        '<p>See <a href="#t">table</a>, <a href="#c">code</a>.</p><table id="t"><tr><th>a</th><th>b</th></tr>'
        '<tr><td>1</td><td>2</td></tr></table><pre id="c">x = 1</pre>'
    )
    assert links(document) == {"table": "a\tb\n1\t2", "code": "x = 1"}


# -- names ---------------------------------------------------------------------------------------------


def test_names_are_decoded_and_no_name_holds_white_space() -> None:
    assert place_name("%C3%BCber") == "über"
    assert place_name("a%20b") == place_name("") == place_name("x" * 1000) == ""


def test_headings_are_named_as_renderers_of_markdown_name_them() -> None:
    slug = slugs()
    assert [slug(heading) for heading in ("What's new?", "Two  words", "what's NEW", "…")] == [
        "whats-new",
        "two--words",
        "whats-new-1",
        "",
    ]


@given(st.text(alphabet="[]^1a: \n\t#()*", max_size=60))
def test_any_text_of_footnote_signs_is_a_document(text: str) -> None:
    assert_document(markdown.parse(f"T\n\n{text}").document)


TAGS = [
    "p",
    "a",
    "sup",
    "span",
    "li",
    "ul",
    "h2",
    "table",
    "td",
    "tr",
    "em",
    "pre",
    "figure",
    "blockquote",
    "div",
    "q",
]


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    tag = draw(st.sampled_from(TAGS))
    name, href = draw(st.sampled_from(["", "", "x", "y"])), draw(st.sampled_from(["", "#x", "#y", "#z"]))
    inner = draw(st.lists(elements(depth - 1) if depth else st.just("w"), max_size=3))
    words = draw(st.sampled_from(["", " ", "1", "some words "]))
    attributes = (f' id="{name}"' if name else "") + (f' href="{href}"' if href and tag == "a" else "")
    return f"<{tag}{attributes}>{words}{''.join(inner)}</{tag}>{words}"


@given(st.lists(elements(), min_size=1, max_size=4).map("".join))
def test_any_page_of_places_and_links_is_a_document(body: str) -> None:
    flow = Flow("https://e.org/a")
    walk(parse_tree(f"<html><body>{body}</body></html>"), flow)
    assert_document(flow.build())
