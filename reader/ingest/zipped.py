"""A zip file from outside, read in memory: entries are looked up by name, and nothing is written anywhere."""

from __future__ import annotations

import zlib
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile

from reader.ingest.errors import IngestError

ENTRIES = 20_000
ENTRY_BYTES = 50 * 2**20
ALL_BYTES = 300 * 2**20
RATIO = 200
SMALL = 1000  # below this an entry may be packed as tightly as it likes

_IS_ENCRYPTED = 1


class EntryError(Exception):
    """An entry is not there, or its bytes are not what they were."""


class Zipped:
    """The entries of *data*. Raises IngestError if that is no zip file, or one that is made to fill a memory."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, EOFError, NotImplementedError) as error:
            raise IngestError("", "a damaged zip or EPUB file") from error
        entries = self._zip.infolist()
        if len(entries) > ENTRIES:
            raise IngestError("", f"more than {ENTRIES:,} files in it")
        self.names = frozenset(entry.filename for entry in entries)
        self._left = ALL_BYTES

    def read(self, name: str) -> bytes:
        """Raises EntryError if there is no such entry or its bytes cannot be had, IngestError if it is too much."""
        try:
            entry = self._zip.getinfo(name)
        except KeyError as error:
            raise EntryError(name) from error
        if entry.flag_bits & _IS_ENCRYPTED:
            raise IngestError("", "encrypted")
        limit = min(ENTRY_BYTES, self._left, RATIO * max(entry.compress_size, SMALL))
        try:
            with self._zip.open(entry) as file:
                # What is unpacked is counted: the sizes in the file's own lists may lie.
                data = file.read(limit + 1)
        except (
            BadZipFile,
            zlib.error,
            LZMAError,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
        ) as error:
            raise EntryError(name) from error
        if len(data) > limit:
            raise IngestError("", "too large when unpacked")
        self._left -= len(data)
        return data
