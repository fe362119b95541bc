"""Exports of other programs among the files to be added, which `reader import` reads."""

from __future__ import annotations

from io import BytesIO

from reader.exchange.imports.detection import WHAT, detect, is_worth_a_look
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.source import Export
from reader.ingest.decode import decode
from reader.ingest.errors import IngestError

# Lists of feeds and of addresses are taken as they are: the one is read, the other may be what somebody wrote.
_TAKEN = frozenset(["opml", "urls"])


def refuse_exports(data: bytes, name: str) -> None:
    """Raises IngestError, which says what it is, if *data* is an export that `reader import` takes."""
    if not is_worth_a_look(data[:4096]):
        return
    try:
        found = detect(Export(BytesIO(data), decode, name))
    except ExportError:
        return
    if found is not None and found.app is not None and found.app not in _TAKEN:
        raise IngestError(name, f"{WHAT[found.app]}: reader import takes it")
