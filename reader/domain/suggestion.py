"""A tag that an article might bear."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Suggestion(NamedTuple):
    """``why``: the ``text`` holds the words of a tag in use, ``related`` articles bear it, it is a ``name`` in the
    text, or a telling ``word`` of it. The last two are no tags yet."""

    tag: str
    why: Literal["text", "related", "name", "word"]
