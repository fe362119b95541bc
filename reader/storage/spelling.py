"""A query as it is searched."""

from __future__ import annotations

from reader.domain.query import Query
from reader.storage.connection import Connection
from reader.storage.naming import resolved
from reader.storage.vocabulary import spread


def spelled_out(connection: Connection, query: Query) -> Query:
    """*query* with what the library knows of it: the queries of views that it names, the inflections of its words.

    What could not be put in is among its problems, and then it finds nothing.
    """
    return spread(connection, resolved(connection, query))
