"""Markdown to an article, by an own walk over markdown-it's tokens. To be run in the child: hostile nesting
can keep the parser busy for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.domain.article import Draft
from reader.domain.document import Document, MarkKind
from reader.domain.identity import valid_url
from reader.domain.text import clean, word_count
from reader.ingest.addresses import link_target
from reader.ingest.dates import published
from reader.ingest.errors import IngestError
from reader.ingest.flow import SUPERSCRIPT, Flow, Inline, Piece, Words, same_words
from reader.ingest.frontmatter import split_front_matter
from reader.ingest.language import plausible
from reader.ingest.masthead import cut_title
from reader.ingest.places import place_name, slugs

if TYPE_CHECKING:
    from markdown_it.token import Token

NESTING = 100  # markdown-it drops what is nested deeper
LOST = 0.1

_MARKS: dict[str, MarkKind] = {"em": "em", "strong": "strong", "s": "strike"}


def parse(text: str, *, stem: str = "", url: str | None = None) -> Draft:
    """The article in *text*: title and fields from its front matter, else the title from its first heading.

    *url* is where it came from, for the links in it. Raises IngestError if there is neither title nor text.
    """
    front, body = split_front_matter(clean(text))
    claimed = front.one("url")
    url = url or (claimed if claimed and valid_url(claimed) else None)
    flow = Flow(url)
    _walk(_tokens(body), flow)
    own_title = _own_title(flow.pieces)
    title = front.one("title") or own_title
    document = flow.build(title)
    kept = f"{own_title} {document.text}"
    if len(kept) < LOST * len(body) and word_count(kept) < LOST * word_count(body):
        document = Document.plain(body)
    title = title or stem or cut_title(document.text)
    if not document.text and not (
        front.one("title") or any(same_words(title, piece.text) for piece in flow.pieces)
    ):
        raise IngestError("", "no text")
    return Draft(
        title=title,
        document=document,
        url=url,
        author=front.one("author"),
        site=front.one("site"),
        published=published(front.one("date") or ""),
        language=plausible(front.one("language"), document.text),
        tags=front.tags,
        media_type="text/markdown",
        extra={"front": dict(front.others)} if front.others else {},
    )


def _own_title(pieces: list[Piece]) -> str:
    """The first heading, if it is of the first level or stands above everything."""
    shown = [piece for piece in pieces if piece.kind not in ("rule", "figure")]
    first = next((piece for piece in shown if piece.kind == "heading"), None)
    is_title = first is not None and (first.attributes["level"] == 1 or first is shown[0])
    return first.text if first is not None and is_title else ""


def _tokens(text: str) -> list[Token]:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    options = {"html": False, "maxNesting": NESTING}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    # Notes stay where they are written, and also those that nothing refers to: moved, those would be lost.
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    return parser.parse(text)


def _walk(tokens: list[Token], flow: Flow) -> None:
    stream = iter(tokens)
    slug = slugs()
    heading = False
    for token in stream:
        match token.type:
            case "heading_open":
                flow.block("heading", level=int(token.tag[1]))
                heading = True
            case "inline" if heading:
                heading = False
                flow.target(slug(_words(token.children or [])))
                _inline(token.children or [], flow, flow)
            case "paragraph_open" | "paragraph_close" | "heading_close":
                flow.paragraph()
            case "inline":
                _inline(token.children or [], flow, flow)
            case "blockquote_open":
                flow.enter("quote")
            case "blockquote_close":
                flow.leave("quote")
            case "bullet_list_open" | "ordered_list_open":
                flow.enter("list")
            case "bullet_list_close" | "ordered_list_close":
                flow.leave("list")
            case "list_item_open":
                flow.item(f"{token.info}." if token.info else "•")
            case "list_item_close":
                flow.leave("item")
            case "footnote_reference_open":
                _note(token.meta["label"], flow)
            case "footnote_reference_close":
                flow.leave("item")
                flow.leave("list")
            case "fence" | "code_block":
                flow.code(token.content, token.info.split()[0][:40] if token.info.strip() else "")
            case "hr":
                flow.rule()
            case "table_open":
                _table(stream, flow)


def _note(label: str, flow: Flow) -> None:
    """A footnote, as an item of a list of its own."""
    flow.enter("list")
    flow.item(f"{label}." if label.isdecimal() else label)
    flow.target(place_name(f"fn-{label}"))


def _reference(label: str, into: Words) -> None:
    """Where a footnote is referred to: its number, as pages have it, or its name in brackets."""
    into.open("link", f"#{place_name(f'fn-{label}')}")
    into.add(label.translate(SUPERSCRIPT) if re.fullmatch(r"\d{1,3}", label, re.ASCII) else f"[{label}]")
    into.close()


def _words(tokens: list[Token]) -> str:
    return "".join(token.content for token in tokens)


def _table(stream: Iterator[Token], flow: Flow) -> None:
    rows: list[Inline] = []
    head = cells = 0
    for token in stream:
        match token.type:
            case "tr_open":
                rows.append(Inline(row=True))
                cells = 0
            case "th_open" | "td_open":
                if cells:
                    rows[-1].cell()
                cells += 1
            case "thead_close":
                head = len(rows)
            case "inline":
                _inline(token.children or [], rows[-1], flow)
            case "table_close":
                break
    flow.table(rows, head)


def _inline(tokens: list[Token], into: Words, flow: Flow) -> None:
    """Running text *into* the flow itself or a row of a table, where pictures are their words."""
    for token in tokens:
        match token.type:
            case "softbreak":
                into.add(" ")
            case "hardbreak":
                into.newline()
            case "code_inline":
                into.open("code")
                into.add(token.content)
                into.close()
            case "footnote_ref":
                _reference(token.meta["label"], into)
            case "link_open":
                into.open("link", link_target(str(token.attrGet("href") or ""), flow.base) or "")
            case "image" if into is flow:
                flow.figure(str(token.attrGet("src") or ""), token.content)
            case "em_open" | "strong_open" | "s_open":
                into.open(_MARKS[token.type.removesuffix("_open")])
            case "em_close" | "strong_close" | "s_close" | "link_close":
                into.close()
            case _:
                into.add(token.content)
