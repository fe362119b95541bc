"""Files below a folder, in sorted order, safe against links that loop and names that never end."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.ingest.kinds import KINDS

SNIFFED = 1024


@dataclass(frozen=True, slots=True)
class Walked:
    """``files`` are to be read, in order; ``passed_over`` counts what is no article by its kind: other formats,
    links to folders; ``unreadable`` are places that could not be looked at, with the reason."""

    files: tuple[Path, ...]
    passed_over: int
    unreadable: tuple[tuple[Path, str], ...]


def walk(folder: Path) -> Walked:
    """What is in *folder* and below. Hidden files and folders do not count. Links to folders are not followed,
    so no link can loop."""
    files: list[Path] = []
    unreadable: list[tuple[Path, str]] = []
    passed_over = 0
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = list(_visible(here))
        except OSError as error:
            unreadable.append((here, error.strerror or str(error)))
            continue
        folders = [Path(entry) for entry in entries if entry.is_dir(follow_symlinks=False)]
        waiting += reversed(folders)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                continue
            if _is_readable_kind(entry):
                files.append(Path(entry))
            else:
                passed_over += 1
    return Walked(tuple(files), passed_over, tuple(unreadable))


def _visible(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        yield from sorted(
            (entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name
        )


def _is_readable_kind(entry: os.DirEntry[str]) -> bool:
    """Whether the name promises an article; without a suffix the first bytes decide: programs hold NUL.

    What is neither file nor folder is kept: reading it fails with a reason.
    """
    suffix = os.path.splitext(entry.name)[1].lower()
    if suffix not in KINDS:
        return False
    try:
        if entry.is_dir():
            return False
        if suffix or not stat.S_ISREG(entry.stat().st_mode):
            return True
        with open(entry.path, "rb") as file:
            return b"\x00" not in file.read(SNIFFED)
    except OSError:
        return True
