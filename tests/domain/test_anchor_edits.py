"""Whether highlights survive what editors do to texts: the bars of ``make bench``, on fewer trials."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.fixtures.edits import SITUATIONS, trials

REMOVED = ("quote deleted", "quote deleted, 10 % changed", "unrelated document")


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Counter[str]]:
    """Every other trial of a passage of each of five lengths from each of 27 texts: some 750 edits."""
    return {
        situation: Counter(trial.verdict() for trial in trials(situation, 1, every=2))
        for situation in SITUATIONS
    }


@pytest.mark.slow
def test_nothing_is_ever_painted_at_another_place(verdicts: dict[str, Counter[str]]) -> None:
    assert sum(found.total() for found in verdicts.values()) >= 300
    assert {situation: found["wrong"] for situation, found in verdicts.items()} == dict.fromkeys(
        SITUATIONS, 0
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("situation", "share"),
    [
        ("10 % of the words changed", 0.90),
        ("25 % of the words changed", 0.80),
        ("inserted, moved, 10 % changed", 0.85),
        ("paragraphs inserted", 0.99),
        ("paragraphs moved", 0.99),
        ("paragraphs removed", 0.99),
        ("white space reflowed", 0.99),
        ("quotes and dashes curled", 0.99),
    ],
)
def test_most_passages_are_found_again(
    verdicts: dict[str, Counter[str]], situation: str, share: float
) -> None:
    found = verdicts[situation]
    assert found["right"] >= share * found.total()


@pytest.mark.slow
@pytest.mark.parametrize("situation", REMOVED)
def test_what_is_not_there_is_not_painted(verdicts: dict[str, Counter[str]], situation: str) -> None:
    """At most one of a hundred deleted passages, and none in another text, may be placed; here none is."""
    found = verdicts[situation]
    assert found["right"] == found["wrong"] == 0
    assert found["orphan"] >= 0.9 * found.total()
