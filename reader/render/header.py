"""The first lines of the page, which tell what is known of the article, and the last ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reader.domain.article import Summary
from reader.domain.text import clean_body
from reader.render.lines import BLANK, Line, Piece, ornament
from reader.render.wrap import cells, wrap

NO_SOURCE = "source unknown"
TO_ADD = ", e to add"
NO_DATE = "undated"
TO_FETCH = (
    "F fetches the text · o opens the page in the browser · A takes the text from a page that you saved there"
)
TO_JOIN = "g= makes it a version of that · g! they are two"
_DOT = " · "
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def header_lines(summary: Summary, width: int, *, hints: bool = True) -> list[Line]:
    """Title, then author, site, date, minutes and tags; what is unknown is said, not left out.

    With *hints* it also says which key helps, which means nothing on paper and in a pipe.
    """
    title = summary.title or "untitled"
    lines = [BLANK]
    lines += [Line((ornament(title[extent.start : extent.end], "title"),)) for extent in wrap(title, width)]
    lines.append(BLANK)
    lines += _flow(_facts(summary, TO_ADD if hints else ""), width)
    if summary.tags:
        lines += _flow([ornament(f"#{tag}", "tag") for tag in summary.tags], width, between="  ")
    lines += likeness_lines(summary, width, hints=hints)
    lines += [BLANK, Line((ornament("─" * width, "hairline"),)), BLANK]
    return lines


def likeness_lines(summary: Summary, width: int, *, hints: bool = True) -> list[Line]:
    """Which article this one is similar to, as long as the reader has not decided about that."""
    similar = summary.similar
    if similar is None:
        return []
    is_of = "similar to" if similar.is_same else "perhaps another version of"
    said = ornament(f"{is_of} {similar.article} {similar.title} ({similar.score})", "tag")
    return _flow([said, *([ornament(TO_JOIN, "missing")] if hints else [])], width)


def link_lines(summary: Summary, description: str, width: int, *, hints: bool = True) -> list[Line]:
    """What stands in the place of a text that is still to be fetched: why it is not here, its address, and what was
    said of it when it was kept. With *hints* it says which keys help."""
    if summary.unfetched is None:
        return []
    why = f"Not fetched: {summary.unfetched}." if summary.unfetched else "Not fetched yet."
    lines = [*_wrapped(why, "missing", width), BLANK]
    if summary.url:
        lines += [*_wrapped(summary.url, "byline", width), BLANK]
    for part in clean_body(description).replace("\t", " ").split("\n\n") if description else ():
        lines += [*_wrapped(part, "tail", width), BLANK]
    if hints:
        lines += _wrapped(TO_FETCH, "end", width)
    return lines


def absence_lines(summary: Summary, width: int, *, hints: bool = True) -> list[Line]:
    """What stands in the place of a text that nobody has: of a book, say, of which only the passages came along."""
    if summary.unfetched is not None:
        return []
    marks = summary.highlights
    told = "There is no text here" + (", only what was highlighted in it" if marks else "") + "."
    return _wrapped(f"{told} gA shows it." if marks and hints else told, "missing", width)


def day(published: str | None) -> str | None:
    """``2021-03-03`` or a longer ISO time as ``3 March 2021``; what is no date as it stands."""
    if not published:
        return None
    try:
        when = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def ending_lines(message: str, tail: str, width: int, *, shown: bool) -> list[Line]:
    """The line that tells what to press at the end, and the text that was set aside, if it is shown."""
    lines = [BLANK, BLANK, *_centred("◆", width), BLANK]
    for extent in wrap(message, width):
        lines += _centred(message[extent.start : extent.end], width)
    if shown and tail:
        lines += [BLANK, Line((ornament("┈" * width, "hairline"),)), BLANK]
        aside = clean_body(tail).replace("\t", " ")
        lines += [
            Line((ornament(aside[extent.start : extent.end], "tail"),)) for extent in wrap(aside, width)
        ]
    lines.append(BLANK)
    return lines


def _wrapped(text: str, role: str, width: int) -> list[Line]:
    return [Line((ornament(text[extent.start : extent.end], role),)) for extent in wrap(text, width)]


def _facts(summary: Summary, hint: str) -> list[Piece]:
    known = "byline"
    facts = [ornament(text, known) for text in (summary.author, summary.site) if text]
    if not summary.author and not summary.site and not summary.url:
        facts.append(ornament(NO_SOURCE + hint, "missing"))
    published = day(summary.published)
    facts.append(ornament(published, known) if published else ornament(NO_DATE, "missing"))
    if summary.minutes:
        facts.append(ornament(f"{summary.minutes} min", known))
    return facts


def _flow(parts: Sequence[Piece], width: int, between: str = _DOT) -> list[Line]:
    """*parts* set one behind the other, a new line where the next one does not fit."""
    lines: list[Line] = []
    row: list[Piece] = []
    used = 0
    for part in parts:
        for number, extent in enumerate(wrap(part.text, width)):
            text = part.text[extent.start : extent.end]
            size = cells(text)
            if row and (number or used + len(between) + size > width):
                lines.append(Line(tuple(row)))
                row, used = [], 0
            if row:
                row.append(ornament(between, "byline"))
                used += len(between)
            row.append(ornament(text, part.role))
            used += size
    return [*lines, Line(tuple(row))] if row else lines


def _centred(text: str, width: int) -> list[Line]:
    return [Line((ornament(" " * max(0, (width - cells(text)) // 2), "end"), ornament(text, "end")))]
