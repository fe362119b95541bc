"""readability, with more respect for lists and tables."""

from __future__ import annotations

from typing import Any

from readability.readability import Document


class Extractor(Document):  # type: ignore[misc]  # comes without types
    """readability drops short lists and tables as if they were menus; inside an article those without links are
    what their author wrote."""

    def get_preserved_elements(self, node: Any) -> dict[Any, bool]:
        kept: dict[Any, bool] = super().get_preserved_elements(node)
        for element in node.iter("ul", "table"):
            if _is_written(element):
                kept[element] = True
        return kept


def _is_written(element: Any) -> bool:
    if element.tag == "table":
        return (
            next(element.iter("th"), None) is not None
            and next(element.iterdescendants("table"), None) is None
        )
    return next(element.iter("a", "input", "img"), None) is None
