"""Fifty articles are decided on in at most sixty presses, and every decision can be taken back."""

from __future__ import annotations

import re

import pytest

from tests.e2e.conftest import Desk, quit_from_here

pytestmark = pytest.mark.slow

UNTOUCHED = ("unread", 0, 0, 0)
STARRED, READ = ("unread", 1, 0, 0), ("read", 0, 0, 0)
ARCHIVED, TRASHED = ("unread", 0, 1, 0), ("unread", 0, 0, 1)
# What is pressed at a fresh article, and what becomes of the articles from there on.
GROUPS = {
    "a": [ARCHIVED], "D": [TRASHED], "s": [STARRED], "r": [READ],
    "xxxa": [ARCHIVED] * 3, "xxD": [TRASHED] * 2, ".": [TRASHED],
}  # fmt: skip
TIMES = 5


def test_fifty_articles_are_triaged_in_sixty_presses_and_all_of_it_is_undone(news: Desk) -> None:
    presses = "".join(GROUPS) * TIMES
    fates = [fate for fates in GROUPS.values() for fate in fates] * TIMES
    assert (len(fates), len(presses)) == (50, 60)
    with news.start() as terminal:
        terminal.wait_for("1/50")
        terminal.type(presses)
        terminal.wait_for(re.compile(r"Inbox +10 .*Archive +20 .*Trash +20 ", re.DOTALL))
        assert states(news) == fates
        terminal.type("u" * len(GROUPS) * TIMES)
        terminal.wait_for(re.compile(r"Inbox +50 "))
        quit_from_here(terminal)
    assert states(news) == [UNTOUCHED] * 50


def test_a_selection_shares_one_fate_and_is_undone_as_one(news: Desk) -> None:
    with news.start() as terminal:
        terminal.wait_for("1/50")
        terminal.type("5xa")
        terminal.wait_for(re.compile(r"Archive +5 "))
        assert states(news) == [ARCHIVED] * 5 + [UNTOUCHED] * 45
        terminal.type("u")
        terminal.wait_for(re.compile(r"Inbox +50 "))
        terminal.send("ctrl+r")
        terminal.wait_for(re.compile(r"Inbox +45 "))
        quit_from_here(terminal)
    assert states(news) == [ARCHIVED] * 5 + [UNTOUCHED] * 45


def states(desk: Desk) -> list[tuple[object, ...]]:
    """State and flags of every article, newest first, as the inbox shows them."""
    return desk.rows("select state, starred, archived, trashed from article order by seq desc")
