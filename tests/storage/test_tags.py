from __future__ import annotations

import pytest

from reader.domain.change import Tag
from reader.domain.query import parse
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from tests.storage.samples import draft, essay, found, passage, state_of


@pytest.fixture
def three(library: Library) -> Library:
    library.articles.add_all([essay(number) for number in range(1, 4)])
    library.tags.apply([1, 2], ["python", "web"])
    library.tags.apply([2, 3], ["Go"])
    library.highlights.add(3, passage(library, 3, "begin3"), tags=["python"])
    return library


def test_tags_are_put_on_and_taken_off(three: Library) -> None:
    change = three.tags.apply([1, 2, 99], ["new"], ["web"])
    assert (change.action, change.articles, change.skipped) == ("tagged", (1, 2), ("no article 99",))
    assert three.articles.summary(1).tags == ("new", "python")
    assert three.articles.summary(2).tags == ("Go", "new", "python")
    assert found(three, "tags : web") == []


def test_what_changes_nothing_is_no_action(three: Library) -> None:
    assert three.tags.apply([1], ["python"], ["go"]).history is None


def test_a_tag_has_one_spelling(three: Library) -> None:
    three.tags.apply([3], ["PYTHON", "python"])
    assert three.articles.summary(3).tags == ("Go", "python")


def test_a_tag_is_cleaned_and_nothing_is_no_tag(three: Library) -> None:
    three.tags.apply([1], ["#a,b", "\x1b", " ", "+c"], ["web", "python"])
    assert three.articles.summary(1).tags == ("a b", "c")


def test_a_tag_that_is_put_on_and_taken_off_at_once_is_put_on(three: Library) -> None:
    three.tags.apply([3], ["web"], ["web", "go"])
    assert three.articles.summary(3).tags == ("web",)


def test_all_tags_are_counted_without_the_trash(three: Library) -> None:
    assert three.tags.all() == [Tag("Go", 2), Tag("python", 2), Tag("web", 2)]
    three.articles.trash([2])
    assert three.tags.all() == [Tag("Go", 1), Tag("python", 1), Tag("web", 1)]


def test_a_tag_that_nothing_bears_is_forgotten(three: Library) -> None:
    three.tags.apply([1, 2], [], ["web", "python"])
    assert three.tags.all() == [Tag("Go", 2), Tag("python", 0)]
    three.highlights.remove([1])
    assert three.tags.all() == [Tag("Go", 2)]


def test_removing_a_tag_keeps_the_article(three: Library) -> None:
    three.tags.delete("web")
    assert three.articles.count(parse("")) == 3
    assert three.tags.all() == [Tag("Go", 2), Tag("python", 2)]


def test_renaming_a_tag_reaches_articles_highlights_and_search(three: Library) -> None:
    change = three.tags.rename("python", "Snake")
    assert (change.action, change.articles) == ("tag renamed", (1, 2))
    assert three.articles.summary(1).tags == ("Snake", "web")
    assert three.highlights.of(3)[0].tags == ("Snake",)
    assert len(found(three, "tags : snake")) == 2
    assert len(found(three, "tags : snake", "passages_fts")) == 1
    assert found(three, "tags : python") == []


def test_a_tag_can_be_respelled(three: Library) -> None:
    three.tags.rename("python", "Python")
    assert three.articles.summary(1).tags == ("Python", "web")


def test_renaming_to_another_tag_is_refused_and_names_merge(three: Library) -> None:
    with pytest.raises(LibraryError, match="merge"):
        three.tags.rename("python", "WEB")


def test_merging_leaves_one_tag(three: Library) -> None:
    change = three.tags.merge("python", "go")
    assert (change.action, change.articles) == ("tags merged", (1, 2, 3))
    assert three.tags.all() == [Tag("Go", 3), Tag("web", 2)]
    assert three.highlights.of(3)[0].tags == ("Go",)


def test_merging_into_a_new_tag_renames(three: Library) -> None:
    three.tags.merge("python", "snake")
    assert Tag("snake", 2) in three.tags.all()


@pytest.mark.parametrize("name", ["absent", "", "\x1b", '"'])
def test_a_tag_that_is_not_there_is_named(three: Library, name: str) -> None:
    for act in (
        three.tags.delete,
        lambda tag: three.tags.rename(tag, "x"),
        lambda tag: three.tags.merge(tag, "x"),
    ):
        with pytest.raises(LibraryError, match="no tag"):
            act(name)


def test_a_tag_is_not_merged_into_itself_nor_renamed_to_nothing(three: Library) -> None:
    with pytest.raises(LibraryError):
        three.tags.merge("web", "Web")
    with pytest.raises(LibraryError):
        three.tags.rename("web", " , ")


@pytest.mark.parametrize("act", ["rename", "merge", "delete"])
def test_what_is_done_to_a_tag_can_be_undone(three: Library, act: str) -> None:
    before = state_of(three)
    if act == "delete":
        three.tags.delete("python")
    elif act == "merge":
        three.tags.merge("python", "Go")
    else:
        three.tags.rename("python", "snake")
    after = state_of(three)
    assert after != before
    three.history.undo()
    assert state_of(three) == before
    three.history.redo()
    assert state_of(three) == after


@pytest.mark.slow
def test_tagging_thousands_at_once_is_one_action(library: Library) -> None:
    ids = [outcome.id for outcome in library.articles.add_all([essay(number) for number in range(2000)])]
    assert len(library.tags.apply(ids, ["many"]).articles) == 2000
    assert library.history.undo().articles == tuple(reversed(ids))
    assert library.tags.all() == []


def test_a_great_batch_is_one_action_that_says_how_far_it_is(library: Library) -> None:
    library.articles.add_all([draft(f"Note {number}", f"text {number}") for number in range(600)])
    told: list[tuple[int, int]] = []
    with library.watched(lambda done, total: told.append((done, total))):
        change = library.tags.apply(range(1, 601), ["later"])
    assert told == [(250, 600), (500, 600), (600, 600)]
    assert len(change.articles) == 600
    assert [(tag.name, tag.count) for tag in library.tags.all()] == [("later", 600)]
    library.history.undo()
    assert library.tags.all() == []
    assert len(told) == 3
