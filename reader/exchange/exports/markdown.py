"""Markdown notes, one an article, in the form that Obsidian reads: front matter, then the highlights.

A note that was exported before keeps what its owner wrote around the marked block and the front-matter keys
that are not ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from reader.domain.article import Article, Summary
from reader.domain.highlight import Highlight
from reader.exchange.exports.template import Look, yaml

BEGIN, END = "%% reader:begin %%", "%% reader:end %%"
NAME_LIMIT = 100
NAME_BYTES = 200
SHORT = 8
"""Digits of a uid by which notes were known once, and files of one name are told apart."""

_KEYS = ("title", "source", "author", "site", "saved", "published", "tags", "status", "uid")
_FRONT = re.compile(r"\A---\n(.*?\n)?---\n", re.DOTALL)
_KEY = re.compile(r"([A-Za-z_][\w-]*)\s*:")
_UID = re.compile(r"""^uid:[ \t]*["']?([\w-]+)""", re.MULTILINE)
_UNSAFE_IN_NAMES = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')


class Notes:
    """Makes notes that look as *look* says; with *colours* passages are marked in theirs."""

    def __init__(self, look: Look | None = None, *, colours: bool = False) -> None:
        self._look = look or Look.of()
        self._colours = colours

    def note(self, article: Article, highlights: Sequence[Highlight]) -> str:
        """A new note about *article*: always with its uid, and with a block that can be written again.

        Raises TemplateFault.
        """
        made = self._look.fill(_values(article, highlights, colours=self._colours))
        front, body = _parted(made)
        if _uid(front) != _key(article.summary):
            others = "".join(_lines_of(front, but=("uid",)))
            front = f"{others}uid: {yaml(_key(article.summary))}\n"
        begin, end = body.find(BEGIN), body.find(END)
        if not 0 <= begin < end:
            body = f"{BEGIN}\n{body.strip(chr(10))}\n{END}\n"
        return f"---\n{front}---\n{body}"

    def renewed(self, held: str, article: Article, highlights: Sequence[Highlight]) -> str | None:
        """*held*, an earlier export, brought up to date; ``None`` if it is a note about something else."""
        if not is_about(held, article.summary):
            return None
        fresh_front, fresh_body = _parted(self.note(article, highlights))
        front, body = _parted(held)
        block = fresh_body[fresh_body.index(BEGIN) : fresh_body.index(END) + len(END)]
        begin, end = body.find(BEGIN), body.find(END)
        if 0 <= begin < end:
            body = body[:begin] + block + body[end + len(END) :]
        else:
            body = body.rstrip("\n") + "\n\n" + block + "\n" if body.strip() else block + "\n"
        ours = {*_KEYS, *_keys(fresh_front)}
        return f"---\n{fresh_front}{''.join(_lines_of(front, but=ours))}---\n{body}"


def is_about(held: str, summary: Summary) -> bool:
    """Whether *held* is an earlier export of this article."""
    uid = uid_in(held)
    return uid is not None and names(uid, summary)


def uid_in(held: str) -> str | None:
    """The uid that a note says, without dashes."""
    return _uid(_parted(held)[0])


def names(uid: str, summary: Summary) -> bool:
    """Whether *uid*, of a note, is that of this article: whole, or, in older notes, its first digits."""
    return len(uid) >= SHORT and _key(summary).startswith(uid)


def file_name(summary: Summary) -> str:
    """The title as the name of a file, without a suffix; ``""`` if nothing of it can be in one."""
    name = " ".join(_UNSAFE_IN_NAMES.sub(" ", summary.title).split()).lstrip(".- ")[:NAME_LIMIT]
    return name.encode()[:NAME_BYTES].decode("utf-8", "ignore").rstrip(". ")


def distinct_name(summary: Summary, digits: int = SHORT) -> str:
    """A file name that no other article has, if *digits* are enough."""
    return f"{file_name(summary)}-{_key(summary)[:digits]}".lstrip("-")


def _values(article: Article, highlights: Sequence[Highlight], *, colours: bool) -> dict[str, Any]:
    summary = article.summary
    return {
        "title": _harmless(summary.title), "url": summary.url or "", "author": _harmless(summary.author or ""),
        "site": _harmless(summary.site or ""), "saved": f"{summary.added:%Y-%m-%d}",
        "published": summary.published or "", "tags": summary.tags, "status": summary.state,
        "starred": summary.starred, "archived": summary.archived, "note": _harmless(article.note),
        "uid": _key(summary), "colours": colours, "highlights": [_passage(one) for one in highlights],
    }  # fmt: skip


def _passage(one: Highlight) -> dict[str, Any]:
    return {
        "exact": _harmless(one.anchor.exact), "note": _harmless(one.note), "tags": one.tags, "colour": one.colour,
        # The tail of the uid, since its first digits are the time: highlights of one minute share them.
        "id": one.reference, "made": f"{one.made:%Y-%m-%d}" if one.made else "", "status": one.placement.status,
    }  # fmt: skip


def _harmless(text: str) -> str:
    """No words of an article or a note may end the block."""
    return text.replace("%% reader:", "% % reader:")


def _parted(note: str) -> tuple[str, str]:
    """The lines of its front matter, and what is behind that."""
    found = _FRONT.match(note)
    return (found[1] or "", note[found.end() :]) if found else ("", note)


def _keys(front: str) -> list[str]:
    return [found[1] for line in front.splitlines() if (found := _KEY.match(line))]


def _lines_of(front: str, *, but: Sequence[str] | set[str]) -> list[str]:
    """The lines of *front* except those of the keys *but*; each key has the indented lines that belong to it."""
    kept: list[str] = []
    is_left_out = False
    for line in front.splitlines(keepends=True):
        if found := _KEY.match(line):
            is_left_out = found[1] in but
        if not is_left_out:
            kept.append(line)
    return kept


def _uid(front: str) -> str | None:
    found = _UID.search(front)
    return found[1].replace("-", "").lower() if found else None


def _key(summary: Summary) -> str:
    return re.sub(r"\W", "", summary.uid).lower()
