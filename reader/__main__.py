"""``python -m reader`` and the ``reader`` command."""

from __future__ import annotations

import sys


def main() -> None:
    from reader.cli.edge import run

    sys.exit(run())


if __name__ == "__main__":
    main()
