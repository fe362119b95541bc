"""`reader edit`: what is known of an article, by options or in the user's editor."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from reader.cli.base import CommandError, QueryCommand, Session, pass_session, query_argument
from reader.cli.choosing import chosen_one
from reader.cli.fields import date, date_option, url, url_option
from reader.cli.output import is_terminal, out
from reader.domain.article import Article
from reader.domain.text import clean, clean_line
from reader.domain.unchanged import UNCHANGED

FIELDS = ("title", "author", "site", "url", "published")
CHECKS = {"url": url, "published": date}
RULE = "---"
FORM = """\
# What is known of this article. Below the line is your note.
{fields}
{rule}
{note}
"""
_LINE = re.compile(r"(\w+)\s*=\s*(.*)")


@click.command("edit", cls=QueryCommand)
@query_argument(metavar="ID")
@click.option("--title", metavar="TEXT", help="The title.")
@click.option("--author", metavar="TEXT", help="The author; empty to clear, as with all of these.")
@click.option("--site", metavar="TEXT", help="The site or publication.")
@url_option("The address it came from.")
@date_option()
@click.option("--note", metavar="TEXT", help="Your note on the whole article.")
@pass_session
def edit(session: Session, /, words: tuple[str, ...], **given: str | None) -> int:
    """Change what is known of an article, or your note on it.

    Without options your editor (VISUAL or EDITOR) opens on all of them.
    """
    with session.reading() as library:
        number = chosen_one(library, words)
        article = library.articles.get(number)
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if not changes:
        changes = _edited(article, session.config.editor)
    if "title" in changes and not clean_line(changes["title"]):
        raise CommandError("an article needs a title; nothing was changed")
    values = {name: changes[name] or None if name in changes else UNCHANGED for name in (*FIELDS, "note")}
    with session.writing() as library:
        change = library.articles.edit(number, **values)
        title = library.articles.summary(number).title
    out("edited" if change.articles else "unchanged", f" {number} {title}")
    return 0


def _edited(article: Article, editor: str) -> dict[str, str]:
    """What the user changed in the editor: nothing if the editor failed or its file is as it was."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        raise click.UsageError(
            "an editor needs a terminal: use --title, --author, --site, --url, --published, --note"
        )
    before = form(article)
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:  # 0700, so the note is nobody else's
        path = Path(folder) / f"article-{article.summary.id}.md"
        path.write_text(before, "utf-8")
        _call(editor, path)
        try:
            after = path.read_text("utf-8", "replace")
        except OSError as error:
            raise CommandError(f"the editor left no file ({error.strerror}); nothing was changed") from error
    if after == before:
        raise CommandError("nothing was changed", code=0)
    return changed(article, after)


def _call(editor: str, path: Path) -> None:
    """Run *editor* on *path*, never through a shell. A signal at the terminal is the editor's, not ours."""
    try:
        argv = [*shlex.split(editor), os.fspath(path)]
        code = subprocess.run(argv, check=False).returncode
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or error
        raise CommandError(
            f"the editor {editor} cannot be started ({reason}); nothing was changed"
        ) from error
    if code:
        raise CommandError(f"the editor {editor} failed ({code}); nothing was changed")


def form(article: Article) -> str:
    """*article*'s fields, one a line, and its note, to be edited by hand."""
    fields = "\n".join(f"{name} = {getattr(article.summary, name) or ''}".rstrip() for name in FIELDS)
    return FORM.format(fields=fields, rule=RULE, note=article.note)


def changed(article: Article, text: str) -> dict[str, str]:
    """The fields that differ in *text*, an edited :func:`form`; raises CommandError for what cannot be stored."""
    head, rule, note = clean(text).partition(f"\n{RULE}\n")
    if not rule:
        raise CommandError(f"the line {RULE} above the note is gone; nothing was changed")
    said: dict[str, str] = {}
    for line in head.splitlines():
        if line.strip() and not line.startswith("#"):
            name, value = _field(line.strip())
            said[name] = value
    said["note"] = note.strip("\n")
    held = {name: getattr(article.summary, name) or "" for name in FIELDS} | {"note": article.note}
    return {name: value for name, value in said.items() if value != held[name]}


def _field(line: str) -> tuple[str, str]:
    found = _LINE.fullmatch(line)
    if not found or found[1] not in FIELDS:
        raise CommandError(f"{line!r} is none of {', '.join(FIELDS)}; nothing was changed")
    name, value = found.groups()
    try:
        return name, CHECKS[name](value) if name in CHECKS else value
    except ValueError as error:
        raise CommandError(f"{error}; nothing was changed") from error
