"""`reader show`: one article as text, Markdown, HTML or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli.base import QueryCommand, Session, pass_session, query_argument
from reader.cli.choosing import chosen_one
from reader.cli.output import json_text, out, width
from reader.cli.records import article_record, highlight_record
from reader.config import WIDTHS

if TYPE_CHECKING:
    from reader.domain.article import Article
    from reader.domain.highlight import Highlight

PIPE_WIDTH = 80


@click.command("show", cls=QueryCommand)
@query_argument(metavar="ID")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "html", "json"]), default="text",
    show_default=True, help="How to show it.",
)  # fmt: skip
@click.option(
    "--width", "columns", type=click.IntRange(WIDTHS[0], WIDTHS[-1]), metavar="N", help="Columns of text."
)
@click.option("--highlights", "with_highlights", is_flag=True, help="With its highlights and notes.")
@pass_session
def show(
    session: Session, words: tuple[str, ...], form: str, columns: int | None, with_highlights: bool
) -> None:
    """Show one article. On a terminal it is paged by PAGER."""
    with session.reading() as library:
        number = chosen_one(library, words)
        article = library.articles.get(number)
        highlights = library.highlights.of(number) if with_highlights else []
    if form == "json":
        out(json_text(_record(article, highlights, with_highlights)))
        return
    terminal = width()
    fitting = min(session.config.width, terminal) if terminal else PIPE_WIDTH
    text = _rendered(form, article, highlights, columns or fitting)
    if terminal:
        from reader.cli.paging import page

        page(text.rstrip("\n"), session.config.pager)
    else:
        out(text.rstrip("\n"))


def _rendered(form: str, article: Article, highlights: Sequence[Highlight], columns: int) -> str:
    """Each form is imported by itself: a shell waits for every module."""
    match form:
        case "markdown":
            from reader.render.markdown import markdown

            return markdown(article, highlights)
        case "html":
            from reader.render.html import html

            return html(article, highlights)
        case _:
            from reader.render.text import text

            return text(article, highlights, width=columns)


def _record(article: Article, highlights: Sequence[Highlight], with_highlights: bool) -> dict[str, Any]:
    document = article.document
    record = article_record(article.summary, article.note) | {
        "text": document.text,
        "blocks": [
            {
                "kind": block.kind, "start": block.span.start, "end": block.span.end, "level": block.level,
                "depth": block.depth, "marker": block.marker, "lang": block.lang,
            }
            for block in document.blocks
        ],
    }  # fmt: skip
    return record | {"passages": list(map(highlight_record, highlights))} if with_highlights else record
