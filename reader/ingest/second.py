"""A second extractor, trafilatura, for pages of which :mod:`.choosing` takes far too little.

Only its choice of texts is taken: the elements are those of the page, since its own forms of lists, code and
headings lose some of what the page tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from reader.ingest.page import is_huge
from reader.ingest.weights import HEADINGS

_LEAVES = frozenset(
    ["p", "li", "td", "th", "dt", "dd", "pre", "blockquote", "figcaption", "div", "section", *HEADINGS]
)


def choose_again(tree: Any) -> Any:
    """A copy of *tree* with the texts that trafilatura chooses; ``None`` if there are none, or too many."""
    if is_huge(tree):
        return None
    from trafilatura import bare_extraction

    found = bare_extraction(
        deepcopy(tree), fast=True, include_comments=False, include_tables=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    if body is None:
        return None
    chosen = set(_texts(body))
    copy = deepcopy(tree)
    kept = {
        around
        for leaf in copy.iter(*_LEAVES)
        if next(leaf.iterdescendants(*_LEAVES), None) is None and _squeezed(leaf) in chosen
        for around in (leaf, *leaf.iterancestors(), *leaf.iterdescendants())
    }
    if not kept:
        return None
    for element in list(copy.iter("*")):
        if element not in kept and element.getparent() is not None:
            element.drop_tree()
    return copy


def _texts(body: Any) -> Iterator[str]:
    for element in body.iter("p", "head", "item", "quote", "code", "cell"):
        if text := _squeezed(element):
            yield text


def _squeezed(element: Any) -> str:
    return "".join("".join(element.itertext()).split())
