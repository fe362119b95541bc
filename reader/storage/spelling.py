"""A query as it is searched."""

from __future__ import annotations

from reader.domain.query import Query
from reader.domain.terms import Field, leaves
from reader.storage.connection import Connection
from reader.storage.vocabulary import spread


def spelled_out(connection: Connection, query: Query) -> Query:
    """*query* with what the library knows of it: the queries of views that it names, the inflections of its words.

    What could not be put in is among its problems, and then it finds nothing.
    """
    if any(isinstance(leaf, Field) and leaf.name == "query" for leaf, _ in leaves(query.root)):
        from reader.storage.naming import resolved  # few queries speak of views

        query = resolved(connection, query)
    return spread(connection, query)
