"""Files of other programs, in memory, as the readers of formats get them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from reader.exchange.imports.source import Export
from reader.ingest.decode import decode
from reader.ingest.errors import IngestError


def export_of(data: bytes | str, name: str = "") -> Export:
    """A text is written as UTF-8; how to decode is found out as in the program."""
    return Export(io.BytesIO(data.encode() if isinstance(data, str) else data), decoded, name)


def decoded(data: bytes) -> str:
    try:
        return decode(data)
    except IngestError as error:
        raise ValueError(error.reason) from error


def zip_of(entries: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return file.getvalue()
