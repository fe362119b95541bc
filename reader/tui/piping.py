"""Giving articles to another program on its standard input."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.article import Summary
from reader.tui.background import start
from reader.tui.screens.base import CommandScreen

if TYPE_CHECKING:
    from reader.storage.library import Library

PROMPTED = "a program that reads the text, such as: less   wc -w   pandoc -o out.pdf"


def ask_program(screen: CommandScreen, articles: Sequence[Summary]) -> None:
    """Ask for a program, then run it with the text of *articles*, the terminal given to it meanwhile."""
    from reader.tui.screens.asking import Ask

    def answered(command: str | None) -> None:
        if command is not None:
            start(screen, partial(_pipe, screen, articles, command), group="pipe")

    screen.reader.push_screen(Ask("Pipe the text to", placeholder=PROMPTED, history="pipe"), answered)


async def _pipe(screen: CommandScreen, articles: Sequence[Summary], command: str) -> None:
    try:
        arguments = shlex.split(command)
    except ValueError as error:
        screen.say(f"Not understood: {error}")
        return
    ids = [article.id for article in articles]

    def texts(library: Library) -> str:
        from reader.render.markdown import markdown

        return "\n\n".join(markdown(library.articles.get(article)) for article in ids)

    run_with(screen, arguments, await screen.lane.read(texts))


def run_with(screen: CommandScreen, arguments: Sequence[str], text: str) -> None:
    """Run a program without a shell and wait for it; say how it ended if not well."""
    if not arguments:
        return
    try:
        with screen.app.suspend():
            ended = subprocess.run(arguments, input=text.encode("utf-8", "replace"), check=False)
    except OSError as error:
        screen.reader.fail(f"{arguments[0]} did not start: {error.strerror or error}")
        return
    screen.say(
        f"{arguments[0]} ended with {ended.returncode}" if ended.returncode else f"Piped to {arguments[0]}"
    )
