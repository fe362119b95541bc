"""The counts beside the views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.domain.query import parse
from reader.tui.views import HIGHLIGHTS, VIEWS, tag_view

if TYPE_CHECKING:
    from reader.storage.library import Library

TOP_TAGS = 12


def counts_of(library: Library) -> tuple[dict[str, int], list[tuple[str, str, int]]]:
    """How many articles each view has, and how many highlights there are, by id; and the most used tags as id,
    title and count."""
    from reader.storage import commonplace

    counts = {view.id: library.articles.count(parse(view.query)) for view in VIEWS if view != HIGHLIGHTS}
    counts[HIGHLIGHTS.id] = commonplace.count(library)
    used = sorted(library.tags.all(), key=lambda tag: (-tag.count, tag.name.casefold()))
    tags = [(tag_view(tag.name).id, tag.name, tag.count) for tag in used[:TOP_TAGS] if tag.count]
    return counts, tags


def lines_of_views(counts: Mapping[str, int]) -> list[tuple[str, str, int | None]]:
    return [(view.id, view.title, counts.get(view.id)) for view in VIEWS]
