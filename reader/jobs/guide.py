"""The user guide: articles that come with Reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reader.domain.article import Article, ArticleId, Summary
from reader.domain.text import word_count
from reader.ingest import markdown
from reader.ingest.frontmatter import split_front_matter
from reader.resources import resource

FOLDER = "guide"


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the guide. ``name`` is what `reader guide` takes."""

    name: str
    title: str
    path: Path

    def article(self) -> Article:
        """The page as an article, in no library."""
        draft = markdown.parse(self.path.read_text("utf-8"), stem=self.name)
        summary = Summary(
            id=ArticleId(0), uid="", title=draft.title, author=draft.author, site=draft.site, url=draft.url,
            published=draft.published, added=datetime.now(UTC), words=word_count(draft.document.text),
            language=draft.language, state="unread", starred=False, archived=False, trashed=False, progress=0.0,
            tags=draft.tags, highlights=0, noted=False,
        )  # fmt: skip
        return Article(summary, draft.document)


def topics() -> list[Topic]:
    """The pages in the order in which to read them: the first has the latest date, so a list shows it first."""
    dated = []
    for path in (resource("sample_articles") / FOLDER).glob("*.md"):
        front, _ = split_front_matter(path.read_text("utf-8"))
        dated.append((front.one("date") or "", Topic(path.stem, front.one("title") or path.stem, path)))
    return [topic for _, topic in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def find(name: str) -> Topic | None:
    """The page of that name, or the only one whose name begins so."""
    wanted = name.casefold()
    every = topics()
    exact = [topic for topic in every if topic.name == wanted]
    beginning = [topic for topic in every if topic.name.startswith(wanted)]
    return exact[0] if exact else beginning[0] if len(beginning) == 1 else None
