from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exchange.imports.detection import APPS, WHAT, chosen, detect, is_worth_a_look
from reader.exchange.imports.errors import ExportError
from tests.exchange.exports_of import decoded, export_of, zip_of
from tests.exchange.samples import SAMPLES, TABLES

ALL = [(app, make()) for samples in (SAMPLES, TABLES) for app, make in samples.items()]


@pytest.mark.parametrize(("app", "data"), ALL, ids=[app for app, _ in ALL])
def test_a_file_is_known_by_its_content(app: str, data: bytes) -> None:
    for other_name in ("", "export.zip", "notes.html"):
        found = detect(export_of(data, other_name))
        assert found is not None
        assert found.app == app
    assert is_worth_a_look(data[:65_536])
    if not data.startswith((b"PK", b"SQLite")):
        wide = detect(export_of(decoded(data).encode("utf-16")))
        assert wide is not None
        assert wide.app == app


@pytest.mark.parametrize(("app", "data"), ALL, ids=[app for app, _ in ALL])
def test_alone_in_a_zip_it_is_that_file(app: str, data: bytes) -> None:
    if data.startswith(b"PK"):
        return
    packed = zip_of(
        {"__MACOSX/._x": b"junk", ".DS_Store": b"junk", "read me.txt": b"Hello.", "in/x.dat": data}
    )
    found = detect(export_of(packed))
    assert found is not None
    assert (found.app, found.files) == (app, ("in/x.dat",))
    assert detect(export_of(zip_of({"a": data, "b": data}))) is None


def test_every_program_has_a_name_for_people() -> None:
    assert set(WHAT) == set(APPS)


def test_an_app_that_contradicts_the_content_is_told_what_was_found() -> None:
    export = export_of(SAMPLES["kindle"]())
    with pytest.raises(ExportError, match="not a Pocket export: the file is Kindle clippings"):
        chosen(export, "pocket")
    assert chosen(export, "kindle").app == chosen(export, "auto").app == "kindle"


def test_what_tells_nothing_is_read_as_it_is_called() -> None:
    export = export_of("https://e.org/a\nsome words\n", "links.txt")
    assert detect(export) is None
    assert (chosen(export, "urls").app, chosen(export, "urls").shape) == ("urls", "text")
    with pytest.raises(ExportError, match="no export that Reader knows"):
        chosen(export, "auto")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'{"bookmarks":[{"createdAt":1,"content":null}],"lists":[]}', "a Karakeep export"),
        (b'[{"href":"https://e.org","description":"T","extended":""}]', "a Pinboard export"),
        (b"id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n", "a Raindrop export"),
        (zip_of({"mimetype": b"application/epub+zip", "a.opf": b""}), "an EPUB book"),
    ],
)
def test_formats_that_are_not_read_are_named(data: bytes, what: str) -> None:
    with pytest.raises(ExportError, match=what):
        chosen(export_of(data), "auto")


@pytest.mark.parametrize(
    "text",
    [
        "", "A title\n\nAn essay about https://e.org and more.\n", "name,age\nJane,3\n", '{"a": 1}', "[1, 2]", "[[[",
        "{",
        "<!doctype html><html><h1>Unread</h1><p>A page.</p></html>", "# Notes\n\n- a\n- b\n", "- a\n- b\n",
        "T\n- Your list\n\n========\n", "From: a@e.org\nSubject: x\n\nHello\n",
    ],
)  # fmt: skip
def test_an_article_is_no_export(text: str) -> None:
    assert detect(export_of(text)) is None


@pytest.mark.parametrize("start", ['{"', '["', '["\\'])
def test_a_string_that_never_ends_is_looked_at_once(start: str) -> None:
    assert detect(export_of(start + '\\"' * 32_000)) is None  # took 20 seconds


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_looking_never_fails_but_for_a_damaged_zip(data: bytes) -> None:
    try:
        found = detect(export_of(data))
    except ExportError:
        assert data.startswith(b"PK")
    else:
        assert found is None or is_worth_a_look(data)


def test_a_damaged_zip_is_an_error() -> None:
    data = SAMPLES["pocket"]()
    with pytest.raises(ExportError, match="damaged"):
        detect(export_of(data[: len(data) // 2]))
