"""Reading an export in a child process that can be killed, and going on behind what killed it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any, BinaryIO

from reader.domain.record import Record
from reader.domain.text import clean_line
from reader.exchange.imports.detection import Chosen
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Problem
from reader.ingest.sandbox import Limits, ParserError, last_words, memory_of
from reader.ingest.worker import RESULT_LIMIT, read_frame, write_frame
from reader.jobs.import_worker import Asked
from reader.jobs.item_records import Means
from reader.jobs.record_wire import record_from_wire

OPENING = 90.0  # seconds, for what comes before the first item: a large file is decoded, detected and counted
PIPE = 2**20  # bytes that the child may be ahead of its parent, which stores meanwhile

_SET_PIPE_SIZE = 1031  # F_SETPIPE_SZ of Linux; macOS lets pipes grow by itself
_WATCH = 0.1
_WEAKER: dict[Means, Means | None] = {"parsers": "tokens", "tokens": "none", "none": None}
# As the child of ingest.sandbox is started, and for the same reasons.
_START = "import sys; sys.path.append(sys.argv[1]); from reader.jobs.import_worker import serve; serve()"
_PACKAGES = str(Path(__file__).resolve().parents[2])


@dataclass(frozen=True, slots=True)
class Found:
    """What the file is: ``what`` for people, ``files`` in it that are read, ``total`` articles if that is known."""

    app: str
    what: str
    shape: str
    files: tuple[str, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record from ``place``; ``told`` is what was lost of it, in words."""

    place: str
    record: Record
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of our own format, its types not checked yet."""

    row: dict[str, Any]


Answer = Found | ReadRecord | ReadRow | Problem


def read_export(
    file: BinaryIO, name: str, app: Chosen, *, everything: bool = False, limits: Limits | None = None
) -> Iterator[Answer]:
    """What is in *file*: first what it is, then all of it in its order.

    *file* is given to the child by its descriptor, never through the pipe. Raises ExportError, before anything else,
    for what cannot be imported as *app*; what goes wrong further on is a Problem. An item that kills the child, by
    time or memory, is read again by simpler means, then without its body; the others are not harmed.
    """
    limits = limits or Limits()
    is_known = False
    start, served = 0, 0
    means: Means = "parsers"
    while True:
        asked = Asked(name, app, everything, start=start, means=means, count=not is_known)
        try:
            for number, answer in _answers(file, asked, limits):
                if isinstance(answer, Found):
                    if not is_known:
                        yield answer
                    is_known, served = True, 0
                    continue
                start, served, means = number + 1, served + 1, "parsers"
                yield answer
        except ExportError as error:
            if not is_known:
                raise
            yield Problem("", f"not read further: {clean_line(error.reason)}")
            return
        except ParserError as died:
            if not is_known:
                raise ExportError(str(died)) from died
            # Memory may have been used up by those before: then the item is tried once more alone.
            weaker = means if died.reason == "memory" and served else _WEAKER[means]
            if weaker is None:
                yield Problem("", f"not read further: {died}")
                return
            means = weaker
        else:
            return


def look(file: BinaryIO, name: str = "") -> Found | None:
    """Which export *file* is and how many articles it holds; ``None`` if it is none that can be imported."""
    asked = Asked(name, "auto", look=True)
    try:
        for _, answer in _answers(file, asked, Limits()):
            if isinstance(answer, Found):
                return answer
    except (ExportError, ParserError):
        pass
    return None


def _answers(file: BinaryIO, asked: Asked, limits: Limits) -> Iterator[tuple[int, Answer]]:
    """The answers of one child, numbered as the child has them; Found has the number -1.

    Raises ExportError where the child says that it cannot read, ParserError if it dies.
    """
    with _Child(file, asked, limits) as child:
        while (frame := child.read()) not in (b"e", None):
            letter, body = frame[:1], frame[1:]
            if letter == b"r":
                head, _, rest = body.partition(b"\n")
                row = json.loads(head)
                yield row["n"], ReadRecord(row["place"], record_from_wire(rest), tuple(row["told"]))
                continue
            row = json.loads(body)
            if letter == b"f":
                files = tuple(row.pop("files"))
                yield -1, Found(files=files, **row)
            elif letter == b"p":
                yield row.pop("n"), Problem(**row)
            elif letter == b"w":
                yield row["n"], ReadRow(row["row"])
            else:
                raise ExportError(row["reason"])


class _Child:
    def __init__(self, file: BinaryIO, asked: Asked, limits: Limits) -> None:
        self._limits = limits
        self._wall = OPENING
        self._deadline: float | None = None
        self._reason = ""
        self._done = Event()
        self._said: deque[bytes] = deque(maxlen=20)
        descriptor = file.fileno()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-E", "-P", "-c", _START, _PACKAGES],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(descriptor,),
                start_new_session=True,  # ctrl-c is for the parent, which ends the child itself
            )
        except OSError as error:
            raise ParserError(f"no process: {error.strerror}") from error
        _enlarge(_pipe(self._process.stdout))
        for task in (self._listen, self._watch):
            Thread(target=task, daemon=True).start()
        with suppress(OSError):  # a child that is gone already is noticed when it is read from
            write_frame(
                _pipe(self._process.stdin), json.dumps(asdict(asked) | {"descriptor": descriptor}).encode()
            )

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was still to be written has no reader
                _pipe(pipe).close()

    def read(self) -> bytes:
        """The next frame. Raises ParserError if the child ends without one, by itself or over a limit."""
        self._deadline = monotonic() + self._wall
        frame = read_frame(_pipe(self._process.stdout), RESULT_LIMIT + 1)
        # While what came is stored, the child may well be waiting for its parent: that is not its time.
        self._deadline = None
        self._wall = self._limits.wall
        if not frame:
            raise ParserError(self._reason or last_words(self._process, self._said))
        return frame

    def _watch(self) -> None:
        while not self._done.wait(_WATCH):
            deadline = self._deadline
            if deadline is not None and monotonic() > deadline:
                self._reason = "time"
            elif memory_of(self._process.pid) > self._limits.memory:
                self._reason = "memory"
            if self._reason:
                self._process.kill()
                return

    def _listen(self) -> None:
        with _pipe(self._process.stderr) as stderr:
            for line in stderr:
                self._said.append(line[:500])


def _enlarge(pipe: BinaryIO) -> None:
    if sys.platform != "linux":
        return
    import fcntl

    with suppress(OSError):  # more than the system grants its users
        fcntl.fcntl(pipe.fileno(), _SET_PIPE_SIZE, PIPE)


def _pipe(stream: object) -> BinaryIO:
    assert stream is not None
    return stream  # type: ignore[return-value]
