"""Exports among the files to be added."""

from __future__ import annotations

import pytest

from reader.exchange.imports import archive
from reader.ingest.errors import IngestError
from reader.jobs.exported import refuse_exports
from tests.exchange.exports_of import zip_of
from tests.exchange.samples import SAMPLES


def test_a_zip_is_looked_into_by_a_child_and_a_book_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("opened in this process")

    monkeypatch.setattr(archive, "ZipFile", refuse)
    with pytest.raises(IngestError, match="a Pocket export: reader import takes it"):
        refuse_exports(SAMPLES["pocket"](), "a.zip")
    refuse_exports(zip_of({"mimetype": "application/epub+zip"}), "b.epub")
    refuse_exports(zip_of({"a.txt": "A text."}), "c.zip")
