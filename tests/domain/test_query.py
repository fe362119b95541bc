"""The grammar of queries: what is read, what is literal, and that any text is read."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.query import Query, as_typed, parse, quoted
from reader.domain.query_parser import DEPTH, TERMS
from reader.domain.terms import And, Field, Not, Nothing, Or, Phrase, Value, Word

PIECES = [
    *'"()-*:~,.<>+#&|^{}[]/\\\'\0\n\t ', "OR", "AND", "NOT", " OR ", " NOT ", "NEAR(", "a", "b", "foo", "déjà", "日本",
    "日", "c++", "tag:", "tag:x", "is:unread", "is:", "title:", "-title:x", "added:2w", "before:2024-01", "words:2..",
    "id:1,2", "sort:-title", "limit:5", "colour:green", "unknown:x", 'hl:"a b"', '"a b"~5', "pre*", "x/*", "..5",
    ">=3", "https://example.org/a_(b)?c=d,e", "🎉", "\ud800", "\u202e", "\x1b[31m", "ß", "İ", "e\u0301", "12", "%", "_",
]  # fmt: skip


def odd_text(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(0, 14)))


def word(text: str) -> Word:
    return Word(text)


def tag(text: str) -> Field:
    return Field("tag", (Value(text),))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        ("  \t\n", None),
        ("a", Word("a")),
        ("a b", And((Word("a"), Word("b")))),
        ("a AND b", And((Word("a"), Word("b")))),
        ("a OR b", Or((Word("a"), Word("b")))),
        ("a b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("(a b) c", And((Word("a"), Word("b"), Word("c")))),
        ("((a))", Word("a")),
        ("(a", Word("a")),
        ("a)", Word("a")),
        ("a) b", And((Word("a"), Word("b")))),
        ("-a", Not(Word("a"))),
        ("NOT a", Not(Word("a"))),
        ("-(a b)", Not(And((Word("a"), Word("b"))))),
        ("--a", Word("a")),
        ("a -b", And((Word("a"), Not(Word("b"))))),
        ("a - b", And((Word("a"), Word("b")))),
        ("-title:x", Not(Field("title", (Value("x"),)))),
        ("NOT tag:x", Not(tag("x"))),
        ("pre*", Word("pre", prefix=True)),
        ("or and not", And((Word("or"), Word("and"), Word("not")))),
        ("a OR", Word("a")),
        ("OR a", Word("a")),
        ("a OR OR b", Or((Word("a"), Word("b")))),
        ("a NOT", Word("a")),
        ("a &", Word("a")),
        ("ORacle", Word("ORacle")),
        ('"a b"', Phrase("a b")),
        ('"a  \n b', Phrase("a b")),
        ('"a b"~5', Phrase("a b", near=5)),
        ('"a b"~999999999999', Phrase("a b", near=1000)),
        ('"a b"*', Phrase("a b", prefix=True)),
        ('a"b c"d', And((Word("a"), Phrase("b c"), Word("d")))),
        ("f(x)", Word("f(x)")),
        ("f(x y)", And((Word("f"), Word("x"), Word("y")))),
        ("c++ don't foo-bar a.b", And((Word("c++"), Word("don't"), Word("foo-bar"), Word("a.b")))),
        ("https://x.org/a_(b)?q=1,2#c", Word("https://x.org/a_(b)?q=1,2#c")),
        ("(see https://x.org/a)", And((Word("see"), Word("https://x.org/a")))),
        ("std::vector", Word("std::vector")),
        ("tag:a,b", Field("tag", (Value("a"), Value("b")))),
        ("TAG:a", tag("a")),
        ("tag:a,-b", Field("tag", (Value("a"), Value("b", negated=True)))),
        ("tag:a,", tag("a")),
        ("tag:x/*", Field("tag", (Value("x/", prefix=True),))),
        ('tag:"a b",c', Field("tag", (Value("a b", quoted=True), Value("c")))),
        ("tag:a tag:b", And((tag("a"), tag("b")))),
        ("words:2000..", Field("words", (Value("2000.."),))),
        ("added:>2024-01-01", Field("added", (Value(">2024-01-01"),))),
        ("id:12,15", Field("id", (Value("12"), Value("15")))),
        ("a sort:-title limit:5", Word("a")),
        ("***", Nothing()),
        ('""', Nothing()),
        ("(", Nothing()),
        ("-", Nothing()),
        ("OR", Nothing()),
        ("🎉", Nothing()),
        ("sort:title ***", Nothing()),
        ("a\0b", And((Word("a"), Word("b")))),
    ],
)
def test_text_is_read_as(text, root):
    assert parse(text).root == root


@pytest.mark.parametrize(
    ("text", "root", "reason"),
    [
        ("foo:bar", Word("foo:bar"), "there is no field foo:"),
        ('foo:"a b"', Phrase("foo:a b"), "there is no field foo:"),
        ("-foo:bar", Not(Word("foo:bar")), "there is no field foo:"),
        ("tag:", Word("tag:"), "tag: needs a value"),
        ("is:", Word("is:"), "is: needs a value"),
        ("is:lost", Word("is:lost"), "is: knows unread"),
        ("has:video", Word("has:video"), "has: knows highlight, note, image"),
        ("query:", Word("query:"), "query: needs a value"),
        ("query:x*", Word("query:x", prefix=True), "query: takes no *"),
        ("words:many", Word("words:many"), "words: takes numbers"),
        ("added:2024-13", Word("added:2024-13"), "added: takes dates"),
        ("before:2024..2025", Word("before:2024..2025"), "before: takes a date"),
        ("sort:colour", Word("sort:colour"), "sort: knows relevance"),
        ("limit:0", Word("limit:0"), "limit: takes a number"),
        ("title:---", Word("title:---"), "title: needs a word"),
        ("***", Nothing(), "no search terms"),
    ],
)
def test_what_is_not_understood_is_literal_and_says_so(text, root, reason):
    query = parse(text)
    assert query.root == root
    assert len(query.problems) == 1
    assert query.problems[0].reason.startswith(reason)
    assert query.problems[0].text == text.removeprefix("-")


@pytest.mark.parametrize(
    "text", ["https://x.org", "Chapter: this", "std::x", "12:30", "a", '"open', "a OR", "(a"]
)
def test_ordinary_text_is_no_problem(text):
    assert parse(text).problems == ()


def test_any_text_is_read_and_its_canonical_text_reads_the_same():
    chance = random.Random(20)
    for _ in range(20_000):
        text = odd_text(chance)
        query = parse(text)
        again = parse(str(query))
        assert again == query, text
        assert str(again) == str(query), text


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_text_of_any_characters_is_read(text):
    assert parse(str(parse(text))) == parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "a b " * 2_500,
        " ".join(f"w{number}" for number in range(5_000)),
        "(" * 2_000,
        "a(" * 5_000,
        "+(" * 5_000,
        "-" * 10_000,
        '"' * 10_000,
        "tag:a" + ",a" * 5_000,
        "NOT " * 5_000,
        "tag:x " * 5_000,
    ],
)
def test_long_text_is_read_in_linear_time_and_bounded(text):
    started = time.process_time()
    query = parse(text)
    assert parse(str(query)) == query
    assert len(query.words) <= TERMS
    assert time.process_time() - started < 2  # what is quadratic takes minutes


def test_words_beyond_the_limit_are_left_out_and_named_but_fields_stay():
    query = parse(" ".join(f"w{number}" for number in range(40)) + " tag:x")
    assert len(query.words) == TERMS
    assert query.mentions("tag", "x")
    assert [problem.text for problem in query.problems] == ["w32"]


@pytest.mark.parametrize("text", ["is:read " * 300, "a id:" + "1," * 3_000, "title:a " * 40])
def test_a_query_with_too_many_fields_finds_nothing_rather_than_too_much(text):
    query = parse(text)
    assert query.root == Nothing()
    assert query.problems[-1].reason == "too long: nothing is searched"


def test_parentheses_deeper_than_the_limit_are_literal():
    text = "(tag:a OR " * (DEPTH + 10) + "b" + ")" * (DEPTH + 10) + " c"
    query = parse(text)
    assert parse(str(query)) == query
    assert query.words[-1] == Word("c")


def test_an_empty_query_is_blank_or_holds_no_term():
    assert parse("").is_empty
    assert parse("sort:title").is_empty
    assert parse("***").is_empty
    assert not parse("-a").is_empty


def test_sort_and_limit_are_understood_anywhere_and_are_no_terms():
    query = parse("sort:-Published a (limit:7 b) sort:title")
    assert (query.sort, query.limit) == ("title", 7)
    assert str(query) == "a b sort:title limit:7"


def test_queries_are_equal_when_they_ask_the_same():
    assert parse("a   AND b") == parse("(a b)")
    assert parse("a b") != parse("b a")
    assert parse("a") != parse("a sort:title")


def test_fields_and_controls_are_shown_as_they_were_understood():
    assert parse("a -tag:x,y is:unread sort:title").understood == ("-tag:x,y", "is:unread", "sort:title")


def test_alternatives_and_what_is_left_out_are_shown_as_one():
    assert parse("note:a OR hl:b -tag:x sort:title").understood == ("note:a OR hl:b -tag:x", "sort:title")
    assert parse("(a OR b) -c is:read").understood == ("a OR b", "-c", "is:read")
    assert parse("nothing:a -nothing:b c").understood == ()


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("is:trashed", True),
        ("is:read,TRASHED", True),
        ("a OR is:trashed", True),
        ("-is:trashed", False),
        ("is:-trashed", False),
        ("-is:-trashed", True),
        ("trashed", False),
    ],
)
def test_a_query_mentions_what_it_asks_for_not_what_it_excludes(text, mentioned):
    assert parse(text).mentions("is", "trashed") is mentioned


def test_the_words_to_light_are_those_that_a_text_may_hold():
    query = parse('a -b "c d" title:e body:f hl:"g h" pre* tag:i (j OR -k)')
    assert query.words == (
        Word("a"),
        Phrase("c d"),
        Word("f"),
        Phrase("g h"),
        Word("pre", prefix=True),
        Word("j"),
    )


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("hello wor", "hello wor*"),
        ("hello ", "hello"),
        ('"hello wor', '"hello wor"*'),
        ('"hello wor"', '"hello wor"'),
        ("title:wor", "title:wor*"),
        ("tag:lin", "tag:lin*"),
        ("a OR (b c", "a OR b c*"),
        ("(a b)", "a b"),
        ("-wor", "-wor"),
        ("wor sort:title", "wor sort:title"),
        ("is:read", "is:read"),
        ("", ""),
        ("*** ", '""'),
        ("c++", "c++"),
        ("title:c++", "title:c++"),
        ("tag:c++", "tag:c++*"),
        ("foo-b", "foo-b*"),
        ("site:example.", "site:example.*"),
        ("https://example.org/", "https://example.org/*"),
    ],
)
def test_the_last_word_of_a_query_being_typed_is_a_beginning(text, typed):
    assert str(as_typed(parse(text))) == typed


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_quoted_text_is_one_phrase_whatever_is_in_it(text):
    root = parse(quoted(text)).root
    assert isinstance(root, Phrase | Nothing)


def test_a_query_is_a_value():
    assert {parse("a b"), parse("a  b")} == {parse("a b")}
    assert Query() == parse("")
