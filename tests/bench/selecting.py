"""Selecting and highlighting in an article of 200,000 words, in a real terminal and in the page alone."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from reader.domain.anchor import anchor_of
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document, Span
from reader.domain.finding import Finder
from reader.domain.highlight import Highlight, HighlightId, Placement
from reader.domain.motions import Motions
from reader.domain.sentences import Sentences
from reader.domain.units import UNITS, Units
from reader.render.flow import Flow
from reader.render.layers import Layers
from reader.render.paint import Painter
from reader.render.palette import DARK
from reader.storage.library import Library
from tests.bench.measuring import figures, line
from tests.bench.pty_timing import percentile
from tests.e2e.keys import key_bytes
from tests.e2e.terminal import Terminal
from tests.fixtures.make import long_article

MANY = 1_000
QUIET, SILENT_AFTER = 0.06, 0.5
WORD = "fair"


def run(home: Path, size: int) -> None:
    text = long_article()
    document = Document.plain(text)
    _alone(document)
    few, many = home / "selecting.db", home / "selecting-many.db"
    _store(few, document, 0)
    _store(many, document, MANY)
    for path, said in ((few, ""), (many, f", {MANY:,} highlights on the page")):
        _in_terminal(home, path, said)


def _in_terminal(home: Path, path: Path, said: str) -> None:
    command: list[str | Path] = [sys.executable, "-m", "reader", "--library", path, "open", "1"]
    with Terminal(command, home, columns=120, rows=40) as terminal:
        terminal.wait_for("min")
        terminal.settle(quiet=0.4)
        _tell(f"one sentence on{said}", terminal, "6/12", "enter", *["!j"] * 40)
        _tell(f"one highlight, key to painted{said}", terminal, "5", *["j", "!enter", "escape", "enter"] * 20)
        _tell(f"caret key{said}", terminal, "6/12", "escape", "v", *[f"!{key}" for key in "jjjllwwe" * 8])
        _tell(f"labels{said}", terminal, "", "escape", "escape", *["!;", "escape"] * 10)
        typed = [f"!{letter}" for letter in WORD]
        _tell(f"find per key{said}", terminal, "40", "/", *typed, *["backspace"] * len(WORD), *typed)


def _tell(what: str, terminal: Terminal, bar: str, *keys: str) -> None:
    """Milliseconds to the first byte and to the last one, of the keys that a ``!`` stands before."""
    first, last = [], []
    for key in keys:
        before = len(terminal.chunks)
        begun = terminal.write(key_bytes(key.lstrip("!")))
        if terminal.read(SILENT_AFTER):
            terminal.settle(QUIET)
        chunks = terminal.chunks[before:]
        if chunks and key.startswith("!"):
            first.append((chunks[0].at - begun) * 1e3)
            last.append((chunks[-1].at - begun) * 1e3)
    shown = f"p50 {percentile(first, 50):6.1f}  p95 {percentile(first, 95):6.1f} ms"
    line(what, shown, bar, f"last byte {percentile(last, 50):.1f}/{percentile(last, 95):.1f} ms")


def _alone(document: Document) -> None:
    """The same without a terminal and without Textual, in CPU time."""
    highlights = _highlights(document, MANY)
    flow, painter, layers = Flow(document, 72, (), ()), Painter(DARK), Layers()
    rows = [row for _, row in flow.window(flow.place(len(document.text) // 2), 40)]

    def paint() -> None:
        for row in rows:
            painter.line(row, layers.over(row.start, row.end) if row.has_source else (), left=3, width=120)

    def mark() -> None:
        layers.set_highlights(highlights)
        paint()

    figures(f"{MANY:,} highlights: laid over the page, a screen painted", mark, "15")
    finder = Finder(document)
    figures("find in 200,000 words: one key", lambda: finder.find(WORD), "40")
    sentences = Sentences(document)
    motions, units = Motions(document, sentences), Units(document, sentences)
    middle = len(document.text) // 2
    for unit in UNITS:
        figures(f"    {unit} at a place and the next one", partial(_step, units, unit, middle), "")
    figures(
        "    right and left edge of a cluster",
        lambda: (motions.left_edge(middle), motions.right_edge(middle)),
    )


def _step(units: Units, unit: object, offset: int) -> None:
    here = units.at(unit, offset)  # type: ignore[arg-type]
    if here is not None:
        units.next(unit, here)  # type: ignore[arg-type]


def _highlights(document: Document, count: int) -> list[Highlight]:
    step = len(document.text) // (count + 1)
    made = []
    for number in range(count):
        start = number * step
        anchor = anchor_of(document, Span(start, start + 3 * step))
        assert anchor is not None
        place = Placement("anchored", anchor.span)
        made.append(Highlight(HighlightId(number + 1), "", ArticleId(1), anchor, place, "green"))
    return made


def _store(path: Path, document: Document, count: int) -> None:
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    with Library.open(path, create=True) as library:
        article = library.articles.add(Draft("The long history", document)).id
        # On the first pages, over each other: there they are all on screen.
        for number in range(count):
            anchor = anchor_of(document, Span(number, number + 200))
            assert anchor is not None
            library.highlights.add(article, anchor)
