"""The views of the library: named queries, always at hand beside the list."""

from __future__ import annotations

from dataclasses import dataclass

from reader.domain.query import Query, as_typed, parse, quoted


@dataclass(frozen=True, slots=True)
class View:
    """``id`` is what is remembered; ``emptied`` what an empty view says, ``advice`` what to press there.

    ``holds_read`` views keep what was just read until one leaves them, though it does not belong any more.
    """

    id: str
    title: str
    query: str = ""
    sort: str = "added"
    emptied: str = "Nothing here"
    advice: str = "gi goes to the inbox"
    holds_read: bool = False


INBOX = View(
    "inbox",
    "Inbox",
    emptied="The inbox is empty",
    advice="A adds a file, a folder or pasted text · ga shows the archive",
)
UNREAD = View(
    "unread",
    "Unread",
    "is:unread",
    emptied="Everything is read",
    advice="A adds something new · gi goes to the inbox",
    holds_read=True,
)
CONTINUE = View(
    "continue",
    "Continue reading",
    "progress:5..95 -is:read read:2w",
    emptied="Nothing is half read",
    advice="what you begin to read waits here for two weeks",
    holds_read=True,
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
    "-is:unread",
    sort="read",
    emptied="Nothing was read yet",
    advice="Enter reads the article under the cursor",
    holds_read=True,
)

VIEWS = (INBOX, UNREAD, CONTINUE, STARRED, ARCHIVE, HIGHLIGHTS, TRASH)
_BY_ID = {view.id: view for view in (*VIEWS, RECENT)}
_TAG = "tag:"


def tag_view(tag: str) -> View:
    return View(
        _TAG + tag,
        f"#{tag}",
        f"tag:{quoted(tag)}",
        emptied=f"Nothing is tagged {tag}",
        advice="t on an article gives it tags",
    )


def view_of(identity: str | None) -> View:
    """The view that was remembered as *identity*; the inbox if there is none of that name."""
    if identity and identity.startswith(_TAG):
        return tag_view(identity.removeprefix(_TAG))
    return _BY_ID.get(identity or "", INBOX)


def narrowed(view: View, text: str) -> Query:
    """The articles of *view* that match *text* besides; its last word may be the beginning of one."""
    typed = as_typed(parse(text))
    if typed.is_empty:
        return parse(view.query)
    return parse(f"{view.query} ({typed})") if view.query else typed
