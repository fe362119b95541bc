from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.domain.query import parse
from reader.domain.wanted import Wanted
from reader.storage.connection import LibraryError
from reader.storage.library import Library

URL = "https://example.org/a"
TEXT = "The keeper wrote what the sea had done.\n\n" + " ".join(
    f"Night {number} was calm." for number in range(60)
)


def page(text: str = TEXT, title: str = "The Ledger", url: str = URL, **more: object) -> Draft:
    draft = Draft(title, Document.plain(text), url=url, original=text.encode(), media_type="text/html")
    return replace(draft, **more)  # type: ignore[arg-type]


def due(library: Library) -> list[ArticleId]:
    return [one.article for one in library.fetching.due(datetime.now(UTC))]


def test_a_link_is_kept_at_once_with_what_was_said_of_it(library: Library) -> None:
    outcome = library.fetching.capture(URL, "A Title", "What it\nis about.", "Some Feed", tags=["later"])
    assert (outcome.status, outcome.title) == ("added", "A Title")
    article = library.articles.get(outcome.id)
    summary = article.summary
    assert (summary.unfetched, summary.site, summary.url, summary.tags) == ("", "Some Feed", URL, ("later",))
    assert (article.document.text, article.extra) == ("", {"description": "What it\nis about."})
    assert library.articles.find(parse("is:unfetched")) == [outcome.id]
    assert library.fetching.wanted([outcome.id])[0] == Wanted(
        outcome.id, URL, "A Title", due=library.fetching.next_due()
    )
    again = library.fetching.capture("http://www.example.org/a/?utm_source=x")
    assert (again.status, again.id) == ("known", outcome.id)
    with pytest.raises(LibraryError, match="no http or https address"):
        library.fetching.capture("file:///etc/passwd")
    history = library.history.undo()
    assert library.articles.summary(outcome.id).trashed, history
    assert due(library) == []


def test_links_of_one_title_are_many_articles(library: Library) -> None:
    found = {library.fetching.capture(f"https://example.org/{number}", "Weekly").id for number in range(3)}
    assert due(library) == sorted(found)
    assert len(found) == 3


def test_a_text_that_comes_takes_the_place_of_none(library: Library) -> None:
    link = library.fetching.capture(URL, description="About a ledger.").id
    found = library.articles.find(parse("keeper"))
    assert found == []
    outcome = library.fetching.came(
        link, page(author="J. Ortega", tags=("sea",)), etag='"1"', modified="then"
    )
    assert (outcome.status, outcome.id, outcome.title) == ("updated", link, "The Ledger")
    article = library.articles.get(link)
    assert (article.summary.unfetched, article.summary.author, article.summary.tags) == (
        None,
        "J. Ortega",
        ("sea",),
    )
    assert article.document.text == TEXT
    assert article.summary.words > 200
    assert article.extra == {"description": "About a ledger."}
    assert [version.number for version in library.versions.of(link)] == [1]
    assert library.articles.original(link) == (TEXT.encode(), "text/html")
    assert library.articles.find(parse("keeper calm")) == [link]
    assert (due(library), library.fetching.next_due()) == ([], None)
    wanted = library.fetching.wanted([link])[0]
    assert (wanted.etag, wanted.modified) == ('"1"', "then")
    assert library.care.check() == []


def test_what_was_said_of_a_link_stays(library: Library) -> None:
    link = library.fetching.capture(URL, "My Own Title", site="My Feed").id
    library.fetching.came(link, page(site="Example"))
    summary = library.articles.summary(link)
    assert (summary.title, summary.site) == ("My Own Title", "My Feed")


def test_a_page_that_was_saved_by_hand_is_the_text_too(library: Library) -> None:
    link = library.fetching.capture(URL).id
    outcome = library.articles.add(page(url="https://www.example.org/a#top"))
    assert (outcome.id, outcome.status) == (link, "updated")
    assert library.articles.summary(link).unfetched is None
    assert due(library) == []


