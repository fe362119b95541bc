"""What is compared of two readings of a page: their words, and headings, links, items and so on by their text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from reader.domain.document import Document

KEY = 60  # characters of a piece that tell it from others; what an item or a cell goes on with may be cut
KINDS = ("heading", "link", "item", "quote", "code", "table", "emphasis")

_WORD = re.compile(r"\w+")
_UNSEEN = ("script", "style", "noscript", "svg")
_RUNNING = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
     "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
     "u", "var", "wbr", "hi", "ref", "graphic"]
)  # fmt: skip
_HTML = {
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], "heading"), "a": "link", "li": "item",
    "dt": "item", "dd": "item", "blockquote": "quote", "table": "table",
    **dict.fromkeys(["pre", "code", "tt", "kbd", "samp"], "code"),
    **dict.fromkeys(["em", "i", "strong", "b"], "emphasis"),
}  # fmt: skip
_XML = {
    "head": "heading", "ref": "link", "item": "item", "quote": "quote", "code": "code", "table": "table",
    "hi": "emphasis",
}  # fmt: skip
_WITHOUT = {"item": ("ul", "ol", "dl", "list"), "table": ("caption",)}


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of an article and, for each of :data:`KINDS`, the keys of what it has of it."""

    words: Counter[str]
    pieces: dict[str, Counter[str]]

    def agreement(self, truth: Reading) -> float:
        """F1 of the words, as often as each is there."""
        common = (self.words & truth.words).total()
        both = self.words.total() + truth.words.total()
        return 2 * common / both if both else 1.0

    def found(self, truth: Reading, kind: str) -> tuple[int, int, int]:
        """How many pieces of *kind* are in both, in the truth, and here."""
        here, wanted = self.pieces[kind], truth.pieces[kind]
        return (here & wanted).total(), wanted.total(), here.total()


def of_html(source: str) -> Reading:
    """An article as HTML: the truth, or what readability found."""
    if not source.strip():
        return _reading("", ())
    return _of_tree(html.fromstring(f"<div>{source}</div>"), _HTML)


def of_xml(source: str) -> Reading:
    """An article as trafilatura's XML."""
    return _of_tree(etree.fromstring(source.encode()), _XML) if source.strip() else _reading("", ())


def of_document(document: Document) -> Reading:
    pieces: list[tuple[str, str]] = []
    was_quote = False
    for block in document.blocks:
        text = document.slice(block.span)
        is_quote = block.kind == "quote" or block.quote > 0
        if is_quote and not was_quote:
            pieces.append(("quote", text))
        was_quote = is_quote
        if block.kind in ("heading", "item", "code", "table"):
            pieces.append((block.kind, text))
    kinds = {"em": "emphasis", "strong": "emphasis", "code": "code", "link": "link"}
    marked = {(kind, mark.span, mark.href): None for mark in document.marks if (kind := kinds.get(mark.kind))}
    pieces += [
        (kind, document.slice(span)) for kind, span, _ in marked
    ]  # bold and italic at once counts once
    return _reading(document.text, pieces)


def same_words(one: str | None, other: str | None) -> bool:
    return _WORD.findall((one or "").lower()) == _WORD.findall((other or "").lower())


def _reading(text: str, pieces: Iterable[tuple[str, str]]) -> Reading:
    counted: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for kind, words in pieces:
        if key := "".join(_WORD.findall(words.lower()))[:KEY]:
            counted[kind][key] += 1
    return Reading(Counter(_WORD.findall(text.lower())), counted)


def _of_tree(tree: Any, kinds: dict[str, str]) -> Reading:
    for element in list(tree.iter(*_UNSEEN, etree.Comment)):
        element.drop_tree() if hasattr(element, "drop_tree") else element.getparent().remove(element)
    pieces = [
        (kind, _text(element, without=_WITHOUT.get(kind, ())))
        for element in tree.iter()
        if (kind := kinds.get(element.tag)) and not _is_part(element, kind, kinds)
    ]
    return _reading(_text(tree), pieces)


def _is_part(element: Any, kind: str, kinds: dict[str, str]) -> bool:
    """Whether *element* only goes on with what is around it: ``<pre><code>``, bold in bold, a quote in a quote; or
    is a table that lays out the page."""
    if kind == "table" and sum(1 for _ in element.iter("td", "th", "cell")) < 4:
        return True
    return kind in ("code", "emphasis", "quote", "table") and any(
        kinds.get(parent.tag) == kind for parent in element.iterancestors()
    )


def _text(root: Any, without: tuple[str, ...] = ()) -> str:
    return "".join(_words(root, without))


def _words(root: Any, without: tuple[str, ...]) -> Iterator[str]:
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if element is not root and element.tag in without:
                walker.skip_subtree()
                continue
            yield (element.text or "") if element.tag in _RUNNING else f" {element.text or ''}"
        elif element is not root:
            yield (element.tail or "") if element.tag in _RUNNING else f" {element.tail or ''}"
