"""Which elements of a page are its article.

The way of Mozilla's Readability (Apache-2.0), the reader view of Firefox: paragraphs give points to the elements
around them, for length and commas; names and links change these; the best element is taken, with those beside it
that have enough. Where too little is left the names are not asked, and then nothing is taken out. Written anew for
element trees of lxml, so that the elements of the page themselves are kept with all that is in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import html

from reader.ingest.pruning import prune
from reader.ingest.weights import HEADINGS, commas, is_foreign, link_density, weight, words

ENOUGH = 500  # characters of an article for which no other try is made
_SHORTEST = 25
_LEVELS = 5
_BEST = 5
_NEAR = 0.75
_TOGETHER = 3  # that many good elements under one roof are one article

_POINTS = {
    "div": 5, **dict.fromkeys(["pre", "td", "blockquote"], 3),
    **dict.fromkeys(["address", "ol", "ul", "dl", "dd", "dt", "li", "form"], -3),
    **dict.fromkeys([*HEADINGS, "th"], -5),
}  # fmt: skip
_SCORED = frozenset(["section", "h2", "h3", "h4", "h5", "h6", "p", "td", "pre"])
_BLOCKS = ("blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul")
_RUNNING = frozenset(
    ["abbr", "b", "bdo", "br", "cite", "code", "data", "dfn", "em", "font", "i", "img", "kbd", "label", "mark", "math",
     "meter", "output", "progress", "q", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt",
     "u", "var", "wbr"]
)  # fmt: skip
_EMPTIED = frozenset(["div", "section", "header", *HEADINGS])


@dataclass(frozen=True, slots=True)
class Strictness:
    """What counts against an element: being *called* foreign, its *weight*, its *shape*."""

    called: bool = True
    weight: bool = True
    shape: bool = True


_TRIES = (Strictness(), Strictness(False), Strictness(False, False), Strictness(False, False, False))


def choose(tree: Any) -> Any:
    """A ``div`` with the elements of *tree* that are its article; ``None`` if there is no word in it.

    *tree* is left as it is.
    """
    best, longest = None, 0
    for strictness in _TRIES:
        found = _attempt(deepcopy(tree), strictness)
        length = len(words(found)) if found is not None else 0
        if length >= ENOUGH:
            return found
        if length > longest:
            best, longest = found, length
    return best


def without_foreign(tree: Any) -> Any:
    """A copy of *tree* without menus, comments and the like, as far as their names tell."""
    copy = deepcopy(tree)
    _clear(copy, Strictness())
    return copy


def _attempt(tree: Any, strictness: Strictness) -> Any:
    body = tree.find("body") if tree.tag == "html" else tree
    if body is None:
        return None
    _clear(body, strictness)
    _break(body)
    scores = _scores(_paragraphs(body), strictness)
    article = html.Element("div")
    top = _top(body, scores)
    if top is body:
        article.text = body.text
        article.extend(list(body))
    else:
        article.extend(list(_with_siblings(top, scores)))
    prune(article, by_weight=strictness.weight, by_shape=strictness.shape)
    return article


def _clear(body: Any, strictness: Strictness) -> None:
    """Take out what is called foreign, unless the page's main part is in it, and boxes with nothing in them."""
    for element in list(body.iterdescendants("*")):
        if _is_empty(element) or (strictness.called and _is_foreign(element)):
            element.drop_tree()


def _is_empty(element: Any) -> bool:
    return (
        element.tag in _EMPTIED and all(child.tag in ("br", "hr") for child in element) and not words(element)
    )


def _is_foreign(element: Any) -> bool:
    return (
        element.tag != "a"
        and is_foreign(element)
        and next(element.iterancestors("table", "code"), None) is None
        and next(element.iter("main"), None) is None
    )


def _break(body: Any) -> None:
    """Make a paragraph of what follows two line breaks, as old pages divide their text by."""
    for line in list(body.iter("br")):
        following = line.getnext()
        if line.getparent() is None or not _breaks(line):
            continue
        while following is not None and following.tag == "br":
            text, after = following.tail, following.getnext()
            following.tail = None
            following.getparent().remove(following)
            line.tail, following = text, after
            if (text or "").strip():
                break
        paragraph = html.Element("p")
        paragraph.text, line.tail = line.tail, None
        while following is not None and _is_running(following) and not _breaks(following):
            after = following.getnext()
            paragraph.append(following)
            following = after
        if line.getparent().tag == "p":
            line.getparent().tag = "div"
        if len(paragraph) or (paragraph.text or "").strip():
            line.getparent().replace(line, paragraph)


def _breaks(element: Any) -> bool:
    """Whether *element* is a line break with another right behind it."""
    following = element.getnext()
    return (
        element.tag == "br"
        and not (element.tail or "").strip()
        and following is not None
        and following.tag == "br"
    )


