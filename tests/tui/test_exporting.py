"""Exporting what is on the screen, from the command line of the app."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from textual.pilot import Pilot

from reader.domain.article import ArticleId
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.command_words import _targets
from reader.tui.screens.confirm import Confirm
from reader.tui.screens.highlights import HighlightsScreen
from reader.tui.widgets.prompt import Prompt
from tests.storage.samples import passage
from tests.tui.driving import press, settle, status, titles


def toasts(app: ReaderApp) -> list[str]:
    return [note.message for note in app._notifications]


async def command(pilot: Pilot[None], line: str) -> None:
    await press(pilot, ":")
    pilot.app.screen.query_one(Prompt).value = line
    await press(pilot, "<enter>")


async def test_the_list_that_is_shown_or_its_selection_is_exported(
    app: ReaderApp, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        shown = titles(app)
        await command(pilot, f"export csv {path}")
        with path.open(newline="") as file:
            assert [row["title"] for row in csv.DictReader(file)] == shown
        assert toasts(app)[-1].startswith(f"{len(shown)} articles in {path} · csv leaves out texts")
        assert app.busy == ""
        await press(pilot, "x", "x")
        await command(pilot, f"export csv {path}")
        with path.open(newline="") as file:
            assert [row["title"] for row in csv.DictReader(file)] == shown[:2]

        mine = tmp_path / "mine.html"
        mine.write_text("Mine.")
        await command(pilot, f"export html {mine}")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "n")
        assert mine.read_text() == "Mine."
        await command(pilot, f"export html {mine}")
        await press(pilot, "y")
        assert mine.read_text().startswith("<!doctype html>")
        await command(pilot, f"export html {mine}")
        assert not isinstance(app.screen, Confirm), "an export of ours is written again"

        for line, said in (
            ("export", "export as jsonl, markdown, readwise, webannotation, csv, html, epub"),
            ("export docx x", "export as jsonl"),
            ("export epub", "export where to? :export epub ~/reader.epub"),
            (f"export epub {tmp_path}", "is a folder: name a file in it"),
            (f"export epub {tmp_path}/no/book.epub", "there is no folder"),
            (f"export markdown {path}", "is a file, not a folder"),
        ):
            await command(pilot, line)
            assert said in str(status(app).message), line

        await command(pilot, f"export markdown {tmp_path}/notes")
        assert toasts(app)[-1] == f"Notes: 2 written in {tmp_path}/notes"
        assert len(list((tmp_path / "notes").iterdir())) == 2


async def test_only_the_passages_that_are_shown_are_exported(
    app: ReaderApp, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "out.jsonld"
    words = passage(library, ArticleId(2), library.articles.get(ArticleId(2)).document.text[:10].strip())
    library.highlights.add(ArticleId(2), words, colour="green")
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        app.push_screen(HighlightsScreen("colour:green"))
        await settle(pilot)
        shown = [entry.highlight.uid for entry in app.screen.passages.entries()]  # type: ignore[attr-defined]
        every = library.connection.value("select count(*) from highlight")
        assert 0 < len(shown) < every
        await command(pilot, f"export webannotation {path}")
        items = json.loads(path.read_text())["first"]["items"]
        kept = [
            item["id"].removeprefix("urn:uuid:") for item in items if item["motivation"] == "highlighting"
        ]
        assert sorted(kept) == sorted(shown)
        assert toasts(app)[-1].startswith(f"{len(shown)} highlight")


def test_formats_and_paths_are_completed(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    assert _targets("ma") == ("markdown",)
    assert _targets(f"html {tmp_path}/no") == (f"html {tmp_path}/notes/",)
