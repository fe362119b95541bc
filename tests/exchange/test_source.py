from __future__ import annotations

import io

import pytest

from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.source import HEAD, Export
from tests.exchange.exports_of import decoded, export_of, zip_of


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "cp1252"])
def test_lines_and_text_are_the_same_however_a_file_is_encoded(codec: str) -> None:
    text = "Ärger an der Brücke\r\nzwei\n\ndrei ü" * 20
    export = export_of(text.encode(codec))
    lines = list(export.lines())
    assert lines == export.text.lstrip("\ufeff").splitlines() == text.splitlines()
    assert list(export.lines()) == lines
    assert export.opening.lstrip("\ufeff") == text


def test_a_character_at_the_end_of_the_head_is_no_fault() -> None:
    for shift in range(4):
        text = "a" * shift + "漢字" * HEAD
        export = export_of(text)
        assert list(export.lines()) == [text]
        assert export.opening[:100] == text[:100]


def test_one_bad_byte_among_many_lines_costs_a_character() -> None:
    data = b"one\n" * HEAD + b"t\xffwo\nthree\n"
    assert list(export_of(data).lines())[-2:] == ["t\ufffdwo", "three"]


def test_what_is_no_text_says_so() -> None:
    export = export_of(bytes(range(256)) * 40)
    assert export.opening == ""
    with pytest.raises(ExportError, match="not a text"):
        export.text  # noqa: B018
    assert export.archive is None
    with pytest.raises(ExportError, match="not a zip"):
        export.inside("x")


def test_an_entry_of_a_zip_is_a_file_of_its_own_and_its_bytes_are_counted_anew() -> None:
    export = export_of(zip_of({"in/a.txt": "Text"}), "x.zip")
    inside = export.inside("in/a.txt")
    assert (inside.name, inside.text, inside.archive) == ("a.txt", "Text", None)
    assert export.again().archive is not export.archive
    with pytest.raises(ExportError, match="not in the zip"):
        export.inside("b.txt")


def test_a_file_beyond_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.exchange.imports.source.LIMIT", 2**20)
    with pytest.raises(ExportError, match="larger than 1 MiB"):
        Export(io.BytesIO(bytes(2**20 + 1)), decoded).data  # noqa: B018
