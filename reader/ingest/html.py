"""A web page to an article. To be run in the child: a hostile page can keep every extractor busy for ever.

What is the article is chosen by :mod:`.choosing`; trafilatura is asked where that takes far too little, and for a
byline or a date that the page does not name. Either chooses among the elements of the page, and the structure is
our own walk over these, since what the libraries make of lists, code and tables loses some of it.

Measured on 60 of the public pages of Mozilla's Readability, as F1 of the words against the expected article
(``make bench``): this .994 (.990 and .998 on every second page) and no page under .8; readability-lxml alone .964,
two; trafilatura alone .907, eleven; the better of the two for each page .978, one. Pages to be measured with chose
nothing here but that a box with words in it stays if only their kind of element speaks against it.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.domain.identity import valid_url
from reader.domain.text import clean_body
from reader.ingest.choosing import choose, without_foreign
from reader.ingest.decode import decode_html
from reader.ingest.errors import IngestError
from reader.ingest.flow import Flow
from reader.ingest.language import plausible
from reader.ingest.masthead import cut_title, repeats_byline
from reader.ingest.metadata import Metadata, metadata
from reader.ingest.page import Page, parse_tree, read_page, sanitise, strip, without_embedded
from reader.ingest.second import choose_again
from reader.ingest.tokens import visible_text
from reader.ingest.tree import walk
from reader.ingest.weights import words

POOR = 200
DEPTH = 250
KEPT = 0.9
LITTLE = 3  # that much more text must there be before the second extractor is asked, and believed
_AROUND = ("nav", "header", "footer", "aside", "form")


def parse(data: bytes, *, stem: str = "", url: str | None = None, charset: str | None = None) -> Draft:
    """The article in the page *data* from *url*; *charset* is what its server called it.

    ``extra["poor"]`` is set when no extractor found an article, and all paragraphs were taken. Raises
    IngestError if the page has neither title nor text.
    """
    page = read_page(decode_html(data, charset), url)
    told = metadata(page)
    strip(page.tree)
    whole = if_cut(page.source, page.tree)
    document = whole or _chosen(page, told)
    is_poor = whole is not None or len(document.text) < POOR
    if is_poor and whole is None:
        paragraphs = _paragraphs(page, told)
        document = paragraphs if paragraphs.text else document
    if not document.text and not told.title:
        raise IngestError("", "no text")
    return Draft(
        title=told.title or stem or cut_title(document.text),
        document=document,
        url=page.url,
        author=told.author,
        site=told.site,
        published=told.published,
        language=plausible(told.language, document.text),
        media_type="text/html",
        keys=page.keys,
        extra={"poor": True} if is_poor else {},
    )


def walk_extracted(data: bytes, url: str | None = None, *, title: str = "") -> Document:
    """The article in *data*, HTML that another program has already taken out of the page at *url*.

    Nothing is chosen again: all words are kept, whatever stands around them is called, but no scripts, styles
    and addresses that nobody may follow. A first heading that says *title* is left out. Total: what holds no
    words gives an empty document.
    """
    try:
        source = decode_html(data)
        tree = parse_tree(without_embedded(source))
    except IngestError:
        return Document("", ())
    sanitise(tree)
    if cut := if_cut(source, tree):
        return cut
    flow = Flow(url if url and valid_url(url) else None)
    walk(tree, flow)
    return flow.build(title)


def parse_extracted(data: bytes, *, stem: str = "", url: str | None = None) -> Draft:
    """What :func:`walk_extracted` makes of *data*, as a draft called *stem*, for the child to answer with. Raises
    IngestError if there is neither title nor text."""
    document = walk_extracted(data, url, title=stem)
    if not document.text and not stem:
        raise IngestError("", "no text")
    return Draft(stem or cut_title(document.text), document, url=url, media_type="text/html")


def if_cut(source: str, tree: Any) -> Document | None:
    """The words of a page from a walk over its tags, if they are far more than its tree has: lxml silently drops
    what is nested deeper than about 254 elements."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest < DEPTH:
        return None
    text = visible_text(source)
    kept = sum(map(len, tree.itertext()))
    return Document.plain(clean_body(text)) if kept < KEPT * len(text) else None


def _chosen(page: Page, told: Metadata) -> Document:
    document = _document(choose(page.tree), page, told)
    if _prose(page.tree) > LITTLE * len(document.text):
        other = _document(choose_again(without_foreign(page.tree)), page, told)
        if len(other.text) > LITTLE * len(document.text):
            return other
    return document


def _prose(tree: Any) -> int:
    """How many characters a page has outside links."""
    return len(words(tree)) - sum(len(words(link)) for link in tree.iter("a"))


def _paragraphs(page: Page, told: Metadata) -> Document:
    """All that the page says outside its navigation."""
    for element in list(page.tree.iter(*_AROUND)):
        if element.getparent() is not None:
            element.drop_tree()
    document = Document("", ())
    for name in ("article", "main", "body"):
        for element in list(page.tree.iter(name))[:1]:
            document = _document(element, page, told)
        if len(document.text) >= POOR:
            return document
    return document


def _document(root: Any, page: Page, told: Metadata) -> Document:
    if root is None:
        return Document("", ())
    flow = Flow(page.base)
    walk(root, flow)
    return flow.build(told.title, lambda line: repeats_byline(line, told.author, told.published))
