"""One changed thing with the fields that changed, before and after: what an action does, undo takes back and redo
does again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["article", "highlight", "tag", "view", "keys", "likeness"]
Fields = Mapping[str, Any]

TAG_MARK = "#"
"""A field ``#name`` is true while the thing bears that tag: so each tag can be taken back on its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """``before`` or ``after`` is ``None`` where the thing does not exist. ``target`` is the row id of the article
    or highlight, and 0 for what goes by names: a tag, a view, keys, a likeness."""

    kind: Kind
    target: int
    article: int | None
    before: Fields | None
    after: Fields | None

    @property
    def backward(self) -> Step:
        return Step(self.kind, self.target, self.article, self.after, self.before)

    @property
    def changes(self) -> bool:
        return self.before != self.after


def article_step(article: int, before: Fields, after: Fields) -> Step:
    return Step("article", article, article, before, after)


def merged(steps: Iterable[Step]) -> list[Step]:
    """The same with one step a thing: its first ``before`` and its last ``after``."""
    found: dict[tuple[str, int, str], Step] = {}
    for step in steps:
        # A tag or a view has no number: several of one action are told apart by what they were, or are now.
        key = (step.kind, step.target, "" if step.target else dumped(step.before) or dumped(step.after) or "")
        found[key] = _joined(found[key], step) if key in found else step
    return list(found.values())


def _joined(first: Step, then: Step) -> Step:
    before = None if first.before is None else {**(then.before or {}), **first.before}
    after = None if then.after is None else {**(first.after or {}), **then.after}
    return Step(first.kind, first.target, first.article, before, after)


def tag_fields(names: Iterable[str]) -> dict[str, bool]:
    return {TAG_MARK + name: True for name in names}


def dumped(fields: Fields | None) -> str | None:
    return None if fields is None else json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def loaded(text: str | None) -> Fields | None:
    return None if text is None else json.loads(text)
