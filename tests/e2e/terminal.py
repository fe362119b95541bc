"""A program in a real pseudo-terminal: type to it, see its screen, keep every byte it writes.

with Terminal([sys.executable, "-m", "reader"], home=tmp_path) as terminal:
    terminal.wait_for("Inbox")
    terminal.send("down", "enter", "ctrl+d", "gg", "q")
    assert terminal.wait_exit() == 0
    assert terminal.unrestored() == []
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.e2e.emulator import Emulator
from tests.e2e.escape import ModeLedger
from tests.e2e.keys import key_bytes
from tests.e2e.leader import LAST_WORDS, lead_session

QUERY = re.compile(
    rb"\x1b\[(?:\?(?P<mode>\d+)\$p|(?P<keyboard>\?u)|(?P<secondary>>0?c)|(?P<primary>0?c)|(?P<cursor>6n))"
    rb"|\x1b\](?P<colour>1[01]);\?(?:\x07|\x1b\\)"
)
LONGEST_QUERY = 16
#: DECRPM answers: 0 not recognised, 2 recognised and off. Synchronised output, no resize reports.
MODES = {2026: 2, 2048: 0}
FRAME_BEGINS, FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
#: Seconds until a wait has failed. A loaded machine takes long, and what goes well waits for nothing.
PATIENCE = 60.0
COLOURS = {b"10": b"dcdc/dcdc/dcdc", b"11": b"1e1e/1e1e/1e1e"}


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one read returned, and when, in seconds of ``time.perf_counter``."""

    at: float
    data: bytes


def environment(home: Path) -> dict[str, str]:
    """All variables that a program under test sees: nothing of the developer's own terminal or library."""
    return {
        "PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
        "HOME": str(home), "TMPDIR": os.environ.get("TMPDIR", "/tmp"),
        "XDG_CONFIG_HOME": str(home / ".config"), "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_STATE_HOME": str(home / ".local/state"), "XDG_CACHE_HOME": str(home / ".cache"),
    }  # fmt: skip


