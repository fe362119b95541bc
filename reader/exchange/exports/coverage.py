"""What goes along into each format, and what stays behind: the table in the guide.

A test writes a library that has everything in each format, and looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Facet = Literal[
    "texts", "structure of texts", "addresses", "authors", "sites", "dates of publication", "dates", "states", "progress",
    "tags", "notes", "highlights", "their places", "their colours", "their notes", "their tags", "their dates",
    "highlights without a place",
]  # fmt: skip
FACETS: tuple[Facet, ...] = get_args(Facet)
_OF = "their "


@dataclass(frozen=True, slots=True)
class Coverage:
    """``form`` is the word behind ``--to``; ``lost`` what stays behind, in a few words."""

    form: str
    program: str
    file: str
    along: frozenset[Facet]
    lost: str

    def row(self) -> str:
        own = [facet for facet in FACETS if facet in self.along and not facet.startswith(_OF)]
        theirs = [
            facet.removeprefix(_OF) for facet in FACETS if facet in self.along and facet.startswith(_OF)
        ]
        told = ", ".join(own) + (f"; of highlights {', '.join(theirs)}" if theirs else "")
        return f"| {self.program} | `{self.form}` | {self.file} | {told} | {self.lost} |"


def _covers(form: str, program: str, file: str, *but: Facet, lost: str) -> Coverage:
    return Coverage(form, program, file, frozenset(FACETS) - frozenset(but), lost)


COVERAGE: tuple[Coverage, ...] = (
    _covers("jsonl", "Another Reader", "JSON Lines", lost="history, paths of files, original bytes"),
    _covers(
        "markdown", "Obsidian and other notes", "a folder of Markdown, or one file",
        "texts", "structure of texts", "progress", "their places", "their dates", "their colours",
        lost="colours unless `--colours`; dates of highlights unless the template says them; texts",
    ),
    _covers(
        "readwise", "Readwise", "CSV of highlights",
        "texts", "structure of texts", "sites", "dates of publication", "dates", "states", "progress", "tags", "notes",
        "their colours",
        lost="all of an article but title, author and address",
    ),
    _covers(
        "webannotation", "Hypothesis and what reads W3C annotations", "JSON-LD",
        "texts", "structure of texts", "authors", "sites", "dates of publication", "dates", "states", "progress", "tags",
        lost="all of an article but title, address and note",
    ),
    _covers(
        "csv", "Spreadsheets", "CSV of articles",
        "texts", "structure of texts", "highlights", "their places", "their colours", "their notes", "their tags",
        "their dates", "highlights without a place",
        lost="texts, highlights; what looks like a formula gets an apostrophe",
    ),
    _covers(
        "csv --of highlights", "Spreadsheets", "CSV of highlights",
        "texts", "structure of texts", "sites", "dates of publication", "dates", "states", "progress", "tags", "notes",
        lost="all of an article but title, author and address; what looks like a formula gets an apostrophe",
    ),
    _covers(
        "html", "Browsers", "one page",
        "dates", "states", "progress", "their dates",
        lost="states, dates, pictures",
    ),
    _covers(
        "epub", "Reading programs and devices", "EPUB 3, an article a chapter",
        "dates", "states", "progress", "their dates",
        lost="states, dates, pictures",
    ),
)  # fmt: skip


def table() -> str:
    """The table in Markdown."""
    head = (
        "| For | `reader export --to` | File | What goes along | What stays behind |\n|---|---|---|---|---|"
    )
    return "\n".join([head, *(coverage.row() for coverage in COVERAGE)]) + "\n"
