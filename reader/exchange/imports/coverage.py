"""What comes along from each program besides titles and addresses, and what its file does not hold: the table in the
README.

Tests read an export of each with all that it can hold, and compare.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Literal, get_args

from reader.exchange.imports.detection import AppName

Facet = Literal[
    "texts", "archived", "read or unread", "stars", "tags", "progress", "dates", "dates of publication", "authors",
    "sites", "languages", "notes", "highlights", "their notes", "their colours", "their tags", "their dates",
    "their surroundings",
]  # fmt: skip
_OF = "their "  # the highlights', which are named last of what an article has
FACETS: tuple[Facet, ...] = get_args(Facet)


@dataclass(frozen=True, slots=True)
class Coverage:
    """``file`` is what the program writes, ``lost`` what it knows and does not write there; both in a few words."""

    app: AppName
    program: str
    file: str
    along: frozenset[Facet]
    lost: str

    def row(self) -> str:
        return f"| {self.program} | `{self.app}` | {self.file} | {named(self.along)} | {self.lost} |"


def named(along: Set[str]) -> str:
    """Those facets of *along* in words, the highlights' own after *with their*."""
    of_articles = [facet for facet in FACETS if facet in along and not facet.startswith(_OF)]
    theirs = [facet.removeprefix(_OF) for facet in FACETS if facet in along and facet.startswith(_OF)]
    told = ", ".join(of_articles) + (f" with their {', '.join(theirs)}" if theirs else "")
    return told or "–"


def _covers(app: AppName, program: str, file: str, *along: Facet, lost: str) -> Coverage:
    return Coverage(app, program, file, frozenset(along), lost)


COVERAGE: tuple[Coverage, ...] = (
    _covers(
        "pocket", "Pocket", "zip of CSV and annotations, or `ril_export.html`",
        "archived", "tags", "dates", "highlights", "their dates",
        lost="favourites, texts, progress, places of highlights",
    ),
    _covers(
        "instapaper", "Instapaper", "CSV", "archived", "stars", "tags", "dates", "notes",
        lost="texts, highlights, progress",
    ),
    _covers(
        "omnivore", "Omnivore", "zip",
        "texts", "archived", "tags", "progress", "dates", "dates of publication", "authors", "notes", "highlights",
        "their notes", "their tags",
        lost="colours, dates and places of highlights",
    ),
    _covers(
        "wallabag", "wallabag", "JSON",
        "texts", "archived", "stars", "tags", "dates", "dates of publication", "authors", "sites", "languages", "notes",
        "highlights", "their notes", "their dates", "their surroundings",
        lost="progress",
    ),
    _covers(
        "wallabag", "wallabag", "CSV", "texts", "tags", "dates", "languages",
        lost="state, stars, authors, annotations; whether a time is before noon",
    ),
    _covers(
        "readeck", "Readeck", "zip of the full export",
        "texts", "archived", "stars", "tags", "progress", "dates", "dates of publication", "authors", "sites",
        "languages", "highlights", "their notes", "their colours", "their dates", "their surroundings",
        lost="saved searches; users and tokens, on purpose",
    ),
    _covers(
        "readeck", "Readeck", "CSV", "archived", "stars", "tags", "dates", lost="texts, progress, highlights",
    ),
    _covers(
        "readwise", "Readwise", "CSV of highlights",
        "tags", "dates", "authors", "notes", "highlights", "their notes", "their colours", "their tags", "their dates",
        lost="texts, addresses",
    ),
    _covers(
        "readwise-reader", "Readwise Reader", "CSV of the library",
        "archived", "stars", "tags", "progress", "dates",
        lost="texts, highlights, items of feeds, mails",
    ),
    _covers(
        "kindle", "Kindle", "`My Clippings.txt`",
        "dates", "authors", "notes", "highlights", "their notes", "their dates",
        lost="texts, colours, bookmarks, passages beyond the clipping limit",
    ),
    _covers(
        "hypothesis", "Hypothesis", "JSON",
        "tags", "dates", "notes", "highlights", "their notes", "their tags", "their dates", "their surroundings",
        lost="texts; replies go below the note they answer",
    ),
    _covers(
        "hypothesis", "Hypothesis", "CSV",
        "tags", "dates", "notes", "highlights", "their notes", "their tags", "their dates",
        lost="texts, titles, surroundings of highlights; replies go below the note on the page",
    ),
    _covers(
        "newsboat", "newsboat", "`cache.db`",
        "texts", "read or unread", "stars", "tags", "dates of publication", "authors", "sites",
        lost="items without a flag; when an item came",
    ),
    _covers(
        "webannotation", "W3C Web Annotation", "JSON-LD",
        "tags", "dates", "notes", "highlights", "their notes", "their colours", "their tags", "their dates",
        "their surroundings",
        lost="texts, states",
    ),
    _covers(
        "bookmarks", "Browsers, Pinboard, Shaarli", "bookmarks as HTML", "tags", "dates", "notes", lost="texts",
    ),
    _covers("urls", "A list of addresses", "text, an address a line", lost="all but titles"),
)  # fmt: skip


def table() -> str:
    """The table in Markdown."""
    head = "| From | `reader import` | File | What comes along | What is not in it |\n|---|---|---|---|---|"
    return "\n".join([head, *(coverage.row() for coverage in COVERAGE)]) + "\n"
