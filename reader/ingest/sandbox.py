"""Parsers of foreign bytes in a child process that can be killed.

One child serves many items, since starting one costs more than most pages do; it is replaced after 200 items
and after every failure.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import BinaryIO

from reader.domain.article import Draft
from reader.domain.text import clean_line
from reader.ingest.errors import IngestError
from reader.ingest.wire import all_from_wire
from reader.ingest.worker import RESULT_LIMIT, ParserName, read_frame, write_frame

ITEMS = 200
_WATCH = 0.1

# -E and -P keep a hostile environment and working folder out of the child's path, so the place of this package
# is given to it, last, where an installed one does not need it.
_START = "import sys; sys.path.append(sys.argv[1]); from reader.ingest.worker import serve; serve()"
_PACKAGES = str(Path(__file__).resolve().parents[2])


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one item: seconds of processor time, seconds in all, and bytes of memory."""

    cpu: int = 20
    wall: float = 22.0
    memory: int = 1536 * 2**20


HASTE = Limits(cpu=7, wall=8.0)
"""For a second try by simpler means, so that a hostile page is dealt with in half a minute."""


class ParserError(Exception):
    """A parser ran into a limit or died; ``reason`` is one word such as ``time``, or two."""

    def __init__(self, reason: str) -> None:
        self.reason = clean_line(reason, 60)
        super().__init__(f"could not be parsed ({self.reason})")


class Sandbox:
    """Keeps a child for parsing; none is started before the first item needs it. Not for several threads."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._child: _Child | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

    def parse(
        self,
        parser: ParserName,
        data: bytes,
        *,
        stem: str = "",
        url: str | None = None,
        limits: Limits | None = None,
        options: Mapping[str, object] | None = None,
    ) -> Draft:
        """The first of what :meth:`parse_all` gives."""
        return self.parse_all(parser, data, stem=stem, url=url, limits=limits, options=options)[0]

    def parse_all(
        self,
        parser: ParserName,
        data: bytes,
        *,
        stem: str = "",
        url: str | None = None,
        limits: Limits | None = None,
        options: Mapping[str, object] | None = None,
    ) -> list[Draft]:
        """What *parser*, which may take *options*, makes of *data* within *limits*, those of the sandbox if none
        are given; never an empty list.

        Raises IngestError if it finds nothing to read, ParserError if it came to no end. An item that failed
        in a child with others before it is tried once more alone, for they may have been the cause.
        """
        limits = limits or self.limits
        header = {
            "parser": parser,
            "stem": stem,
            "url": url,
            "options": dict(options or {}),
            "seconds": limits.cpu,
        }
        had_company = self._child is not None and self._child.served > 0
        try:
            return self._ask(header, data, limits)
        except ParserError:
            if not had_company:
                raise
            return self._ask(header, data, limits)

    def _ask(self, header: Mapping[str, object], data: bytes, limits: Limits) -> list[Draft]:
        if self._child is None:
            self._child = _Child()
        try:
            drafts = self._child.ask(header, data, limits)
        except ParserError:
            self.close()
            raise
        if self._child.served >= ITEMS:
            self.close()
        return drafts


class _Child:
    def __init__(self) -> None:
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-E", "-P", "-c", _START, _PACKAGES],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,  # ctrl-c is for the parent, which ends the child itself
            )
        except OSError as error:
            raise ParserError(f"no process: {error.strerror}") from error
        self.served = 0
        self._said: deque[bytes] = deque(maxlen=20)
        Thread(target=self._listen, daemon=True).start()

    def ask(self, header: Mapping[str, object], data: bytes, limits: Limits) -> list[Draft]:
        self.served += 1
        watch = _Watch(self._process, limits)
        try:
            write_frame(_pipe(self._process.stdin), json.dumps(header).encode())
            write_frame(_pipe(self._process.stdin), data)
            answer = read_frame(_pipe(self._process.stdout), RESULT_LIMIT + 1)
        except OSError:  # the child is gone; the watch or its exit code knows why
            answer = None
        finally:
            watch.stop()
        if not answer:
            raise ParserError(watch.reason or last_words(self._process, self._said))
        text = answer[1:]
        if answer[:1] == b"-":
            raise IngestError("", text.decode("utf-8", "replace"))
        if answer[:1] != b"+":
            raise ParserError(text.decode("utf-8", "replace"))
        try:
            return all_from_wire(text)
        except ValueError as error:
            raise ParserError("bad answer") from error

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                _pipe(pipe).close()
            except OSError:  # what was still to be written has no reader
                pass

    def _listen(self) -> None:
        with _pipe(self._process.stderr) as stderr:
            for line in stderr:
                self._said.append(line[:500])


class _Watch:
    """Kills a child that takes too long or too much memory; ``reason`` says which."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self.reason = ""
        self._process = process
        self._limits = limits
        self._done = Event()
        Thread(target=self._run, daemon=True).start()

    def stop(self) -> None:
        self._done.set()

    def _run(self) -> None:
        end = monotonic() + self._limits.wall
        while not self._done.wait(_WATCH):
            if monotonic() > end:
                self.reason = "time"
            elif memory_of(self._process.pid) > self._limits.memory:
                self.reason = "memory"
            if self.reason:
                self._process.kill()
                return


def last_words(process: subprocess.Popen[bytes], said: Iterable[bytes]) -> str:
    """Why a child ended without an answer, having *said* these lines on its standard error."""
    code = process.wait()
    if code == -signal.SIGXCPU:
        return "time"
    if code == -signal.SIGABRT:  # so PDFium ends where it gets no more
        return "memory"
    words = b"".join(said).decode("utf-8", "replace").strip()
    return words.splitlines()[-1] if words else f"ended with {code}"


def memory_of(pid: int) -> int:
    """The resident bytes of a process; 0 if nobody can tell."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
        return int(pages) * 4096
    except (OSError, IndexError, ValueError):
        return _asked_memory(pid) if sys.platform != "linux" else 0


def _asked_memory(pid: int) -> int:
    answer = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return int(answer.stdout) * 1024 if answer.stdout.strip().isdecimal() else 0


def _pipe(stream: object) -> BinaryIO:
    assert stream is not None
    return stream  # type: ignore[return-value]
