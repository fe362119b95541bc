"""A folder of Markdown notes that mirrors articles: what changed is written, what is gone is named, nothing deleted."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.domain.article import Article, Summary
from reader.domain.highlight import Highlight
from reader.exchange.exports import markdown
from reader.exchange.exports.markdown import Notes
from reader.jobs.files import write_whole

SUFFIX = ".md"
_LARGEST = 4 * 2**20  # bytes: no note of ours


@dataclass(frozen=True, slots=True)
class Written:
    """A file that an article is in now; ``changed`` is false if it said that already."""

    path: Path
    changed: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was left alone, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Left:
    """An earlier export of an article that is not among these any more."""

    path: Path


def to_folder(
    articles: Iterable[tuple[Article, list[Highlight]]], folder: Path, notes: Notes | None = None
) -> Iterator[Written | Kept | Left]:
    """A Markdown note for each of *articles* in *folder*; those that are there are brought up to date.

    The uid in a note says whose it is, wherever in *folder* it is and whatever it is called: a new title, or a
    move by its owner, makes no second one. A file about something else is never touched: the article gets a name of
    its own then. Raises OSError, and TemplateFault of *notes*.
    """
    notes = notes or Notes()
    folder.mkdir(parents=True, exist_ok=True)
    known = _Known(folder)
    taken: set[str] = set()
    for article, highlights in articles:
        path = known.take(article.summary) or _free_path(folder, article.summary, taken)
        taken.add(path.name.casefold())
        yield _write(path, notes, article, highlights)
    yield from map(Left, known.left())


class _Known:
    """The notes in a folder that say of which article they are."""

    def __init__(self, folder: Path) -> None:
        self._notes: defaultdict[str, list[tuple[str, Path]]] = defaultdict(list)
        self._ours: dict[Path, None] = {}
        for path in _files(folder):
            try:
                held = _held(path) or ""
            except UnicodeDecodeError:  # it is none of ours
                continue
            uid = markdown.uid_in(held)
            if uid is not None:
                self._notes[uid[: markdown.SHORT]].append((uid, path))
                if markdown.BEGIN in held:
                    self._ours[path] = None

    def take(self, summary: Summary) -> Path | None:
        """The note about this article; the one that says most of its uid, if there are several."""
        digits = summary.uid.replace("-", "").lower()[: markdown.SHORT]
        about = [(uid, path) for uid, path in self._notes[digits] if markdown.names(uid, summary)]
        if not about:
            return None
        found = max(about, key=lambda one: len(one[0]))
        self._notes[digits].remove(found)
        for _, path in about:  # copies that its owner made
            self._ours.pop(path, None)
        return found[1]

    def left(self) -> list[Path]:
        return list(self._ours)


def _write(path: Path, notes: Notes, article: Article, highlights: list[Highlight]) -> Written | Kept:
    try:
        held = _held(path)
    except UnicodeDecodeError:
        return Kept(path, "this note is not in UTF-8")
    if held is None:
        write_whole(path, [notes.note(article, highlights)])
        return Written(path, changed=True)
    text = notes.renewed(held, article, highlights)
    if text is None:
        return Kept(path, "this note is about something else")
    if text != held:
        write_whole(path, [text])
    return Written(path, changed=text != held)


def _free_path(folder: Path, summary: Summary, taken: set[str]) -> Path:
    """Where a note is put that was not there: under its plain title, or with its uid where that is another's."""
    plain = markdown.file_name(summary)
    names = [plain] if plain else []
    names += [markdown.distinct_name(summary), markdown.distinct_name(summary, digits=32)]
    paths = [folder / f"{name}{SUFFIX}" for name in names]
    free = (path for path in paths if path.name.casefold() not in taken and not path.exists())
    return next(free, paths[-1])


def _files(folder: Path) -> Iterator[Path]:
    """The notes in *folder* and below, in order; what begins with a dot is other programs' own."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(place, name) for name in sorted(files) if name.endswith(SUFFIX)):
            if not path.name.startswith(".") and path.is_file() and path.stat().st_size <= _LARGEST:
                yield path


def _held(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
