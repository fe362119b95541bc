"""The feeds that an OPML file lists: no articles, but where there are some."""

from __future__ import annotations

from lxml import etree

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.domain.text import clean_line
from reader.ingest.addresses import web_address
from reader.ingest.errors import IngestError

FEEDS = 5000


def parse_all(data: bytes, *, stem: str = "", url: str | None = None) -> list[Draft]:
    """A draft without text for each feed in *data*, each address once. Raises IngestError if there is none."""
    # No entity is replaced and nothing is loaded, as in reader.ingest.book.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise IngestError("", "a damaged list of feeds") from error
    outlines = [] if tree is None else tree.iter("{*}outline")
    feeds: dict[str, str] = {}
    for outline in outlines:
        said = {name.lower(): value for name, value in outline.attrib.items()}
        address = web_address(said.get("xmlurl", ""), None)
        if address and len(feeds) < FEEDS:
            feeds.setdefault(address, clean_line(said.get("title") or said.get("text") or ""))
    if not feeds:
        raise IngestError("", "no feeds in this list")
    return [Draft(title or address, Document("", ()), url=address) for address, title in feeds.items()]
