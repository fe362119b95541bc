"""A zip from outside, read entry by entry under limits. Nothing is ever unpacked: names are keys, no paths."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from reader.domain.text import clean_line
from reader.exchange.imports.errors import ExportError

MAGIC = b"PK\x03\x04"
_EMPTY = b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class Limits:
    """``total`` and ``each`` are bytes as they really come out; ``ratio`` counts only beyond ``small`` bytes, since
    a short text of one word repeated packs as well as any bomb."""

    entries: int = 20_000
    total: int = 300 * 2**20
    each: int = 50 * 2**20
    ratio: int = 200
    small: int = 2**20


class EntryError(Exception):
    """One entry of an archive cannot be read; ``reason`` says why. The others can."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = clean_line(name)
        self.reason = reason
        super().__init__(f"{self.name}: {reason}")


class Archive:
    """``names`` are those of regular files, in the order of the archive; folders, links and encrypted entries are
    none. Raises ExportError if *file* is no zip, or has too many entries."""

    def __init__(self, file: BinaryIO, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._read = 0
        try:
            self._zip = ZipFile(file)
            entries = self._zip.infolist()
        except (BadZipFile, LargeZipFile, OSError, ValueError, NotImplementedError) as error:
            raise ExportError("the zip is damaged") from error
        if len(entries) > self._limits.entries:
            raise ExportError(f"the zip has more than {self._limits.entries:,} entries")
        self._entries = {entry.filename: entry for entry in entries if _is_plain(entry)}
        self.names = tuple(self._entries)
        self.encrypted = tuple(entry.filename for entry in entries if entry.flag_bits & 1)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """What the archive says of the size of *name*, which need not be true."""
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """The bytes of *name*.

        Raises EntryError if there is no such entry or it is damaged, too large, or packed like a bomb; ExportError
        when all that was read from the archive is too much.
        """
        return b"".join(self._parts(name))

    def head(self, name: str, size: int = 65_536) -> bytes:
        """The first *size* bytes of *name*, or fewer; raises as :meth:`read`."""
        parts: list[bytes] = []
        for part in self._parts(name):
            parts.append(part)
            if sum(map(len, parts)) >= size:
                break
        return b"".join(parts)[:size]

    def _parts(self, name: str) -> Iterator[bytes]:
        """The bytes of *name* as they come out, counted: the sizes that the archive declares are not believed."""
        entry = self._entries.get(name)
        if entry is None:
            raise EntryError(name, "not in the zip")
        limits, size = self._limits, 0
        packed = max(1, entry.compress_size)
        try:
            with self._zip.open(entry) as file:
                while part := file.read(65_536):
                    size += len(part)
                    self._read += len(part)
                    if size > limits.each:
                        raise EntryError(name, f"larger than {limits.each // 2**20} MiB")
                    if size > limits.small and size > packed * limits.ratio:
                        raise EntryError(name, "packed more tightly than any text")
                    if self._read > limits.total:
                        raise ExportError(f"the zip holds more than {limits.total // 2**20} MiB")
                    yield part
        except (BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error) as error:
            raise EntryError(name, "damaged in the zip") from error


def is_zip(head: bytes) -> bool:
    return head.startswith((MAGIC, _EMPTY))


def _is_plain(entry: ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return not entry.is_dir() and not entry.flag_bits & 1 and kind in (0, stat.S_IFREG)
