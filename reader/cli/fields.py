"""Options and values of articles that several commands take."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

import click

from reader.cli.base import Function
from reader.domain.colours import COLOURS
from reader.domain.identity import valid_url
from reader.domain.text import clean_tag

# `2021`, `2021-03` and `2021-03-03` are dates that are known so far; a time needs a whole date before it.
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")


def url_option(help: str) -> Callable[[Function], Function]:
    return click.option("--url", metavar="URL", callback=_checked(url), help=help)


def date_option() -> Callable[[Function], Function]:
    text = "The date of publication, as 2021-03-03."
    return click.option("--published", metavar="DATE", callback=_checked(date), help=text)


def colour_option(default: str | None = None) -> Callable[[Function], Function]:
    return click.option("--colour", type=click.Choice(COLOURS), default=default, help="Its colour.")


def url(text: str) -> str:
    """*text* if it can be the address of an article; ValueError if not. Blank means none."""
    if text and not valid_url(text):
        raise ValueError(f"{text!r} is no http or https address")
    return text


def date(text: str) -> str:
    """*text* if it is a date, or a date and a time, in ISO 8601; ValueError if not. Blank means none."""
    if text and not _DATE.fullmatch(text):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text!r} is no date as 2021-03-03 or 2021-03-03T09:30:00Z") from None
    return text


def tag(text: str) -> str:
    """The tag that *text* names; ValueError if nothing of it can be one."""
    if not (tag := clean_tag(text)):
        raise ValueError(f"{text!r} cannot be a tag")
    return tag


def tags_of(texts: Sequence[str]) -> tuple[str, ...]:
    """The tags that options name; a comma divides several."""
    try:
        return tuple(tag(part) for text in texts for part in text.split(","))
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _checked(check: Callable[[str], str]) -> Callable[..., str | None]:
    def callback(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
        try:
            return value if value is None else check(value.strip())
        except ValueError as error:
            raise click.BadParameter(str(error), context, parameter) from error

    return callback
