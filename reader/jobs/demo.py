"""A library to try things in: the sample articles and the guide, as if somebody had lived with them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from reader.domain.anchor import anchor_of, occurrences
from reader.domain.article import ArticleId, Draft
from reader.domain.change import Marking
from reader.domain.highlight import Colour
from reader.ingest import html, markdown, plain
from reader.ingest.decode import decode
from reader.jobs.guide import FOLDER
from reader.resources import resource
from reader.storage.library import Library

DAYS_BETWEEN = 5.3  # the samples were added over some two months
HOURS_BETWEEN = 0.2  # the guide came this week


@dataclass(frozen=True, slots=True)
class Passage:
    exact: str
    colour: Colour = "yellow"
    note: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """What happened to a sample before today. ``progress`` is how far it was read."""

    tags: tuple[str, ...] = ()
    marks: tuple[Marking, ...] = ()
    progress: float = 0.0
    passages: tuple[Passage, ...] = ()


PASTS = {
    "the-lighthouse-keepers-ledger": Past(
        tags=("sea", "archives"),
        marks=("starred",),
        progress=0.3,
        passages=(
            Passage(
                "Steady work leaves no mark except the absence of a mark",
                note="Compare the ice maker.",
                tags=("work",),
            ),
        ),
    ),
    "counting-glass": Past(
        tags=("nature", "rivers"),
        marks=("read", "starred"),
        passages=(
            Passage(
                "You can’t count a decline. You can only count eels.",
                "green",
                "Good for a first line.",
                ("counting",),
            ),
            Passage("They come up it in a rope.", "blue"),
        ),
    ),
    "what-the-haircut-knows": Past(
        tags=("economics", "work"),
        marks=("read",),
        passages=(Passage("Their slowness is the thing you are paying for.", "pink", tags=("work",)),),
    ),
    "the-city-that-ties-itself-down": Past(
        tags=("cities", "weather"),
        progress=0.55,
        passages=(Passage("The wind has to win something", "purple", "“So you decide what.”"),),
    ),
    "the-man-who-makes-it-rain-indoors": Past(tags=("work", "winter")),
    "cannery-street-linotype-obituary": Past(tags=("machines", "archives"), marks=("read", "archived")),
    "otter-mills-noon-whistle": Past(tags=("small towns",), marks=("read", "archived")),
    "everything-slightly-wrong": Past(tags=("music",), progress=0.15),
    "thirty-years-at-gauge-4417": Past(tags=("weather",)),
}


@contextmanager
def throw_away() -> Iterator[Path]:
    """The path of a demo library, which is gone afterwards."""
    folder = Path(mkdtemp(prefix="reader-demo-"))
    try:
        path = folder / "demo.db"
        make(path, datetime.now(UTC))
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make(path: Path, now: datetime) -> None:
    """Make a library at *path* whose articles were added before *now*, the first page of the guide last."""
    calendar = _Calendar(now)
    with Library.open(path, clock=calendar, session="demo") as library:
        begun: list[tuple[ArticleId, float]] = []
        for moment, draft, stem in _dated(now):
            calendar.today = moment
            number, past = library.articles.add(draft).id, PASTS.get(stem, Past())
            _live_with(library, number, past)
            begun += [(number, past.progress)] if past.progress else []
        for days, (number, progress) in enumerate(reversed(begun), start=1):
            calendar.today = now - timedelta(days=days)  # lately, so that they are in "Continue reading"
            _read_to(library, number, progress)


class _Calendar:
    """A clock that stands still until it is set."""

    def __init__(self, today: datetime) -> None:
        self.today = today

    def __call__(self) -> datetime:
        return self.today


def _dated(now: datetime) -> list[tuple[datetime, Draft, str]]:
    """Each article with the moment it was added, the oldest first, and the stem of its file."""
    samples = resource("sample_articles")
    every = _drafts(samples)
    guide = _drafts(samples / FOLDER)
    first = now - timedelta(days=DAYS_BETWEEN * len(every) + 1)
    dated = [
        (first + timedelta(days=DAYS_BETWEEN * number), draft, stem)
        for number, (draft, stem) in enumerate(every)
    ]
    return dated + [
        (now - timedelta(hours=HOURS_BETWEEN * (len(guide) - number)), draft, stem)
        for number, (draft, stem) in enumerate(guide)
    ]


def _drafts(folder: Path) -> list[tuple[Draft, str]]:
    """The articles in *folder* by their date of publication, and the stems of their files."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md", ".html"))
    drafts = [(_read(path), path.stem) for path in files]
    return sorted(drafts, key=lambda pair: pair[0].published or "")


def _read(path: Path) -> Draft:
    # In this process: these files are our own, and a child for each would keep the first screen waiting.
    data = path.read_bytes()
    match path.suffix:
        case ".html":
            return html.parse(data, stem=path.stem)
        case ".md":
            return markdown.parse(decode(data), stem=path.stem)
        case _:
            return plain.parse(decode(data), stem=path.stem)


def _live_with(library: Library, number: ArticleId, past: Past) -> None:
    document = library.articles.get(number).document
    if past.tags:
        library.tags.apply([number], past.tags, ())
    for mark in past.marks:
        library.articles.mark([number], mark)
    for passage in past.passages:
        for span in occurrences(document, passage.exact)[:1]:
            if anchor := anchor_of(document, span):
                library.highlights.add(
                    number, anchor, colour=passage.colour, note=passage.note, tags=passage.tags
                )


def _read_to(library: Library, number: ArticleId, progress: float) -> None:
    length = len(library.articles.get(number).document.text)
    library.articles.reached(number, position=int(length * progress), progress=progress, state="reading")
