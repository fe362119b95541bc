"""What stands in an article and is none of it: link lists, forms, boxes of pictures. See :mod:`.choosing`."""

from __future__ import annotations

import re
from typing import Any

from reader.ingest.weights import HEADINGS, commas, density, is_for_sharing, link_density, weight, words

_LONG_SHARE = 500
_PROSE = 10  # commas in what is never taken out for its shape
_SHORT = 25
_NOTHING_BUT = re.compile(
    r"(?i)\s*(?:ad(?:vertis(?:ing|ement))?s?|pub(?:licité)?|werb(?:ung)?|anzeige|广告|Реклама|anuncio"
    r"|(?:loading|正在加载|загрузка|chargement|cargando)(?:…|\.\.\.)?)\s*"
)


def prune(article: Any, *, by_weight: bool, by_shape: bool) -> None:
    """Take out of *article* what its name (*by_weight*) or its make-up (*by_shape*) calls no text.

    Data tables, code and footnotes that the text refers to always stay.
    """
    tables = {table for table in article.iter("table") if is_data(table)}
    wanted = {
        link.get("href")[1:] for link in article.iterfind(".//a[@href]") if link.get("href").startswith("#")
    }
    if by_shape:
        _by_shape(article, ("form", "fieldset"), tables, by_weight)
    for element in list(article.iter("footer", "aside", "form", "nav")):
        if element.tag in ("form", "nav") and not by_shape:
            continue
        if element.tag != "form" and not _holds_notes(element, wanted):
            _drop(element)
    for top in article:
        for element in list(top.iterdescendants("*")):
            if is_for_sharing(element) and len(words(element)) < _LONG_SHARE:
                _drop(element)
    for heading in list(article.iter("h1", "h2")):
        if by_weight and weight(heading) < 0:
            _drop(heading)
    if by_shape:
        for tag in ("table", "ul", "div"):
            _by_shape(article, (tag,), tables, by_weight)


def is_data(table: Any) -> bool:
    """Whether *table* holds data; else it lays out the page."""
    if table.get("role") == "presentation":
        return False
    if any(
        next(table.iterdescendants(tag), None) is not None
        for tag in ("caption", "col", "colgroup", "tfoot", "thead", "th")
    ):
        return True
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = list(table.iter("tr"))
    columns = max((sum(1 for cell in row if cell.tag == "td") for row in rows), default=0)
    if len(rows) < 2 or columns < 2:
        return False
    return len(rows) >= 10 or columns > 4 or len(rows) * columns > 10


def _by_shape(article: Any, tags: tuple[str, ...], tables: set[Any], by_weight: bool) -> None:
    for element in reversed(list(article.iter(*tags))):
        if element is article or element in tables or _is_kept(element, tables):
            continue
        points = weight(element) if by_weight else 0
        if points < 0 or _is_no_text(element, points):
            _drop(element)


def _is_kept(element: Any, tables: set[Any]) -> bool:
    return any(
        around.tag in ("code", "pre") or around in tables for around in element.iterancestors()
    ) or any(table in tables for table in element.iterdescendants("table"))


def _is_no_text(element: Any, points: int) -> bool:
    text = words(element)
    if commas(text) >= _PROSE:
        return False
    if _NOTHING_BUT.fullmatch(text):
        return True
    length = len(text)
    links = link_density(element, length)
    paragraphs, images, items = (sum(1 for _ in element.iterdescendants(tag)) for tag in ("p", "img", "li"))
    is_list = element.tag == "ul" or (length > 0 and density(element, ("ul", "ol"), length) > 0.9)
    in_figure = next(element.iterancestors("figure"), None) is not None
    few_words = length < _SHORT and links > 0 and density(element, HEADINGS, length) < 0.9
    reasons = (
        images > 1 and paragraphs / images < 0.5 and not in_figure,
        not is_list and items - 100 > paragraphs,
        not is_list and not in_figure and few_words and images not in (1, 2),
        not is_list and points < 25 and links > 0.2,
        points >= 25 and links > 0.5,
        images == 0 and length == 0,
    )
    is_gallery = is_list and all(len(child) <= 1 for child in element) and images == items
    return any(reasons) and not is_gallery


def _holds_notes(element: Any, wanted: set[str]) -> bool:
    return any({part.get("id"), part.get("name")} & wanted for part in element.iter("*"))


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()
