"""A longer article, with what one goes about by: headings, links, footnotes."""

from __future__ import annotations

from reader.domain.article import Draft
from reader.domain.document import Document, DocumentBuilder, Mark, Span

LEDGER_LINK = "https://www.example.org/ledger?utm_source=mail"
OTHER_LINK = "https://other.example/page"

_PARAGRAPH = "Paragraph % says once more that every sentence is where it was. " * 3


def essay() -> Draft:
    """Three sections of twenty paragraphs; the first paragraph has four links, and two notes stand at the end."""
    builder = DocumentBuilder()
    opening = "The ledger, another page, a note¹ and the end of it all²."
    builder.add(
        "para",
        opening,
        [
            _link(opening, "The ledger", LEDGER_LINK),
            _link(opening, "another page", OTHER_LINK),
            _link(opening, "¹", "#fn1"),
            _link(opening, "²", "#fn2"),
            _mark("target", opening, "¹", "#back1"),
        ],
    )
    for number, (level, title) in enumerate(((2, "Morning"), (3, "A late noon"), (2, "Evening"))):
        builder.add("heading", title, level=level)
        for paragraph in range(20):
            builder.add("para", _PARAGRAPH.replace("%", str(20 * number + paragraph)).strip())
    note = "The first note says where the noon came from. ↩"
    builder.add("item", note, [_mark("target", note, note, "#fn1"), _link(note, "↩", "#back1")], marker="1.")
    builder.add("item", "The second note.", [Mark("target", Span(0, 16), "#fn2")], marker="2.")
    return Draft("An Essay", builder.build(), url="https://essays.example/one")


def place(document: Document, words: str) -> int:
    return document.text.index(words)


def _link(text: str, words: str, href: str) -> Mark:
    return _mark("link", text, words, href)


def _mark(kind: str, text: str, words: str, href: str) -> Mark:
    start = text.index(words)
    return Mark(kind, Span(start, start + len(words)), href)  # type: ignore[arg-type]