def test_a_failure_stays_visible_and_is_tried_again_when_it_is_due(library: Library) -> None:
    link = library.fetching.capture(URL).id
    later = datetime.now(UTC) + timedelta(hours=1)
    library.fetching.failed(link, "timed out\nafter 30 s", later)
    assert library.articles.summary(link).unfetched == "timed out after 30 s"
    assert due(library) == []
    assert [one.tries for one in library.fetching.due(later)] == [1]
    library.fetching.failed(link, "put off", later, counts=False)
    library.fetching.failed(link, "not found (404)", None)
    assert library.fetching.due(later + timedelta(days=900)) == []
    asked = library.fetching.ask([link])
    assert [(one.article, one.tries) for one in asked] == [(link, 0)]
    assert due(library) == [link]
    assert library.fetching.hosts() == {"example.org"}
    library.fetching.came(link, page())
    library.fetching.failed(link, "gone", None)  # its text is here: nothing to say of it
    assert library.articles.summary(link).unfetched is None
    assert library.fetching.ask([link]) == []


def test_a_link_that_turns_out_to_be_here_gives_what_it_has_to_the_other_one(library: Library) -> None:
    there = library.articles.add(page(keys=("url:https://example.org/final",)), tags=["old"]).id
    link = library.fetching.capture("https://t.example/x", tags=["new"]).id
    library.articles.edit(link, note="Read this first.")
    library.articles.mark([link], "starred")
    draft = page(TEXT + " And so on.", url="https://t.example/x", keys=("url:https://example.org/final",))
    outcome = library.fetching.came(link, draft)
    assert (outcome.id, outcome.status) == (there, "updated")
    summary = library.articles.summary(there)
    assert (set(summary.tags), summary.starred, summary.noted) == ({"old", "new"}, True, True)
    assert library.articles.summary(link).trashed
    assert library.fetching.capture("https://t.example/x").id == there
    library.history.undo()
    back = library.articles.summary(link)
    assert (back.trashed, back.unfetched) == (False, f"the same as {there}")
    assert library.articles.summary(there).tags == ("old",)


def test_an_address_that_many_lead_to_makes_no_two_of_them_one(library: Library) -> None:
    login = ("url:https://example.org/login",)
    first, second = (library.fetching.capture(f"https://example.org/{name}").id for name in "ab")
    library.fetching.came(first, page(url="https://example.org/a", keys=login))
    other = " ".join(f"Morning {number} was loud." for number in range(80))
    outcome = library.fetching.came(second, page(other, url="https://example.org/b", keys=login))
    assert outcome.id == second
    assert library.articles.get(second).document.text == other


def test_what_is_fetched_again_is_a_new_version_that_highlights_move_to(library: Library) -> None:
    link = library.fetching.capture(URL).id
    library.fetching.came(link, page())
    from reader.domain.anchor import anchor_of
    from reader.domain.document import Span

    anchor = anchor_of(library.articles.get(link).document, Span(4, 16))
    assert anchor is not None
    library.highlights.add(link, anchor)
    outcome = library.fetching.came(link, page("A new beginning.\n\n" + TEXT), etag='"2"')
    assert (outcome.status, outcome.placed) == ("updated", 1)
    assert [version.number for version in library.versions.of(link)] == [2, 1]
    assert library.fetching.came(link, page("A new beginning.\n\n" + TEXT)).status == "known"
    library.fetching.unchanged(link)
    (before,) = library.fetching.wanted([link])
    library.articles.edit(link, url="https://example.org/moved")
    (after,) = library.fetching.wanted([link])
    assert (before.etag, after.url, after.etag) == ("", "https://example.org/moved", "")


def test_articles_that_are_gone_are_wanted_by_nobody(library: Library) -> None:
    link = library.fetching.capture(URL).id
    library.articles.purge([link])
    assert (library.fetching.wanted([link]), due(library), library.fetching.next_due()) == ([], [], None)
