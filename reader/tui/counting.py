"""The counts beside the views. None of them costs more as the library grows: what is not kept up to date in the
library is counted slice by slice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.domain.passage import Tally
from reader.domain.query import parse
from reader.domain.view import SavedView
from reader.tui import views
from reader.tui.views import CONTINUE, HIGHLIGHTS, VIEWS, saved_id, tag_view
from reader.tui.widgets.sidebar import Entry, entries_of

if TYPE_CHECKING:
    from reader.storage.library import Library

TOP_TAGS = 12
MANY = 1000  # from here on a saved view's count is completed when there is time


@dataclass(frozen=True, slots=True)
class Aside:
    """What the library says beside the list: counts of the views by id, saved views, the most used tags by id,
    title and count."""

    counts: Mapping[str, int] = field(default_factory=dict)
    saved: tuple[SavedView, ...] = ()
    tags: tuple[tuple[str, str, int], ...] = ()


def counts_of(library: Library) -> Aside:
    from reader.storage import commonplace

    kept = library.counters.counts()
    counts = {
        views.INBOX.id: kept.inbox,
        views.UNREAD.id: kept.unread,
        views.STARRED.id: kept.starred,
        views.ARCHIVE.id: kept.archive,
        views.TRASH.id: kept.trash,
        CONTINUE.id: library.search.count(parse(CONTINUE.query), scope="list"),
        HIGHLIGHTS.id: commonplace.count(library),
    }
    tags = [(tag_view(tag.name).id, tag.name, tag.count) for tag in library.counters.top_tags(TOP_TAGS)]
    return Aside(counts, tuple(library.views.all()), tuple(tags))


def tallied(view: SavedView, so_far: Tally) -> Callable[[Library], Tally]:
    """Count on in *view*, for some milliseconds. A view that has a limit is full at it."""
    query = parse(view.query)

    def count(library: Library) -> Tally:
        tally = library.search.tally(query, so_far, scope="list")
        if query.limit is not None and tally.found >= query.limit:
            return Tally(query.limit, None)
        return tally

    return count


def entries(aside: Aside, tallies: Mapping[str, Tally]) -> tuple[Entry, ...]:
    """The lines of the sidebar; *tallies* are those of saved views, by their ids."""
    return entries_of(
        [Entry(view.title, view.id, aside.counts.get(view.id)) for view in VIEWS],
        [_line(saved, tallies.get(saved_id(saved.name))) for saved in aside.saved],
        [Entry(name, identity, count, "tag") for identity, name, count in aside.tags],
    )


def _line(saved: SavedView, tally: Tally | None) -> Entry:
    """Without a count as long as little is known."""
    count, more = None, False
    if tally is not None and (tally.is_complete or tally.found > MANY):
        more = not tally.is_complete
        count = MANY if more else tally.found
    return Entry(saved.name, saved_id(saved.name), count, "saved", saved.key or "", more)
