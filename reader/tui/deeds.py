"""What can be typed behind ``:`` with words of its own; all commands that have keys can be typed there besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from reader.domain.change import Marking

Words = Literal["query", "tags", "marking", "sort", "view", "number", "export", "target", "none"]
MARKINGS: tuple[Marking, ...] = get_args(Marking)


@dataclass(frozen=True, slots=True)
class Deed:
    """``takes`` is what its words begin with: tags and a marking have a query behind them, a view may have one."""

    name: str
    usage: str
    help: str
    takes: Words = "query"


DEEDS = (
    Deed("tag", "+TAG -TAG [QUERY]", "put tags on, take tags off", "tags"),
    Deed("mark", "read|starred|… [QUERY]", "mark as read, unread, starred, archived …", "marking"),
    Deed("archive", "[QUERY]", "put into the archive"),
    Deed("trash", "[QUERY]", "put into the trash"),
    Deed("restore", "[QUERY]", "bring back from the trash"),
    Deed("fetch", "[QUERY]", "fetch the texts of links"),
    Deed("refresh", "[QUERY]", "fetch pages again"),
    Deed("filter", "[QUERY]", "narrow this list"),
    Deed("search", "[QUERY]", "search everything"),
    Deed("view", "NAME [QUERY]", "go to a view, or save a query as one", "view"),
    Deed("sort", "[ORDER]", "sort this list", "sort"),
    Deed("explain", "[QUERY]", "how a query was read and is answered"),
    Deed("open", "NUMBER", "open the article of that number", "number"),
    Deed("import", "[APP] FILE", "bring in what another program exported", "export"),
    Deed("export", "FORMAT PATH", "write what is on this screen for other programs", "target"),
    Deed("history", "", "what was done last", "none"),
)
