"""What queries find in a small library whose every article is there for a reason."""

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from reader.domain.anchor import anchor_of
from reader.domain.article import ArticleId, Draft
from reader.domain.document import BlockKind, Document, Mark, Span
from reader.domain.highlight import Colour
from reader.domain.passage import Match
from reader.domain.query import as_typed, parse
from reader.storage.connection import Abandoned
from reader.storage.library import Library
from reader.storage.search import Search
from tests.domain.test_query import odd_text

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)


class Shelf:
    """A library in the making, whose clock stands wherever an article is to be added."""

    def __init__(self, path: Path) -> None:
        self.moment = datetime(2024, 1, 1, 12, tzinfo=UTC)
        self.library = Library.open(path, clock=lambda: self.moment)
        self.ids: dict[str, ArticleId] = {}

    def put(
        self,
        title: str,
        text: str,
        *,
        days: int = 1,
        tags: tuple[str, ...] = (),
        kind: BlockKind = "para",
        link: str = "",
        **known: str,
    ) -> ArticleId:
        """All of *text* is of *kind*; its first word is a link, if one is given."""
        self.moment += timedelta(days)
        plain = Document.plain(text)
        document = Document(
            plain.text,
            tuple(replace(block, kind=kind) for block in plain.blocks),
            (Mark("link", Span(0, plain.text.index(" ")), link),) if link else (),
        )
        draft = Draft(title, document, **known)
        self.ids[title] = self.library.articles.add(draft, tags=tags).id
        return self.ids[title]

    def mark(
        self, title: str, exact: str, note: str = "", colour: Colour = "yellow", tags: tuple[str, ...] = ()
    ) -> None:
        document = self.library.articles.get(self.ids[title]).document
        start = document.text.index(exact)
        anchor = anchor_of(document, Span(start, start + len(exact)))
        assert anchor is not None
        self.library.highlights.add(self.ids[title], anchor, colour=colour, note=note, tags=tags)


def fill(shelf: Shelf) -> None:
    put, mark, articles = shelf.put, shelf.mark, shelf.library.articles
    put(
        "Bees",
        "The honey bee dances. A waggle shows the way to flowers.",
        tags=("nature", "science/biology"),
        author="Karl von Frisch",
        site="Bee World",
        url="https://example.org/bees?id=7",
        published="2020-03-05",
    )
    put(
        "Café culture",
        "Coffee houses of Vienna: naïve dreams, strong coffee, long talks about chess.",
        tags=("Europe",),
        author="José Álvarez",
        language="en-GB",
        published="2021-05-01",
    )
    put("東京の夜", "日本語の本を読む。今日は新しい。", tags=("日本",), language="ja")
    put("编程入门", "使用Python编程很有趣", language="zh")
    put(
        "C++ templates",
        "Templates in c++ don't forgive. Use foo-bar and a.b in std::vector.",
        tags=("code", "science"),
        site="lang.example.com",
        kind="code",
        link="https://isocpp.example/",
        published="2023-11-30T10:00:00Z",
    )
    put("Long read", "word " * 3000 + "needle", tags=("later",), kind="figure")
    put("Archived thoughts", "Old chess openings and coffee.", tags=("chess",))
    put("Trashed thoughts", "Rubbish about coffee and bees.")
    put("Marked", "Plain sentences stand here. A sentence worth keeping is here.", tags=("nature/birds",))
    put("Noted", "Nothing much to see.", tags=("Straße",))
    put(
        "Dashes",
        'percent 100% under_score wild*card "quoted" OR AND NOT NEAR tag:nature',
        tags=("x_y", "50%"),
    )
    put(
        "Recent coffee",
        "Espresso today.",
        days=120,
        author="Ann Lee",
        url="https://coffee.example.net/a_(b)/",
    )
    mark("Marked", "worth keeping", note="compare with zebra finches", colour="green", tags=("birdsong",))
    mark("Bees", "waggle", colour="pink")
    articles.edit(shelf.ids["Noted"], note="remember the lighthouse 灯台")
    articles.mark([shelf.ids["Bees"]], "read")
    articles.mark([shelf.ids["Café culture"]], "starred")
    articles.mark([shelf.ids["Archived thoughts"]], "archived")
    articles.trash([shelf.ids["Trashed thoughts"]])
    articles.reached(shelf.ids["Long read"], position=6000, progress=0.4, state="reading")
    shelf.library.views.save("Warm drinks", "coffee OR espresso sort:title limit:1")
    shelf.library.views.save("birds", "tag:nature/*")
    shelf.library.views.save("Old", "is:archived")


