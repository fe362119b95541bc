"""What the first screen needs, read in one go before the terminal is touched."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.domain.alike import NO_FOLDS, Folds
from reader.domain.article import ArticleId, Summary
from reader.domain.highlight import Highlight
from reader.domain.query import parse
from reader.domain.view import SavedView
from reader.tui.views import INBOX, View, view_of

if TYPE_CHECKING:
    from reader.storage.library import Library

FIRST = 2000  # ids that are read before the first frame: most views whole, in a millisecond
BLOCK = 256  # rows that it may need


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the user left off. ``order`` is the beginning of the view, all of it if shorter than FIRST;
    ``summaries`` are the rows of it that will be on screen.

    ``cursor`` is the article under the cursor, ``reading`` one to open at once, at ``passage`` if there is one;
    ``empty`` says that there is nothing in the library at all; ``layout`` what of the screen was shown how wide;
    ``saved`` are the saved views, ``folds`` the copies of stories in the view.
    """

    view: View = INBOX
    sort: str | None = None
    order: tuple[ArticleId, ...] = ()
    summaries: tuple[Summary, ...] = ()
    cursor: ArticleId | None = None
    reading: ArticleId | None = None
    passage: Highlight | None = None
    empty: bool = False
    theme: str | None = None
    layout: Mapping[str, Any] | None = None
    saved: tuple[SavedView, ...] = ()
    folds: Folds = NO_FOLDS


def read_opening(library: Library, *, article: int | None = None, highlight: int | None = None) -> Opening:
    """*article*, or that of *highlight*, is to be opened whatever was open last; raises LibraryError if there is
    none of that id."""
    place = setting(library, "place") or {}
    passage = library.highlights.get(highlight) if highlight is not None else None
    if passage is not None:
        article = passage.article
    from reader.storage.stories import folds

    if article is not None:
        library.articles.summary(ArticleId(article))
        place = {"view": place.get("view"), "sort": place.get("sort"), "cursor": article, "reading": article}
    saved = tuple(library.views.all())
    view = view_of(place.get("view"), saved)
    sort = place.get("sort")
    order = library.articles.order(parse(view.query), sort=sort or view.sort, limit=FIRST)
    if not order and view is not INBOX and article is None:
        view, order = INBOX, library.articles.order(parse(INBOX.query), sort=INBOX.sort, limit=FIRST)
    return Opening(
        view=view,
        sort=sort,
        order=tuple(order),
        summaries=tuple(library.articles.summaries(_around(place.get("cursor"), order))),
        cursor=place.get("cursor"),
        reading=place.get("reading"),
        passage=passage,
        empty=not order and is_empty(library),
        theme=setting(library, "theme"),
        layout=setting(library, "layout"),
        saved=saved,
        folds=folds(library, parse(view.query)),
    )


def _around(cursor: ArticleId | None, order: Sequence[ArticleId]) -> Sequence[ArticleId]:
    """The block of *order* that *cursor* is in; the first one if it is in none."""
    at = order.index(cursor) if cursor is not None and cursor in order else 0
    first = max(0, at - BLOCK // 2)
    return order[first : first + BLOCK]


def is_empty(library: Library) -> bool:
    """Whether the library holds nothing at all, also not in the archive or the trash."""
    everything = ("", "is:archived", "is:trashed")
    return not any(library.articles.order(parse(query), limit=1) for query in everything)


def setting(library: Library, key: str) -> Any:
    """A setting of the interface, ``None`` if it was never kept or cannot be read."""
    kept = library.settings.get(f"tui.{key}")
    try:
        return json.loads(kept) if kept else None
    except ValueError:
        return None


def keep_setting(library: Library, key: str, value: Any) -> None:
    library.settings.set(f"tui.{key}", json.dumps(value))
