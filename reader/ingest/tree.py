"""From an element tree to blocks and marks."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from reader.domain.document import Mark, MarkKind, Span
from reader.domain.text import clean
from reader.ingest.addresses import link_target
from reader.ingest.flow import SUPERSCRIPT, TABLE_ROWS, Flow, Inline, Words
from reader.ingest.places import place_name

TABLE_COLUMNS = 50
CELL = 500
TITLE = 80  # characters of a work's title; a longer ``cite`` is a reference

_MARKS: dict[str, MarkKind] = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em", "strong": "strong", "b": "strong",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code", "s": "strike", "strike": "strike", "del": "strike",
}  # fmt: skip
_PARAGRAPHS = frozenset(
    ["address", "article", "aside", "body", "caption", "center", "details", "dialog", "div", "fieldset", "figcaption",
     "figure", "footer", "form", "header", "hgroup", "legend", "main", "nav", "p", "section", "summary", "table",
     "tbody", "td", "tfoot", "th", "thead", "tr"]
)  # fmt: skip
_LISTS = frozenset(["ul", "ol", "dl", "menu", "dir"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_IGNORED = frozenset(["script", "style", "noscript", "template", "head", "title", "rp"])
_LANGUAGE = re.compile(r"(?:^|[\s_-])(?:language|lang|highlight-source|brush:?)[-\s:]+([\w+#.-]{1,30})")
_BOXES = frozenset(["pre", "listing", "xmp", "table", "figure"])


def walk(root: Any, flow: Flow) -> None:
    """Put everything in *root* into *flow*."""
    counters: list[int | None] = []
    whole: Any = None
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if element.tag in _BOXES and _name(element):
                flow.flush()
                flow.target(_name(element))
            if _whole(element, flow):
                whole = element
                walker.skip_subtree()
            else:
                _enter(element, flow, counters)
                _say(element.text, flow)
        else:
            if element is not whole or element.tag in _PARAGRAPHS:
                _leave(element, flow, counters)
            if element is not root:
                _say(element.tail, flow)
    flow.flush()


def _whole(element: Any, flow: Flow) -> bool:
    """Handle an element that is taken as a whole, with all that is in it."""
    match element.tag:
        case "pre" | "listing" | "xmp":
            text, links = _verbatim(element, flow.base)
            flow.code(text, _language(element), links)
        case "table" if _is_data(element):
            _caption(element, flow)
            flow.table(*_table(element, flow))
        case "figure" if _is_picture(element):
            _figure(element, flow)
        case "img":
            flow.figure(element.get("src", ""), element.get("alt", ""))
        case "hr":
            flow.rule()
        case "sup" if re.fullmatch(r"\d{1,3}", number := _words(element), re.ASCII):
            _superscript(element, number, flow)
        case tag:
            return tag in _IGNORED
    return True


def _enter(element: Any, flow: Flow, counters: list[int | None]) -> None:
    tag = element.tag
    if tag in _PARAGRAPHS:
        flow.paragraph()
    elif tag in _HEADINGS:
        flow.block("heading", level=int(tag[1]))
    elif tag == "blockquote":
        flow.enter("quote")
    elif tag in _LISTS:
        flow.enter("list")
        counters.append(_start(element) if tag == "ol" else None)
    elif tag == "li":
        flow.item(_marker(counters))
    elif tag in ("dt", "dd"):
        flow.item("", deeper=int(tag == "dd"))
    else:
        _begin(element, flow, flow)
        return
    if tag not in _BOXES and (name := _name(element)):
        flow.target(name)


def _leave(element: Any, flow: Flow, counters: list[int | None]) -> None:
    tag = element.tag
    if tag in _PARAGRAPHS or tag in _HEADINGS:
        flow.paragraph()
    elif tag == "blockquote":
        flow.leave("quote")
    elif tag in _LISTS:
        flow.leave("list")
        counters.pop()
    elif tag in ("li", "dt", "dd"):
        flow.leave("item")
    else:
        _end(element, flow)


def _begin(element: Any, into: Words, flow: Flow) -> None:
    """The start of an element of running text."""
    tag = element.tag
    if name := _name(element):
        into.open("target", f"#{name}")
    if kind := _mark(element):
        into.open(kind)
    elif tag == "a":
        into.open("link", link_target(element.get("href", ""), flow.base) or "")
    elif tag == "br":
        into.newline()
    elif tag == "q":
        into.add("“")


def _end(element: Any, into: Words) -> None:
    if element.tag == "a" or _mark(element):
        into.close()
    elif element.tag == "q":
        into.add("”")
    if _name(element):
        into.close()


def _mark(element: Any) -> MarkKind | None:
    """How the words of *element* are set off. Of a whole reference its title is, by an element of its own."""
    kind = _MARKS.get(element.tag)
    if element.tag == "cite" and (
        next(element.iter("i", "em"), None) is not None or sum(map(len, element.itertext())) > TITLE
    ):
        return None
    return kind


def _name(element: Any) -> str:
    """By what links may lead to *element*."""
    return place_name(element.get("id") or element.get("name", ""))


def _superscript(element: Any, number: str, flow: Flow) -> None:
    """A raised number, most often the reference to a footnote."""
    inside = [element, *element.iter("a")]
    names = list(dict.fromkeys(name for part in inside if (name := _name(part))))
    href = next((found for part in inside[1:] if (found := part.get("href"))), "")
    for name in names:
        flow.open("target", f"#{name}")
    flow.open("link", link_target(href, flow.base) or "")
    flow.add(number.translate(SUPERSCRIPT))
    for _ in range(len(names) + 1):
        flow.close()


def _say(text: str | None, flow: Flow) -> None:
    if text:
        flow.add(text)


def _start(element: Any) -> int:
    start = element.get("start", "").strip()
    return int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1


def _marker(counters: list[int | None]) -> str:
    number = counters[-1] if counters else None
    if number is None:
        return "•"
    counters[-1] = number + 1
    return f"{number}."


def _verbatim(code: Any, base: str | None) -> tuple[str, list[Mark]]:
    """The text of *code* as it stands there, and the links in it and places that links lead to."""
    parts: list[str] = []
    length = 0
    begun: list[int] = []
    links: list[Mark] = []
    for event, element in etree.iterwalk(code, events=("start", "end")):
        if event == "start":
            begun.append(length)
            part = "\n" if element.tag == "br" else element.text or ""
        else:
            span = Span(begun.pop(), length)
            if element.tag == "a" and (target := link_target(element.get("href", ""), base)):
                links.append(Mark("link", span, target))
            if element is not code and (name := _name(element)):
                links.append(Mark("target", span, f"#{name}"))
            part = "" if element is code else element.tail or ""
        parts.append(part)
        length += len(part)
    return "".join(parts), links


def _language(element: Any) -> str:
    """The language that the class of a code block, or of what is around or in it, names."""
    around = [
        element,
        *element.iter("code"),
        *([element.getparent()] if element.getparent() is not None else []),
    ]
    for candidate in around[:3]:
        if found := _LANGUAGE.search(candidate.get("class", "")):
            return clean(found[1]).lower()
    return ""


def _figure(element: Any, flow: Flow) -> None:
    """All pictures of a figure; its words stand below the last one."""
    words = Inline(row=True)
    _running(element, words, flow, pictures=False)
    flow.paragraph()
    *others, last = element.iter("img")
    for image in others:
        flow.figure(image.get("src", ""), image.get("alt", ""))
    flow.figure(last.get("src", ""), last.get("alt", ""), words.finish())
    flow.paragraph()


def _is_picture(figure: Any) -> bool:
    return (
        next(figure.iter("img"), None) is not None
        and next(figure.iter("pre", "table", "blockquote"), None) is None
    )


def _is_data(table: Any) -> bool:
    """Whether a table holds data; one that only lays out a page is read cell by cell."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = list(table.iter("tr"))
    columns = max((sum(1 for cell in row if cell.tag in ("td", "th")) for row in rows[:20]), default=0)
    if len(rows) < 2 or columns < 2:
        return False
    if next(table.iter("th"), None) is not None:
        return True
    return all(len(_words(cell)) <= CELL for cell in table.iter("td"))