def tend(library: Library) -> None:
    while library.terms.tend():
        pass


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    made = Shelf(tmp_path_factory.mktemp("search") / "library.db")
    fill(made)
    tend(made.library)
    yield made
    made.library.close()


@pytest.fixture(scope="module")
def search(shelf: Shelf) -> Search:
    return Search(shelf.library.connection, clock=lambda: NOW, zone=UTC)


SHORT = {
    "B": "Bees", "K": "Café culture", "T": "東京の夜", "P": "编程入门", "C": "C++ templates", "L": "Long read",
    "A": "Archived thoughts", "X": "Trashed thoughts", "M": "Marked", "N": "Noted", "D": "Dashes", "R": "Recent coffee",
}  # fmt: skip
ALL = "BKTPCLAMNDR"  # not the trash


def found(search: Search, text: str, scope: str = "all") -> set[str]:
    hits = search.ranked(parse(text), limit=100, scope=scope)
    return {hit.article.title for hit in hits}


def titles(letters: str) -> set[str]:
    return {SHORT[letter] for letter in letters}


WITHOUT_INFLECTIONS = [
    # words
    ("honey", "B"),
    ("HONEY Bee", "B"),
    ("hon", ""),
    ("hon*", "B"),
    ("coffee", "KAR"),
    ("coffee chess", "KA"),
    ("coffee chess vienna", "K"),
    ("coffee -chess", "R"),
    ("coffee NOT chess", "R"),
    ("-coffee", "BTPCLMND"),
    ("-coffee -nature", "TPCLN"),
    ("honey OR espresso", "BR"),
    ("(honey OR coffee) chess", "KA"),
    ("-(honey OR coffee)", "TPCLMND"),
    ("coffee OR -chess", ALL),
    ("frisch waggle", "B"),
    ("europe vienna", "K"),
    # accents and case
    ("cafe", "K"),
    ("CAFÉ", "K"),
    ("naive", "K"),
    ("alvarez", "K"),
    ("jose", "K"),
    # phrases
    ('"honey bee"', "B"),
    ('"bee honey"', ""),
    ('"bee honey"~2', "B"),
    ('"honey flowers"~2', ""),
    ('"waggle sho"*', "B"),
    ('"strong coffee', "K"),
    ('-"strong coffee" coffee', "AR"),
    # code and addresses
    ("c++", "C"),
    ("don't", "C"),
    ("foo-bar", "C"),
    ("a.b", "C"),
    ("std::vector", "C"),
    ("under_score", "D"),
    ("100%", "D"),
    ('"wild*card"', "D"),
    ("https://example.org/bees?id=7", "B"),
    ("https://www.example.org/bees?id=7&utm_source=x#top", "B"),
    ("https://coffee.example.net/a_(b)", "R"),
    ("https://example.org/other", ""),
    ("url:example.org", "B"),
    ("url:EXAMPLE", "BR"),
    ("url:%", ""),
    ("-url:example", "KTPCLAMND"),
    # CJK
    ("日本", "T"),
    ("日本語", "T"),
    ("本語", "T"),
    ("語日", ""),
    ("日", "T"),
    ("新", "T"),
    ("編程", ""),
    ("编程", "P"),
    ("python", "P"),
    ("Python编程", "P"),
    ("东京", ""),
    ("東京", "T"),
    ("title:東京", "T"),
    ("title:日本", ""),
    ("tag:日本", "T"),
    ("灯台", "N"),
    # all words in the text, or all in one passage
    ("zebra", "M"),
    ("zebra keeping", "M"),
    ("zebra birdsong finches", "M"),
    ("zebra sentences", ""),
    ("lighthouse", "N"),
    ("lighthouse nothing", ""),
    ("-zebra coffee", "KAR"),
    ("-zebra -coffee nature", "BD"),
    ("hl:waggle", "B"),
    ("hl:keeping", "M"),
    ("hl:zebra", ""),
    ("note:zebra", "M"),
    ("note:lighthouse", "N"),
    ("note:keeping", ""),
    ("note:灯台", "N"),
    ("hl:灯台", ""),
    ("body:日本", "T"),
    ("body:東京", ""),
    ("tag:STRASSE see", "N"),
    ("tag:straße", "N"),
    # fields of words
    ("title:thoughts", "A"),
    ("title:coffee", "R"),
    ("body:coffee", "KA"),
    ("-title:coffee coffee", "KA"),
    ("title:coffee,bees", "BR"),
    ('title:"archived thoughts"', "A"),
    ("author:frisch", "B"),
    ("author:lee,alvarez", "KR"),
    ("site:world", "B"),
    ("site:lang.example.com", "C"),
    ("site:example.net", "R"),
    # tags
    ("tag:nature", "B"),
    ("tag:NATURE", "B"),
    ("tag:nature/*", "BM"),
    ("tag:nat*", "BM"),
    ("tag:science", "C"),
    ("tag:science/*", "BC"),
    ("tag:europe", "K"),
    ("tag:chess,later", "AL"),
    ("tag:code tag:science", "C"),
    ("tag:code tag:nature", ""),
    ("tag:-code science", "B"),
    ("tag:nature honey", "B"),
    ("tag:birds", ""),
    ("tag:50%", "D"),
    ("tag:*", "BKTCLAMND"),
    # states
    ("is:read", "B"),
    ("is:reading", "L"),
    ("is:unread is:starred", "K"),
    ("is:starred,archived", "KA"),
    ("is:archived", "A"),
    ("is:trashed", "X"),
    ("is:trashed coffee", "X"),
    ("is:trashed OR espresso", "XR"),
    ("is:untagged", "PR"),
    ("-is:tagged", "PR"),
    ("is:annotated", "BMN"),
    ("is:orphan", ""),
    ("has:highlight", "BM"),
    ("has:note", "MN"),
    ("colour:green", "M"),
    ("colour:pink,green", "BM"),
    ("-has:highlight coffee", "KAR"),
    ("lang:en", "K"),
    ("lang:ja,zh", "TP"),
    ("-lang:en coffee", "AR"),
    # numbers
    ("words:2000..", "L"),
    ("words:>3000", "L"),
    ("words:..10 coffee", "AR"),
    ("mins:13", "L"),
    ("mins:..1 -words:0 coffee", "KAR"),
    ("progress:40", "L"),
    ("progress:1..50", "L"),
    ("highlights:1..", "BM"),
    # days
    ("published:2020", "B"),
    ("published:2020-03", "B"),
    ("published:2020-03-05", "B"),
    ("published:2020..2021", "BK"),
    ("published:>2021", "C"),
    ("published:<2021", "B"),
    ("-published:2020 honey OR vienna", "K"),
    ("added:2024-01-02", "B"),
    ("added:2024-01", "BKTPCLAMND"),
    ("added:2024-01-03..2024-01-04", "KT"),
    ("added:>2024-02", "R"),
    ("added:5w", "R"),
    ("added:today", ""),
    ("newer:6w coffee", "R"),
    ("older:6w coffee", "KA"),
    ("before:2021", "B"),
    ("after:2024-05", "R"),
    ("before:2024-01-05 after:2024-01-04", "T"),
    ("before:2020-03-05", ""),
    ("after:2020-03-05 before:2020-03-06", "B"),
    ("read:2024", "BL"),
    ("highlighted:2024-05", "BM"),
    ("highlighted:<2024-05", ""),
    # numbers of articles, controls, the rest
    ("id:1,2", "BK"),
    ("id:1,2 coffee", "K"),
    ("id:..2", "BK"),
    ("coffee limit:1", None),
    ("", ALL),
    ("sort:title", ALL),
    ("***", ""),
    ("🎉", ""),
    ("🎉 honey", "B"),
    ("unknown:nature", ""),
    ("tag:nature foo:x", ""),
    ('"tag:nature"', "D"),
    ("honey\0bee", "B"),
    # what a text holds beside words
    ("has:code", "C"),
    ("has:link", "C"),
    ("has:image", "L"),
    ("has:image,link", "CL"),
    ("-has:code science/biology", "B"),
    ("-has:image -has:code", "BKTPAMNDR"),
    ("has:code has:image", ""),
    ("has:link templates", "C"),
    # views
    ('query:"warm drinks"', "KAR"),
    ('query:"WARM DRINKS" chess', "KA"),
    ("query:birds", "BM"),
    ("query:birds honey", "B"),
    ("-query:birds coffee", "KAR"),
    ('query:birds,"warm drinks"', "BMKAR"),
    ("query:-birds coffee OR honey", "KARB"),
    ("query:old", "A"),
    ("query:nowhere", ""),
    ("-query:nowhere", ""),
    ("honey OR query:nowhere", ""),
]
INFLECTED = [
    ("dance", "B"),
    ("dancing", "B"),
    ("danced bees", "B"),
    ("Honeys", "B"),
    ('"dance"', ""),
    ("dan", ""),
    ("shows flower", "B"),
    ("talk dream", "K"),
    ("TALKED dreaming", "K"),
    ("cafés", "K"),
    ("title:template", "C"),
    ('title:"template"', ""),
    ("title:thought,template", "AC"),
    ("body:forgives", "C"),
    ("author:frisches", "B"),
    ("note:finch", "M"),
    ('note:"finch"', ""),
    ("hl:waggles", "B"),
    ("finch compares", "M"),
    ("remembering lighthouses", "N"),
    ("-dancing honey", ""),
    ("coffees -opening", "KR"),
    ('"honey bees"', ""),
    ("honeys~", "B"),
    ("sentence worth", "M"),
    ("needles words", "L"),
    ("foo-bars", ""),
    ("a.bs", ""),
]


