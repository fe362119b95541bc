"""A web page before anything is taken out of it: its tree, its addresses, and a tree without what never is text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from reader.domain.identity import url_key, valid_url
from reader.domain.text import clean
from reader.ingest.addresses import web_address
from reader.ingest.errors import IngestError

VALUE_LIMIT = 8192

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(\S{1,2048})\s*-->", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w.+/-]{0,100}(?:;[\w=.-]{0,50}){0,5},[A-Za-z0-9+/=%\s]{2000,}")
_DROPPED = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "link", "base", "button",
    "select", "textarea", "input", "audio", "video", "canvas", "map",
)  # fmt: skip
_ATTRIBUTES = frozenset(
    [
        "href",
        "src",
        "alt",
        "class",
        "id",
        "name",
        "lang",
        "start",
        "colspan",
        "rowspan",
        "datetime",
        "role",
        "type",
    ]
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_ADVERTISEMENT = re.compile(
    r"(?:^|\s)(?:ads?|advert\w*|ads?[-_](?:slot|unit|inline|break|banner|box|container|wrapper)\S*)(?:$|\s)"
)
_EDIT_LINK = re.compile(r"(?:^|\s)mw-editsection(?:$|\s)")
_NOTES = re.compile(
    r"(?:foot|end)[-_]?note|(?:^|[\s_-])(?:fn|notes?|ref(?:s|list|erences)?|cite)(?:$|[\s_:\d-])", re.I
)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-srcset", "srcset")
_ICON = 40
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_PERMALINK = frozenset(["", "¶", "#", "§", "🔗", "link", "permalink", "anchor"])
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|bmp)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """``url`` is where the page was, if anything tells; ``keys`` are those of all addresses it goes by."""

    source: str
    tree: Any
    url: str | None
    base: str | None
    keys: tuple[str, ...]


def read_page(source: str, url: str | None = None) -> Page:
    """The page *source*, fetched from *url* if known. Raises IngestError if there is no element in it."""
    source = _EMBEDDED.sub("data:,", source)
    tree = parse_tree(source)
    saved = _SAVED_FROM.search(source[:4096])
    own = [saved[1] if saved else None, _first(tree, "//link[@rel='canonical']/@href"), og(tree, "url")]
    given = url if url and valid_url(url) else None
    found = [address for link in own if link and (address := web_address(link, given))]
    addresses = [given, *found] if given else found
    base = _first(tree, "//base/@href")
    best = addresses[0] if addresses else None
    return Page(
        source, tree, best, (web_address(base, best) if base else None) or best, _keys(given, addresses)
    )


def parse_tree(source: str) -> Any:
    """The element tree of an HTML text, without comments."""
    # As bytes, since lxml refuses a str with an XML declaration. huge_tree stays off: see html.is_cut.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(source.encode("utf-8", "replace").replace(b"\0", b""), parser=parser)
    except etree.LxmlError as error:
        raise IngestError("", "no text") from error


def og(tree: Any, name: str) -> str | None:
    """The page's Open Graph property *name*."""
    return _first(tree, f"//meta[@property='og:{name}' or @name='og:{name}']/@content")


def strip(tree: Any) -> None:
    """Take out of *tree* what is hidden or is no text, and attributes that nobody below reads."""
    for element in list(tree.iter(*_DROPPED)):
        element.drop_tree()
    for element in list(tree.iter()):
        if element.getparent() is None:
            continue
        if _is_hidden(element):
            element.drop_tree()
        elif element.tag == "img":
            _settle(element)
        elif element.tag == "table" and next(element.iter("th"), None) is not None:
            # Extractors weigh names by their parts, and find "meta" in "timetable".
            name = element.get("id")
            element.attrib.clear()
            if name:
                element.set("name", name)
    for link in list(tree.iterfind(".//a[@href]")):
        if link.get("href").startswith("#"):
            _unlink(link)
    _spare_notes(tree)
    for element in tree.iter():
        for name, value in element.attrib.items():
            if name not in _ATTRIBUTES or len(value) > VALUE_LIMIT or value.startswith("data:"):
                del element.attrib[name]


def _is_hidden(element: Any) -> bool:
    """Whether *element* is not to be seen, or is called an advertisement or a wiki's “[edit]”."""
    if "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")[:VALUE_LIMIT]):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"[:VALUE_LIMIT]
    return element.tag not in ("html", "body") and bool(
        _ADVERTISEMENT.search(names) or _EDIT_LINK.search(names)
    )


def _unlink(link: Any) -> None:
    """Take a link within the page out of a heading: extractors drop headings that are links, as teasers are."""
    if (
        link.text_content().strip().lower() in _PERMALINK
        and link.find(".//img") is None
        and not link.get("id")
    ):
        link.drop_tree()
    elif any(parent.tag in _HEADINGS for parent in link.iterancestors()):
        link.drop_tag()


def _spare_notes(tree: Any) -> None:
    """Give footnotes, and what is around them, names that say nothing: extractors take them for a page's foot."""
    wanted = {link.get("href").partition("#")[2] for link in tree.iterfind(".//a[@href]")} - {""}
    notes = [element for element in tree.iterfind(".//*[@id]") if element.get("id") in wanted]
    for note in notes:
        for element in (note, *note.iterancestors()):
            names = f"{element.get('class', '')} {element.get('id', '')}"[:VALUE_LIMIT]
            if element.tag not in ("html", "body") and _NOTES.search(names):
                element.attrib.pop("class", None)
                if name := element.attrib.pop("id", None):
                    element.set("name", name)


def _settle(image: Any) -> None:
    """Give a picture that scripts would load its address; make a pixel nothing and an icon its words."""
    if _is_icon(image):
        alt = image.get("alt", "")
        image.tag = "span"
        image.text = alt if len(alt) <= 8 else None
        return
    if _FILE_NAME.fullmatch(image.get("alt", "").strip()):
        del image.attrib["alt"]
    if not image.get("src", "").startswith(("http:", "https:", "/")):
        for name in _LAZY:
            if address := image.get(name, "").split(",")[0].strip().split(" ")[0]:
                image.set("src", address)
                break


def _is_icon(image: Any) -> bool:
    sizes = [
        size for name in ("width", "height") if (size := image.get(name, "").removesuffix("px")).isdecimal()
    ]
    return any(int(size[:6]) <= _ICON for size in sizes)


def _keys(given: str | None, addresses: list[str]) -> tuple[str, ...]:
    """Keys of *addresses*. A page that calls a whole site its own address tells nothing: many sites say so on
    every page, and these must not become one article."""
    telling = [address for address in addresses if address == given or _names_a_page(address)]
    return tuple(dict.fromkeys(f"url:{key}" for address in telling if (key := url_key(address))))


def _names_a_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path.strip("/") != "" or parts.query != ""


def _first(tree: Any, path: str) -> str | None:
    found = tree.xpath(path)
    return clean(str(found[0])).strip() or None if found else None