def _caption(table: Any, flow: Flow) -> None:
    """A table's caption as the paragraph above it."""
    caption = table.find("caption")
    if caption is not None:
        flow.paragraph()
        _running(caption, flow, flow)
        flow.paragraph()


def _table(table: Any, flow: Flow) -> tuple[list[Inline], int, int]:
    """The first rows of a table, how many of them are headings, and how many rows were cut."""
    rows = list(table.iter("tr"))
    made: list[Inline] = []
    head = 0
    hanging: dict[int, int] = {}  # column -> rows below that a cell reaches into
    for row in rows[:TABLE_ROWS]:
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if not cells:
            continue
        if head == len(made) and (row.getparent().tag == "thead" or all(cell.tag == "th" for cell in cells)):
            head += 1
        made.append(_row(cells, hanging, flow))
    return made, head, max(0, len(rows) - TABLE_ROWS)


def _row(cells: list[Any], hanging: dict[int, int], flow: Flow) -> Inline:
    """One row, cells that span several columns or hang down from above repeated as empty ones."""
    line = Inline(row=True)
    column = 0
    waiting = iter(cells)
    cell = next(waiting, None)
    while column < TABLE_COLUMNS and (cell is not None or any(place >= column for place in hanging)):
        if column:
            line.cell()
        if hanging.get(column):
            hanging[column] -= 1
            if not hanging[column]:
                del hanging[column]
            column += 1
            continue
        if cell is not None:
            _running(cell, line, flow, pictures=not _words(cell))
            width, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for place in range(column, min(column + width, TABLE_COLUMNS)):
                if down > 1:
                    hanging[place] = down - 1
                if place > column:
                    line.cell()
            column += width
            cell = next(waiting, None)
        else:
            column += 1
    return line


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "").strip()
    return max(1, min(int(value), TABLE_ROWS)) if re.fullmatch(r"\d{1,4}", value) else 1


def _running(root: Any, into: Words, flow: Flow, *, pictures: bool = True) -> None:
    """Everything in *root* as running text, blocks divided by spaces and *pictures* as their words."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        divides = element.tag in _PARAGRAPHS or element.tag in ("li", "dt", "dd", "img")
        if event == "start":
            if element is not root:
                _begin(element, into, flow)
            if divides:
                into.add(" ")
            is_picture = element.tag == "img" and pictures
            into.add(element.get("alt", "") if is_picture else element.text or "")
        elif element is not root:
            _end(element, into)
            if divides:
                into.add(" ")
            into.add(element.tail or "")


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