@pytest.mark.parametrize(("text", "letters"), WITHOUT_INFLECTIONS + INFLECTED)
def test_query_finds(search, text, letters):
    if letters is None:
        assert len(found(search, text)) == 1
        return
    expected = titles(letters)
    assert found(search, text) == expected
    assert search.count(parse(text)) == len(expected)
    assert {hit.article.title for hit in search.live(parse(f"{text} "), limit=100)} == expected


def test_queries_find_the_same_before_the_library_has_been_tended(tmp_path):
    fresh = Shelf(tmp_path / "library.db")
    fill(fresh)
    fresh_search = Search(fresh.library.connection, clock=lambda: NOW, zone=UTC)
    for text, letters in WITHOUT_INFLECTIONS:
        if letters is not None:
            assert found(fresh_search, text) == titles(letters), text
    assert found(fresh_search, "dancing") == set()
    fresh.library.close()


@pytest.mark.parametrize(
    ("text", "scope", "letters"),
    [
        ("", "list", ALL.replace("A", "")),
        ("", "all", ALL),
        ("", "trash", "X"),
        ("coffee", "list", "KR"),
        ("coffee", "trash", "X"),
        ("is:archived", "list", "A"),
        ("is:archived OR is:starred", "list", "AK"),
        ("is:trashed", "list", "X"),
        ("-is:trashed coffee", "list", "KR"),
        ("id:7,8", "list", "AX"),
        ("id:7,8", "all", "A"),
    ],
)
def test_scope_hides_the_archive_and_the_trash_unless_they_are_asked_for(shelf, search, text, scope, letters):
    condition = search.where(parse(text), scope=scope)
    rows = shelf.library.connection.column(
        f"select title from article where {condition.sql}", **condition.parameters
    )
    assert set(rows) == titles(letters)
    assert found(search, text, scope) == titles(letters)


