"""Documents to lay out: one with every kind of block, and any that Hypothesis can think of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from reader.domain.anchor import anchor_of
from reader.domain.article import Article, ArticleId, Summary
from reader.domain.document import Document, DocumentBuilder, Mark, Span
from reader.domain.highlight import COLOURS, Colour, Highlight, HighlightId, Placement
from reader.domain.text import clean_body, word_count

_ALPHABET = st.one_of(
    st.sampled_from("abcdefgh .,-—“”’ éñ日本語。「」한글 हिन्दी مرحبا 👍🇩🇪1️⃣"),
    st.sampled_from(
        ["👩‍👩‍👧‍👦", "e\u0301", "क्ष", "\u200d", "☎️", "ﷺ", "\u3000", "\xa0", "\t", "  ", "a" * 30, "/"]
    ),
    st.characters(exclude_categories=("Cc", "Cs")),
)
texts = st.lists(_ALPHABET, max_size=60).map("".join).map(clean_body)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    builder = DocumentBuilder()
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["para", "heading", "item", "quote", "code", "table", "figure", "rule"]))
        attributes: dict[str, Any] = {"quote": draw(st.integers(0, 3))}
        match kind:
            case "heading":
                attributes["level"] = draw(st.integers(1, 6))
            case "item":
                attributes |= {
                    "depth": draw(st.integers(0, 4)),
                    "marker": draw(st.sampled_from(["•", "3.", "10.", ""])),
                }
            case "quote":
                attributes = {"depth": draw(st.integers(0, 3))}
            case "table":
                attributes["head"] = draw(st.integers(0, 1))
            case "para":
                attributes["list"] = draw(st.integers(0, 3))
            case "figure":
                attributes["alt"] = draw(texts)
        text = draw(texts)
        if kind in ("code", "table", "para"):
            text = text.replace(".", "\n")
        if kind == "heading":
            text = text.replace("\n", " ")
        marks = []
        for _ in range(draw(st.integers(0, 3))):
            first, last = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
            if first < last:
                marks.append(
                    Mark(
                        draw(st.sampled_from(["em", "strong", "code", "link"])),
                        Span(first, last),
                        "https://e.org",
                    )
                )
        builder.add(kind, text, marks, **attributes)
    return builder.build()


def every_kind() -> Document:
    """One block of each kind, and text of many scripts."""
    builder = DocumentBuilder()
    builder.add("heading", "Steam", level=1)
    text = "The noon whistle “sounds” every day—see the ledger at example.org for more of it, please."
    start = text.index("ledger")
    builder.add(
        "para",
        text,
        [Mark("link", Span(start, start + 6), "https://example.org/ledger"), Mark("em", Span(4, 8))],
    )
    builder.add("item", "Fire drill, 1923", marker="•")
    builder.add("item", "A bird in the pipe", marker="9.", depth=1)
    builder.add("item", "Another bird", marker="10.", depth=1)
    builder.add("quote", "Who asked you? somebody wrote.", depth=1)
    builder.add("code", "def blow(t):\n\treturn t  # tenths", lang="python")
    builder.add("table", "Year\tBlasts\tReason\n1911\t298\tNew cord\n1923\t1,301\tA bird in the pipe", head=1)
    builder.add("figure", "The whistle in 1931.", src="https://example.org/w.jpg", alt="A brass whistle")
    builder.add("rule")
    builder.add("para", "日本語の文章は空白がない。どこでも折り返せます。👩‍👩‍👧‍👦 e\u0302 مرحبا بالعالم")
    builder.add("para", "The last paragraph ends. Here it is.")
    return builder.build()


def article(document: Document | None = None, **known: Any) -> Article:
    text = document if document is not None else every_kind()
    facts: dict[str, Any] = {
        "id": ArticleId(1), "uid": "u", "title": "The noon whistle", "author": "Jane Doe", "site": "Gazette",
        "url": "https://example.org/x", "published": "2021-03-03", "added": datetime(2024, 1, 1, tzinfo=UTC),
        "words": word_count(text.text), "language": "en", "state": "unread", "starred": False, "archived": False,
        "trashed": False, "progress": 0.0, "tags": ("mills",), "highlights": 0, "noted": False,
    }  # fmt: skip
    extra = {"tail": known.pop("tail", "")}
    return Article(Summary(**facts | known), text, extra=extra)


def highlight(
    document: Document, words: str | Span, colour: Colour = COLOURS[0], note: str = "", number: int = 1
) -> Highlight:
    """A highlight over the first place of *words*."""
    if isinstance(words, str):
        start = document.text.index(words)
        words = Span(start, start + len(words))
    anchor = anchor_of(document, words)
    assert anchor is not None
    return Highlight(
        HighlightId(number),
        f"u{number}",
        ArticleId(1),
        anchor,
        Placement("anchored", anchor.span),
        colour,
        note,
    )
