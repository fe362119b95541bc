"""`reader cite`: articles as a bibliography."""

from __future__ import annotations

import click

from reader.cli.base import QueryCommand, Session, pass_session, query_argument
from reader.cli.choosing import chosen
from reader.cli.output import out
from reader.domain.citation import STYLES, Style, bibliography


@click.command("cite", cls=QueryCommand)
@query_argument()
@click.option("--style", type=click.Choice(STYLES), help="Instead of [citation] style in config.toml.")
@pass_session
def cite(session: Session, words: tuple[str, ...], style: Style | None) -> None:
    """Print citations, sorted by author.

    bibtex and csl-json are for programs that make bibliographies; the other styles are for people. The day a text
    was taken is the day it was added.
    """
    with session.reading() as library:
        summaries = library.articles.summaries(chosen(library, words))
    out(bibliography(summaries, style=style or session.config.citation))