def test_what_is_typed_finds_beginnings_with_titles_first(search):
    hits = search.live(parse("coff"))
    assert [hit.article.title for hit in hits] == ["Recent coffee", "Archived thoughts", "Café culture"]
    assert [hit.article.title for hit in search.live(parse("cof"), limit=1)] == ["Recent coffee"]
    assert [hit.article.title for hit in search.live(parse("bee"), limit=5)] == ["Bees"]


def test_what_is_typed_finds_a_passage_in_its_place_in_time(search):
    hits = search.live(parse("compar"))
    assert [hit.article.title for hit in hits] == ["Marked"]


def test_the_beginning_of_a_word_is_looked_for_in_heads_alone_when_it_is_short_and_the_library_large(
    search, monkeypatch
):
    monkeypatch.setattr("reader.storage.search.SMALL_LIBRARY", 3)
    monkeypatch.setattr(search, "_knows_terms", lambda: False)
    assert [hit.article.title for hit in search.live(parse("be"))] == ["Bees"]
    assert [hit.article.title for hit in search.live(parse("fo"))] == []
    assert [hit.article.title for hit in search.live(parse("for"))] == ["C++ templates"]


def test_a_title_outranks_a_body_and_a_marked_passage_counts(search):
    assert search.ranked(parse("coffee"))[0].article.title == "Recent coffee"
    ranks = {hit.article.title: hit.rank for hit in search.ranked(parse("waggle OR zebra OR vienna"))}
    assert ranks["Bees"] > ranks["Café culture"]
    assert all(rank > 0 for rank in ranks.values())


