"""`reader views`: queries with names."""

from __future__ import annotations

import click

from reader.cli.base import QueryCommand, ReaderCommand, ReaderGroup, Session, library_option, pass_session
from reader.cli.choosing import query_of
from reader.cli.output import Lit, err, out, out_json

SORTS = ("added", "published", "title", "author", "words", "progress", "read")


class ViewsGroup(ReaderGroup):
    """`views` lists on its own, and changes a view with a word behind it."""


@click.group("views", cls=ViewsGroup, invoke_without_command=True, params=[library_option()])
@click.option("--json", "as_json", is_flag=True, help="One JSON array: name, query, sort, key and count.")
@click.pass_context
def views(context: click.Context, as_json: bool) -> None:
    """List saved views with their counts; save or delete one.

    A view is a query with a name. Other queries speak of it as query:name or query:"the name".
    """
    if context.invoked_subcommand is not None:
        return
    session = context.ensure_object(Session)
    from reader.domain.query import parse

    with session.reading() as library:
        found = [(view, library.articles.count(parse(view.query))) for view in library.views.all()]
    if as_json:
        out_json(
            {"name": view.name, "query": view.query, "sort": view.sort, "key": view.key, "count": count}
            for view, count in found
        )
        return
    digits = max((len(str(count)) for _, count in found), default=0)
    widest = max((len(view.name) for view, _ in found), default=0)
    for view, count in found:
        key = f"  '{view.key}" if view.key else ""
        sort = f"  sorted by {view.sort}" if view.sort else ""
        out(
            Lit(f"{count:>{digits}}", "quiet"), "  ", Lit(view.name, "strong"),
            " " * (widest - len(view.name)), f"  {view.query}", Lit(sort + key, "quiet"),
        )  # fmt: skip


@views.command("save", cls=QueryCommand)
@click.argument("name")
@click.argument("words", nargs=-1, required=True, metavar="QUERY…", type=click.UNPROCESSED)
@click.option(
    "--sort",
    type=click.Choice([sign + key for key in SORTS for sign in ("", "-")]),
    metavar="KEY",
    help=f"The order of its list: {', '.join(SORTS)}; with - the other way round.",
)
@click.option("--key", metavar="SIGN", help="A letter or sign: in the app ' and it shows the view.")
@pass_session
def save(session: Session, name: str, words: tuple[str, ...], sort: str | None, key: str | None) -> None:
    """Keep QUERY as the view NAME.

    It takes the place of an older view of that name.
    """
    query_of(words)  # says what is odd in it
    known = {field: value for field, value in (("sort", sort), ("key", key)) if value is not None}
    with session.writing() as library:
        change = library.views.save(name, " ".join(words), **known)
        view = library.views.get(name)
    if change.history is None:
        err("nothing to change: saved so already")
    else:
        out(f"saved {view.name}: {view.query}")


@views.command("delete", cls=ReaderCommand)
@click.argument("name")
@pass_session
def delete(session: Session, name: str) -> None:
    """Forget the view NAME. Its articles stay."""
    with session.writing() as library:
        view = library.views.get(name)
        library.views.delete(name)
    out(f"deleted {view.name}: {view.query}")


@views.command("rename", cls=ReaderCommand)
@click.argument("old")
@click.argument("new")
@pass_session
def rename(session: Session, old: str, new: str) -> None:
    """Give the view OLD the name NEW."""
    with session.writing() as library:
        library.views.rename(old, new)
        view = library.views.get(new)
    out(f"renamed {old} to {view.name}")
