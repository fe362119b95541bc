"""Which part of a page is the article, on pages of our own."""

from __future__ import annotations

from reader.domain.article import Draft
from reader.ingest.html import parse
from reader.ingest.page import parse_tree
from reader.ingest.second import choose_again
from reader.ingest.weights import words
from tests.invariants import assert_document

PROSE = (
    "The ferry left at dawn, as it had for years, and nobody on the quay, not even the dog, looked up. " * 3
)


def _read(inside: str, head: str = "<title>The ferry</title>") -> Draft:
    draft = parse(f"<html><head>{head}</head><body>{inside}</body></html>".encode(), url="https://e.org/a/b")
    assert_document(draft.document)
    return draft


def _kinds(draft: Draft) -> list[str]:
    return [block.kind for block in draft.document.blocks]


def test_what_names_and_links_call_foreign_is_left_out() -> None:
    around = (
        f"<div class='sidebar'><p>{PROSE}foreign</p></div><ul class=menu><li><a href=/>foreign</a></ul>"
        f"<div id=comments><p>{PROSE}foreign</p></div><div role=navigation>foreign</div>"
        "<div class=card><a href=/1>foreign, one</a><p><a href=/2>foreign, two</a></p></div>"
    )
    text = _read(
        f"<div id=content><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}last</p></div>{around}"
    ).document.text
    assert text.count("The ferry left") == 9
    assert text.endswith("last")
    assert "foreign" not in text


def test_an_article_in_several_boxes_is_taken_together() -> None:
    boxes = "".join(f"<div class=part><p>{PROSE}{number}</p><p>{PROSE}</p></div>" for number in range(4))
    text = _read(f"<div><div>{boxes}</div></div><div class=footer>imprint</div>").document.text
    assert [str(number) in text for number in range(4)] == [True] * 4
    assert "imprint" not in text


def test_a_page_whose_article_has_a_foreign_name_is_read_all_the_same() -> None:
    assert "at dawn" in _read(f"<div class=sidebar><p>{PROSE}</p><p>{PROSE}</p></div>").document.text


def test_lines_that_two_breaks_part_are_paragraphs() -> None:
    draft = _read(
        f"<table><tr><td>{PROSE}one<br><br>{PROSE}<b>two</b><br> <br><br>three, at the end.</table>"
    )
    texts = [draft.document.slice(block.span) for block in draft.document.blocks]
    assert [text[-3:] for text in texts] == ["one", "two", "nd."]


def test_lists_data_code_and_headings_in_boxes_of_their_own_stay() -> None:
    inside = (
        f"<article><p>{PROSE}</p><div><h2>Fares</h2></div><ul><li>car<li>bike</ul><div><pre>$ ferry\n</pre></div>"
        f"<table><tr><th>a<th>b<tr><td><a href=/1>1</a><td><a href=/2>2</a></table><p>{PROSE}</p></article>"
    )
    assert _kinds(_read(inside)) == ["para", "heading", "item", "item", "code", "table", "para"]


def test_a_heading_that_says_the_title_is_dropped_below_a_kicker_too() -> None:
    draft = _read(f"<article><h4>Travel</h4><h1>The ferry</h1><p>{PROSE}</p><p>{PROSE}</p></article>")
    assert _kinds(draft) == ["heading", "para", "para"]


def test_notes_in_a_foot_that_the_text_refers_to_stay() -> None:
    foot = f"<footer><p id=n1>A note, {PROSE}</p></footer>"
    draft = _read(f"<article><p>{PROSE}<a href='#n1'>1</a></p><p>{PROSE}</p>{foot}</article>")
    assert "A note," in draft.document.text


def test_what_screen_readers_pass_over_is_no_text_unless_it_is_the_page() -> None:
    shown = f"<main><p>{PROSE}</p><p>{PROSE}<span aria-hidden=true>ornament</span></p></main>"
    assert "ornament" not in _read(shown).document.text
    behind = (
        f"<div aria-hidden=true><p>{PROSE}</p><p>{PROSE}</p></div><div aria-modal=true>Do you agree?</div>"
    )
    text = _read(behind).document.text
    assert "at dawn" in text
    assert "agree" not in text


def test_pictures_for_browsers_without_scripts_and_of_amp_are_pictures() -> None:
    pictures = (
        "<img src='data:image/gif;base64,R0' alt='A quay'><noscript><img src=/quay.jpg></noscript>"
        "<amp-img src=/dog.jpg alt='<b>A dog</b>'></amp-img>"
        "<img src=/x.jpg alt='img_0231'><img src=/y.jpg alt='The ferry'>"
    )
    figures = [
        (block.src, draft.document.slice(block.span))
        for draft in [_read(f"<article><p>{PROSE}</p>{pictures}<p>{PROSE}</p></article>")]
        for block in draft.document.blocks
        if block.kind == "figure"
    ]
    assert figures == [
        ("https://e.org/quay.jpg", "A quay"), ("https://e.org/dog.jpg", "A dog"), ("https://e.org/x.jpg", ""),
        ("https://e.org/y.jpg", ""),
    ]  # fmt: skip


def test_links_in_code_can_be_followed_and_lead_to_places_in_it() -> None:
    code = "<pre>  1. <a href='#s2'>Fares</a>\n<a href='/rfc'>RFC</a>\n\n<a name=s2></a>Fares: none</pre>"
    document = _read(f"<article><p>{PROSE}</p>{code}<p>{PROSE}</p></article>").document
    found = [(mark.kind, document.slice(mark.span), mark.href) for mark in document.marks]
    assert ("link", "Fares", "#s2") in found
    assert ("link", "RFC", "https://e.org/rfc") in found
    assert any(kind == "target" and text[0] == "F" for kind, text, _ in found)


def test_a_whole_reference_is_not_emphasised_but_a_title_is() -> None:
    cited = "<cite>Waves</cite> <cite>Doe, J., <i>Tides</i>, 1999</cite>"
    document = _read(f"<article><p>{PROSE}{cited}</p><p>{PROSE}</p></article>").document
    assert [document.slice(mark.span) for mark in document.marks] == ["Waves", "Tides"]


def test_the_second_extractor_gives_elements_of_the_page() -> None:
    main = f"<main><h2>Fares</h2><p>{PROSE}</p><ul><li>a fare of two<li>b</ul></main>"
    page = f"<body><nav><a href=/>Home</a></nav>{main}"
    found = choose_again(parse_tree(page))
    assert found is not None
    assert PROSE.strip() in words(found)
    assert "Home" not in words(found)
    assert choose_again(parse_tree("<p></p>")) is None