def test_of_a_very_common_word_the_newest_are_ranked(search, monkeypatch):
    monkeypatch.setattr("reader.storage.ranking.RANKED_IN_FULL", 2)
    monkeypatch.setattr("reader.storage.ranking.NEWEST_RANKED", 2)
    assert found(search, "coffee") == titles("AR")
    assert found(search, "honey") == titles("B")


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("coffee sort:added", ["Recent coffee", "Archived thoughts", "Café culture"]),
        ("coffee sort:-added", ["Café culture", "Archived thoughts", "Recent coffee"]),
        ("coffee sort:title", ["Archived thoughts", "Café culture", "Recent coffee"]),
        ("coffee sort:-title limit:2", ["Recent coffee", "Café culture"]),
    ],
)
def test_an_order_that_the_query_names_is_kept(search, text, order):
    assert [hit.article.title for hit in search.ranked(parse(text))] == order
    assert [hit.article.title for hit in search.live(parse(text))] == order


def test_a_count_stops_at_its_cap(search):
    assert search.count(parse("coffee"), cap=2) == 2
    assert search.count(parse("is:unread"), cap=3) == 3


def test_what_is_in_very_many_notes_is_counted_in_all_and_narrowed_before_the_newest_are_taken(
    tmp_path, monkeypatch
):
    """The newest passages were taken first: of older articles a tag found none, and counts stopped there."""
    monkeypatch.setattr("reader.storage.plan.NEWEST_PASSAGES", 3)
    shelf = Shelf(tmp_path / "library.db")
    with shelf.library as library:
        for number in range(8):
            shelf.put(f"Title {number}", "plain words", tags=("old",) if number < 2 else ())
            shelf.mark(f"Title {number}", "plain", note="todo")
        search = library.search
        assert search.count(parse("todo")) == search.tally(parse("todo")).found == 8
        narrowed = parse("todo tag:old")
        assert {hit.article.title for hit in search.ranked(narrowed)} == {"Title 0", "Title 1"}
        assert {hit.article.title for hit in search.live(parse("tag:old todo"))} == {"Title 0", "Title 1"}
        assert search.count(narrowed) == search.tally(narrowed).found == 2


