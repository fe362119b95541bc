from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.document import Document
from reader.ingest import IngestError
from reader.ingest.frontmatter import split_front_matter
from reader.ingest.markdown import parse
from tests.invariants import assert_document


def _blocks(document: Document) -> list[tuple[str, str]]:
    assert_document(document)
    return [(block.kind, document.slice(block.span)) for block in document.blocks]


EVERYTHING = """\
# The *Title* of it

A [link](../x?a=1) that `is` **bold, *and more***,
soft-wrapped, ~~gone~~\\
and broken; [bad](ftp://x) &amp; <b>raw</b>.

> quoted
>
> - listed
>
>   continued
> > nested

3. three
4. four

   ```python
   def f(): pass
   ```

   - deep

![A picture](/i.png)

|   | A |
|---|---|
| x | *1* [l](http://e.org/1) |

***

The end ![inside](http://e.org/j.png) of it.
"""


def test_structure_becomes_blocks_and_the_first_heading_the_title() -> None:
    draft = parse(EVERYTHING, url="https://e.org/a/b")
    assert draft.title == "The Title of it"
    assert _blocks(draft.document) == [
        ("para", "A link that is bold, and more, soft-wrapped, gone\nand broken; bad & <b>raw</b>."),
        ("quote", "quoted"),
        ("item", "listed"),
        ("para", "continued"),
        ("quote", "nested"),
        ("item", "three"),
        ("item", "four"),
        ("code", "def f(): pass"),
        ("item", "deep"),
        ("figure", "A picture"),
        ("table", "\tA\nx\t1 l"),
        ("rule", ""),
        ("para", "The end of it."),
        ("figure", "inside"),
    ]
    blocks = draft.document.blocks
    assert [(block.marker, block.depth) for block in blocks if block.kind == "item"] == [
        ("•", 0), ("3.", 0), ("4.", 0), ("•", 1),
    ]  # fmt: skip
    assert [(block.quote, block.list, block.depth) for block in blocks[1:5]] == [
        (0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 0, 1),
    ]  # fmt: skip
    assert (blocks[7].lang, blocks[7].list, blocks[10].head, blocks[9].src) == (
        "python",
        1,
        1,
        "https://e.org/i.png",
    )


def test_inline_style_becomes_marks() -> None:
    document = parse(EVERYTHING, url="https://e.org/a/b").document
    assert [(mark.kind, document.slice(mark.span), mark.href) for mark in document.marks] == [
        ("link", "link", "https://e.org/x?a=1"),
        ("code", "is", ""),
        ("strong", "bold, and more", ""),
        ("em", "and more", ""),
        ("strike", "gone", ""),
        ("em", "1", ""),
        ("link", "l", "http://e.org/1"),
    ]


def test_a_relative_link_of_a_file_without_an_address_is_only_its_text() -> None:
    document = parse("a [b](c.md)").document
    assert (document.text, document.marks) == ("a b", ())


def test_front_matter_gives_the_fields() -> None:
    draft = parse(
        "---\ntitle: 'It''s here'  \nauthor: \"Ann \\\"A.\\\" Lee\"\ndate: 23 April 2022\n"
        "site: Commonplace # mine\n"
        'tags: [long read, "a, b"]\nurl: https://e.org/x\nlanguage: en-GB\nmood: calm\n---\n\n'
        "# It's here\n\nSome words.\n"
    )
    assert (draft.title, draft.author, draft.published) == ("It's here", 'Ann "A." Lee', "2022-04-23")
    assert (draft.site, draft.url, draft.language) == ("Commonplace", "https://e.org/x", "en")
    assert draft.tags == ("long read", "a", "b")
    assert draft.extra == {"front": {"mood": "calm"}}
    assert draft.document.text == "Some words."


@pytest.mark.parametrize(
    "tags", ["tags: a, b", "tags: [a, b]", "tags:\n- a\n- b", "tags:\n  - a\n  - 'b'", "Keywords: a,b"]
)
def test_tags_are_a_list_or_a_line(tags: str) -> None:
    assert split_front_matter(f"---\n{tags}\n---\nx")[0].tags == ("a", "b")


@pytest.mark.parametrize("title", ["[Review] Foo [2024]", "[/] and more", "[a [b], c]"])
def test_brackets_that_are_no_list_are_words(title: str) -> None:
    """A title lost what stood behind its last bracket."""
    assert split_front_matter(f"---\ntitle: {title}\n---\nx")[0].one("title") == title


def test_a_nested_or_folded_value_does_no_harm() -> None:
    front, body = split_front_matter(
        "---\ntitle: One\n  two\nseo:\n  deep:\n    deeper: 1\nauthor: Ann\n---\nbody"
    )
    assert (front.one("title"), front.one("author"), body) == ("One two", "Ann", "body")


@pytest.mark.parametrize(
    "text",
    ["---\n\nA rule above.\n\n---\nx", "---\ntitle: never closed\n", "text\n---\na: b\n---\n", "---\n---\n"],
)
def test_a_text_that_only_looks_so_has_no_front_matter(text: str) -> None:
    front, body = split_front_matter(text)
    assert (dict(front.fields), body) == ({}, text)


def test_a_later_heading_is_no_title() -> None:
    draft = parse("Some words first.\n\n## Then a section\n\nMore.", stem="The file")
    assert draft.title == "The file"
    assert "Then a section" in draft.document.text


def test_a_title_alone_is_an_article_and_nothing_is_none() -> None:
    """The text of such an article was its heading once more, as it is written: “# Only this”."""
    for source in ("# Only this", "# Only this\n", "Only this\n=========\n"):
        assert (parse(source).title, parse(source).document.text) == ("Only this", "")
    for empty in ("", "\n\n", "\u200b"):
        with pytest.raises(IngestError, match="no text"):
            parse(empty, stem="File")


def test_what_is_nested_too_deep_for_the_parser_is_still_read() -> None:
    assert "needle" in parse(">" * 500 + " needle").document.text


MARKDOWN = st.sampled_from(
    [
        "# ", "## ", "> ", "- ", "1. ", "    ", "\n", "\n\n", "```\n", "*", "**", "`", "[a](", "](x)", "![i](/p.png)",
        "|",
        "|-|-|\n", "| a | b |\n", "---\n", "~~", "<b>", "&amp;", "  \n", "\t", "word ", "e\u0301", "[r]: http://e.org\n",
    ]
) | st.text(max_size=5)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(MARKDOWN, max_size=40))
def test_any_text_gives_a_sound_document(parts: list[str]) -> None:
    try:
        draft = parse("".join(parts), url="https://e.org/")
    except IngestError:
        return
    assert_document(draft.document)
