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

# What browsers and SingleFile write into a page they save.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d{1,6}\)|page saved with singlefile\s+url:\s*)(\S{1,2048})(?=\s)",
    re.IGNORECASE,
)
_SAVED_ABOVE = 16384  # characters in which that stands
_EMBEDDED = re.compile(r"data:[\w.+/-]{0,100}(?:;[\w=.-]{0,50}){0,5},[A-Za-z0-9+/=%\s]{2000,}")
_DROPPED = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "link", "base", "button",
    "select", "textarea", "input", "audio", "video", "canvas", "map", "dialog", "amp-ad", "amp-analytics",
    "amp-consent", "amp-embed", "amp-sidebar", "amp-social-share", "amp-sticky-ad",
)  # fmt: skip
_LIVE = ("script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "link", "base")
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
_HUGE = 50_000
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_PERMALINK = frozenset(["", "¶", "#", "§", "🔗", "link", "permalink", "anchor"])
_NOTHING_SAID = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|bmp)|(?=\S{8})[a-z0-9]*[_\d][\w-]*|(?=\S{8})[a-z0-9]+-[\w-]*\d[\w-]*"
    r"|(?:image|img|photo|picture|bild|foto|logo|thumbnail)(?: (?:for|of) (?:post|article))?",
    re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile(r"<[^<>]{0,1000}>")


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
    source = without_embedded(source)
    tree = parse_tree(source)
    saved = _SAVED_FROM.search(source[:_SAVED_ABOVE])
    own = [saved[1] if saved else None, _first(tree, "//link[@rel='canonical']/@href"), og(tree, "url")]
    given = url if url and valid_url(url) else None
    found = [address for link in own if link and (address := web_address(link, given))]
    addresses = [given, *found] if given else found
    base = _first(tree, "//base/@href")
    best = addresses[0] if addresses else None
    return Page(
        source, tree, best, (web_address(base, best) if base else None) or best, _keys(given, addresses)
    )


def without_embedded(source: str) -> str:
    """*source* without the pictures and fonts that it carries in itself, megabytes of which every step would
    otherwise go through again."""
    return _EMBEDDED.sub("data:,", source)


def parse_tree(source: str) -> Any:
    """The element tree of an HTML text, without comments."""
    # As bytes, since lxml refuses a str with an XML declaration. huge_tree stays off: see html.if_cut.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace").replace(b"\0", b""), parser=parser)
    except etree.LxmlError as error:
        raise IngestError("", "no text") from error
    if "&#" in source or _CONTROL.search(source):
        _scrub(tree)
    return tree


def _scrub(tree: Any) -> None:
    """Take control characters out: lxml reads what it refuses to write, and taking an element out writes the text
    behind it anew."""
    for element in tree.iter():
        for name in ("text", "tail"):
            text = getattr(element, name)
            if text and _CONTROL.search(text):
                setattr(element, name, _CONTROL.sub("", text))
        for name, value in element.attrib.items():
            if _CONTROL.search(value):
                element.set(name, _CONTROL.sub("", value))


def is_huge(tree: Any) -> bool:
    """Whether *tree* is too large for libraries whose time grows with its square."""
    return sum(1 for _ in tree.iter()) > _HUGE


def og(tree: Any, name: str) -> str | None:
    """The page's Open Graph property *name*."""
    return _first(tree, f"//meta[@property='og:{name}' or @name='og:{name}']/@content")


def strip(tree: Any) -> None:
    """Take out of *tree* what is hidden or is no text, and attributes that nobody below reads."""
    _unwrap(tree)
    for element in list(tree.iter(*_DROPPED)):
        element.drop_tree()
    half = sum(map(len, tree.itertext())) / 2
    for element in list(tree.iter()):
        if element.getparent() is None:
            continue
        if _is_hidden(element) or _is_unspoken(element, half):
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
    _strip_attributes(tree)


def sanitise(tree: Any) -> None:
    """Take out of *tree* what can do something or is no text, and nothing for what it is called."""
    for element in list(tree.iter(*_LIVE)):
        element.drop_tree()
    for image in list(tree.iter("img")):
        _settle(image)
    _strip_attributes(tree)


def _strip_attributes(tree: Any) -> None:
    for element in tree.iter():
        given = element.attrib.items()
        kept = [pair for pair in given if pair[0] in _ATTRIBUTES and not _is_too_much(pair[1])]
        if len(kept) < len(given):
            # Cleared as a whole: lxml parses names that it then does not let anybody delete.
            element.attrib.clear()
            for name, value in kept:
                element.set(name, _CONTROL.sub("", value))


def _is_too_much(value: str) -> bool:
    return len(value) > VALUE_LIMIT or value.startswith("data:")


def _is_hidden(element: Any) -> bool:
    """Whether *element* is not to be seen, or is called an advertisement or a wiki's “[edit]”."""
    if "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")[:VALUE_LIMIT]):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"[:VALUE_LIMIT]
    return element.tag not in ("html", "body") and bool(
        _ADVERTISEMENT.search(names) or _EDIT_LINK.search(names)
    )


def _unwrap(tree: Any) -> None:
    """Bring to light what stands in a page in other forms: pictures for browsers without scripts and of AMP, and
    the parts that SingleFile saves in templates."""
    for element in list(tree.iter("noscript")):
        _unveil(element)
    for picture in tree.iter("amp-img", "amp-anim"):
        picture.tag = "img"
    for element in list(tree.iter("template")):
        if "shadowrootmode" in element.attrib or "shadowroot" in element.attrib:
            element.tag = "div"


def _is_unspoken(element: Any, half: float) -> bool:
    """Whether screen readers are to pass *element* over, or it lies over the page. Such is what is there for looks
    or twice; the page itself is called that too while a dialog is open over it."""
    if element.get("aria-hidden") != "true" and element.get("aria-modal") != "true":
        return False
    return element.tag not in ("img", "html", "body") and sum(map(len, element.itertext())) < half


def _unveil(element: Any) -> None:
    """Put the picture that a ``noscript`` holds in the place of the empty one that a script would fill."""
    pictures = list(element.iter("img"))
    if len(pictures) != 1 or "".join(element.itertext()).strip() or not pictures[0].get("src"):
        return
    before = element.getprevious()
    if before is not None and before.tag == "img" and not (before.tail or "").strip():
        for name, value in before.attrib.items():
            if name not in pictures[0].attrib and name in ("alt", "width", "height"):
                pictures[0].set(name, value)
        before.drop_tree()
    pictures[0].tail = None
    element.addprevious(pictures[0])


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
    alt = " ".join(_MARKUP.sub(" ", image.get("alt", "")[:VALUE_LIMIT]).split())
    image.set("alt", "" if _NOTHING_SAID.fullmatch(alt) else alt)
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
