from hypothesis import given, settings
from markdown_it import MarkdownIt

from reader.domain.document import Document, DocumentBuilder, Mark, Span
from reader.render.html import html
from reader.render.markdown import markdown
from reader.render.text import text
from reader.render.wrap import cells
from tests.render.documents import article, documents, every_kind, highlight


def test_text_shows_every_block_without_colour() -> None:
    shown = text(article(), width=60)
    for words in (
        "The noon whistle",
        "Jane Doe · Gazette · 3 March 2021",
        "• Fire drill, 1923",
        "def blow(t):",
    ):
        assert words in shown
    assert "▄" not in shown


def test_text_with_highlights_marks_them_and_lists_their_notes() -> None:
    document = every_kind()
    shown = text(article(document), [highlight(document, "noon whistle", "green", "why noon?")], width=60)
    assert "g◆ The noon whistle “sounds”" in shown
    assert "“noon whistle”" in shown
    assert "→ why noon?" in shown


@given(documents())
@settings(max_examples=60)
def test_no_line_of_text_is_wider_than_asked(document: Document) -> None:
    assert all(cells(line) <= 40 for line in text(article(document), width=40).split("\n"))


def test_markdown_keeps_structure_and_marks_highlights() -> None:
    document = every_kind()
    made = markdown(article(document), [highlight(document, "noon whistle", note="why?")])
    assert "# Steam" in made
    assert "==*noon* whistle==[^1]" in made
    assert "[ledger](https://example.org/ledger)" in made
    assert "    9. A bird in the pipe" in made
    assert "> > Who asked you?" in made
    assert "```python\ndef blow(t):" in made
    assert "| 1911 | 298 | New cord |" in made
    assert "[^1]: why?" in made


def test_markdown_escapes_what_would_be_markup() -> None:
    document = Document.plain("# not a heading, *not* emphasis, [no](link) <b>\n\n1. no list")
    tokens = MarkdownIt().parse(markdown(article(document, title="a *b* [c]")))
    assert [token.type for token in tokens if token.type.endswith("_open")].count("heading_open") == 1
    assert not any(token.type in ("ordered_list_open", "html_block") for token in tokens)
    assert not any(
        child.type in ("em_open", "link_open", "html_inline") and child.content
        for token in tokens
        for child in token.children or ()
    )


def test_html_escapes_everything_and_drops_doubtful_links() -> None:
    builder = DocumentBuilder()
    text = "<script>alert(1)</script> & a link"
    builder.add("para", text, [Mark("link", Span(28, 34), "javascript:alert(1)")])
    document = builder.build()
    made = html(article(document, title="<b>"), [highlight(document, "alert(1)", note='"quoted"')])
    assert "<script>" not in made
    assert "javascript:" not in made
    assert "&lt;b&gt;" in made
    assert '<mark class="yellow" title="&quot;quoted&quot;">alert(1)</mark>' in made


def test_html_lists_and_quotations_are_closed() -> None:
    made = html(article())
    for tag in ("ul", "ol", "li", "blockquote", "table", "p"):
        assert made.count(f"<{tag}>") + made.count(f"<{tag} ") == made.count(f"</{tag}>")


@given(documents())
@settings(max_examples=60)
def test_any_document_has_markdown_and_html(document: Document) -> None:
    assert markdown(article(document)).endswith("\n")
    assert html(article(document)).endswith("</html>\n")


def with_a_note() -> Document:
    builder = DocumentBuilder()
    builder.add(
        "para", "See¹ there.", [Mark("link", Span(3, 4), '#a"b'), Mark("target", Span(3, 4), "#back")]
    )
    builder.add(
        "item", "The note. ↩", [Mark("target", Span(0, 11), '#a"b'), Mark("link", Span(10, 11), "#back")]
    )
    return builder.build()


def test_html_leads_from_a_reference_to_its_note_and_back() -> None:
    made = html(article(with_a_note()))
    assert '<span id="back"></span><a href="#a&quot;b">¹</a>' in made
    assert '<span id="a&quot;b"></span>The note. <a href="#back">↩</a>' in made


def test_markdown_and_text_keep_the_words_of_references() -> None:
    assert "See¹ there." in markdown(article(with_a_note()))
    assert "](#" not in markdown(article(with_a_note()))
    assert "See¹ there." in text(article(with_a_note()))
