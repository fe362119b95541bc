"""A web page to an article. To be run in the child: a hostile page can keep every extractor busy for ever.

readability finds the text and trafilatura the byline and date: of the extractors measured they lose least. The
structure is our own walk, since what either makes of lists, code and tables loses some of it.
"""

from __future__ import annotations

from typing import Any

from lxml import etree, html

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.domain.text import clean_body
from reader.ingest.decode import decode_html
from reader.ingest.errors import IngestError
from reader.ingest.flow import Flow
from reader.ingest.language import plausible
from reader.ingest.masthead import cut_title, repeats_byline
from reader.ingest.metadata import Metadata, metadata
from reader.ingest.page import Page, parse_tree, read_page, strip
from reader.ingest.tokens import visible_text
from reader.ingest.tree import walk

POOR = 200
DEPTH = 250
KEPT = 0.9
_AROUND = ("nav", "header", "footer", "aside", "form")


def parse(data: bytes, *, stem: str = "", url: str | None = None, charset: str | None = None) -> Draft:
    """The article in the page *data* from *url*; *charset* is what its server called it.

    ``extra["poor"]`` is set when no extractor found an article, and all paragraphs were taken. Raises
    IngestError if the page has neither title nor text.
    """
    page = read_page(decode_html(data, charset), url)
    short_title = _short_title(page)
    told = metadata(page, short_title)
    strip(page.tree)
    whole = _if_cut(page)
    document = whole or _extracted(page, told)
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


def _if_cut(page: Page) -> Document | None:
    """The words of a page from a walk over its tags, if they are far more than its tree has: lxml silently drops
    what is nested deeper than about 254 elements."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(page.tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest < DEPTH:
        return None
    text = visible_text(page.source)
    kept = sum(len(words) for words in page.tree.itertext())
    return Document.plain(clean_body(text)) if kept < KEPT * len(text) else None


def _short_title(page: Page) -> str:
    from readability.htmls import shorten_title

    return str(shorten_title(page.tree))


def _extracted(page: Page, told: Metadata) -> Document:
    from readability.readability import Unparseable

    from reader.ingest.extractor import Extractor

    try:
        found = Extractor(html.tostring(page.tree, encoding="unicode")).summary(html_partial=True)
    except Unparseable:
        return Document("", ())
    return _document(parse_tree(found), page, told) if found.strip() else Document("", ())


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
    flow = Flow(page.base)
    walk(root, flow)
    return flow.build(told.title, lambda line: repeats_byline(line, told.author, told.published))
