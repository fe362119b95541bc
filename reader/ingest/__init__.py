"""Bytes to drafts; never opens the database. This face is all that other rooms need."""

from reader.ingest.errors import IngestError
from reader.ingest.intake import open_source, read, read_stream
from reader.ingest.kinds import KINDS, Kind
from reader.ingest.sandbox import Sandbox

__all__ = ["KINDS", "IngestError", "Kind", "Sandbox", "open_source", "read", "read_stream"]
