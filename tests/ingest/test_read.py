from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import KINDS, IngestError, Sandbox, open_source, read, read_stream
from reader.ingest.intake import readable
from tests.invariants import assert_document

PAGES = Path(__file__).parent / "pages"
SAMPLES = Path(__file__).parents[2] / "sample_articles"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no text"),
        ("\u200b\u200b".encode(), "no text"),
        (b"\x00\x01\x02" * 100, "binary file"),
        (b" \n\n", "no text"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(IngestError, match=f"^notes.txt: {reason}$"):
        read(data, name="notes.txt")


def test_a_hostile_name_is_clean_in_the_error() -> None:
    with pytest.raises(IngestError) as refused:
        read(b"", name="a\x1b]0;x\x07\n.txt")
    assert str(refused.value) == "a]0;x .txt: no text"


def test_every_kind_is_read_through_one_door(sandbox: Sandbox) -> None:
    page = (PAGES / "harbour.html").read_bytes()
    draft = read(page, name="harbour.html", sandbox=sandbox)
    assert (draft.author, draft.media_type, draft.original) == ("Dale R. Whitcomb", "text/html", page)
    assert draft.keys == ("url:https://harbourledger.example/2023/06/noon-whistle",)
    draft = read(b"---\ntags: [a, '#b', a]\n---\n# T\n\nx", name="t.md", sandbox=sandbox)
    assert (draft.title, draft.tags, draft.media_type) == ("T", ("a", "b"), "text/markdown")
    draft = read(b"Title\n\nSome words", url="http://www.e.org/x?utm_source=y", sandbox=sandbox)
    assert (draft.title, draft.url, draft.keys) == (
        "Title",
        "http://www.e.org/x?utm_source=y",
        ("url:https://e.org/x",),
    )


def test_the_kind_may_be_given(sandbox: Sandbox) -> None:
    assert read(b"# Title\n\ntext", kind="markdown", sandbox=sandbox).title == "Title"
    assert read(b"<p>text</p>", kind="text").title == "<p>text</p>"


def test_a_child_is_started_for_one_item_if_there_is_none() -> None:
    assert read(b"# Title\n\ntext", name="a.md").title == "Title"


def test_an_address_that_is_none_is_ignored() -> None:
    assert read(b"Title\n\ntext", url="javascript:alert(1)").url is None


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("the-noon_whistle.txt", "The noon whistle"), ("v1.2 notes", "V1.2 notes"), ("a/b/c.md", "C"), ("---.txt", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_file_name_becomes_a_readable_title(name: str, title: str) -> None:
    assert readable(name) == title


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    pipe, loop, folder = tmp_path / "pipe", tmp_path / "loop", tmp_path / "folder"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    folder.mkdir()
    reasons = {
        pipe: "not a regular file",
        loop: "a link that leads to itself",
        folder: "a folder",
        Path("/dev/null"): "not a regular file",
        tmp_path / "absent": "no such file",
        tmp_path / "a\0b": "not a file name",
    }
    for path, reason in reasons.items():
        with pytest.raises(IngestError) as refused:
            open_source(path)
        assert refused.value.reason == reason
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert open_source(tmp_path / "link") == b"x"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(50 * 2**20 + 1)
    with pytest.raises(IngestError, match="too large"):
        open_source(tmp_path / "large")
    assert read_stream(BytesIO(b"small")) == b"small"


@pytest.mark.parametrize(
    "path", sorted(p for p in SAMPLES.rglob("*") if p.suffix in KINDS and p.is_file()), ids=lambda p: p.name
)
def test_every_sample_article_comes_out_whole(path: Path, sandbox: Sandbox) -> None:
    draft = read(open_source(path), name=path.name, sandbox=sandbox)
    assert_document(draft.document)
    assert len(draft.document.blocks) > 3
    assert not {"poor", "fallback"} & set(draft.extra)
    if path.suffix != ".md":  # the guide speaks of boilerplate
        for boilerplate in ("Comments are closed", "Share this", "Sign up for our", "All rights reserved"):
            assert boilerplate not in draft.document.text


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400) | st.text().map(str.encode), st.sampled_from(["", "a.txt", "a.md", "a.html"]))
def test_any_bytes_are_an_article_or_an_ingest_error(sandbox: Sandbox, data: bytes, name: str) -> None:
    try:
        draft = read(data, name=name, sandbox=sandbox)
    except IngestError:
        return
    assert draft.title
    assert_document(draft.document)
