"""Tags: put on and taken off, renamed, merged, removed everywhere."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence

from reader.domain.article import ArticleId
from reader.domain.change import Change, Tag
from reader.domain.suggestion import Suggestion
from reader.domain.text import clean_line, clean_tag
from reader.storage.connection import Connection, LibraryError
from reader.storage.journal import Journal
from reader.storage.steps import TAG_MARK, Kind, Step
from reader.storage.tagging import spelled, tags_of

_ARTICLES_WITH = """
    select article_tag.article
    from tag
    join article_tag on article_tag.tag = tag.id
    where tag.folded = :folded
"""
_HIGHLIGHTS_WITH = """
    select highlight.id, highlight.article
    from tag
    join highlight_tag on highlight_tag.tag = tag.id
    join highlight on highlight.id = highlight_tag.highlight
    where tag.folded = :folded
"""


class Tags:
    """One tag has one spelling: ``Python`` and ``python`` are the same tag."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def all(self) -> list[Tag]:
        """In alphabetical order; a tag that only highlights or articles in the trash bear counts 0."""
        rows = self._connection.rows("select name, used as number from tag order by folded")
        return [Tag(clean_line(row["name"]), row["number"]) for row in rows]

    def suggested(self, article: ArticleId) -> list[Suggestion]:
        """Tags that *article* might bear and does not, the likeliest first."""
        from reader.storage.suggesting import suggested  # with all that judges words, for this one question

        return suggested(self._connection, article)

    def apply(self, ids: Collection[ArticleId], add: Sequence[str], remove: Sequence[str] = ()) -> Change:
        """Put the tags *add* on each of *ids* and take *remove* off; one that is in both is put on."""
        with self._connection.write():
            on = spelled(self._connection, add)
            off = [name for name in spelled(self._connection, remove) if name not in on]
            found = self._existing(ids)
            tags = tags_of(self._connection, "article", found)
            steps = [_tagging("article", id, id, tags.get(id, ()), on, off) for id in found]
            missing = set(ids).difference(found)
            skipped = [f"no article {id}" for id in ids if id in missing]
            return self._journal.act("tagged" if on or not off else "untagged", steps, skipped=skipped)

    def rename(self, old: str, new: str) -> Change:
        """Give the tag *old* another name; if that is a tag already the two are to be merged."""
        with self._connection.write():
            old, name = self._known(old), clean_tag(new)
            if not name:
                raise LibraryError(f"“{clean_line(new)}” is not a name for a tag")
            if (other := self._find(name)) not in (None, old):
                raise LibraryError(f"there is a tag {other} already: merge {old} into it")
            return self._rename(old, name)

    def merge(self, old: str, into: str) -> Change:
        """Put the tag *into* wherever *old* is, which is then gone."""
        with self._connection.write():
            old, name = self._known(old), clean_tag(into)
            other = self._find(name)
            if not name or other == old:
                raise LibraryError(f"tag {old} cannot be merged into “{clean_line(into)}”")
            if other is None:
                return self._rename(old, name)
            return self._journal.act("tags merged", self._everywhere(old, instead=other))

    def delete(self, name: str) -> Change:
        """Take a tag off everything that bears it."""
        with self._connection.write():
            return self._journal.act("tag deleted", self._everywhere(self._known(name), instead=None))

    def _rename(self, old: str, new: str) -> Change:
        bearers = tuple(
            ArticleId(id) for id in self._connection.column(_ARTICLES_WITH, folded=old.casefold())
        )
        change = self._journal.act("tag renamed", [Step("tag", 0, None, {"name": old}, {"name": new})])
        return Change(change.action, bearers if change.history else (), change.history)

    def _everywhere(self, name: str, *, instead: str | None) -> list[Step]:
        """Taking *name* off everything, and putting *instead* there."""
        on = [instead] if instead else []
        articles = self._connection.column(_ARTICLES_WITH, folded=name.casefold())
        tags = tags_of(self._connection, "article", articles)
        steps = [_tagging("article", id, id, tags[id], on, [name]) for id in articles]
        owners = {
            row["id"]: row["article"]
            for row in self._connection.rows(_HIGHLIGHTS_WITH, folded=name.casefold())
        }
        tags = tags_of(self._connection, "highlight", owners)
        return steps + [
            _tagging("highlight", id, owner, tags[id], on, [name]) for id, owner in owners.items()
        ]

    def _known(self, name: str) -> str:
        found = self._find(name)
        if found is None:
            raise LibraryError(f"no tag {clean_line(name)}")
        return found

    def _find(self, name: str) -> str | None:
        found: str | None = self._connection.value(
            "select name from tag where folded = :folded", folded=clean_tag(name).casefold()
        )
        return found

    def _existing(self, ids: Collection[ArticleId]) -> list[ArticleId]:
        found = set(
            self._connection.column(
                "select id from article where id in (select value from json_each(:ids))",
                ids=json.dumps(list(ids)),
            )
        )
        return [id for id in dict.fromkeys(ids) if id in found]


def _tagging(
    kind: Kind, id: int, article: int, present: Collection[str], on: Iterable[str], off: Iterable[str]
) -> Step:
    after = {name: True for name in on if name not in present} | {
        name: False for name in off if name in present
    }
    return Step(
        kind,
        id,
        article,
        {TAG_MARK + name: not state for name, state in after.items()},
        {TAG_MARK + name: state for name, state in after.items()},
    )
