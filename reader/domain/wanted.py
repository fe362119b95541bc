"""An address whose text is wanted, as the queue of links to fetch knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from reader.domain.summary import ArticleId


@dataclass(frozen=True, slots=True)
class Wanted:
    """``tries`` counts the failures since the last success; ``due`` is when the next try is, ``None`` if nobody asked
    for one. ``etag`` and ``modified`` are what the server said of the text that is here, ``""`` without one."""

    article: ArticleId
    url: str
    title: str = ""
    tries: int = 0
    due: datetime | None = None
    etag: str = ""
    modified: str = ""

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""
