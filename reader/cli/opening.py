"""Ways into the interface: `reader`, `open`, `demo`; and `guide`, which needs none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reader.cli.base import CommandError, QueryCommand, ReaderCommand, Session, pass_session, query_argument
from reader.cli.choosing import chosen_one
from reader.cli.output import Lit, err, is_terminal, out, width
from reader.cli.references import passage

if TYPE_CHECKING:
    from reader.domain.article import ArticleId
    from reader.domain.highlight import HighlightId


def enter(session: Session, article: ArticleId | None = None, highlight: HighlightId | None = None) -> int:
    """Run the interface, with *article* open, at *highlight* in it; its exit code."""
    _need_terminal()
    from reader.tui.app import run

    return run(session.path, config=session.config, article=article, highlight=highlight)


def _need_terminal() -> None:
    if not all(map(is_terminal, (sys.stdin, sys.stdout, sys.stderr))):
        raise CommandError(
            "the interface needs a terminal; without one use the commands that reader --help lists", code=2
        )


@click.command("open", cls=QueryCommand)
@query_argument(metavar="ID|REF")
@pass_session
def open_article(session: Session, words: tuple[str, ...]) -> int:
    """Open the interface at an article or a highlight.

    REF names a highlight as `reader highlights --markdown` does: hl-1a2b3c4d, the end of its uid.
    """
    _need_terminal()
    with session.reading() as library:
        if held := passage(library, words):
            article, highlight = held.article, held.id
        else:
            article, highlight = chosen_one(library, words), None
    return enter(session, article, highlight)


@click.command("demo", cls=ReaderCommand)
@pass_session
def demo(session: Session) -> int:
    """Try Reader on sample articles; nothing is kept."""
    _need_terminal()
    from reader.jobs.demo import throw_away
    from reader.tui.app import run

    err("demo: making a library of sample articles; nothing you do in it is kept")
    with throw_away() as path:
        return run(path, config=session.config, demo=True)


@click.command("guide", cls=ReaderCommand)
@click.argument("topic", required=False)
@pass_session
def guide(session: Session, topic: str | None) -> None:
    """Read the user guide; without a TOPIC, list the topics."""
    from reader.jobs.guide import find, topics

    if topic is None:
        every = topics()
        widest = max((len(one.name) for one in every), default=0)
        for one in every:
            out(Lit(f"{one.name:<{widest}}", "number"), "  ", one.title)
        return
    found = find(topic)
    if found is None:
        raise CommandError(
            f"the guide has no topic {topic}: it has {', '.join(one.name for one in topics())}"
        )
    from reader.cli.paging import page
    from reader.cli.showing import PIPE_WIDTH
    from reader.render.text import text

    terminal = width()
    shown = text(found.article(), width=min(session.config.width, terminal) if terminal else PIPE_WIDTH)
    if terminal:
        page(shown.rstrip("\n"), session.config.pager)
    else:
        out(shown.rstrip("\n"))
