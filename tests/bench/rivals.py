"""Other programs' searches over the same stories: tantivy (from PyPI), and notmuch where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from itertools import islice
from pathlib import Path
from typing import Any

from reader.storage.library import Library
from tests.bench.corpus import stories

COLUMNS = ("title", "author", "site", "tags", "body")
MESSAGES = 10_000


class Tantivy:
    """The same columns as ours, and the date as a fast field to sort by; built once and kept."""

    def __init__(self, home: Path, path: Path) -> None:
        import tantivy

        folder = home / f"tantivy-{path.stem}"
        builder = tantivy.SchemaBuilder()
        for column in COLUMNS:
            builder.add_text_field(column, stored=False)
        builder.add_integer_field("seq", stored=True, indexed=True, fast=True)
        schema = builder.build()
        is_built = (folder / "meta.json").exists()
        folder.mkdir(exist_ok=True)
        self._index = tantivy.Index(schema, path=str(folder), reuse=is_built)
        if not is_built:
            self._build(tantivy, path)
        self._index.reload()
        self._searcher = self._index.searcher()

    def _build(self, tantivy: Any, path: Path) -> None:
        writer = self._index.writer(heap_size=256_000_000, num_threads=1)
        with Library.open(path, write=False) as library:
            columns = ", ".join(COLUMNS)
            for row in library.connection.each(f"select rowid, {columns} from articles"):
                fields = {column: row[column] or "" for column in COLUMNS}
                writer.add_document(tantivy.Document(seq=row["rowid"], **fields))
        writer.commit()
        writer.wait_merging_threads()

    def newest(self, text: str) -> list[int]:
        return self.ready(text)()

    def ready(self, text: str, limit: int = 50) -> Callable[[], list[int]]:
        """What asks for the newest stories of a query that is read already."""
        query = self._index.parse_query(text, list(COLUMNS), conjunction_by_default=True)

        def newest() -> list[int]:
            found = self._searcher.search(query, limit, count=False, order_by_field="seq")
            return [self._searcher.doc(address)["seq"][0] for _, address in found.hits]

        return newest

    def best(self, text: str, limit: int = 50) -> list[int]:
        query = self._index.parse_query(text, list(COLUMNS), conjunction_by_default=True)
        found = self._searcher.search(query, limit, count=False)
        return [self._searcher.doc(address)["seq"][0] for _, address in found.hits]


def has_tantivy() -> bool:
    from importlib.util import find_spec

    return find_spec("tantivy") is not None


def notmuch(home: Path) -> list[str] | None:
    """The command that searches the first ten thousand stories as mails; ``None`` where there is no notmuch."""
    program = shutil.which("notmuch")
    if program is None:
        return None
    mail = home / "mail"
    config = home / "notmuch.config"
    if not config.exists():
        for folder in ("cur", "new", "tmp"):
            (mail / folder).mkdir(parents=True, exist_ok=True)
        for number, message in enumerate(_messages()):
            (mail / "cur" / f"{number}:2,S").write_bytes(message)
        config.write_text(
            f"[database]\npath={mail}\n[user]\nname=a\nprimary_email=a@example.org\n[new]\ntags=\n"
        )
        subprocess.run([program, f"--config={config}", "new", "--quiet"], check=True)
    return [program, f"--config={config}", "search", "--limit=50", "--sort=newest-first"]


def _messages() -> Iterator[bytes]:
    for story in islice(stories(MESSAGES), MESSAGES):
        message = EmailMessage()
        message["From"] = f"{story.author} <a@{story.site}>"
        message["Subject"] = story.title
        message["Date"] = story.added
        message["Message-ID"] = f"<{story.added.timestamp()}@example.org>"
        message.set_content(story.text)
        yield message.as_bytes()
