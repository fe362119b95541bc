"""What every command shares: the session, ``--library``, and arguments that are a query."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reader.cli.output import err

if TYPE_CHECKING:
    from reader.config import Config
    from reader.storage.library import Library

Function = TypeVar("Function", bound=Callable[..., Any])

# The words after the end of the options: a `--` that click swallows decides where the tags of `tag` end.
AFTER_DASHES = "reader.after_dashes"


TERMINAL = "cli-"
"""What the names of the command line's sessions begin with; those of the app do not."""


class CommandError(Exception):
    """The command failed: one line, and an exit code."""

    def __init__(self, message: str, *, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


class Session:
    """One run of the command line: its settings and its library."""

    def __init__(self) -> None:
        self.chosen_library: Path | None = None

    @cached_property
    def config(self) -> Config:
        from reader.config import load

        return load()

    @property
    def name(self) -> str:
        """The same for all commands of a terminal window, so that `undo` there takes back `trash` unasked."""
        leader = os.getsid(0)
        return f"{TERMINAL}{leader}{_started(leader)}"

    @property
    def path(self) -> Path:
        return self.chosen_library or self.config.library

    @contextmanager
    def reading(self) -> Iterator[Library]:
        """The library, for reading. One that is not there yet is made, and the user is told."""
        if not self.path.exists():
            with self.writing():
                err(f"{self.path}: a new library, still empty; reader add SOURCE fills it")
        from reader.storage.library import Library

        with Library.open(self.path, write=False) as library:
            yield library

    @contextmanager
    def writing(self) -> Iterator[Library]:
        from reader.storage.library import Library

        keeps = self.config.keep_originals
        with Library.open(self.path, session=self.name, keep_originals=keeps) as library:
            yield library


def _started(process: int) -> str:
    """When *process* began, where the system says so: its number alone is given again, to another terminal."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return f"-{fields[19]}"
    except (OSError, IndexError, UnicodeError):
        return ""


pass_session = click.make_pass_decorator(Session, ensure=True)


def library_option() -> click.Option:
    def choose(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
        if value is not None:
            context.ensure_object(Session).chosen_library = value.expanduser()

    return click.Option(
        ["--library"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        expose_value=False,
        is_eager=True,
        callback=choose,
        help="The library to use, instead of READER_LIBRARY or your own.",
    )


class ReaderCommand(click.Command):
    """A command that takes ``--library`` too."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.params.append(library_option())


class QueryCommand(ReaderCommand):
    """A command whose arguments are a query: ``-word`` is passed on, an unknown ``--word`` is a mistake.

    Its options are long ones only, since click reads the ``-t`` of a known short option out of ``-tea``.
    """

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.ignore_unknown_options = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        self._refuse_unknown(ctx, args[:end])
        ctx.meta[AFTER_DASHES] = len(args[end + 1 :])
        return super().parse_args(ctx, args)

    def _refuse_unknown(self, ctx: click.Context, args: Sequence[str]) -> None:
        options = {
            name: parameter
            for parameter in self.get_params(ctx)
            if isinstance(parameter, click.Option)
            for name in (*parameter.opts, *parameter.secondary_opts)
        }
        words = iter(args)
        for word in words:
            name, equals, _ = word.partition("=")
            if name in options:
                if not equals and not options[name].is_flag:
                    next(words, None)
            elif word.startswith("--"):
                raise click.NoSuchOption(name, ctx=ctx)


class ReaderGroup(click.Group):
    command_class = ReaderCommand


def query_argument(*, required: bool = True, metavar: str = "QUERY…") -> Callable[[Function], Function]:
    """IDs or the words of a query, as typed."""
    return click.argument("words", nargs=-1, required=required, metavar=metavar, type=click.UNPROCESSED)
