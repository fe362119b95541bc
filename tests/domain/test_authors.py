"""Bylines become people and organisations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.authors import Name, names


@pytest.mark.parametrize(
    ("byline", "inverted"),
    [
        ("Ada Moreau", ["Moreau, Ada"]),
        ("By Ada Moreau", ["Moreau, Ada"]),
        ("by: Ada Moreau", ["Moreau, Ada"]),
        ("Written by Ada Moreau", ["Moreau, Ada"]),
        ("By A. Moreau and B. Quist", ["Moreau, A.", "Quist, B."]),
        ("Ada Moreau & Joan Quist", ["Moreau, Ada", "Quist, Joan"]),
        ("Ada Moreau, Joan Quist and Jim Poe", ["Moreau, Ada", "Quist, Joan", "Poe, Jim"]),
        ("Ada Moreau, Joan Quist, and Jim Poe", ["Moreau, Ada", "Quist, Joan", "Poe, Jim"]),
        ("Ada Moreau, Joan Quist", ["Moreau, Ada", "Quist, Joan"]),
        ("Ada Moreau; Joan Quist", ["Moreau, Ada", "Quist, Joan"]),
        ("Moreau, Ada", ["Moreau, Ada"]),
        ("Moreau, Ada; Quist, Joan", ["Moreau, Ada", "Quist, Joan"]),
        ("van der Berg, Anna", ["van der Berg, Anna"]),
        ("Anna van der Berg", ["van der Berg, Anna"]),
        ("Vincent Van Gogh", ["Van Gogh, Vincent"]),
        ("Martin Luther King, Jr.", ["King, Martin Luther, Jr."]),
        ("Ada Moreau, PhD, and Joan Quist, MD", ["Moreau, Ada", "Quist, Joan"]),
        ("Dr. Ada Moreau with Prof. Joan Quist", ["Moreau, Ada", "Quist, Joan"]),
        ("JOAN O'NEIL-QUIST", ["O'Neil-Quist, Joan"]),
        ("J. R. R. Tolkien", ["Tolkien, J. R. R."]),
        ("Plato", ["Plato"]),
        ("村上 春樹、川上 未映子", ["村上春樹", "川上未映子"]),
    ],
)
def test_people_are_told_apart(byline: str, inverted: list[str]) -> None:
    assert [name.inverted for name in names(byline)] == inverted


@pytest.mark.parametrize(
    "byline",
    [
        "Reuters",
        "The Harbour Board",
        "Food and Agriculture Organization",
        "Department of Health and Human Services",
        "Marks and Spencer",
        "BBC News",
        "The Editors",
        "Ada Moreau et al.",
        "村上春樹",
    ],
)
def test_an_organisation_and_what_cannot_be_told_apart_stays_whole(byline: str) -> None:
    assert names(byline) == (Name(byline),)


def test_people_and_organisations_stand_beside_each_other() -> None:
    assert names("Ada Moreau and Reuters") == (Name("Moreau", "Ada"), Name("Reuters"))
    assert names("Ada Moreau, Associated Press") == (Name("Moreau", "Ada"), Name("Associated Press"))


@pytest.mark.parametrize("byline", [None, "", "  ", "By ", ", ;"])
def test_nobody_is_nobody(byline: str | None) -> None:
    assert names(byline) == ()


def test_initials_keep_hyphens_and_suffixes() -> None:
    [sartre, king] = names("Jean-Paul Sartre and Martin Luther King Jr.")
    assert (sartre.shortened, king.shortened) == ("Sartre, J.-P.", "King, M. L., Jr.")


@given(st.text(max_size=60))
def test_any_byline_has_an_answer_and_nobody_is_without_a_name(byline: str) -> None:
    for name in names(byline):
        assert name.family.strip()
        assert name.in_order
        assert name.shortened
