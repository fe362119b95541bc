from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reader.ingest import IngestError, Sandbox, read, sandbox
from reader.ingest.sandbox import Limits, ParserError

QUICK = Limits(cpu=1, wall=20.0)
WIDE_TABLE = b"|a" * 3000 + b"|\n" + b"|-" * 3000 + b"|\n" + (b"|x" * 3000 + b"|\n") * 300
MANY_ATTRIBUTES = (
    b"<html><title>T</title><div " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">words to keep</div>"
)


def _pid(box: Sandbox) -> int:
    assert box._child is not None
    return box._child._process.pid


def test_one_child_serves_many_items_and_is_gone_afterwards() -> None:
    with Sandbox() as box:
        first = box.parse("markdown", b"# One\n\nx")
        pid = _pid(box)
        second = box.parse("markdown", b"# Two\n\nx")
        assert _pid(box) == pid
        process = box._child._process if box._child else None
    assert (first.title, second.title) == ("One", "Two")
    assert process is not None
    assert process.poll() is not None


def test_plain_text_starts_no_child() -> None:
    with Sandbox() as box:
        read(b"Title\n\ntext", sandbox=box)
        assert box._child is None


def test_a_child_is_replaced_after_its_share_of_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "ITEMS", 2)
    with Sandbox() as box:
        box.parse("markdown", b"# One")
        first = _pid(box)
        box.parse("markdown", b"# Two")
        box.parse("markdown", b"# Three")
        assert _pid(box) != first


def test_an_item_with_nothing_to_read_does_not_cost_the_child() -> None:
    with Sandbox() as box:
        box.parse("markdown", b"# One")
        pid = _pid(box)
        with pytest.raises(IngestError, match="no text"):
            box.parse("html", b"<html></html>")
        assert _pid(box) == pid


@pytest.mark.slow
def test_hostile_markdown_is_read_as_plain_text() -> None:
    with Sandbox(QUICK) as box:
        draft = read(WIDE_TABLE, name="table.md", sandbox=box)
        assert draft.extra["fallback"] == "time"
        assert draft.media_type == "text/markdown"
        assert draft.document.text.count("x") == 900_000
        assert read(b"# Next\n\ntext", name="b.md", sandbox=box).title == "Next"


@pytest.mark.slow
def test_a_hostile_page_is_read_by_its_tokens() -> None:
    with Sandbox(QUICK) as box:
        draft = read(MANY_ATTRIBUTES, name="page.html", sandbox=box)
    assert draft.extra == {"poor": True, "fallback": "time"}
    assert (draft.title, draft.document.text) == ("T", "words to keep")


@pytest.mark.parametrize(
    ("limits", "reason"),
    [(Limits(cpu=20, wall=0.2), "time"), (Limits(memory=2**20), "memory")],
    ids=["wall", "memory"],
)
def test_a_child_over_a_limit_is_killed(limits: Limits, reason: str) -> None:
    with Sandbox(limits) as box, pytest.raises(ParserError) as failed:
        box.parse("html", b"<p>word " * 200_000)
    assert failed.value.reason == reason
    assert str(failed.value) == f"could not be parsed ({reason})"


def test_an_item_that_failed_in_company_is_tried_once_alone() -> None:
    with Sandbox() as box:
        box.parse("markdown", b"# One")
        first = _pid(box)
        assert box._child is not None
        box._child._process.kill()
        assert box.parse("markdown", b"# Two").title == "Two"
        assert _pid(box) != first


def test_the_child_needs_neither_the_working_folder_nor_the_environment(tmp_path: Path) -> None:
    (tmp_path / "lxml.py").write_text("raise SystemExit('taken from the working folder')")
    code = "from reader.ingest import read; print(read(b'<p>' + b'word, ' * 80, name='a.html').document.text[:4])"
    ran = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (ran.stdout, ran.stderr) == ("word\n", "")


def test_nothing_heavy_is_imported_before_the_child_needs_it() -> None:
    code = "import sys, reader.ingest; print({'lxml', 'readability', 'trafilatura', 'markdown_it'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"
