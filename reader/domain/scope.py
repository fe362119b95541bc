"""The words that say what an action applies to, behind the shell's prompt and behind the app's ``:`` alike."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.patterns import lazy
from reader.domain.summary import ArticleId

BIGGEST_ID = 2**63 - 1
_WORD = lazy(r"\s*((?:\\ |\S)+)")


def ids_in(words: Sequence[str]) -> tuple[ArticleId, ...] | None:
    """The articles' numbers, if *words* are nothing else, each once and in the order given."""
    if not words or not all(word.isascii() and word.isdigit() for word in words):
        return None
    return tuple(dict.fromkeys(ArticleId(min(int(word[:20]), BIGGEST_ID)) for word in words))


def split_tags(words: Sequence[str], after_dashes: int = 0) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tags to change, ``+later -new``, and the words of the query behind them; the last *after_dashes* words
    stood behind a ``--``."""
    end = 0
    while end < len(words) - after_dashes and _is_tag_change(words[end]):
        end += 1
    return tuple(words[:end]), tuple(words[end:])


def tags_before(text: str) -> tuple[tuple[str, ...], str]:
    """The same for a line that no shell has divided: ``+read\\ later`` is one tag there, ``--`` ends them."""
    changes: list[str] = []
    at = 0
    while found := _WORD.match(text, at):
        word = found[1].replace("\\ ", " ")
        if word == "--":
            return tuple(changes), text[found.end() :].strip()
        if not _is_tag_change(word):
            break
        changes.append(word)
        at = found.end()
    return tuple(changes), text[at:].strip()


def _is_tag_change(word: str) -> bool:
    return word[:1] in ("+", "-") and not set(word) & set(':"')