def test_the_newest_come_first_wherever_their_words_stand(tmp_path, monkeypatch):
    """Words of heads first, then by time, whether it is the text or a note that holds them: as a scan says."""
    chance = random.Random(11)
    shelf = Shelf(tmp_path / "library.db")
    words = ["amber", "birch", "cedar", "dune"]
    stories: list[tuple[str, str, str]] = []
    days: dict[str, str] = {}
    with shelf.library as library:
        for number in range(60):
            title, text, note = (
                " ".join(word for word in words if chance.random() < share) for share in (0.1, 0.3, 0.4)
            )
            title = f"Story {number} {title}".strip()
            shelf.put(title, f"stem {text}", days=chance.choice((0, 1)))
            if note and number % 2:
                shelf.mark(title, "stem", note=note)
            stories.append((title, f"{title} {text}", note if number % 2 else ""))
            days[title] = f"{shelf.moment:%Y-%m-%d}"
        for very_few, each in ((300, 2), (0, 1), (1, 2), (0, 1_000)):
            monkeypatch.setattr("reader.storage.search.VERY_FEW", very_few)
            monkeypatch.setattr("reader.storage.search.PASSAGES_EACH", each)
            for _ in range(40):
                asked = chance.sample(words, chance.randint(1, 2))
                limit = chance.randint(1, 30)
                since, until = sorted(chance.choices(sorted(set(days.values())), k=2))
                added = chance.choice(("", f"added:>={since}", f"added:<{until}", f"added:{since}..{until}"))
                meant = [
                    title
                    for title, day in days.items()
                    if ((">" not in added and ".." not in added) or day >= since)
                    and ("<" not in added or day < until)
                    and (".." not in added or day <= until)
                ]
                heads = [title for title in meant if all(word in title for word in asked)]
                others = [
                    title
                    for title, text, note in stories
                    if title in meant
                    and title not in heads
                    and any(all(word in place for word in asked) for place in (text, note))
                ]
                expected = [*reversed(heads), *reversed(others)][:limit]
                hits = library.search.live(parse(" ".join((added, *asked, ""))), limit=limit)
                assert [hit.article.title for hit in hits] == expected, (asked, added, limit)


def test_when_very_many_passages_match_it_is_said_how_many_were_looked_at(tmp_path, monkeypatch):
    for place in ("plan", "search"):
        monkeypatch.setattr(f"reader.storage.{place}.NEWEST_PASSAGES", 3)
    shelf = Shelf(tmp_path / "library.db")
    with shelf.library as library:
        for number in range(5):
            shelf.put(f"Title {number}", "plain words")
            shelf.mark(f"Title {number}", "plain", note="todo" if number else "todo rare")
            shelf.mark(f"Title {number}", "words", note="three" if number < 3 else "")
        for ask in (library.search.live, library.search.ranked):
            assert ask(parse("todo ")).newest_passages == 3
            assert ask(parse("three ")).newest_passages is None
            assert ask(parse("rare ")).newest_passages is None
            assert ask(parse("todo is:starred ")).newest_passages is None


def test_of_a_common_phrase_the_newest_are_judged_by_its_words(search, monkeypatch):
    monkeypatch.setattr("reader.storage.ranking.PHRASES_IN_FULL", 0)
    monkeypatch.setattr("reader.storage.ranking.SAMPLED", 1)
    monkeypatch.setattr("reader.storage.ranking.PHRASES_RANKED", 1)
    hits = search.ranked(parse('"coffee houses" OR "chess openings"'))
    assert ([hit.article.title for hit in hits], hits.newest) == (["Archived thoughts"], 1)
    assert hits[0].rank > 0


def test_days_are_no_words(search):
    assert found(search, "2*") == set()
    assert search.ranked(parse("coffee after:2000"))[0].rank == search.ranked(parse("coffee"))[0].rank


def test_days_are_those_of_the_reader_s_zone(shelf):
    article = shelf.library.connection.value("select added from article where title = 'Bees'")
    assert datetime.fromtimestamp(article / 1e6, UTC) == datetime(2024, 1, 2, 12, tzinfo=UTC)
    east = Search(shelf.library.connection, clock=lambda: NOW, zone=timezone(timedelta(hours=13)))
    assert found(east, "added:2024-01-03") == titles("B")


def test_passages_show_highlights_then_notes_then_text(shelf, search):
    article = shelf.ids["Marked"]
    passages = search.passages(article, parse("worth zebra sentences"))
    assert [(passage.source, passage.snippet) for passage in passages] == [
        ("highlight", "worth keeping"),
        ("note", "compare with zebra finches · birdsong"),
        ("text", "Plain sentences stand here. A sentence worth keeping is here."),
    ]
    text = shelf.library.articles.get(article).document
    assert [passage.span and text.slice(passage.span) for passage in passages] == [
        "worth keeping",
        "worth keeping",
        "sentences",
    ]
    marks = [passage.snippet[mark.start : mark.end] for passage in passages for mark in passage.marks]
    assert marks == ["worth", "zebra", "sentences", "sentence", "worth"]


