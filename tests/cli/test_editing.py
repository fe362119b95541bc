from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reader.cli.base import CommandError
from reader.cli.editing import changed, form
from reader.domain.article import Article, ArticleId, Summary
from reader.domain.document import Document
from tests.cli.conftest import Shell

SUMMARY = Summary(
    id=ArticleId(1), uid="u", title="A = B", author="Ann", site=None, url="https://example.org/a",
    published="2021-03-03", added=datetime(2026, 1, 1, tzinfo=UTC), words=2, language=None, state="unread",
    starred=False, archived=False, trashed=False, progress=0.0, tags=(), highlights=0, noted=True,
)  # fmt: skip
ARTICLE = Article(SUMMARY, Document.plain("Some words."), note="First.\n---\nSecond.")


def test_options_change_fields_and_an_empty_one_clears(stocked: Shell) -> None:
    done = stocked("edit", "1", "--title", "New title", "--author", "", "--note", "Mine.")
    assert done.out == "edited 1 New title\n"
    [article] = stocked("list", "1", "--json").json
    assert (article["title"], article["author"], article["note"]) == ("New title", None, "Mine.")


@pytest.mark.parametrize(
    ("options", "code"), [(("--url", "javascript:x"), 2), (("--published", "x"), 2), (("--title", " "), 1)]
)
def test_an_impossible_value_changes_nothing(stocked: Shell, options: tuple[str, str], code: int) -> None:
    assert stocked("edit", "1", *options).code == code
    assert stocked("list", "1", "--json").json[0]["title"] == "The Lighthouse Ledger"


def test_without_options_and_terminal_it_is_a_mistake(stocked: Shell) -> None:
    assert stocked("edit", "1").code == 2


def test_an_untouched_form_changes_nothing() -> None:
    assert changed(ARTICLE, form(ARTICLE)) == {}


def test_a_form_without_a_note_changes_nothing() -> None:
    article = replace(ARTICLE, note="")
    assert changed(article, form(article)) == {}


def test_an_edited_form_gives_what_differs() -> None:
    text = (
        form(ARTICLE)
        .replace("A = B", "C = D")
        .replace("Second.", "Third.")
        .replace("author = Ann", "author =")
    )
    assert changed(ARTICLE, text) == {"title": "C = D", "author": "", "note": "First.\n---\nThird."}


def test_a_line_that_was_removed_changes_nothing() -> None:
    assert changed(ARTICLE, form(ARTICLE).replace("author = Ann\n", "")) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("author = Ann", "autor = Ann"),
        ("\n---\n", "\n"),
        ("https://example.org/a", "file:///x"),
        ("2021-03-03", "soon"),
    ],
)
def test_a_form_that_cannot_be_read_is_refused(old: str, new: str) -> None:
    with pytest.raises(CommandError, match="nothing was changed"):
        changed(replace(ARTICLE, note="Short."), form(replace(ARTICLE, note="Short.")).replace(old, new))
