"""Markdown notes, one an article, in the form that Obsidian reads: front matter, then the highlights.

A note that was exported before keeps what its owner wrote around the marked block and the front-matter keys
that are not ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.domain.article import Article, Summary
from reader.domain.highlight import Highlight
from reader.domain.quoting import contained, quoted, tag_word

BEGIN, END = "%% reader:begin %%", "%% reader:end %%"
NAME_LIMIT = 100
NAME_BYTES = 200

_KEYS = ("title", "source", "author", "site", "saved", "published", "tags", "status", "uid")
_FRONT = re.compile(r"\A---\n(.*?\n)?---\n", re.DOTALL)
_KEY = re.compile(r"([A-Za-z_][\w-]*)\s*:")
_UNSAFE_IN_NAMES = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')


def note(article: Article, highlights: Sequence[Highlight]) -> str:
    """A new note about *article*."""
    return f"---\n{_front(article.summary)}---\n{_block(article, highlights)}"


def renewed(held: str, article: Article, highlights: Sequence[Highlight]) -> str | None:
    """*held*, an earlier export, brought up to date; ``None`` if it is a note about something else."""
    front = _FRONT.match(held)
    if front is None or not is_about(held, article.summary):
        return None
    body = held[front.end() :]
    block = _block(article, highlights)
    begin, end = body.find(BEGIN), body.find(END)
    if 0 <= begin < end:
        body = body[:begin] + block.removesuffix("\n") + body[end + len(END) :]
    else:
        body = body.rstrip("\n") + "\n\n" + block if body.strip() else block
    return f"---\n{_front(article.summary)}{_others(front[1] or '')}---\n{body}"


def is_about(held: str, summary: Summary) -> bool:
    """Whether *held* is an earlier export of this article."""
    front = _FRONT.match(held)
    return front is not None and _uid(front[1] or "") == _short(summary)


def file_name(summary: Summary) -> str:
    """The title as the name of a file, without a suffix; ``""`` if nothing of it can be in one."""
    name = " ".join(_UNSAFE_IN_NAMES.sub(" ", summary.title).split()).lstrip(".- ")[:NAME_LIMIT]
    return name.encode()[:NAME_BYTES].decode("utf-8", "ignore").rstrip(". ")


def distinct_name(summary: Summary) -> str:
    """A file name that no other article has."""
    return f"{file_name(summary)}-{_short(summary)}".lstrip("-")


def _front(summary: Summary) -> str:
    values = {
        "title": _quoted(summary.title),
        "source": _quoted(summary.url) if summary.url else "",
        "author": f"[{_quoted(summary.author)}]" if summary.author else "",
        "site": _quoted(summary.site) if summary.site else "",
        "saved": f"{summary.added:%Y-%m-%d}",
        "published": _quoted(summary.published) if summary.published else "",
        "tags": f"[{', '.join(_quoted(tag_word(tag)) for tag in summary.tags)}]" if summary.tags else "",
        "status": summary.state,
        "uid": _quoted(_short(summary)),
    }
    return "".join(f"{key}: {values[key]}\n" for key in _KEYS if values[key])


def _others(front: str) -> str:
    """The lines of *front* that are not ours, each key with the indented lines that belong to it."""
    kept: list[str] = []
    is_ours = False
    for line in front.splitlines(keepends=True):
        if found := _KEY.match(line):
            is_ours = found[1] in _KEYS
        if not is_ours:
            kept.append(line)
    return "".join(kept)


def _block(article: Article, highlights: Sequence[Highlight]) -> str:
    parts = ["## Note", "", contained(article.note), ""] if article.note else []
    if highlights:
        parts += ["## Highlights"]
        parts += [line for highlight in highlights for line in _highlight(highlight)]
    # No words of an article or a note may end the block.
    inside = [part.replace("%% reader:", "% % reader:") for part in parts]
    return "\n".join([BEGIN, *inside, END]) + "\n"


def _highlight(highlight: Highlight) -> list[str]:
    # The tail of the uid, since its first digits are the time: highlights of one minute share them.
    lines = [quoted(highlight.anchor.exact), f"^hl-{highlight.reference}", ""]
    tags = " ".join(f"#{tag_word(tag)}" for tag in highlight.tags)
    note = contained(highlight.note)
    # A note of many lines may end in a list, a quote or code, which the tags would become a part of.
    between = "\n\n" if "\n" in note or note != highlight.note.strip() else " "
    below = between.join(filter(None, (note, tags)))
    return [*lines, below, ""] if below else lines


def _uid(front: str) -> str | None:
    found = re.search(r'^uid:[ \t]*"?([0-9a-fA-F]+)', front, re.MULTILINE)
    return found[1] if found else None


def _short(summary: Summary) -> str:
    return summary.uid.replace("-", "")[:8]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
