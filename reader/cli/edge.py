"""The one edge of the command line: what went wrong becomes one clean line and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import click

from reader.cli.output import err, flush

INTERRUPTED = 130


class Ended(BaseException):
    """A signal asked the process to end. Not an Exception: no handler on the way may take it for an error."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* (the process's own by default) name; returns the exit code."""
    _prepare_streams()
    try:
        with _signals_end_us():
            code = _invoke(list(sys.argv[1:] if arguments is None else arguments))
            flush()
            return code
    except BrokenPipeError:
        return _reader_went_away()
    except BaseException as error:  # noqa: BLE001 - the one edge; what nobody foresaw is logged there
        return _explain(error)


def _prepare_streams() -> None:
    """What is written always has somewhere to go, and a terminal of latin-1 shows ``?`` rather than nothing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - open as long as the process
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _invoke(arguments: list[str]) -> int:
    """What click's ``main`` does, without its own opinions on errors, interrupts and exit codes."""
    from reader.cli import reader

    try:
        with reader.make_context("reader", arguments) as context:
            code = reader.invoke(context)
    except click.exceptions.Exit as ending:
        return int(ending.exit_code)
    return code if isinstance(code, int) else 0


def _explain(error: BaseException) -> int:
    code, line = _verdict(error)
    try:
        flush()
    except OSError:
        _give_up_stdout()
    try:
        err("reader: ", line)
    except OSError:  # nobody is left to tell
        pass
    return code


def _verdict(error: BaseException) -> tuple[int, str]:
    from reader.cli.base import CommandError
    from reader.config import ConfigError
    from reader.ingest.errors import IngestError
    from reader.storage.connection import LibraryError

    match error:
        case Ended():
            return error.code, "ended by a signal"
        case KeyboardInterrupt():
            return INTERRUPTED, "interrupted"
        case click.UsageError():
            return error.exit_code, _usage(error)
        case click.ClickException():
            return error.exit_code, error.format_message()
        case LibraryError() | CommandError():
            return error.code, str(error)
        case ConfigError() | IngestError():
            return 1, str(error)
        case OSError():
            return 1, ": ".join(filter(None, (str(error.filename or ""), error.strerror or str(error))))
        case _:
            return 1, _logged(error)


def _usage(error: click.UsageError) -> str:
    """One line, with the command whose help knows better."""
    path = error.ctx.command_path if error.ctx else "reader"
    return f"{error.format_message().rstrip('.')} ({path} --help tells more)"


def _logged(error: BaseException) -> str:
    from reader.config import log_file
    from reader.faults import log_fault

    log = log_file()
    try:
        log_fault(log, error)
    except OSError as reason:
        return f"unexpected {type(error).__name__}; its log {log} cannot be written: {reason.strerror}"
    return f"unexpected {type(error).__name__}: see {log}"


def _reader_went_away() -> int:
    """Whoever read our output closed it: no reason for noise."""
    _give_up_stdout()
    return 0


def _give_up_stdout() -> None:
    """What it did not take, Python's last flush would offer it again, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _signals_end_us() -> Iterator[None]:
    """TERM and HUP unwind the stack, so that transactions roll back; a HUP that nohup ignores stays ignored."""

    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise Ended(number)

    before = {}
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
