"""Articles and passages for the tests of exports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from reader.domain.article import Article, ArticleId, Summary
from reader.domain.document import Document, Span
from reader.domain.highlight import Anchor, Highlight, HighlightId, Placement
from reader.domain.text import clean_body, clean_line
from reader.domain.whole import Whole, WholeHighlight

MADE = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
UID = "a1f0c2d4-0000-5000-8000-000000000001"
TEXT = "The light is out.\n\nCorrosion in the piers was worse than expected."

hostile: st.SearchStrategy[str] = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["=1+1", "+x", "-x", "@x", '"q"', "]]>", "<script>", "&amp;&#1;", "a\nb", "\ufffe\uffff", "%% reader:end %%",
         "\x1b[31m", "---", "]}", "</style>", "'", "![x](http://e.org/x.png)", "[y](javascript:alert(1))",
         "{{ 7 * 7 }}"]
    ),
).map(clean_body)  # fmt: skip
"""As a library holds them: clean, but with all that a format gives a meaning to."""


def article(
    title: str = "Harbour bridge delayed", text: str = TEXT, note: str = "", **fields: Any
) -> Article:
    known: dict[str, Any] = {
        "author": "Jane Q. Doe", "site": "Gazette", "url": "https://e.org/a", "published": "2021-03-03",
        "tags": ("city", "news/local"), "language": "en", "uid": UID,
    }  # fmt: skip
    known |= fields
    summary = Summary(
        id=ArticleId(1), title=clean_line(title), added=MADE, words=11, state="unread", starred=True,
        archived=False, trashed=False, progress=0.25, highlights=1, noted=bool(note), **known,
    )  # fmt: skip
    return Article(summary, Document.plain(text), note=clean_body(note))


def highlight(
    words: str = "Corrosion in the piers", note: str = "", *, tags: Sequence[str] = (), number: int = 1, **fields: Any
) -> Highlight:  # fmt: skip
    """Of *words* in TEXT, or without a place where they are not in it."""
    start = TEXT.find(words)
    span = Span(start, start + len(words)) if start >= 0 else None
    anchor = Anchor(span or Span(0, 1), clean_body(words), "", "", Document.plain(TEXT).hash)
    placement = Placement("anchored" if span else "orphan", span)
    return Highlight(
        HighlightId(number), f"01930000-0000-7000-8000-0000000000{number:02}", ArticleId(1), anchor, placement,
        note=clean_body(note), tags=tuple(tags), made=MADE, changed=MADE, **fields,
    )  # fmt: skip


def whole(of: Article, *highlights: Highlight) -> Whole:
    summary = of.summary
    return Whole(
        summary.uid, summary.title, summary.url, summary.author, added=MADE, tags=summary.tags, note=of.note,
        highlights=tuple(
            WholeHighlight(one.uid, one.anchor, one.placement, one.colour, one.note, one.tags, one.made, one.changed)
            for one in highlights
        ),
    )  # fmt: skip
