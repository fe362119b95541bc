"""Starting work that the screen does not wait for."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode
from textual.worker import Worker


def start(
    node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], *, group: str, exclusive: bool = True
) -> Worker[None]:
    """Run *work* for *node*; an exclusive one ends what of its group is still running.

    A callable, not a coroutine: one that is given up before it began would warn that nobody awaited it.
    """
    return node.run_worker(work, group=group, exclusive=exclusive)
