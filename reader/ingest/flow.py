"""From a stream of words, marks and block beginnings to a document: what the walks over HTML and Markdown share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from reader.domain.document import BlockKind, Document, DocumentBuilder, Mark, MarkKind, Span
from reader.domain.text import clean, clean_body
from reader.ingest.addresses import web_address
from reader.ingest.places import settle

_SPACE = re.compile(r"\s{2,}|[ \t\n]")  # a single no-break space stays
_BULLET = "•"
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
HEAD_PIECES = 4  # where a page repeats its byline: below headline and subtitle
TABLE_ROWS = 500


class Words(Protocol):
    """What running text can be put into: a flow of blocks, or one row of a table."""

    def add(self, text: str) -> None: ...
    def newline(self) -> None: ...
    def open(self, kind: MarkKind, href: str = "") -> None: ...
    def close(self) -> None: ...


class Inline:
    """Text with marks while it grows, white space folded as a browser does. In a *row* of a table, line
    breaks are spaces."""

    def __init__(self, *, row: bool = False) -> None:
        self._row = row
        self._parts: list[str] = []
        self._length = 0
        self._last = ""
        self._open: list[tuple[MarkKind, str, int]] = []
        self._marks: list[tuple[int, int, MarkKind, str]] = []

    @property
    def is_blank(self) -> bool:
        return not any(part.strip() for part in self._parts)

    @property
    def ends_line(self) -> bool:
        return self._last == "\n"

    def add(self, text: str) -> None:
        text = _SPACE.sub(" ", clean(text))
        self._append(text.lstrip(" ") if self._last in ("", " ", "\n", "\t") else text)

    def newline(self) -> None:
        if self._row:
            self.add(" ")
            return
        self._trim()
        self._append("\n")

    def cell(self) -> None:
        self._trim()
        self._append("\t")

    def open(self, kind: MarkKind, href: str = "") -> None:
        self._open.append((kind, href, self._length))

    def close(self) -> None:
        kind, href, start = self._open.pop()
        self._marks.append((start, self._length, kind, href))

    def finish(self) -> tuple[str, list[Mark]]:
        """The canonical text and its marks, none of them empty or twice there. The open ones end here."""
        while self._open:
            self.close()
        raw = "".join(self._parts)
        marks = sorted({trimmed for mark in self._marks if (trimmed := _seen(raw, mark)) is not None})
        text, places = _canonical(raw, {place for mark in marks for place in mark[:2]})
        return text, [
            Mark(kind, Span(places[start], places[end]), href)
            for start, end, kind, href in marks
            if places[start] < places[end]
        ]

    def _append(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)
            self._last = text[-1]

    def _trim(self) -> None:
        if self._last == " ":
            self._parts[-1] = self._parts[-1][:-1]
            self._length -= 1
            self._last = next((part[-1] for part in reversed(self._parts) if part), "")


def _seen(text: str, mark: tuple[int, int, MarkKind, str]) -> tuple[int, int, MarkKind, str] | None:
    """*mark* without the white space at its ends, if anything is left. A target that holds nothing is the place
    before what follows."""
    trimmed = _trimmed(text, mark)
    if trimmed is None and mark[2] == "target":
        start = min(mark[0], len(text.rstrip()) - 1)
        return _trimmed(text, (start, len(text), *mark[2:])) if start >= 0 else None
    return trimmed


def _trimmed(text: str, mark: tuple[int, int, MarkKind, str]) -> tuple[int, int, MarkKind, str] | None:
    start, end, kind, href = mark
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end, kind, href) if start < end else None


def _canonical(raw: str, places: set[int]) -> tuple[str, dict[int, int]]:
    """*raw* as canonical text, and where each of *places* is in it."""
    text = clean_body(raw)
    if text == raw:
        return text, {place: place for place in places}
    found: dict[int, int] = {}
    length = last = 0
    for place in sorted(places):
        cut = place
        while cut < len(raw) and unicodedata.combining(raw[cut]):  # it belongs to the letter before it
            cut += 1
        length += len(clean_body(raw[last:cut])) if cut > last else 0
        found[place], last = min(length, len(text)), max(last, cut)
    return text, found


@dataclass(slots=True)
class Piece:
    kind: BlockKind
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)


class Flow:
    """Takes words and marks, and the beginnings and ends of blocks; makes pieces of them in order.

    Text outside any block forms paragraphs, or quotes inside a quotation. Marks that are open when a block
    ends go on in the next one; a link without address leaves none. A second line break in a row divides a
    paragraph.
    """

    def __init__(self, base: str | None = None) -> None:
        self.base = base
        self.pieces: list[Piece] = []
        self._inline = Inline()
        self._kind: BlockKind | None = None
        self._attributes: dict[str, Any] = {}
        self._marks: list[tuple[MarkKind, str]] = []
        self._figures: list[Piece] = []
        self._around: list[str] = []  # "quote", "list" and "item", outermost first
        self._targets: list[str] = []  # names of the next block with text

    def add(self, text: str) -> None:
        self._inline.add(text)

    def newline(self) -> None:
        if self._kind == "heading":
            self._inline.add(" ")
        elif self._inline.ends_line:
            self.flush()
        elif not self._inline.is_blank:
            self._inline.newline()

    def open(self, kind: MarkKind, href: str = "") -> None:
        self._marks.append((kind, href))
        self._inline.open(kind, href)

    def close(self) -> None:
        self._marks.pop()
        self._inline.close()

    def target(self, name: str) -> None:
        """Links may lead to the next block that begins by *name*."""
        if name:
            self._targets.append(name)

    def block(self, kind: BlockKind, **attributes: Any) -> None:
        """Begin a block of *kind*: it takes the text up to the next :meth:`flush`."""
        self.flush()
        self._kind, self._attributes = kind, attributes

    def paragraph(self) -> None:
        """End the block; plain text follows. The first paragraph of an item is the item itself."""
        if self._kind == "item" and self._inline.is_blank:
            return
        self.flush()
        self._kind, self._attributes = None, {}

    def flush(self) -> None:
        """End the block, if there is any text in it; pictures that stood inside come below it."""
        text, marks = self._inline.finish()
        if text.strip():
            self._put(Piece(self._kind or self._default(), text, marks, self._attributes))
            self._kind, self._attributes = None, {}
        for figure in self._figures:
            self._put(figure)
        self._figures.clear()
        self._inline = Inline()
        for kind, href in self._marks:
            self._inline.open(kind, href)

    def enter(self, container: str) -> None:
        """Enter a ``quote`` or a ``list``."""
        self.flush()
        self._kind = None
        self._around.append(container)

    def leave(self, container: str) -> None:
        self.flush()
        self._kind = None
        if container in self._around:
            while self._around.pop() != container:
                pass

    def item(self, marker: str = _BULLET, deeper: int = 0) -> None:
        """Begin an item of the innermost list; what follows up to its end belongs to it."""
        self.flush()
        self._around.append("item")
        self._kind = "item"
        self._attributes = {"depth": max(0, self._around.count("list") - 1) + deeper, "marker": marker}

    def code(self, text: str, lang: str = "", links: Iterable[Mark] = ()) -> None:
        self.flush()
        found = [mark for link in links if (mark := _seen(text, (*_ends(link.span), link.kind, link.href)))]
        text, places = _canonical(text, {place for mark in found for place in mark[:2]})
        marks = [
            Mark(kind, Span(places[start], places[end]), href)
            for start, end, kind, href in found
            if places[start] < places[end]
        ]
        self._put(Piece("code", text, marks, {"lang": lang} if lang else {}))
        if text.strip():
            self._kind = None

    def rule(self) -> None:
        self.flush()
        self._put(Piece("rule"))

    def figure(self, src: str, alt: str, caption: tuple[str, list[Mark]] | None = None) -> None:
        """A picture. In running text it waits for the end of its block; one that shows nothing is left out."""
        address = web_address(src, self.base) if src and not src.lower().startswith("data:") else None
        alt = clean_body(" ".join(alt.split()))
        text, marks = caption if caption and caption[0].strip() else (alt, [])
        if not (address or text):
            return
        attributes = {name: value for name, value in (("src", address), ("alt", alt)) if value}
        self._figures.append(Piece("figure", text, marks, attributes))
        if self._inline.is_blank and self._kind != "item":
            self._put(self._figures.pop())

    def table(self, rows: list[Inline], head: int, cut: int = 0) -> None:
        """A table whose first *head* rows are headings, the cells of each row divided by TAB.

        It ends after 500 rows; a note tells how many were left out, *cut* of them before they came here.
        """
        self.flush()
        text, marks = "", list[Mark]()
        for row in rows[:TABLE_ROWS]:
            line, inside = row.finish()
            offset = len(text)
            marks += [Mark(mark.kind, _moved(mark.span, offset), mark.href) for mark in inside]
            text += line + "\n"
        self._put(Piece("table", text, marks, {"head": head} if head else {}))
        if cut := cut + len(rows[TABLE_ROWS:]):
            self._put(Piece("para", f"[{cut} more rows of this table were left out]"))

    def build(self, title: str = "", is_byline: Callable[[str], bool] = lambda line: False) -> Document:
        """The document of all pieces, without the first heading if it only says the title again (a kicker may
        stand above it), and without such of the first few paragraphs as *is_byline* knows.

        The name of a picture is no text if it only says again what the page says in words.
        """
        self.flush()
        headings = [piece for piece in self.pieces if piece.kind == "heading"]
        above = [piece for piece in self.pieces[:HEAD_PIECES] if piece.kind == "heading"]
        heading = next((piece for piece in above or headings[:1] if same_words(piece.text, title)), None)
        said = {_folded(piece.text) for piece in self.pieces if piece.kind != "figure"} | {_folded(title)}
        kept: list[Piece] = []
        for number, piece in enumerate(self.pieces):
            if piece is heading:
                continue
            if (
                piece.kind == "figure"
                and piece.text == piece.attributes.get("alt")
                and _folded(piece.text) in said
            ):
                piece.text, piece.marks = "", []
                if "src" not in piece.attributes:
                    continue
            if number < HEAD_PIECES and piece.kind == "para" and is_byline(piece.text):
                continue
            kept.append(piece)
        settle(kept, self.base)
        builder = DocumentBuilder()
        for piece in kept:
            builder.add(piece.kind, piece.text, piece.marks, **piece.attributes)
        return builder.build()

    def _put(self, piece: Piece) -> None:
        quote, inside = (
            self._around.count("quote"),
            self._around.count("list") if "item" in self._around else 0,
        )
        if piece.kind == "quote":
            piece.attributes = {**piece.attributes, "depth": max(0, quote - 1)}
        elif quote:
            piece.attributes = {**piece.attributes, "quote": quote}
        if inside and piece.kind != "item":
            piece.attributes = {**piece.attributes, "list": inside}
        if piece.text.strip():
            whole = Span(0, len(piece.text))
            piece.marks = [*piece.marks, *(Mark("target", whole, f"#{name}") for name in self._targets)]
            self._targets.clear()
        self.pieces.append(piece)

    def _default(self) -> BlockKind:
        return "quote" if self._around and self._around[-1] == "quote" else "para"


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _folded(text: str) -> str:
    return "".join(re.findall(r"\w+", text.casefold()))


def same_words(one: str, other: str) -> bool:
    """Whether two lines differ in case, punctuation and white space at most."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", one).casefold())
    return bool(words) and words == re.findall(r"\w+", unicodedata.normalize("NFKC", other).casefold())
