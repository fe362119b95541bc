"""readability, with more respect for lists, tables and code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from readability.readability import Document


class Extractor(Document):  # type: ignore[misc]  # comes without types
    """readability drops short lists and tables as if they were menus; inside an article those without links are
    what their author wrote. So is a short piece of code in a box of its own."""

    def get_preserved_elements(self, node: Any) -> dict[Any, bool]:
        kept: dict[Any, bool] = super().get_preserved_elements(node)
        for element in node.iter("ul", "table"):
            if _is_written(element):
                kept[element] = True
        for code in node.iter("pre"):
            kept.update(dict.fromkeys(_boxes(code), True))
        return kept


def _boxes(code: Any) -> Iterator[Any]:
    """The elements around *code* that hold nothing else."""
    words = code.text_content().strip()
    for box in code.iterancestors():
        if box.tag != "div" or not words or box.text_content().strip() != words:
            return
        yield box


def _is_written(element: Any) -> bool:
    if element.tag == "table":
        return (
            next(element.iter("th"), None) is not None
            and next(element.iterdescendants("table"), None) is None
        )
    return next(element.iter("a", "input", "img"), None) is None
