"""The file that a reader of a format gets: bytes, text or archive, each made when it is first asked for."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import PurePath
from typing import BinaryIO

from reader.exchange.imports.archive import Archive, EntryError, is_zip
from reader.exchange.imports.errors import ExportError

HEAD = 65_536
LIMIT = 300 * 2**20

Decode = Callable[[bytes], str]
"""Bytes to text by content alone; raises ValueError for what is no text."""


class Export:
    """*file* is open for reading in bytes and can be sought. ``name`` is for people and never says what it is."""

    def __init__(self, file: BinaryIO, decode: Decode, name: str = "") -> None:
        self._file = file
        self._decode = decode
        self.name = name

    def again(self) -> Export:
        """The same file with nothing of it read yet: an archive counts what is taken out of it."""
        return Export(self._file, self._decode, self.name)

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB."""
        self._file.seek(0)
        return self._file.read(HEAD)

    @cached_property
    def opening(self) -> str:
        """The text of :attr:`head`; empty if that is no text. A character cut at its end may come out wrong."""
        try:
            return self._decode(self.head[:-1] if len(self.head) == HEAD else self.head)
        except ValueError:
            return ""

    @property
    def data(self) -> bytes:
        """All bytes. Raises ExportError if they are more than 300 MiB."""
        self._file.seek(0)
        data = self._file.read(LIMIT + 1)
        if len(data) > LIMIT:
            raise ExportError(f"larger than {LIMIT // 2**20} MiB")
        return data

    @cached_property
    def text(self) -> str:
        """All of it, decoded; not clean. Raises ExportError if it is no text."""
        try:
            return self._decode(self.data)
        except ValueError as error:
            raise ExportError("not a text") from error

    def lines(self) -> Iterator[str]:
        """The lines without their ends, one after the other: of a UTF-8 file no more than one line is held.

        Raises ExportError if it is no text.
        """
        if not _is_utf8(self.head):
            yield from self.text.splitlines()
            return
        self._file.seek(0)
        # Bytes that are wrong are replaced: one bad line must not stop the others.
        text = io.TextIOWrapper(self._file, "utf-8-sig", "replace", newline=None)
        try:
            for line in text:
                yield line.removesuffix("\n")
        finally:
            text.detach()

    @cached_property
    def archive(self) -> Archive | None:
        """The zip that it is, or ``None``. Raises ExportError if it is a zip that cannot be read."""
        return Archive(self._file) if is_zip(self.head) else None

    def inside(self, name: str) -> Export:
        """The entry *name* of the archive. Raises ExportError if it cannot be read."""
        if self.archive is None:
            raise ExportError("not a zip")
        try:
            data = self.archive.read(name)
        except EntryError as error:
            raise ExportError(str(error)) from error
        return Export(io.BytesIO(data), self._decode, PurePath(name).name)

    def decoded(self, data: bytes) -> str:
        """The text of *data*, say of an entry of the archive. Raises ExportError if it is none."""
        try:
            return self._decode(data)
        except ValueError as error:
            raise ExportError("not a text") from error


def _is_utf8(head: bytes) -> bool:
    """Whether the file begins as UTF-8 without NULs does; a character cut at the end of *head* does not count."""
    if b"\x00" in head[:4096]:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3 and len(head) == HEAD
    return True
