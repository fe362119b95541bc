"""Citations in the styles that people and programs ask for."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.citation import STYLES, Style, bibliography, cite, issued
from reader.domain.citation_data import keys
from reader.domain.summary import ArticleId, Summary

URL = "https://example.org/ledger"
ACCESSED = date(2024, 5, 1)
LEDGER = Summary(
    id=ArticleId(1),
    uid="0f3c8c2e-52b4-5c8e-9a3e-111111111111",
    title="The Lighthouse Ledger",
    author="By Joan Quist and Ada Moreau",
    site="The Harbour",
    url=URL,
    published="2021-03-03",
    added=datetime(2024, 4, 1, 12, tzinfo=UTC),
    words=100,
    language="en",
    state="unread",
    starred=False,
    archived=False,
    trashed=False,
    progress=0.0,
    tags=(),
    highlights=0,
    noted=False,
)
BARE = LEDGER._replace(author=None, site=None, url=None, published=None)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("apa", f"Quist, J., & Moreau, A. (2021, March 3). The Lighthouse Ledger. The Harbour. {URL}"),
        (
            "chicago",
            f"Quist, Joan, and Ada Moreau. “The Lighthouse Ledger.” The Harbour, March 3, 2021. {URL}.",
        ),
        ("mla", f"Quist, Joan, and Ada Moreau. “The Lighthouse Ledger.” The Harbour, 3 Mar. 2021, {URL}."),
        (
            "plain",
            f"Joan Quist and Ada Moreau. “The Lighthouse Ledger.” The Harbour, 2021-03-03. {URL}",
        ),
    ],
)
def test_a_citation_names_author_title_source_date_and_address(style: Style, said: str) -> None:
    assert cite(LEDGER, style=style) == said


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("apa", f"Quist, J. (n.d.). The Ledger. The Harbour. Retrieved May 1, 2024, from {URL}"),
        ("chicago", f"Quist, Joan. “The Ledger.” The Harbour. Accessed May 1, 2024. {URL}."),
        ("mla", f"Quist, Joan. “The Ledger.” The Harbour, {URL}. Accessed 1 May 2024."),
    ],
)
def test_what_is_undated_says_when_it_was_taken(style: Style, said: str) -> None:
    undated = LEDGER._replace(title="The Ledger", author="Joan Quist", published=None)
    assert cite(undated, style=style, accessed=ACCESSED) == said


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("plain", "“The Lighthouse Ledger.”"),
        ("apa", "The Lighthouse Ledger. (n.d.)."),
        ("chicago", "“The Lighthouse Ledger.”"),
        ("mla", "“The Lighthouse Ledger.”"),
        ("csl-json", None),
        ("bibtex", "@misc{anonndlighthouse,\n  title = {{The Lighthouse Ledger}},\n}"),
    ],
)
def test_a_title_is_enough(style: Style, said: str | None) -> None:
    text = cite(BARE, style=style)
    if said is None:
        assert json.loads(text) == [
            {"id": "anonndlighthouse", "type": "webpage", "title": BARE.title, "language": "en"}
        ]
    else:
        assert text == said


@pytest.mark.parametrize(
    ("published", "apa", "mla"),
    [
        ("2021", "(2021)", "2021"),
        ("2021-09", "(2021, September)", "Sept. 2021"),
        ("2021-05-03T09:30:00Z", "(2021, May 3)", "3 May 2021"),
        ("2021-13-40", "(n.d.)", ""),
        ("soon", "(n.d.)", ""),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(published: str, apa: str, mla: str) -> None:
    article = LEDGER._replace(published=published)
    assert apa in cite(article, style="apa")
    assert mla in cite(article, style="mla")


def test_many_authors_are_shortened_as_each_style_says() -> None:
    authors = ", ".join(f"Ann Author{chr(97 + number)}" for number in range(21))
    many = LEDGER._replace(author=authors)
    assert ", Authors, A., … Authoru, A. (2021" in cite(many, style="apa")
    assert "Ann Authorg, et al. “" in cite(many, style="chicago")
    assert cite(many, style="mla").startswith("Authora, Ann, et al. “")


def test_a_site_that_is_the_author_is_named_once() -> None:
    own = LEDGER._replace(author="The Harbour Board", site="The Harbour Board")
    assert cite(own, style="apa").count("The Harbour Board") == 1


def test_titles_end_once_and_quotes_in_them_become_inner_ones() -> None:
    asked = LEDGER._replace(title="Who Said “Light Kept”?")
    assert "“Who Said ‘Light Kept’?” The" in cite(asked, style="mla")
    assert "“Light Kept”? The" in cite(asked, style="apa")


# -- records for programs --------------------------------------------------------------------------------
def test_csl_json_is_an_array_of_records_with_date_parts() -> None:
    [record] = json.loads(cite(LEDGER, style="csl-json", accessed=ACCESSED))
    assert record == {
        "id": "quist2021lighthouse",
        "type": "webpage",
        "title": "The Lighthouse Ledger",
        "author": [{"family": "Quist", "given": "Joan"}, {"family": "Moreau", "given": "Ada"}],
        "container-title": "The Harbour",
        "issued": {"date-parts": [[2021, 3, 3]]},
        "accessed": {"date-parts": [[2024, 5, 1]]},
        "URL": URL,
        "language": "en",
    }


def test_a_newspaper_is_known_by_its_name_and_an_organisation_is_literal() -> None:
    paper = LEDGER._replace(author="Reuters", site="The Harbour Times", published="2021-03")
    [record] = json.loads(cite(paper, style="csl-json"))
    assert record["type"] == "article-newspaper"
    assert record["author"] == [{"literal": "Reuters"}]
    assert record["issued"] == {"date-parts": [[2021, 3]]}
    entry = cite(paper, style="bibtex")
    assert entry.startswith("@article{reuters2021lighthouse,\n  author = {{Reuters}},\n")
    assert "  journal = {The Harbour Times},\n  year = {2021},\n  month = mar,\n" in entry


def test_bibtex_escapes_what_means_something_to_tex_but_in_addresses() -> None:
    odd = LEDGER._replace(
        title=r"50% of {x}_1 & $y \ #2 ~^",
        author="Joan Quist; Food & Drink Board",
        url="https://e.org/a_b%20c?x={1}#d",
    )
    assert cite(odd, style="bibtex", accessed=ACCESSED) == (
        "@misc{quist202150,\n"
        "  author = {Quist, Joan and {Food \\& Drink Board}},\n"
        "  title = {{50\\% of \\textbraceleft{}x\\textbraceright{}\\_1 \\& \\$y \\textbackslash{} \\#2 "
        "\\textasciitilde{}\\textasciicircum{}}},\n"
        "  howpublished = {The Harbour},\n"
        "  year = {2021},\n"
        "  month = mar,\n"
        "  day = {3},\n"
        "  url = {https://e.org/a_b%20c?x=%7B1%7D#d},\n"
        "  urldate = {2024-05-01},\n"
        "}"
    )


def test_keys_are_the_same_alone_and_in_company_unless_two_would_share_one() -> None:
    twin = LEDGER._replace(uid="aaaa0000-0000-5000-8000-000000000000")
    other = LEDGER._replace(title="Fog", uid="bbbb0000-0000-5000-8000-000000000000")
    assert keys([LEDGER, other]) == keys([LEDGER]) + keys([other])
    assert keys([LEDGER, twin]) == ["quist2021lighthouse-0f3c", "quist2021lighthouse-aaaa"]
    assert keys([BARE._replace(title="灯台")]) == ["anonnd0f3c8c2e"]


def test_a_bibliography_is_sorted_by_author_without_case_accents_and_articles() -> None:
    people = ["Émile Zola", "ann bell", None, "Óscar Arias"]
    made = [
        LEDGER._replace(author=author, title="A Moth" if author is None else "Title", uid=f"{number:036}")
        for number, author in enumerate(people)
    ]
    lines = bibliography(made, style="chicago").splitlines()
    assert [line[:5] for line in lines] == ["Arias", "bell,", "“A Mo", "Zola,"]


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    st.sampled_from([None, "2021", "2021-03", "2021-03-03", "x"]),
)
def test_whatever_the_words_records_stay_whole(title: str, author: str, published: str | None) -> None:
    article = LEDGER._replace(title=title, author=author, site=title, published=published)
    for style in STYLES:
        assert cite(article, style=style)
    [record] = json.loads(cite(article, style="csl-json"))
    assert record["title"] == title
    entry = cite(article, style="bibtex")
    assert re.match(r"@(misc|article)\{[a-z0-9]+,\n", entry)
    depth = 0
    for place, sign in enumerate(entry):
        depth += (sign == "{") - (sign == "}")
        assert depth > 0 or place < entry.index("{") or place == len(entry) - 1
    assert depth == 0
    assert issued(article) == tuple(map(int, re.findall(r"\d+", published or "")))
