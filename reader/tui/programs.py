"""Other programs: started without a shell, either captured or with the terminal to themselves."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from reader.domain.patterns import lazy
from reader.domain.text import clean

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

PLACE = "{}"  # where the words go in a command
OUTPUT_LIMIT = 100_000  # bytes of output that anybody reads


class ProgramError(Exception):
    """A program could not be started, or did not end in time. The message is one line."""


@dataclass(frozen=True, slots=True)
class Captured:
    """What a program wrote, as plain text, and its exit code."""

    text: str
    code: int


def arguments(command: str, words: str = "") -> list[str]:
    """*command* as a shell would divide it, with *words* for ``{}``: as one argument, percent-encoded where that is an
    address, and without dashes in front, which would make an option of them. Raises ProgramError."""
    try:
        program, *rest = shlex.split(command)
    except ValueError as error:
        reason = str(error) if command.strip() else "no program is named"
        raise ProgramError(f"Not understood: {reason}") from error
    return [program, *(_filled(part, words) for part in rest)]


def takes_words(command: str) -> bool:
    """Whether *words* are an argument of *command*; else it reads them."""
    return PLACE in command


def _filled(part: str, words: str) -> str:
    if part.startswith(("http://", "https://")):
        words = quote(words, safe="")
    elif part.startswith(PLACE):
        words = words.lstrip("-")
    return part.replace(PLACE, words)


async def captured(argv: Sequence[str], text: str | None, *, seconds: float, columns: int) -> Captured:
    """Run *argv* with *text* on its standard input, away from the terminal: it cannot draw on it nor read its keys.

    Raises ProgramError; a program that takes longer than *seconds* is ended with all that it started.
    """
    quiet = {"TERM": "dumb", "NO_COLOR": "1", "PAGER": "cat", "MANPAGER": "cat", "COLUMNS": str(columns)}
    try:
        process = await asyncio.create_subprocess_exec(
            *argv,
            stdin=DEVNULL if text is None else PIPE,
            stdout=PIPE,
            stderr=STDOUT,
            env=os.environ | quiet,
            start_new_session=True,
        )
    except OSError as error:
        raise ProgramError(f"{argv[0]} did not start: {error.strerror or error}") from error
    except ValueError as error:  # a NUL among the words
        raise ProgramError(f"{argv[0]} did not start: {error}") from error
    try:
        async with asyncio.timeout(seconds):
            data, _ = await asyncio.gather(_read(process), _feed(process, text))
            return Captured(plain(data.decode("utf-8", "replace")), await process.wait())
    except TimeoutError as error:
        raise ProgramError(f"{argv[0]} took longer than {seconds:g} seconds and was ended") from error
    finally:
        await _end(process)


async def _read(process: Process) -> bytes:
    """All output up to the limit; the rest is read, too, lest the program waits for a reader."""
    assert process.stdout is not None
    kept = bytearray()
    while block := await process.stdout.read(65_536):
        kept += block[: OUTPUT_LIMIT - len(kept)]
    return bytes(kept)


async def _feed(process: Process, text: str | None) -> None:
    if process.stdin is None:
        return
    with suppress(BrokenPipeError, ConnectionResetError):  # it need not read all, or anything
        process.stdin.write((text or "").encode("utf-8", "replace"))
        await process.stdin.drain()
    process.stdin.close()


async def _end(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def in_terminal(app: ReaderApp, argv: Sequence[str], text: str) -> int:
    """Run *argv* in our terminal with *text* on its standard input; its exit code.

    What it printed can be read until Enter is pressed. The loop goes on turning, so that a lost terminal ends us in
    time. Raises ProgramError.
    """
    with app.batch_update(), app.suspend(), interrupts_are_theirs(app):
        try:
            process = await asyncio.create_subprocess_exec(*argv, stdin=PIPE)
        except OSError as error:
            raise ProgramError(f"{argv[0]} did not start: {error.strerror or error}") from error
        await _feed(process, text)
        code = await process.wait()
        if not app.is_headless:
            with suppress(OSError):  # the terminal is gone: a signal says so
                await _read_on()
    return code


async def _read_on() -> None:
    """Leave the program's last words on screen until a line is typed."""
    loop = asyncio.get_running_loop()
    typed = asyncio.Event()
    descriptor = sys.__stdin__.fileno() if sys.__stdin__ else 0
    # Past Python's streams: Textual keeps what is printed from the terminal.
    os.write(1, b"\n[Enter goes back to Reader] ")
    loop.add_reader(descriptor, typed.set)
    try:
        await typed.wait()
        os.read(descriptor, 4096)
    finally:
        loop.remove_reader(descriptor)


@contextmanager
def interrupts_are_theirs(app: ReaderApp) -> Iterator[None]:
    """A ^c typed in another program reaches us, too: it is not meant for us."""
    if app.is_headless:
        yield
        return
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, lambda: None)
    try:
        yield
    finally:
        loop.add_signal_handler(signal.SIGINT, app.end, 128 + signal.SIGINT)


def plain(output: str) -> str:
    """*output* as text: without escape sequences, and what a printer would strike twice once."""
    return clean(_STRUCK.sub("", _SEQUENCE.sub("", output))).strip("\n").rstrip()


_STRUCK = lazy(r"[^\n]\x08")
# CSI; OSC, DCS and their like up to their end, or to that of the line if they have none; any other escape.
_SEQUENCE = lazy(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
