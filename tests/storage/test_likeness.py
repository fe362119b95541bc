"""Articles that are alike: told at arrival, told apart, made versions of one, and gathered as copies of one story."""

from __future__ import annotations

import pytest

from reader.domain.alike import NO_FOLDS, Folds
from reader.domain.article import ArticleId, Draft
from reader.domain.query import parse
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from reader.storage.stories import folds
from tests.storage.samples import assert_sound, draft, essay, found, passage, state_of

STORY = [f"word{number}" for number in range(120)]


def story(site: str, *, changed: int = 0, more: str = "", path: str = "story") -> Draft:
    """The story as *site* tells it: its first *changed* words are other ones."""
    words = [*(f"{site}{number}" for number in range(changed)), *STORY[changed:]]
    return draft(f"Story of {site}", " ".join(words) + more, url=f"https://{site}.example/{path}", site=site)


def similar(library: Library, article: int) -> tuple[int, float] | None:
    told = library.articles.summary(ArticleId(article)).similar
    return None if told is None else (told.article, round(told.share, 2))


@pytest.fixture
def two(library: Library) -> Library:
    """The same story twice; both read a little, marked and tagged."""
    library.articles.add(story("north"), tags=["harbour"])
    library.articles.add(story("south", changed=3), tags=["tide"])
    library.articles.edit(ArticleId(1), note="first thought")
    library.articles.edit(ArticleId(2), note="second thought")
    library.highlights.add(ArticleId(1), passage(library, ArticleId(1), "word50 word51"), tags=["h"])
    library.highlights.add(ArticleId(2), passage(library, ArticleId(2), "word80 word81"), note="here")
    library.articles.mark([ArticleId(2)], "starred")
    library.articles.reached(ArticleId(1), position=40, progress=0.2, state="reading")
    library.articles.reached(ArticleId(2), position=90, progress=0.7, state="reading")
    return library


def all_of(library: Library) -> object:
    rows = library.connection.rows
    return (
        state_of(library),
        [tuple(row) for row in rows("select key, article from article_key order by key")],
        [tuple(row) for row in rows("select article, other, standing from likeness order by 1, 2")],
        [tuple(row) for row in rows("select id, progress from article")],
    )


# --- arriving ------------------------------------------------------------------------------------------------


def test_what_resembles_another_article_says_so_on_both(library: Library) -> None:
    library.articles.add(story("north"))
    assert library.articles.add(story("south", changed=2)).similar is not None
    assert (
        library.articles.add(story("west", more=" " + " ".join(f"new{n}" for n in range(50)))).similar is None
    )
    library.articles.add(essay(1))
    one, share = similar(library, 2) or (0, 0.0)
    assert (one, share > 0.9) == (1, True)
    assert similar(library, 1) == (2, share)
    later = library.articles.summary(ArticleId(3)).similar
    assert later is not None
    assert (later.article, later.title, later.is_same) == (1, "Story of north", False)
    assert 0.5 <= later.share < 0.8
    assert str(later) == f"similar to 1 (.{later.share * 100:.0f})"
    assert similar(library, 4) is None
    assert library.articles.order(parse("is:similar")) == [3, 2, 1]
    assert library.articles.order(parse("-is:similar")) == [4]


def test_a_text_that_fills_a_link_is_compared_too(library: Library) -> None:
    library.articles.add(story("north"))
    link = library.fetching.capture("https://south.example/story")
    assert similar(library, link.id) is None
    library.fetching.came(link.id, story("south", changed=2))
    assert (similar(library, link.id) or (0,))[0] == 1


def test_another_text_is_compared_anew(library: Library) -> None:
    library.articles.add_all([story("north"), story("south", changed=2)])
    library.articles.add(draft("Story of south", essay(7).document.text, url="https://south.example/story"))
    assert similar(library, 1) is None


def test_what_is_in_the_trash_or_purged_resembles_nothing(library: Library) -> None:
    library.articles.add_all([story("north"), story("south", changed=2)])
    library.articles.trash([ArticleId(1)])
    assert similar(library, 1) is None
    assert similar(library, 2) is None
    assert library.articles.find(parse("is:similar"), scope="all") == []
    library.articles.restore([ArticleId(1)])
    assert (similar(library, 2) or (0,))[0] == 1
    library.articles.purge([ArticleId(1)])
    assert similar(library, 2) is None
    assert_sound(library)


# --- two articles --------------------------------------------------------------------------------------------


def test_two_that_were_told_apart_are_not_asked_about_again(library: Library) -> None:
    library.articles.add_all([story("north"), story("south", changed=2)])
    before, (_, share) = state_of(library), similar(library, 1) or (0, 0.0)
    change = library.duplicates.settle(ArticleId(2), ArticleId(1))
    assert set(change.articles) == {1, 2}
    assert similar(library, 1) is similar(library, 2) is None
    assert library.duplicates.settle(ArticleId(1), ArticleId(2)).history is None
    library.articles.add(story("south", changed=3))  # another text of it
    assert similar(library, 2) is None
    library.history.undo()
    library.history.undo()
    assert state_of(library) == before
    assert (similar(library, 1), similar(library, 2)) == ((2, share), (1, share))
    with pytest.raises(LibraryError, match="no article 9"):
        library.duplicates.settle(ArticleId(1), ArticleId(9))


# --- one article ---------------------------------------------------------------------------------------------


