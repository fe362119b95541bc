"""Loading what is loaded late, from whichever thread needs it first."""

from __future__ import annotations

from threading import Lock

_LOCK = Lock()


def load_rapidfuzz() -> None:
    """Import all of rapidfuzz, one thread at a time; called before anything of it is imported.

    Python takes a lock for each module. Of two threads that import different modules of a package whose modules
    import each other, one gets a module that is still half empty, and an ImportError.
    """
    with _LOCK:
        import rapidfuzz  # noqa: F401