class Terminal:
    """A pty of *columns* by *rows* with *command* in it, and all that it has written.

    *env* adds to `environment`; a value of None takes a variable away. *modes* overrides `MODES`, the
    answers to mode queries. Output is read only inside the methods, so nothing runs in the background;
    the screen is worked out when it is looked at. The program starts with the ``with`` block and is
    killed at its end if it is still there.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        home: Path,
        *,
        columns: int = 100,
        rows: int = 30,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        modes: Mapping[int, int] | None = None,
    ) -> None:
        self.command = [str(word) for word in command]
        merged = {**environment(home), **(env or {})}
        self.environment = {name: value for name, value in merged.items() if value is not None}
        self.cwd = cwd or home
        self.columns, self.rows = columns, rows
        self.modes = {**MODES, **(modes or {})}
        self.chunks: list[Chunk] = []
        self.started = 0.0
        self.pid = 0
        self.exit_code: int | None = None
        self.termios_before: list[Any] = []
        self.termios_after: list[Any] | None = None
        self._emulator = Emulator(columns, rows)
        self._unseen = 0
        self._query_tail = b""
        self._frame_tail = b""
        self._is_drawing = False
        self._reports = b""

    # Life

    def __enter__(self) -> Self:
        self._master, slave = pty.openpty()
        self._set_size(self.columns, self.rows)
        self.termios_before = termios.tcgetattr(self._master)
        self._report, report = os.pipe()
        control, self._control = os.pipe()
        self._leader = os.fork()
        if self._leader == 0:
            lead_session(slave, report, control, self.command, self.environment, str(self.cwd))
        for descriptor in (slave, report, control):
            os.close(descriptor)
        os.set_blocking(self._master, False)
        while not self.pid:
            self.read(1)
        return self

    def __exit__(self, *_: object) -> None:
        if self.exit_code is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        self.hang_up()
        os.close(self._control)  # lets the leader go
        os.waitpid(self._leader, 0)
        os.close(self._report)

    def wait_exit(self, timeout: float = PATIENCE) -> int:
        """The exit code, minus the number of the signal when one ended it; all output has been read then."""
        deadline = time.perf_counter() + timeout
        while self.exit_code is None:
            self._check(deadline, "the program did not end")
            self.read(0.1)
        return self.exit_code

    def signal(self, number: int) -> None:
        """Send a signal to the program itself, not to its children."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed: the program gets SIGHUP, its output goes nowhere."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    # Input

    def send(self, *keys: str) -> None:
        """Press keys, named as in `key_bytes`, all at once."""
        self.write(b"".join(map(key_bytes, keys)))

    def type(self, text: str) -> None:
        """Type *text* letter for letter, even if it is the name of a key."""
        self.write(text.encode())

    def paste(self, text: str) -> None:
        """Paste *text* in brackets, as terminals do while mode 2004 is on."""
        self.write(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def click(self, column: int, row: int) -> None:
        """Press and release the left button at a cell, counted from 0."""
        self.write(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<0;{column + 1};{row + 1}m".encode())

    def write(self, data: bytes) -> float:
        """Send raw bytes, reading meanwhile so that neither side blocks; gives the time just before."""
        begun = time.perf_counter()
        while data:
            try:
                data = data[os.write(self._master, data[:4096]) :]
            except BlockingIOError:
                if not self.read(0.01) and self.exit_code is not None:
                    raise self._failure(f"ended with exit code {self.exit_code}, keys untaken") from None
        return begun

    def resize(self, columns: int, rows: int) -> None:
        self._look()
        self.columns, self.rows = columns, rows
        self._emulator.resize(columns, rows)
        self._set_size(columns, rows)

    # Output

    @property
    def recording(self) -> bytes:
        """Every byte that the program, or the echo of the terminal, has written so far."""
        return b"".join(chunk.data for chunk in self.chunks)

    @property
    def emulator(self) -> Emulator:
        self._look()
        return self._emulator

    @property
    def screen(self) -> list[str]:
        """The visible lines from the top, without trailing blanks."""
        return self.emulator.lines

    @property
    def is_drawing(self) -> bool:
        """Whether a frame has begun whose end is yet to come, if the program marks its frames."""
        return self._is_drawing and self.exit_code is None

    @property
    def text(self) -> str:
        return "\n".join(self.screen)

    def read(self, timeout: float) -> bool:
        """Wait up to *timeout* seconds for one piece of output, take it, and answer the queries in it.

        False when nothing came. The news that the program has ended counts as output.
        """
        sources = [self._report] if self.exit_code is None else []
        if self._master >= 0:
            sources.append(self._master)
        ready, _, _ = select.select(sources, [], [], timeout)
        if self._report in ready:
            self._read_report()
        if self._master not in ready:
            return self._report in ready
        return self._read_output() or self._report in ready

    def wait_for(self, wanted: str | re.Pattern[str], timeout: float = PATIENCE) -> re.Match[str]:
        """Read until a whole frame shows *wanted*; fails at once when the program has ended without it."""
        pattern = re.compile(re.escape(wanted)) if isinstance(wanted, str) else wanted
        deadline = time.perf_counter() + timeout
        while self.is_drawing or not (match := pattern.search(self.text)):
            if self.exit_code is not None and not self.read(0.05):
                raise self._failure(
                    f"ended with exit code {self.exit_code} before {pattern.pattern!r} was seen"
                )
            self._check(deadline, f"{pattern.pattern!r} was not seen")
            self.read(0.1)
        return match

    def wait_gone(self, unwanted: str | re.Pattern[str], timeout: float = PATIENCE) -> None:
        """Read until a whole frame shows *unwanted* no more."""
        pattern = re.compile(re.escape(unwanted)) if isinstance(unwanted, str) else unwanted
        deadline = time.perf_counter() + timeout
        while self.is_drawing or pattern.search(self.text):
            self._check(deadline, f"{pattern.pattern!r} is still there")
            self.read(0.1)

    def wait_for_start(self, timeout: float = PATIENCE) -> None:
        """Read until the program has taken the terminal over and its first frame is out, though that may show
        nothing. Before that ``^c`` is a signal; afterwards a key."""
        self.wait_until(lambda: FRAME_ENDS in self.recording, timeout)

    def wait_until(self, happened: Callable[[], object], timeout: float = PATIENCE) -> None:
        """Read until *happened*, of which the words on the screen do not tell; not asked amid a frame."""
        deadline = time.perf_counter() + timeout
        while self.is_drawing or not happened():
            if self.exit_code is not None:
                raise self._failure(f"ended with exit code {self.exit_code} before {happened} came true")
            self._check(deadline, f"{happened} never came true")
            self.read(0.05)

    def settle(self, quiet: float = 0.1, timeout: float = 20) -> None:
        """Read until nothing has come for *quiet* seconds, or *timeout* has passed.

        That nothing comes may mean that the machine is busy: no test may need what is on its way to have come.
        """
        deadline = time.perf_counter() + timeout
        while time.perf_counter() < deadline and self.read(quiet):
            pass

    def unrestored(self) -> list[str]:
        """What the program left changed in the terminal: modes, keyboard protocol, line settings."""
        lines = ModeLedger.of(self.recording).left_on()
        if self.termios_after is not None:
            names = ("input", "output", "control", "local", "input speed", "output speed", "characters")
            pairs = zip(names, *map(_comparable, (self.termios_before, self.termios_after)), strict=True)
            lines += [f"termios {name}: {old} became {new}" for name, old, new in pairs if old != new]
        return lines

    # Machinery

    def _read_output(self) -> bool:
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux: nobody holds the other side any more
            return False
        self.chunks.append(Chunk(time.perf_counter(), data))
        self._follow_frames(data)
        self._answer(data)
        return bool(data)

    def _follow_frames(self, data: bytes) -> None:
        data = self._frame_tail + data
        begins, ends = data.rfind(FRAME_BEGINS), data.rfind(FRAME_ENDS)
        if begins != ends:
            self._is_drawing = begins > ends
        self._frame_tail = data[1 - len(FRAME_ENDS) :]

    def _read_report(self) -> None:
        self._reports += os.read(self._report, 4096)
        for line in self._reports.splitlines():
            name, *numbers = line.split()
            if name == b"started":
                self.pid, self.started = int(numbers[0]), float(numbers[1])
            elif name == b"ended":
                self._read_last_words()
                self.exit_code = int(numbers[0])
                if self._master >= 0:
                    self.termios_after = termios.tcgetattr(self._master)

    def _read_last_words(self) -> None:
        """Take all that the program has left to be read; what the leader wrote behind it was never there."""
        while LAST_WORDS not in self.recording:
            if self._master < 0 or not select.select([self._master], [], [], PATIENCE)[0]:
                return
            if not self._read_output():
                return
        self._look()
        at, rest = len(self.chunks), b""
        while LAST_WORDS not in rest:
            at -= 1
            rest = self.chunks[at].data + rest
        self.chunks[at:] = [Chunk(self.chunks[-1].at, rest.replace(LAST_WORDS, b""))]
        self._unseen = len(self.chunks)

    def _answer(self, data: bytes) -> None:
        """Answer the queries in *data*; one that is cut in two is answered when its end arrives."""
        data = self._query_tail + data
        replies, end = [], 0
        for match in QUERY.finditer(data):
            replies.append(self._reply(match))
            end = match.end()
        tail = data[max(end, len(data) - LONGEST_QUERY) :]
        self._query_tail = tail[tail.rfind(b"\x1b") :] if b"\x1b" in tail else b""
        if replies:
            self.write(b"".join(replies))

    def _reply(self, query: re.Match[bytes]) -> bytes:
        match query.lastgroup:
            case "mode":
                mode = int(query["mode"])
                return b"\x1b[?%d;%d$y" % (mode, self.modes.get(mode, 0))
            case "keyboard":
                return b"\x1b[?0u"
            case "secondary":
                return b"\x1b[>41;354;0c"
            case "primary":
                return b"\x1b[?62;22c"
            case "cursor":
                cursor = self.emulator.screen.cursor
                return b"\x1b[%d;%dR" % (cursor.y + 1, cursor.x + 1)
            case _:
                return b"\x1b]%s;rgb:%s\x1b\\" % (query["colour"], COLOURS[query["colour"]])

    def _look(self) -> None:
        for chunk in self.chunks[self._unseen :]:
            self._emulator.feed(chunk.data)
        self._unseen = len(self.chunks)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _check(self, deadline: float, complaint: str) -> None:
        if time.perf_counter() > deadline:
            raise self._failure(complaint)

    def _failure(self, complaint: str) -> AssertionError:
        rule = "─" * self.columns
        lines = "\n".join(f"│{line}" for line in self.screen)
        return AssertionError(f"{' '.join(self.command)}: {complaint}\n┌{rule}\n{lines}\n└{rule}")


def _comparable(attributes: list[Any]) -> list[Any]:
    """Python shows two of the special characters as numbers while the terminal is raw."""
    *flags, characters = attributes
    return [*flags, [bytes([c]) if isinstance(c, int) else c for c in characters]]