def test_a_newer_article_becomes_a_version_with_all_that_was_done_with_it(two: Library) -> None:
    before = all_of(two)
    switch = two.duplicates.join(ArticleId(2), ArticleId(1))
    kept, gone = two.articles.get(ArticleId(1)), two.articles.summary(ArticleId(2))
    assert (switch.version, switch.placed, set(switch.articles)) == (2, 2, {1, 2})
    assert kept.document.text.startswith("south0 ")
    assert kept.note == "first thought\n\nsecond thought"
    summary = kept.summary
    assert (summary.title, summary.tags, summary.starred) == ("Story of south", ("harbour", "tide"), True)
    assert (summary.progress, summary.highlights, kept.position, summary.similar) == (0.7, 2, 90, None)
    assert (gone.trashed, gone.highlights) == (True, 0)
    for highlight in two.highlights.of(ArticleId(1)):
        assert highlight.placement.span is not None
        assert kept.document.slice(highlight.placement.span) == highlight.anchor.exact
    assert set(found(two, "harbour")) <= set(found(two, "south0"))
    assert_sound(two)
    after = all_of(two)
    for _ in range(2):
        assert two.history.undo().skipped == ()
        assert all_of(two) == before
        assert_sound(two)
        assert two.history.redo().skipped == ()
        assert all_of(two) == after
        assert_sound(two)


def test_either_source_met_again_is_known(two: Library) -> None:
    two.duplicates.join(ArticleId(2), ArticleId(1))
    for source in (story("south", changed=3), story("north")):
        outcome = two.articles.add(source)
        assert (outcome.status, outcome.id, outcome.trashed) == ("known", 1, False)
    assert two.articles.get(ArticleId(1)).version == 2
    assert two.articles.add(story("north", changed=9)).status == "updated"
    assert [version.number for version in two.versions.of(ArticleId(1))] == [3, 2, 1]


def test_the_older_one_becomes_a_version_of_the_newer_whose_text_stays(two: Library) -> None:
    before = all_of(two)
    two.duplicates.join(ArticleId(1), ArticleId(2))
    kept = two.articles.get(ArticleId(2))
    assert (kept.version, kept.summary.title, kept.summary.highlights) == (1, "Story of south", 2)
    assert [version.current for version in two.versions.of(ArticleId(2))] == [False, True]
    assert two.articles.add(story("north")).status == "known"
    assert two.articles.get(ArticleId(2)).version == 1
    two.history.undo()
    assert all_of(two) == before
    assert_sound(two)


def test_what_was_purged_since_is_left_out_of_the_undoing(two: Library) -> None:
    two.duplicates.join(ArticleId(2), ArticleId(1))
    two.articles.purge([ArticleId(2)])
    undone = two.history.undo()
    assert undone is not None
    assert undone.skipped == ("highlight 2: its article is gone",)
    assert two.articles.summary(ArticleId(1)).title == "Story of north"
    assert_sound(two)


@pytest.mark.parametrize(
    ("article", "into", "why"),
    [
        (1, 1, "1 is one article"),
        (1, 2, "2 is in the trash"),
        (3, 1, "3 has no text yet"),
        (1, 8, "no article 8"),
    ],
)
def test_what_cannot_be_one_is_refused(library: Library, article: int, into: int, why: str) -> None:
    library.articles.add_all([story("north"), essay(2)])
    library.fetching.capture("https://south.example/story")
    library.articles.trash([ArticleId(2)])
    with pytest.raises(LibraryError, match=why):
        library.duplicates.join(ArticleId(article), ArticleId(into))


# --- copies --------------------------------------------------------------------------------------------------


def test_copies_of_several_sites_fold_below_the_one_that_was_worked_with(library: Library) -> None:
    library.articles.add_all(
        [story(site, changed=number) for number, site in enumerate(["a", "b", "c", "d"])]
    )
    library.articles.add(
        story("a", changed=1, path="again")
    )  # of the same site as 1: alike, but no copy of it alone
    library.articles.add(essay(1))
    inbox = parse("")
    assert folds(library, inbox).copies == {1: (2, 3, 4, 5)}
    library.articles.mark([ArticleId(3)], "starred")
    assert folds(library, inbox).copies == {3: (1, 2, 4, 5)}
    library.articles.mark([ArticleId(3)], "archived")
    assert folds(library, inbox).copies == {1: (2, 4, 5)}
    assert folds(library, inbox, sticky=[ArticleId(3)]).copies == {3: (1, 2, 4, 5)}
    assert folds(library, parse("is:starred is:archived")) == NO_FOLDS
    assert folds(library, parse("word50")) == NO_FOLDS


def test_copies_of_one_site_do_not_fold(library: Library) -> None:
    library.articles.add_all([story("a"), story("a", changed=1, path="again")])
    assert similar(library, 2) is not None
    assert folds(library, None) == NO_FOLDS


def test_a_folded_order_holds_each_article_once() -> None:
    folded = Folds({4: (1, 2), 9: (8,)})
    assert folded.arranged([9, 8, 5, 4, 3, 2, 1]) == [9, 5, 4, 3]
    opened = folded.turned(4)
    assert opened.arranged([9, 8, 5, 4, 3, 2, 1]) == [9, 5, 4, 1, 2, 3]
    assert opened.arranged(opened.arranged([9, 8, 5, 4, 3, 2, 1])) == [9, 5, 4, 1, 2, 3]
    assert (opened.hidden(4), folded.hidden(4), opened.row_of(2), folded.row_of(2)) == ((), (1, 2), 2, 4)
    assert folded.with_copies([9, 3]) == [9, 8, 3]
    assert opened.turned(4) == folded
    assert Folds({1: (4, 2)}).opening([2]).opened == {1}
