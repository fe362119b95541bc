"""Bytes to drafts; never opens the database. This face is all that other rooms need."""

from reader.ingest.errors import IngestError
from reader.ingest.intake import open_source, read, read_all, read_feed_list, read_stream
from reader.ingest.kinds import KINDS, Kind, is_feed_list
from reader.ingest.sandbox import Sandbox

__all__ = [
    "KINDS",
    "IngestError",
    "Kind",
    "Sandbox",
    "is_feed_list",
    "open_source",
    "read",
    "read_all",
    "read_feed_list",
    "read_stream",
]
