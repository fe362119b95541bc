"""What goes along in each format besides titles and addresses, and what stays here: the table in the README.

Tests change one thing of a library at a time, and look which files become others by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from reader.exchange.imports.coverage import named

Facet = Literal[
    "texts", "archived", "read or unread", "stars", "tags", "progress", "dates", "dates of publication", "authors",
    "sites", "languages", "notes", "highlights", "their notes", "their colours", "their tags", "their dates",
    "their surroundings", "older versions of texts", "saved views", "the trash",
]  # fmt: skip
FACETS: tuple[Facet, ...] = get_args(Facet)
ALL = frozenset(FACETS)


@dataclass(frozen=True, slots=True)
class Coverage:
    """``how`` is what stands behind ``--to``; ``file`` what is written, ``lost`` what is not, both in a few words."""

    program: str
    how: str
    file: str
    along: frozenset[Facet]
    lost: str

    def row(self) -> str:
        told = "everything" if self.along == ALL else named(self.along)
        return f"| {self.program} | `{self.how}` | {self.file} | {told} | {self.lost} |"


def _covers(program: str, how: str, file: str, *along: Facet, lost: str) -> Coverage:
    return Coverage(program, how, file, frozenset(along), lost)


_READABLE: tuple[Facet, ...] = (
    "texts", "tags", "dates of publication", "authors", "sites", "languages", "notes", "highlights", "their notes",
    "their colours", "their tags",
)  # fmt: skip

COVERAGE: tuple[Coverage, ...] = (
    _covers(
        "Reader itself, scripts", "jsonl", "JSON Lines", *FACETS,
        lost="what can be undone, the log of what was read when, settings, the files that articles came from, "
        "which similar articles you said are two",
    ),
    _covers(
        "Obsidian, any editor", "markdown", "a note an article, or all in one file",
        "read or unread", "tags", "dates", "dates of publication", "authors", "sites", "notes", "highlights",
        "their notes", "their tags",
        lost="texts, progress; without a template of yours stars and dates of highlights; without `--colours` colours",
    ),
    _covers(
        "programs that know W3C annotations", "webannotation", "JSON-LD",
        "notes", "highlights", "their notes", "their colours", "their tags", "their dates", "their surroundings",
        lost="texts, and all else that is known of articles",
    ),
    _covers(
        "Readwise", "readwise", "CSV to import there",
        "authors", "highlights", "their notes", "their tags", "their dates",
        lost="texts, states, tags and notes of articles, colours",
    ),
    _covers(
        "spreadsheets", "csv", "a row an article",
        "archived", "read or unread", "stars", "tags", "progress", "dates", "dates of publication", "authors", "sites",
        "languages", "notes",
        lost="texts; of highlights all but their number",
    ),
    _covers(
        "spreadsheets", "csv --of highlights", "a row a highlight",
        "authors", "highlights", "their notes", "their colours", "their tags", "their dates", "their surroundings",
        lost="texts; of articles all but title, author and address",
    ),
    _covers(
        "a browser", "html", "one page, with marks, and notes beside them", *_READABLE,
        lost="states, stars, progress, dates",
    ),
    _covers(
        "an e-reader", "epub", "one book, a chapter an article, notes at the end", *_READABLE,
        lost="states, stars, progress, dates",
    ),
)  # fmt: skip


def table() -> str:
    """The table in Markdown."""
    head = "| For | `reader export --to` | File | What goes along | What stays here |\n|---|---|---|---|---|"
    return "\n".join([head, *(coverage.row() for coverage in COVERAGE)]) + "\n"
