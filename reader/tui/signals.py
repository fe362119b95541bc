"""Ends that come from outside: signals, and a terminal that is gone."""

from __future__ import annotations

import asyncio
import signal
import sys
import termios
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

INTERRUPTED = 130
HUNG_UP = 129
CODES = {signal.SIGTERM: 143, signal.SIGHUP: HUNG_UP, signal.SIGINT: INTERRUPTED}


def listen(app: ReaderApp) -> None:
    """Let the signals that end programs end *app* in order. On the loop, so that the terminal is restored.

    To be called before the terminal is touched.
    """
    loop = asyncio.get_running_loop()
    for number, code in CODES.items():
        loop.add_signal_handler(number, _end, app, code)


def watch_pauses(app: ReaderApp) -> None:
    """Know a pause that is over. To be called when the driver is there, since it puts its own handler first."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGCONT, _go_on, app)


def _end(app: ReaderApp, code: int) -> None:
    if is_gone():
        silence(app)
    app.end(code)


def _go_on(app: ReaderApp) -> None:
    """What Textual does on SIGCONT, after a pause that it began: it would start a second thread that reads the
    keyboard after one that it did not (SIGSTOP). A closed terminal sends one too, and starting it again blocks."""
    driver = app._driver
    if is_gone():
        silence(app)
        app.end(HUNG_UP)
    elif driver is not None and driver._must_signal_resume:  # type: ignore[attr-defined]
        driver._sigcont_application()  # type: ignore[attr-defined]
    else:
        app.refresh(layout=True)


def is_gone() -> bool:
    """Whether the terminal that the app was started on has been closed."""
    try:
        termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ is not None else 0)
    except (termios.error, OSError, ValueError):
        return True
    return False


def silence(app: ReaderApp) -> None:
    """Write nothing more: the thread that writes is dead, and a full queue to it would block the end for ever."""
    if app._driver is not None:
        app._driver.write = _nowhere  # type: ignore[method-assign]


def _nowhere(data: str) -> None:
    """Where output goes when nobody is there."""