def test_a_note_is_shown_with_the_passage_that_it_is_at(shelf, search):
    """One looks for what is half remembered by a word of one's own."""
    article = shelf.ids["Marked"]
    note, passage = search.passages(article, parse("zebra"))
    assert (note.source, passage.source, passage.snippet) == ("note", "highlight", "worth keeping")
    assert note.span == passage.span
    assert search.passages(article, parse("zebra"), limit=1) == [note]


def test_an_article_s_own_note_is_a_passage_without_a_place(shelf, search):
    (passage,) = search.passages(shelf.ids["Noted"], parse("lighthouse"))
    assert (passage.source, passage.span, passage.snippet) == ("note", None, "remember the lighthouse 灯台")


def test_a_passage_far_in_a_long_text_is_one_line_around_the_word(shelf, search):
    (passage,) = search.passages(shelf.ids["Long read"], parse("needle"), limit=1)
    assert passage.snippet.startswith("…word")
    assert passage.snippet.endswith("needle")


def test_an_article_found_without_its_words_in_the_text_has_no_passage(shelf, search):
    assert search.passages(shelf.ids["Bees"], parse("is:read")) == []
    assert search.passages(ArticleId(999), parse("a")) == []


def test_matches_are_places_in_the_text(shelf, search):
    text = shelf.library.articles.get(shelf.ids["Marked"]).document.text
    worth, keeping = text.index("worth"), text.index("keeping")
    assert search.matches(shelf.ids["Marked"], parse("keeping zebra")) == [
        Match(worth, keeping + 7, "highlight"),
        Match(worth, keeping + 7, "note"),
        Match(keeping, keeping + 7, "text"),
    ]


@pytest.mark.slow
def test_any_text_is_searched_without_an_error(shelf, search):
    chance = random.Random(23)
    for number in range(20_000):
        query = parse(odd_text(chance))
        condition = search.where(query, scope=("all", "list", "trash")[number % 3])
        shelf.library.connection.rows(
            f"select 1 from article where {condition.sql} limit 1", **condition.parameters
        )
        if number % 4 == 0:
            search.count(query)
        if number % 20 == 0:
            search.live(query)
            search.ranked(query)
            search.passages(ArticleId(1), as_typed(query))


