"""What a newsletter says: tables in tables laid out as a page, read as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reader.domain.document import Document
from reader.domain.text import clean_body
from reader.ingest.addresses import web_address
from reader.ingest.flow import Flow, Piece
from reader.ingest.html import if_cut
from reader.ingest.page import parse_tree, sanitise, without_embedded
from reader.ingest.tree import walk

HEAD_PIECES = 6
TAIL_PIECES = 25
TAIL_LINE = 400
DATA_ROWS = 3
DATA_CELL = 60

# Shown in the list of mails and nowhere in the mail, by all the means that mail programs leave.
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|(?:max-height|font-size|line-height)\s*:\s*0(?:px|em|%)?\s*(?:!important)?\s*(?:;|$))",
    re.IGNORECASE,
)
_PIXEL = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*[0-2](?:px)?\s*(?:;|!|$)", re.IGNORECASE)
_BEACON = re.compile(
    r"(?:/open(?:\.|/|\?|$)|/o\.gif|pixel|beacon|/track(?:ing)?/open|spacer\.)", re.IGNORECASE
)
_FILLER = re.compile("[\\s\u034f\u200c\u200d\u00a0]*")
_INVISIBLE = re.compile("[\u034f\u200c\u200d]|(?<=[ \u00a0])[ \u00a0]+")
_ELSEWHERE = re.compile(
    r"(?i)(?=.{4,160}$).*(?:\b(?:view|read|open|see)\b.{0,40}\b(?:browser|online|web|app)\b|trouble (?:viewing|reading)"
    r"|display(?:ing|s)? (?:correctly|properly)|im browser|online (?:ansehen|lesen)|dans (?:votre|le) navigateur).*"
)
_SUBSCRIPTION = re.compile(
    r"(?i)\bunsubscribe|\b(?:manage|update|change)\b.{0,30}\b(?:preferences|subscription|settings)|\bemail preferences"
    r"|you(?:[’']re| are| have been)? (?:receiving|received|getting)\b.{0,40}\b(?:e-?mail|newsletter|message|because)"
    r"|why did i get this|was sent to\b|\bour mailing address|add us to your address book|abbestellen|abmelden"
    r"|se désabonner|désinscri|\bopt[- ]out\b|no longer wish to receive"
)


@dataclass(frozen=True, slots=True)
class Newsletter:
    """``head`` and ``tail`` are what stood above and below the text and is no part of it; ``url`` is where the head
    says that the same can be read in a browser."""

    document: Document
    head: tuple[str, ...]
    tail: tuple[str, ...]
    url: str | None
    language: str | None


def read_newsletter(source: str, title: str) -> Newsletter:
    """What the HTML *source* of a mail about *title* says. Raises IngestError if there is no element in it."""
    tree = parse_tree(without_embedded(source))
    hidden = list(_hidden(tree))
    _drop_pixels(tree)
    language = tree.get("lang")
    sanitise(tree)
    if cut := if_cut(source, tree):
        return Newsletter(cut, tuple(hidden), (), None, language)
    _lay_flat(tree)
    flow = Flow()
    walk(tree, flow)
    flow.flush()
    pieces = [
        piece
        for piece in flow.pieces
        if piece.kind in ("figure", "rule") or not _FILLER.fullmatch(piece.text)
    ]
    head, url = _head(pieces)
    first = _tail(pieces)
    flow.pieces = [piece for piece in pieces[:first] if piece not in head]
    while flow.pieces and flow.pieces[-1].kind == "rule":
        flow.pieces.pop()
    return Newsletter(
        document=flow.build(title),
        head=(*hidden, *(piece.text for piece in head)),
        tail=tuple(piece.text for piece in pieces[first:] if piece.text.strip()),
        url=url,
        language=language,
    )


def _hidden(tree: Any) -> Iterator[str]:
    """Take out of *tree* what is not to be seen; its words, if there are any."""
    for element in list(tree.iter()):
        if element.getparent() is None or element.tag in ("body", "style", "script"):
            continue
        if "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")[:2000]):
            words = " ".join("".join(element.itertext()).split())
            # A box with no height may have children that overflow it; those hold much more than a preheader.
            if len(words) <= TAIL_LINE or "none" in element.get("style", ""):
                if shown := _INVISIBLE.sub("", clean_body(words)).strip():
                    yield shown
                element.drop_tree()


def _drop_pixels(tree: Any) -> None:
    for image in list(tree.iter("img")):
        sizes = {image.get("width", "").removesuffix("px"), image.get("height", "").removesuffix("px")}
        is_pixel = bool(sizes & {"0", "1", "2"}) or _PIXEL.search(image.get("style", ""))
        says_nothing = not image.get("alt", "").strip()
        if is_pixel or (says_nothing and _BEACON.search(image.get("src", ""))):
            image.drop_tree()


def _lay_flat(tree: Any) -> None:
    """Make boxes of the tables that hold no data, so that each cell is read as paragraphs of its own."""
    for table in list(tree.iter("table")):
        if _is_data(table):
            continue
        table.tag = "div"
        for part in list(table):
            rows = list(part) if part.tag in ("tbody", "thead", "tfoot") else [part]
            for element in (part, *rows, *(cell for row in rows for cell in row)):
                if element.tag in ("tbody", "thead", "tfoot", "tr", "td", "th", "caption"):
                    element.tag = "div"


def _is_data(table: Any) -> bool:
    if table.get("role") == "presentation" or next(table.iterdescendants("table", "img"), None) is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if len(rows) < 2 or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2:
        return False
    if all(cell.tag == "th" for cell in rows[0]):
        return True
    return len(rows) >= DATA_ROWS and all(
        0 < len("".join(cell.itertext()).strip()) <= DATA_CELL for row in rows for cell in row
    )


def _head(pieces: list[Piece]) -> tuple[list[Piece], str | None]:
    """The invitation to read the mail elsewhere, and where that is."""
    for piece in pieces[:HEAD_PIECES]:
        if piece.kind == "para" and _ELSEWHERE.fullmatch(" ".join(piece.text.split())):
            links = (web_address(mark.href, None) for mark in piece.marks if mark.kind == "link")
            return [piece], next(filter(None, links), None)
    return [], None


def _tail(pieces: list[Piece]) -> int:
    """Where the small print about the subscription begins, below which nothing long stands."""
    first = max(1, len(pieces) - TAIL_PIECES)
    for number in range(len(pieces) - 1, first - 1, -1):
        if len(pieces[number].text) > TAIL_LINE:
            first = number + 1
            break
    return next((n for n in range(first, len(pieces)) if _SUBSCRIPTION.search(pieces[n].text)), len(pieces))
