"""Completing the path of a file or folder while it is typed."""

from __future__ import annotations

import os
from pathlib import Path

LOOKED_AT = 2000  # entries of a folder
OFFERED = 50


def is_path(text: str) -> bool:
    """Whether *text* looks as if a path was meant."""
    return text.startswith(("/", "~", "./", "../")) or os.sep in text


def completions(text: str) -> list[str]:
    """What a typed path may go on to, folders first and with ``/``; hidden ones only when asked for by a dot."""
    folder, _, begun = text.rpartition("/")
    place = Path(os.path.expanduser(f"{folder}/" if folder or text.startswith("/") else "."))
    found: list[tuple[bool, str]] = []
    try:
        with os.scandir(place) as entries:
            for entry, _number in zip(entries, range(LOOKED_AT), strict=False):
                hidden = entry.name.startswith(".") and not begun.startswith(".")
                if not hidden and entry.name.casefold().startswith(begun.casefold()):
                    found.append((not entry.is_dir(), entry.name))
    except OSError:
        return []
    lead = text[: len(text) - len(begun)]
    return [lead + name + ("" if is_file else "/") for is_file, name in sorted(found)[:OFFERED]]


def grown(text: str, offered: list[str]) -> str:
    """*text* as far as all of *offered* go on alike."""
    alike = text
    for letters in zip(*(path[len(text) :] for path in offered), strict=False):
        if len(set(letters)) > 1:
            break
        alike += letters[0]
    return alike
