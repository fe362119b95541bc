"""Passages as Markdown that says what the text says."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.domain.anchor import anchor_of
from reader.domain.document import Document, Span
from reader.domain.highlight import Highlight, HighlightId, Placement
from reader.domain.quoting import contained, escaped, heading, passage, quote, quoted
from reader.domain.text import clean_body
from tests.domain.test_citation import BARE, LEDGER

SIGNS = "abc \n\n#>*_-+=`~[]()<>&;.!|\\\"'1:$é日"


def rendered(markdown: str) -> list[str]:
    """The paragraphs that a Markdown program shows, all of them in one block quote."""
    tokens = MarkdownIt("commonmark").enable("strikethrough").parse(markdown)
    assert tokens[0].type == "blockquote_open"
    assert {token.type for token in tokens[1:-1]} <= {"paragraph_open", "inline", "paragraph_close"}
    shown = []
    for token in tokens:
        if token.type == "inline":
            assert {child.type for child in token.children or ()} <= {"text", "hardbreak", "text_special"}
            shown.append(
                "".join(
                    "\n" if child.type == "hardbreak" else child.content for child in token.children or ()
                )
            )
    return shown


@given(st.text(SIGNS, min_size=1, max_size=60).filter(str.strip))
@example("1. one\n2) two")
@example("# a\n- b\n+ c\n> d\n===\n---\n```\n~~~")
@example("a_b _c_ **d** [x](y) <br> &amp; http://e.org")
@example("    indented\n\tcode")
def test_quoted_words_are_what_a_markdown_program_shows(text: str) -> None:
    lines = [[" ".join(line.split()) for line in part.split("\n")] for part in clean_body(text).split("\n\n")]
    paragraphs = ["\n".join(filter(None, part)) for part in lines]
    shown = [
        "\n".join(" ".join(line.split()) for line in part.split("\n")) for part in rendered(quoted(text))
    ]
    assert "\n".join(shown).split() == "\n".join(paragraphs).split()


def test_what_is_harmless_is_not_escaped() -> None:
    assert escaped("snake_case, 3.5 & AT&T - don't!") == "snake_case, 3.5 & AT&T - don't!"


def test_marks_that_only_github_and_obsidian_know_are_escaped_too() -> None:
    """A quotation with %% in it lost the words between in Obsidian, and #words became tags of the vault."""
    assert escaped("100%% of %% hidden %%") == r"100\%% of \%% hidden \%%"
    assert escaped("a == b == c, #sea, C#, #1") == r"a \== b \== c, \#sea, C#, #1"
    assert escaped("~5 to ~6, but H~2~O") == r"~5 to ~6, but H\~2\~O"


def test_a_quote_says_where_it_is_from() -> None:
    assert quote(LEDGER, "One.\n\nTwo\nlines.", style="apa", reference="1a2b3c4d") == (
        "> One.\n>\n> Two\\\n> lines.\n>\n"
        "> — Quist, J., & Moreau, A. (2021, March 3). The Lighthouse Ledger. The Harbour. "
        "<https://example.org/ledger> [hl-1a2b3c4d]"
    )
    assert quote(BARE, "One.", style="bibtex") == "> One.\n>\n> — “The Lighthouse Ledger.”"


@pytest.mark.parametrize(
    ("status", "said"),
    [("anchored", "]"), ("review", "] (its place is in doubt)"), ("orphan", "] (no longer in the text)")],
)
def test_a_passage_comes_with_its_note_its_tags_and_its_doubts(status: str, said: str) -> None:
    document = Document.plain("The keeper kept the light.")
    anchor = anchor_of(document, Span(4, 10))
    assert anchor is not None
    one = Highlight(
        HighlightId(1),
        "018f0000-0000-7000-8000-0000deadbeef",
        LEDGER.id,
        anchor,
        Placement(status, anchor.span),  # type: ignore[arg-type]
        note="See *this*.\x1b[1m",
        tags=("old work", "2021"),
    )
    words, source, note, tags = passage(LEDGER, one, style="plain").replace(">\n> —", "\n—").split("\n\n")
    assert (words, note, tags) == ("> keeper", "See *this*.[1m", "#old-work #2021-")
    assert source.endswith(f"[hl-deadbeef{said}")


def noted(note: str) -> Highlight:
    anchor = anchor_of(Document.plain("The keeper kept the light."), Span(4, 10))
    assert anchor is not None
    place = Placement("anchored", anchor.span)
    return Highlight(
        HighlightId(1),
        "018f0000-0000-7000-8000-0000deadbeef",
        LEDGER.id,
        anchor,
        place,
        note=note,
        tags=("tag",),
    )


PIECES = st.sampled_from(
    [
        *"abc \n\n\t#>*_-+=`~[]()<!&;.|\\1:",
        "```",
        "~~~",
        "> ",
        "- ",
        "1. ",
        "    ",
        "<!--",
        "-->",
        "<pre>",
        "<?",
        "<div>",
    ]
)
RUNNING_ON = [
    "```\ncode",
    "~~~ x\n```",
    "- a\n  ```\n  x\n\n```",
    "<!-- open",
    "<script>",
    "> quoted",
    "--- \n<pre>",
]


@given(st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=3))
@example(RUNNING_ON)
@example([">\n```", ""])
def test_no_note_swallows_the_passage_behind_it(notes: list[str]) -> None:
    """An unclosed code fence in a note made code of all that followed."""
    shown = "\n\n".join([heading(LEDGER), *(passage(LEDGER, noted(note), style="plain") for note in notes)])
    tokens = MarkdownIt("commonmark").parse(shown)
    assert sum(token.type == "blockquote_open" and token.level == 0 for token in tokens) == len(notes)
    tags = [
        token for token in tokens if token.level == 1 and token.type == "inline" and token.content == "#tag"
    ]
    assert len(tags) == len(notes)


@pytest.mark.parametrize("note", ["See *this*.", "```\ncode\n```", "a <b>x</b>\n\n- c\n- d", "1 > 0"])
def test_a_note_that_keeps_to_itself_is_as_it_was_written(note: str) -> None:
    assert contained(note) == note


def test_a_note_that_would_run_on_is_an_item_of_a_list() -> None:
    assert contained("As in\n\n```\ncode") == "+ As in\n\n  ```\n  code"


def test_a_title_is_a_heading_whatever_it_holds() -> None:
    assert heading(LEDGER) == "# The Lighthouse Ledger"
    tokens = MarkdownIt().parse(heading(LEDGER._replace(title="*[x](y)* <b> #")))
    assert tokens[1].children is not None
    assert "".join(child.content for child in tokens[1].children) == "*[x](y)* <b> #"
