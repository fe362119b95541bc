"""The words of a page without a tree: for pages on which the tree builder or an extractor fails."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.domain.text import clean_body, clean_line
from reader.ingest.decode import decode_html
from reader.ingest.errors import IngestError

_DECLARATION = re.compile(r"<[!?][^<>]*>?")
_SILENT = frozenset(["script", "style", "noscript", "template", "svg", "head", "select", "textarea"])
_RUNNING = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
     "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"]
)  # fmt: skip


def parse(data: bytes, *, stem: str = "", url: str | None = None) -> Draft:
    """The page's title and its paragraphs, nothing else of it."""
    reader = _read(decode_html(data))
    text = clean_body(reader.text)
    title = clean_line("".join(reader.title))
    if not text and not title:
        raise IngestError("", "no text")
    return Draft(title or stem, Document.plain(text), url=url, media_type="text/html", extra={"poor": True})


def visible_text(source: str) -> str:
    """What a reader would see of *source*, paragraphs divided by blank lines."""
    return _read(source).text


def _read(source: str) -> _Reader:
    reader = _Reader()
    reader.feed(_without_comments(source))
    reader.close()
    return reader


def _without_comments(source: str) -> str:
    """*source* without comments and declarations: html.parser looks for the end of each, over and over when
    there is none."""
    kept: list[str] = []
    place = 0
    while (begin := source.find("<!--", place)) >= 0 and (end := source.find("-->", begin + 4)) >= 0:
        kept.append(source[place:begin])
        place = end + 3
    return _DECLARATION.sub("", "".join(kept) + source[place:])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self._words: list[str] = []
        self._silent: list[str] = []
        self._in_title = False

    @property
    def text(self) -> str:
        paragraphs = ("".join(self._words)).split("\n\n")
        return "\n\n".join(folded for paragraph in paragraphs if (folded := " ".join(paragraph.split())))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title"
        if tag == "body":
            self._silent.clear()
        elif tag in _SILENT:
            self._silent.append(tag)
        elif tag not in _RUNNING:
            self._words.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif tag not in _RUNNING:
            self._words.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif not self._silent:
            self._words.append(data.replace("\n", " "))
