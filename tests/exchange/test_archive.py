from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from reader.exchange.imports.archive import Archive, EntryError, Limits, is_zip
from reader.exchange.imports.errors import ExportError
from tests.exchange.exports_of import zip_of


def archive_of(data: bytes, **limits: int) -> Archive:
    return Archive(io.BytesIO(data), Limits(**limits))


def reason(archive: Archive, name: str) -> str:
    with pytest.raises(EntryError) as caught:
        archive.read(name)
    return caught.value.reason


def test_names_are_keys_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    archive = archive_of(zip_of({"../x": b"out", "/etc/x": b"root", "a.txt": b"in", "folder/": b""}))
    assert archive.names == ("../x", "/etc/x", "a.txt")
    assert [archive.read(name) for name in archive.names] == [b"out", b"root", b"in"]
    assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.parent.glob("x")) == []


def test_links_and_what_is_encrypted_are_no_entries() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("plain", b"a")
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        made.writestr(link, b"/etc/passwd")
        made.writestr("secret", b"b")
    data = bytearray(file.getvalue())
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.rindex(signature) + at] |= 1  # the flag of encryption, of the last entry
    archive = archive_of(bytes(data))
    assert archive.names == ("plain",)
    assert archive.encrypted == ("secret",)


def test_a_bomb_is_refused_by_what_really_comes_out() -> None:
    bomb = zip_of({"bomb": bytes(8 * 2**20), "good": b"text"})
    archive = archive_of(bomb)
    assert reason(archive, "bomb") == "packed more tightly than any text"
    assert archive.read("good") == b"text"
    assert archive.head("bomb", 100) == bytes(100)
    assert (
        reason(archive_of(zip_of({"noise": os.urandom(3 * 2**20)}), each=2**20), "noise")
        == "larger than 1 MiB"
    )
    archive = archive_of(zip_of({name: os.urandom(2**19) for name in "abc"}), total=2**20)
    assert len(archive.read("a") + archive.read("b")) == 2**20
    with pytest.raises(ExportError, match="more than 1 MiB"):
        archive.read("c")


def test_sizes_that_lie_cost_their_entry_only() -> None:
    data = bytearray(zip_of({"liar": b"word " * 400, "good": b"text"}))
    at = data.index(b"PK\x01\x02") + 24  # the size in the directory
    data[at : at + 4] = struct.pack("<I", 10)
    archive = archive_of(bytes(data))
    assert archive.size("liar") == 10
    assert reason(archive, "liar") == "damaged in the zip"
    assert archive.read("good") == b"text"
    assert reason(archive, "absent") == "not in the zip"


def test_a_wrong_checksum_costs_its_entry_only() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("bad", b"abcdefgh")
        made.writestr("good", b"text")
    archive = archive_of(file.getvalue().replace(b"abcdefgh", b"abcdefgX"))
    assert reason(archive, "bad") == "damaged in the zip"
    assert archive.read("good") == b"text"


def test_too_many_entries_or_no_directory_is_no_archive() -> None:
    many = zip_of({f"{number}": b"" for number in range(40)})
    with pytest.raises(ExportError, match="more than 30 entries"):
        archive_of(many, entries=30)
    with pytest.raises(ExportError, match="damaged"):
        archive_of(many[:200])
    assert is_zip(many)
    assert not is_zip(b"PKZIP")
