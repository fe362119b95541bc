"""What else is about the same, tags it might bear, and ways on when nothing was found."""

from __future__ import annotations

import pytest

from reader.domain.passage import Offer
from reader.domain.query import parse
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from tests.storage.samples import draft, passage

FILLER = "the of in a for and would said " + " ".join(f"plain{number}" for number in range(40))


@pytest.fixture(params=["tended", "fresh"])
def shelf(library: Library, request: pytest.FixtureRequest) -> Library:
    library.articles.add_all(
        [
            draft("Honey", "Bees make honey in the hive. A beekeeper opens the hive.", tags=("bees", "food")),
            draft("Hives", "The beekeeper paints the hive. Honey drips.", tags=("bees", "garden")),
            draft("Swarm", "A swarm of bees left the hive for honey elsewhere.", tags=("bees",)),
            draft(
                "Ships",
                "The Bank of Norland sold ships. They said Bank of Norland would sink.",
                tags=("money",),
            ),
            draft("Harbour", "Ships rest in the harbour of Norland.", tags=("money",)),
            draft("Gone", "Bees, hive, honey, beekeeper.", tags=("bees",)),
            draft("夜", "蜂蜜を食べる蜂の巣", tags=("蜂蜜",)),
            draft("昼", "蜂蜜の瓶"),
        ]
    )
    library.articles.add_all([draft(f"Filler {n}", f"{FILLER} filler{n}") for n in range(30)])
    library.articles.trash([6])
    while request.param == "tended" and library.terms.tend():
        pass
    return library


def related(library: Library, article: int) -> list[str]:
    return [hit.article.title for hit in library.search.related(article)]


def test_articles_about_the_same_are_related_and_the_trash_is_not(shelf: Library) -> None:
    assert set(related(shelf, 1)) == {"Hives", "Swarm"}
    assert related(shelf, 4) == ["Harbour"]
    assert related(shelf, 7) == ["昼"]
    assert related(shelf, 999) == []


def test_passages_that_share_words_with_a_selection_are_found(shelf: Library) -> None:
    shelf.highlights.add(2, passage(shelf, 2, "The beekeeper paints the hive."), note="colours")
    shelf.highlights.add(5, passage(shelf, 5, "Ships rest"), note="where the beekeeper lives")
    shelf.articles.edit(3, note="ask a beekeeper")
    found = shelf.search.related_passages("opens as a beekeeper would")
    assert {(one.article, one.source) for one in found} == {(2, "highlight"), (5, "note"), (3, "note")}
    assert all("beekeeper" in one.snippet and one.marks for one in found)
    assert {one.article for one in shelf.search.related_passages("beekeeper", besides=2)} == {5, 3}
    assert shelf.search.related_passages("zzz") == []


def test_tags_are_suggested_from_the_text_and_from_related_articles_and_names(shelf: Library) -> None:
    assert ("bees", "text") not in shelf.tags.suggested(1)  # it bears that one
    fresh = shelf.articles.add(draft("New", "Food for bees: the hive, the honey, the beekeeper.")).id
    suggested = shelf.tags.suggested(fresh)
    assert suggested[:2] in ([("bees", "text"), ("food", "text")], [("food", "text"), ("bees", "text")])
    assert ("Bank of Norland", "name") in shelf.tags.suggested(4)
    assert ("蜂蜜", "text") in shelf.tags.suggested(8) or ("蜂蜜", "related") in shelf.tags.suggested(8)
    assert len(suggested) <= 6
    with pytest.raises(LibraryError, match="no article 99"):
        shelf.tags.suggested(99)


def test_a_word_that_nobody_holds_is_offered_as_one_that_is_meant(shelf: Library) -> None:
    while shelf.terms.tend():
        pass
    assert shelf.search.offers(parse("beekeper")) == [Offer("beekeeper", "beekeper", "beekeeper", 2)]
    assert shelf.search.offers(parse("bekeeper hvie zzzzz"))[0] == Offer(
        "beekeeper hive", "bekeeper hvie zzzzz", "beekeeper hive without zzzzz", 2
    )
    assert shelf.search.offers(parse("zzzzz")) == []


def test_where_the_right_spelling_is_not_enough_a_term_goes_as_well(shelf: Library) -> None:
    while shelf.terms.tend():
        pass
    assert shelf.search.offers(parse("beekeper tag:money"))[:1] == [
        Offer("beekeeper", "beekeper tag:money", "beekeeper without tag:money", 2)
    ]
    # Of two words that are put right one is left out without a word about it.
    assert {(one.text, one.instead) for one in shelf.search.offers(parse("beekeper harbuor"))} >= {
        ("beekeeper", "beekeeper"),
        ("harbour", "harbour"),
    }


def test_a_query_that_finds_nothing_is_offered_with_a_term_less(shelf: Library) -> None:
    offers = shelf.search.offers(parse("swarm harbour -is:archived"))
    assert {(offer.text, offer.changed, offer.found) for offer in offers} == {
        ("harbour -is:archived", "swarm", 1),
        ("swarm -is:archived", "harbour", 1),
    }
    assert shelf.search.offers(parse("")) == []


def test_an_explanation_tells_how_a_query_was_read_and_answered(shelf: Library) -> None:
    while shelf.terms.tend():
        pass
    told = str(shelf.search.explain(parse('hives -tag:money "the hive" foo:x sort:title')))
    assert "the word hives, also hive" in told
    assert "there is no field foo:" in told
    assert "tag: money" in told
    assert "sorted by title" in told
    assert "without the trash" in told
    plain = shelf.search.explain(parse("is:unread"))
    assert plain.match is None
    assert plain.steps
    assert shelf.search.explain(parse("")).reading == ("every article",)
    assert "nothing" in str(shelf.search.explain(parse("***")))
