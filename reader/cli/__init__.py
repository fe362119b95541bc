"""The command line: thin commands that parse, call and print. A family a file, imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from reader import __version__
from reader.cli.base import ReaderGroup, Session, library_option

# Where each command is; nothing else is imported before one is called.
PLACES = {
    "demo": "opening:demo",
    "open": "opening:open_article",
    "guide": "opening:guide",
    "add": "adding:add",
    "capture": "fetching:capture",
    "fetch": "fetching:fetch",
    "refresh": "fetching:refresh",
    "edit": "editing:edit",
    "list": "listing:list_articles",
    "search": "searching:search",
    "show": "showing:show",
    "tag": "tagging:tag",
    "tags": "tagging:tags",
    "views": "views:views",
    "related": "relating:related",
    "stats": "relating:stats",
    "mark": "marking:mark",
    "trash": "marking:trash",
    "restore": "marking:restore",
    "purge": "marking:purge",
    "highlight": "highlighting:highlight",
    "highlights": "passages:highlights",
    "rehighlight": "highlighting:rehighlight",
    "unhighlight": "highlighting:unhighlight",
    "versions": "versions:versions",
    "undo": "undoing:undo",
    "redo": "undoing:redo",
    "history": "undoing:history",
    "cite": "citing:cite",
    "import": "importing:import_",
    "export": "exporting:export",
    "backup": "caring:backup",
    "keys": "caring:keys",
    "config": "configuring:config",
    "locate": "caring:locate",
}


class LazyGroup(ReaderGroup):
    """Knows the commands' names; imports a command's module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in PLACES:
            return None
        module, _, name = PLACES[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"reader.cli.{module}"), name)
        return command


@click.group(
    cls=LazyGroup,
    name="reader",
    invoke_without_command=True,
    params=[library_option()],
    context_settings={"help_option_names": ["--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="reader %(version)s")
@click.pass_context
def reader(context: click.Context) -> int | None:
    """Read, highlight, annotate and search your articles in the terminal.

    Without a command: the interface, where you left off. `reader demo` shows it on sample articles.

    Most commands take IDs as `reader list` prints them, or a query: `reader tag +later is:unread mins:20..`
    """
    if context.invoked_subcommand is not None:
        return None
    from reader.cli.opening import enter

    return enter(context.ensure_object(Session))
