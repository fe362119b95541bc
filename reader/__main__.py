"""``python -m reader`` and the ``reader`` command."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    # What is loaded stays loaded: looking for cycles in it costs a list 4 ms on the way, and 8 at the end.
    gc.set_threshold(25_000)
    from reader.cli.edge import run

    code = run()
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
