"""Giving texts to another program on its standard input."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.article import Summary
from reader.tui.background import start
from reader.tui.opening import setting
from reader.tui.programs import ProgramError, arguments, in_terminal, takes_words
from reader.tui.screens.base import CommandScreen

if TYPE_CHECKING:
    from reader.storage.library import Library

PROMPTED = "a program that reads the text, such as: less   wc -w   pandoc -o out.pdf"
LAST = "pipe"  # the setting that keeps the last command

Text = Callable[[], Awaitable[str]]


def ask_program(screen: CommandScreen, articles: Sequence[Summary]) -> None:
    """Ask for a program, then run it with the text of *articles*, the terminal given to it meanwhile."""
    ids = [article.id for article in articles]

    def texts(library: Library) -> str:
        from reader.render.markdown import markdown

        return "\n\n".join(markdown(library.articles.get(article)) for article in ids)

    what = "the text" if len(ids) == 1 else f"{len(ids)} texts"
    _ask(screen, f"Pipe {what} to", lambda: screen.lane.read(texts))


def ask_program_for(screen: CommandScreen, words: str) -> None:
    """The same with *words*: where the command holds ``{}``, as an argument, else to be read."""

    async def given() -> str:
        return words

    _ask(screen, "Pipe the words to", given, words=words)


def _ask(screen: CommandScreen, question: str, text: Text, *, words: str | None = None) -> None:
    screen.ask(partial(_open, screen, question, text, words), group="pipe")


async def _open(screen: CommandScreen, question: str, text: Text, words: str | None) -> None:
    from reader.tui.screens.asking import Ask

    last = await screen.lane.read(lambda library: setting(library, LAST))
    usual = last if isinstance(last, str) and last else screen.reader.config.pipe

    def answered(command: str | None) -> None:
        if command is not None:
            start(screen, partial(_pipe, screen, text, words, command), group="piped")

    screen.reader.push_screen(Ask(question, placeholder=PROMPTED, history="pipe", usual=usual), answered)


async def _pipe(screen: CommandScreen, text: Text, words: str | None, command: str) -> None:
    try:
        argv = arguments(command, words or "")
    except ProgramError as error:
        screen.say(str(error))
        return
    screen.reader.remember(LAST, command)
    read = "" if words is not None and takes_words(command) else await text()
    await run_with(screen, argv, read)


async def run_with(screen: CommandScreen, argv: Sequence[str], text: str) -> None:
    """Run a program in our terminal and wait for it; say how it ended."""
    try:
        code = await in_terminal(screen.reader, argv, text)
    except ProgramError as error:
        screen.reader.fail(str(error))
    else:
        screen.say(f"{argv[0]} ended with {code}" if code else f"Piped to {argv[0]}")