def _paragraphs(body: Any) -> list[Any]:
    """What gives points; loose text in boxes becomes paragraphs for that."""
    found = []
    for element in list(body.iter("*")):
        if element.tag == "div":
            _wrap(element)
            if _is_one_paragraph(element):
                paragraph = element[0]
                paragraph.tail = element.tail
                element.getparent().replace(element, paragraph)
            elif next(element.iterdescendants(*_BLOCKS), None) is None:
                element.tag = "p"
    for element in body.iter("*"):
        if element.tag in _SCORED:
            found.append(element)
    return found


def _is_one_paragraph(box: Any) -> bool:
    return (
        len(box) == 1
        and box[0].tag == "p"
        and not (box.text or "").strip()
        and not (box[0].tail or "").strip()
        and link_density(box) < 0.25
    )


def _wrap(box: Any) -> None:
    """Put text and running elements that stand directly in *box* into paragraphs."""
    paragraph = None
    children = list(box)
    if (box.text or "").strip():
        paragraph = html.Element("p")
        paragraph.text, box.text = box.text, None
        box.insert(0, paragraph)
    for child in children:
        if not _is_running(child):
            paragraph = None
        elif paragraph is not None:
            paragraph.append(child)
            continue
        elif child.tag != "br":
            paragraph = html.Element("p")
            child.addprevious(paragraph)
            paragraph.append(child)
            continue
        if (child.tail or "").strip():
            paragraph = html.Element("p")
            paragraph.text, child.tail = child.tail, None
            child.addnext(paragraph)


def _is_running(element: Any) -> bool:
    return element.tag in _RUNNING or (
        element.tag in ("a", "del", "ins") and all(_is_running(child) for child in element)
    )


def _scores(paragraphs: list[Any], strictness: Strictness) -> dict[Any, float]:
    scores: dict[Any, float] = {}
    for paragraph in paragraphs:
        text = words(paragraph)
        if len(text) < _SHORTEST:
            continue
        points = 2 + commas(text) + min(len(text) // 100, 3)
        for level, around in enumerate(islice(paragraph.iterancestors(), _LEVELS)):
            if around.getparent() is None:
                break
            if around not in scores:
                scores[around] = _POINTS.get(around.tag, 0) + (weight(around) if strictness.weight else 0)
            scores[around] += points / (1, 2, 6, 9, 12)[level]
    return {element: score * (1 - link_density(element)) for element, score in scores.items()}


def _top(body: Any, scores: dict[Any, float]) -> Any:
    ranked = sorted(scores, key=lambda element: -scores[element])[:_BEST]
    if not ranked or ranked[0] is body:
        return body
    top = _roof(ranked, scores, body)
    top = _risen(top, scores, body)
    while (
        top is not body
        and (parent := top.getparent()) is not body
        and parent is not None
        and len(parent) == 1
    ):
        top = parent
    scores.setdefault(top, 0.0)
    return top


def _roof(ranked: list[Any], scores: dict[Any, float], body: Any) -> Any:
    """The innermost element around the best one that several about as good ones are in, or the best one."""
    top = ranked[0]
    near = [set(other.iterancestors()) for other in ranked[1:] if scores[other] >= _NEAR * scores[top]]
    if len(near) < _TOGETHER:
        return top
    for around in top.iterancestors():
        if around is body:
            break
        if sum(around in ancestors for ancestors in near) >= _TOGETHER:
            return around
    return top


def _risen(top: Any, scores: dict[Any, float], body: Any) -> Any:
    """*top*, or what is around it if that has more points: as the text goes on in boxes of their own."""
    last = scores.get(top, 0.0)
    least = last / 3
    for around in top.iterancestors():
        if around is body:
            break
        if around not in scores:
            continue
        if scores[around] < least:
            break
        if scores[around] > last:
            return around
        last = scores[around]
    return top


def _with_siblings(top: Any, scores: dict[Any, float]) -> Iterator[Any]:
    """*top* and what beside it is of the article too."""
    parent = top.getparent()
    enough = max(10.0, scores[top] * 0.2)
    for sibling in list(parent):
        bonus = scores[top] * 0.2 if top.get("class") and sibling.get("class") == top.get("class") else 0.0
        if sibling is top or scores.get(sibling, float("-inf")) + bonus >= enough or _is_prose(sibling):
            sibling.tail = None if sibling is not top else sibling.tail
            yield sibling


def _is_prose(element: Any) -> bool:
    if element.tag != "p":
        return False
    text = words(element)
    links = link_density(element, len(text))
    return (
        links < 0.25 if len(text) > 80 else bool(text) and links == 0 and (". " in text or text.endswith("."))
    )
