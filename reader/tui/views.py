"""The views of the library: named queries, always at hand beside the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader.domain.query import Query, as_typed, parse, quoted
from reader.domain.terms import And, Node, Nothing
from reader.domain.view import SavedView


@dataclass(frozen=True, slots=True)
class View:
    """``id`` is what is remembered; ``emptied`` what an empty view says, ``advice`` what to press there."""

    id: str
    title: str
    query: str = ""
    sort: str = "added"
    emptied: str = "Nothing here"
    advice: str = "gi goes to the inbox"


INBOX = View(
    "inbox",
    "Inbox",
    emptied="The inbox is empty",
    advice="A adds an address, a file or pasted text · ga shows the archive",
)
UNREAD = View(
    "unread",
    "Unread",
    "is:unread",
    emptied="Everything is read",
    advice="A adds something new · gi goes to the inbox",
)
CONTINUE = View(
    "continue",
    "Continue reading",
    "progress:5..95 -is:read read:2w",
    sort="read",
    emptied="Nothing is half read",
    advice="what you begin to read waits here for two weeks",
)
STARRED = View(
    "starred", "Starred", "is:starred", emptied="No stars yet", advice="s on an article gives it a star"
)
ARCHIVE = View(
    "archive", "Archive", "is:archived", emptied="The archive is empty", advice="a puts an article here"
)
HIGHLIGHTS = View(
    "highlights",
    "Highlights",
    "is:annotated",
    emptied="No highlights yet",
    advice="while reading, Enter lights a sentence and Enter again keeps it",
)
TRASH = View("trash", "Trash", "is:trashed", emptied="The trash is empty", advice="D puts an article here")
RECENT = View(
    "recent",
    "Recent",
    "-is:unread read:1y",  # a year's reading at most: what was ever read grows with the library
    sort="read",
    emptied="Nothing was read lately",
    advice="Enter reads the article under the cursor",
)

VIEWS = (INBOX, UNREAD, CONTINUE, STARRED, ARCHIVE, HIGHLIGHTS, TRASH)
_BY_ID = {view.id: view for view in (*VIEWS, RECENT)}
_TAG = "tag:"
_SAVED = "view:"


def tag_view(tag: str) -> View:
    return View(
        _TAG + tag,
        f"#{tag}",
        f"tag:{quoted(tag)}",
        emptied=f"Nothing is tagged {tag}",
        advice="t on an article gives it tags",
    )


def saved_id(name: str) -> str:
    return _SAVED + name.casefold()


def saved_view(saved: SavedView) -> View:
    """An order that is part of the query is the view's, so that another one can be chosen."""
    query = parse(saved.query)
    return View(
        saved_id(saved.name),
        saved.name,
        without_order(query),
        sort=saved.sort or query.sort or "added",
        emptied=f"Nothing is in {saved.name} now",
        advice=f"what {saved.query} finds comes here",
    )


def without_order(query: Query) -> str:
    """Its canonical text, without the order that it asks for."""
    return str(replace(query, sort=None))


def is_saved(view: View) -> bool:
    return view.id.startswith(_SAVED)


def view_of(identity: str | None, saved: Iterable[SavedView] = ()) -> View:
    """The view that was remembered as *identity*, perhaps one of *saved*; the inbox if there is none of that name."""
    if identity and identity.startswith(_TAG):
        return tag_view(identity.removeprefix(_TAG))
    if identity and identity.startswith(_SAVED):
        return next((saved_view(one) for one in saved if saved_id(one.name) == identity), INBOX)
    return _BY_ID.get(identity or "", INBOX)


def narrowed(view: View, text: str, *, typed: bool = True) -> Query:
    """The articles of *view* that match *text* besides; while it is *typed* its last word may be the beginning of
    one."""
    inside = parse(text)
    if typed:
        inside = as_typed(inside)
    return both(parse(view.query), inside)


def both(first: Query, second: Query) -> Query:
    """What both find, in the order and number that *second* asks for, else *first*. A *second* without a term
    narrows nothing: it is about to be typed."""
    nodes: list[Node] = []
    for root in (first.root, None if second.is_empty else second.root):
        nodes += root.nodes if isinstance(root, And) else [root] if root is not None else []
    if isinstance(first.root, Nothing):
        nodes = [first.root]  # and nothing besides is nothing still
    root = And(tuple(nodes)) if len(nodes) > 1 else nodes[0] if nodes else None
    found = Query(root, second.sort or first.sort, second.limit or first.limit)
    return replace(found, text=str(found), problems=(*first.problems, *second.problems))
