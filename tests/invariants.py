"""What holds for every document, whatever it was made of."""

from __future__ import annotations

import unicodedata

from reader.domain.document import SEPARATOR, Block, Document
from reader.domain.identity import valid_url
from reader.domain.text import clean_body

KINDS = {"heading", "para", "item", "quote", "code", "table", "figure", "rule"}


def assert_document(document: Document) -> None:
    """Fail unless *document* keeps every promise that its type makes."""
    text = document.text
    assert clean_body(text) == text
    assert unicodedata.is_normalized("NFC", text)
    with_text = [block for block in document.blocks if block.span.start < block.span.end]
    assert SEPARATOR.join(document.slice(block.span) for block in with_text) == text
    _assert_order(document)
    for block in document.blocks:
        _assert_block(block, document.slice(block.span))
    _assert_marks(document)
    assert Document.from_json(text, document.blocks_json()) == document


def _assert_order(document: Document) -> None:
    place = 0
    for block in document.blocks:
        assert place <= block.span.start <= block.span.end <= len(document.text)
        place = block.span.end
    for block, following in zip(document.blocks, document.blocks[1:], strict=False):
        if block.span.start == block.span.end:  # without text: where the next block is
            assert following.span.start == block.span.start


def _assert_block(block: Block, text: str) -> None:
    assert block.kind in KINDS
    assert text or block.kind in ("figure", "rule")
    assert not (text and block.kind == "rule")
    if block.kind == "code":
        assert text == text.strip("\n").rstrip()
    elif block.kind == "table":
        assert text.strip("\n ") == text
        assert block.head <= text.count("\n") + 1
    else:
        assert text.strip() == text
    if block.kind == "heading":
        assert 1 <= block.level <= 6
        assert "\n" not in text
    assert not block.src or valid_url(block.src)
    assert min(block.depth, block.head, block.quote, block.list) >= 0


def _assert_marks(document: Document) -> None:
    assert [mark.span.start for mark in document.marks] == sorted(mark.span.start for mark in document.marks)
    for mark in document.marks:
        assert mark.span.start < mark.span.end
        block = document.blocks[document.block_at(mark.span.start)]
        assert block.span.start <= mark.span.start
        assert mark.span.end <= block.span.end
        assert (mark.kind in ("link", "target")) == bool(mark.href)
        assert mark.kind != "target" or mark.href.startswith("#")
        assert not (mark.kind == "link" and mark.href.startswith("#")) or mark.href in document.targets
        assert not mark.href or mark.href.startswith(("mailto:", "#")) or valid_url(mark.href)
