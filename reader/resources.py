"""Files that come with Reader: styles and sample articles."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The folder *name*: inside the package in a wheel, beside it in a checkout."""
    for base in (PACKAGE, PACKAGE.parent):  # package first: a stray site-packages/styles must not win
        if (folder := base / name).is_dir():
            return folder
    raise FileNotFoundError(f"{name}/ is missing: reinstall reader")
