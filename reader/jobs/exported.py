"""Exports of other programs among the files to be added, which `reader import` reads."""

from __future__ import annotations

from io import BytesIO
from tempfile import TemporaryFile

from reader.exchange.imports.archive import is_zip
from reader.exchange.imports.detection import WHAT, detect, is_worth_a_look
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.source import Export
from reader.ingest.decode import decode
from reader.ingest.errors import IngestError

# Lists of feeds and of addresses are taken as they are: the one is read, the other may be what somebody wrote.
_TAKEN = frozenset(["opml", "urls"])

_FIRST_NAME = 30  # where a zip has the name of its first entry


def refuse_exports(data: bytes, name: str) -> None:
    """Raises IngestError, which says what it is, if *data* is an export that `reader import` takes."""
    if not is_worth_a_look(data[:4096]):
        return
    what = _of_zip(data, name) if is_zip(data) else _of_file(data, name)
    if what:
        raise IngestError(name, f"{what}: reader import takes it")


def _of_file(data: bytes, name: str) -> str:
    try:
        found = detect(Export(BytesIO(data), decode, name))
    except ExportError:
        return ""
    return WHAT[found.app] if found is not None and found.app is not None and found.app not in _TAKEN else ""


def _of_zip(data: bytes, name: str) -> str:
    """In a child process: a list of a million entries takes seconds and memory. A book shows itself before that."""
    if data.startswith(b"mimetype", _FIRST_NAME):
        return ""
    from reader.jobs.import_process import look

    with TemporaryFile() as file:
        file.write(data)
        file.flush()
        found = look(file, name)
    return found.what if found is not None and found.app not in _TAKEN else ""
