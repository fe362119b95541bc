"""``make readme``: the parts of the README that the program makes itself, the tables and the screenshots."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import reader.tui  # noqa: F401  (before Textual, as in the program)
from reader.config import Config
from reader.domain.query import parse
from reader.exchange.exports import coverage as exports_coverage
from reader.exchange.imports import coverage as imports_coverage
from reader.jobs import demo
from reader.storage.lane import Lane
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.opening import read_opening
from tests.tui.driving import press, settle

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PICTURES = Path(__file__).with_name("screenshots")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen after *keys*, in the notation of ``reader.commands``. ``article`` is a query for one to open."""

    name: str
    theme: str
    keys: Sequence[str] = ()
    article: str | None = None
    size: tuple[int, int] = (110, 34)


_NOTED = (
    "<enter>", *"jjjc", *"Work that nobody sees.", "<enter>", "<escape>",
    "<enter>", *"jjjjjjHgc", *"The surface of a thing is the thing.", "<enter>", "<escape>",
    "<enter>", *"jjj", "<tab>", *"Hb", "<escape>", *"gggA",
)  # fmt: skip
PICTURES_MADE = (
    Picture("article-dark", "reader-dark", _NOTED, article="title:rain", size=(118, 34)),
    Picture("library-light", "reader-light", [*"gsgi", *"jjjjjjjjj"], size=(120, 30)),
    Picture("search-dark", "reader-dark", ["\\", *"water night -tag:guide"], size=(112, 31)),
    Picture("passages-light", "reader-light", [*"gh"], size=(112, 28)),
)


def keys() -> str:
    return subprocess.run(
        [sys.executable, "-m", "reader", "keys", "--markdown"], capture_output=True, text=True, check=True
    ).stdout


PARTS: Mapping[str, Callable[[], str]] = {
    "imports": imports_coverage.table,
    "exports": exports_coverage.table,
    "keys": keys,
}
"""What stands between ``<!-- name: … -->`` and ``<!-- /name -->``."""


def with_parts(readme: str) -> str:
    """*readme* with those parts as the program makes them now."""
    for name, make in PARTS.items():
        part = re.compile(rf"(<!-- {name}: .*? -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        made = make().strip()
        readme = part.sub(lambda found, made=made: f"{found[1]}\n{made}\n\n{found[2]}", readme)
    return readme


async def take(picture: Picture, library: Path) -> None:
    with Library.open(library) as opened:
        article = opened.articles.find(parse(picture.article))[0] if picture.article else None
        opening = read_opening(opened, article=article)
    config = Config(library=library, file=library.with_name("config.toml"), log=library.with_name("log"))
    lane = Lane(library, clock=lambda: NOW)
    app = ReaderApp(lane, config, opening, clock=lambda: NOW)
    app.theme = picture.theme
    async with app.run_test(size=picture.size) as pilot:
        await settle(pilot)  # until the article is open
        await press(pilot, *picture.keys)
        PICTURES.mkdir(exist_ok=True)
        app.save_screenshot(f"{picture.name}.svg", str(PICTURES))
    await lane.close()


def main() -> None:
    README.write_text(with_parts(README.read_text(encoding="utf-8")), encoding="utf-8")
    for picture in PICTURES_MADE:
        with TemporaryDirectory() as folder:
            library = Path(folder) / "demo.db"
            demo.make(library, NOW)
            asyncio.run(take(picture, library))


if __name__ == "__main__":
    main()
