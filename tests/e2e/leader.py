"""The process between a test and its program: it leads the session, as a shell does.

Without it the program would lead the session itself; when a leader ends, Linux hangs the terminal up
and resets its settings, so nobody could tell whether the program had restored them, and job control
(ctrl-z) would be dead.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Mapping, Sequence
from typing import NoReturn

JOB_SIGNALS = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
# A string that terminals ignore; the line settings let it through unchanged.
LAST_WORDS = b"\x1b_the program has ended\x1b\\"


def lead_session(
    slave: int, report: int, control: int, command: Sequence[str], env: Mapping[str, str], cwd: str
) -> NoReturn:
    """Run *command* as the foreground job of the terminal *slave*; to be called in a forked child.

    Writes ``started PID TIME`` to *report* once the job is *command* and takes signals, and ``ended CODE``
    after it; TIME is ``time.perf_counter`` just before the fork. Before that writes LAST_WORDS to the terminal,
    behind all that the job has written there. Passes SIGHUP on to the job. Keeps the terminal open, for its
    settings to be read, until *control* is closed at its other end. Never returns.
    """
    try:
        _close_all_but(slave, report, control)
        os.login_tty(slave)
        for number in JOB_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        started, starting = os.pipe()  # the other end closes by itself when the job has become *command*
        begun = time.perf_counter()
        job = os.fork()
        if job == 0:
            _run(command, env, cwd)
        os.close(starting)
        os.read(started, 1)
        signal.signal(signal.SIGHUP, lambda *_: _hang_up(job))
        os.write(report, f"started {job} {begun}\n".encode())
        _, status = os.waitpid(job, 0)
        with contextlib.suppress(OSError):  # the terminal was hung up
            os.write(1, LAST_WORDS)
        os.write(report, f"ended {os.waitstatus_to_exitcode(status)}\n".encode())
        os.read(control, 1)
    finally:
        os._exit(0)


def _run(command: Sequence[str], env: Mapping[str, str], cwd: str) -> NoReturn:
    try:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        for number in (*JOB_SIGNALS, signal.SIGHUP, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        os.chdir(cwd)
        os.execvpe(command[0], list(command), dict(env))
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
    finally:
        os._exit(127)


def _hang_up(job: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(job, signal.SIGHUP)


def _close_all_but(*kept: int) -> None:
    """Close what was inherited: the master of another test's terminal, held here, would never hang up."""
    for name in os.listdir("/dev/fd"):
        if int(name) not in kept:
            with contextlib.suppress(OSError):
                os.close(int(name))
