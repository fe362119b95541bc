"""`reader tag` and `reader tags`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from reader.cli.base import (
    AFTER_DASHES,
    CommandError,
    QueryCommand,
    ReaderCommand,
    ReaderGroup,
    Session,
    library_option,
    pass_session,
)
from reader.cli.choosing import chosen, confirm_many, named
from reader.cli.fields import tag as checked_tag
from reader.cli.marking import say, yes_option
from reader.cli.output import Lit, out, out_json
from reader.cli.progress import progress

if TYPE_CHECKING:
    from reader.domain.change import Change
    from reader.storage.tags import Tags


@click.command("tag", cls=QueryCommand)
@click.argument("words", nargs=-1, required=True, metavar="+TAG|-TAG… QUERY…", type=click.UNPROCESSED)
@yes_option
@click.pass_context
@pass_session
def tag(session: Session, context: click.Context, words: tuple[str, ...], yes: bool) -> None:
    """Add and remove tags, as in `reader tag +later -new 12`.

    The leading words that start with + or - are tags, if they hold no : or "; `--` ends them.
    """
    changes, rest = split(words, context.meta[AFTER_DASHES])
    if not changes:
        raise click.UsageError("name a tag to add or remove first, as +later or -later")
    if not rest:
        raise click.UsageError("say which articles, by IDs or a query")
    add, remove = (_tags(changes, sign) for sign in "+-")
    with session.writing() as library:
        articles = chosen(library, rest)
        confirm_many(f"tag {' '.join(changes)}:", len(articles), yes=yes)
        with progress(library, "tagging"):
            change = library.tags.apply(articles, add, remove)
        say(change, change.action, named(library, change.articles), "tagged so already")


def split(words: Sequence[str], after_dashes: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tags to change and the words of the query; the last *after_dashes* words stood behind a ``--``."""
    end = 0
    while (
        end < len(words) - after_dashes and words[end][:1] in ("+", "-") and not set(words[end]) & set(':"')
    ):
        end += 1
    return tuple(words[:end]), tuple(words[end:])


def _tags(changes: Sequence[str], sign: str) -> list[str]:
    try:
        return [checked_tag(change[1:]) for change in changes if change[0] == sign]
    except ValueError as error:
        raise click.UsageError(str(error)) from error


class TagsGroup(ReaderGroup):
    """`tags` lists on its own, and changes a tag everywhere with a word behind it."""


@click.group("tags", cls=TagsGroup, invoke_without_command=True, params=[library_option()])
@click.option("--json", "as_json", is_flag=True, help="One JSON array: name and count.")
@click.pass_context
def tags(context: click.Context, as_json: bool) -> None:
    """List all tags; rename, merge or delete one."""
    if context.invoked_subcommand is not None:
        return
    session = context.ensure_object(Session)
    with session.reading() as library:
        found = library.tags.all()
    if as_json:
        out_json({"name": one.name, "count": one.count} for one in found)
        return
    digits = max((len(str(one.count)) for one in found), default=0)
    for one in found:
        out(Lit(f"{one.count:>{digits}}", "quiet"), "  ", Lit(one.name, "tag"))


@tags.command("rename", cls=ReaderCommand)
@click.argument("old")
@click.argument("new")
@pass_session
def rename(session: Session, old: str, new: str) -> None:
    """Give the tag OLD the name NEW, on every article."""
    name = _checked(new)
    _everywhere(session, old, lambda tags: tags.rename(old, name), f"renamed {old} to {name}")


@tags.command("merge", cls=ReaderCommand)
@click.argument("tag")
@click.argument("into")
@pass_session
def merge(session: Session, tag: str, into: str) -> None:
    """Make one tag of two: articles with TAG get INTO instead."""
    name = _checked(into)
    _everywhere(session, tag, lambda tags: tags.merge(tag, name), f"merged {tag} into {name}")


@tags.command("delete", cls=ReaderCommand)
@click.argument("tag")
@pass_session
def delete(session: Session, tag: str) -> None:
    """Take TAG off every article. The articles stay."""
    _everywhere(session, tag, lambda tags: tags.delete(tag), f"deleted {tag}")


def _everywhere(session: Session, tag: str, change: Callable[[Tags], Change], deed: str) -> None:
    """Do *change* to *tag* wherever it is, and say *deed*; a tag that is nowhere fails."""
    with session.writing() as library:
        changed = change(library.tags)
    if changed.history is None:
        raise CommandError(f"no tag is named {tag}")
    out(deed, f" · {len(changed.articles)} articles")


def _checked(text: str) -> str:
    try:
        return checked_tag(text)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