def test_the_same_articles_are_found_by_words_and_by_condition(shelf, search, monkeypatch):
    """``ranked`` starts from the words and ``where`` from the articles; both must mean the same."""
    chance = random.Random(5)
    pieces = ["coffee", "-chess", "nature", "OR", "(", ")", "tag:nature/*", "is:unread", "-tag:code", "title:coffee",
              "added:2024-01", "日本", "bee*", '"honey bee"', "-zebra", "zebra", "body:coffee", "NOT", "python",
              "tag:science,chess", "-title:bees", "https://example.org/bees?id=7", "words:..20", "published:2020..2022",
              "before:2021-06", "after:2021-05-01", "-published:2021", "published:2020,2023-11-30", "is:starred",
              "is:archived", "has:note", "colour:green", '"coffee houses"', '"of vienna"']  # fmt: skip
    for number in range(600):
        # What is looked up one by one in a small library is looked for in passing in a large one.
        monkeypatch.setattr("reader.storage.few.PASSED_BY", (0, 150)[number % 2])
        monkeypatch.setattr("reader.storage.ranking.PHRASES_IN_FULL", (0, 1_600)[number // 2 % 2])
        monkeypatch.setattr("reader.storage.search.VERY_FEW", (0, 300)[number // 4 % 2])
        monkeypatch.setattr("reader.storage.search.PASSAGES_EACH", (1, 1_000)[number // 8 % 2])
        query = parse(" ".join(chance.choice(pieces) for _ in range(chance.randint(1, 5))))
        condition = search.where(query, scope="all")
        rows = shelf.library.connection.column(
            f"select id from article where {condition.sql}", **condition.parameters
        )
        assert {hit.article.id for hit in search.ranked(query)} == set(rows), str(query)
        assert {hit.article.id for hit in search.live(parse(f"{query} "))} == set(rows), str(query)
        assert search.count(query) == len(rows), str(query)


def test_few_articles_are_asked_one_by_one_only_for_words_that_are_found_at_once(search, monkeypatch):
    """Full text goes on to the next article that has a rare phrase, from each of them through most of the library; and
    for each of them it makes the list of all that have a beginning."""
    monkeypatch.setattr("reader.storage.few.PASSED_BY", 0)
    for words, at_once in [("coffee", True), ("coffee OR chess", True), ('"coffee chess"', False), ("coffe*", False),
                           ("coffee chess", False), ("coffee -chess", False), ("coffee tag:code", False),
                           ("don't", False), ("日本 coffee", False), ('coffee OR "of vienna"', False)]:  # fmt: skip
        plan = search._plan(parse(f"({words}) is:starred"), "all", 50)
        assert ("and found.rowid in" in plan.texts) is at_once, words
        assert "found.rowid in" in plan.texts


def test_the_first_page_of_a_list_is_the_beginning_of_the_list(shelf):
    """A page that is narrowed by a tag comes out of full text; the whole list does not."""
    chance = random.Random(9)
    pieces = ["tag:nature/*", "tag:science,chess", "tag:code", "-tag:code", "tag:europe", "tag:日本", "tag:STRASSE",
              "is:unread", "is:archived", "added:2024-01", "OR", "query:birds", "tag:-code", "-(", ")", "tag:x_y",
              "after:2021", "sort:title", "sort:-added", "title:coffee",
              "author:lee", "-coffee", "title:東京", "published:2020..2022", "before:2021-06", "after:2024-01-05",
              "published:2023-11-30", "older:1y"]  # fmt: skip
    order = shelf.library.articles.order
    for _ in range(1_000):
        query = parse(" ".join(chance.choice(pieces) for _ in range(chance.randint(1, 4))))
        whole = order(query)
        assert order(query, limit=3) == whole[:3], str(query)
        if len(whole) > 1:
            assert order(query, limit=3, after=whole[0]) == whole[1:4], str(query)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        " ".join(f"w{number}" for number in range(5_000)),
        "(" * 2_000,
        "tag:a" + ",a" * 1_900,
        "is:read " * 5_000,
        "id:" + ",".join(map(str, range(1_900))),
        "-(a OR " * 1_000,
        "-(" * 50 + "tag:a " + "tag:b) OR tag:c " * 50,
        "(tag:a (" * 25 + "is:read OR " * 150 + ("tag:b) OR a)" * 25),
        "title:" + ",".join("abcdefghijklmnopqrstuvwxyz"),
        "https://example.org/" + "a" * 5_000,
    ],
)
def test_very_long_queries_are_answered(search, text):
    started = time.process_time()
    search.ranked(parse(text))
    search.count(parse(f"-({text})"))
    assert time.process_time() - started < 5  # what is quadratic takes minutes


def test_a_search_that_nobody_waits_for_is_abandoned(tmp_path, monkeypatch):
    monkeypatch.setattr("reader.storage.connection.STEPS_BETWEEN_LOOKS", 1)
    shelf = Shelf(tmp_path / "library.db")
    with shelf.library as library:
        shelf.put("Title", "common words")
        library.stop_when(lambda: True)
        search = Search(library.connection, clock=lambda: NOW)
        with pytest.raises(Abandoned):
            search.count(parse("-common OR words"))
        library.stop_when(None)
        assert search.count(parse("common")) == 1


def test_a_beginning_of_very_many_words_is_counted_and_listed_in_full(tmp_path):
    """Only the commonest 64 of them were: a search said 2 where an action on all of it met 443."""
    shelf = Shelf(tmp_path / "library.db")
    for number in range(80):
        shelf.put(f"Story {number}", f"It tells of zyx{'abcdefgh'[number // 10]}{'abcdefghij'[number % 10]}.")
    while shelf.library.terms.tend():
        pass
    search = shelf.library.search
    assert search.count(parse("zyx*")) == 80
    assert len(search.live(parse("zyx"), limit=100, is_typed=False)) == 80
    shelf.library.close()
