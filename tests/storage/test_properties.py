"""Whatever is done, in whatever order: the index is in step, and undoing everything gives back the start."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.domain.anchor import anchor_of
from reader.domain.document import Span
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from reader.storage.rows import names_of
from reader.storage.steps import Step, dumped, loaded, merged
from tests.storage.samples import Ticking, assert_sound, draft, essay, passage, state_of

IDS = st.lists(st.integers(1, 4), min_size=1, max_size=3)
TAGS = st.lists(st.sampled_from(["a", "B", "b", "中文", "long tag", "a, b"]), max_size=2)
WORDS = st.text(alphabet="ab 京都é\n\x1b'\"", max_size=12)

ACTION = st.one_of(
    st.tuples(st.just("tag"), IDS, TAGS, TAGS),
    st.tuples(st.just("mark"), IDS, st.sampled_from(["read", "unread", "starred", "unstarred", "archived"])),
    st.tuples(st.just("trash"), IDS),
    st.tuples(st.just("restore"), IDS),
    st.tuples(st.just("edit"), st.integers(1, 4), WORDS, WORDS),
    st.tuples(st.just("update"), st.integers(1, 3), st.integers(0, 3)),
    st.tuples(st.just("use"), st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.just("join"), st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.just("highlight"), st.integers(1, 4), st.integers(0, 40), st.integers(1, 30), WORDS, TAGS),
    st.tuples(st.just("edit highlight"), st.integers(1, 4), WORDS, TAGS, TAGS),
    st.tuples(st.just("edit highlights"), IDS, st.sampled_from(["pink", "blue"]), TAGS, TAGS),
    st.tuples(st.just("attach"), st.integers(1, 4), st.integers(0, 40), st.integers(1, 30)),
    st.tuples(st.just("accept"), IDS),
    st.tuples(st.just("refuse"), IDS),
    st.tuples(st.just("rewrite"), st.integers(1, 3), st.integers(0, 40), st.integers(1, 30)),
    st.tuples(st.just("remove"), IDS),
    st.tuples(st.just("rename"), st.sampled_from("ab"), st.sampled_from(["a", "A", "c", "中文"])),
    st.tuples(st.just("merge"), st.sampled_from("ab"), st.sampled_from(["a", "b", "c"])),
    st.tuples(st.just("delete"), st.sampled_from(["a", "b", "中文"])),
    st.tuples(st.just("reached"), st.integers(1, 4), st.integers(0, 99)),
)


def perform(library: Library, action: tuple) -> None:
    match action:
        case ("tag", ids, add, remove):
            library.tags.apply(ids, add, remove)
        case ("mark", ids, state):
            library.articles.mark(ids, state)
        case ("trash", ids):
            library.articles.trash(ids)
        case ("restore", ids):
            library.articles.restore(ids)
        case ("edit", id, title, note):
            library.articles.edit(id, title=title, note=note)
        case ("update", id, version):
            text = f"version {version} of {id} 東京"
            library.articles.add(draft(f"Title {version}", text, url=f"https://e.org/{id}", tags=("a",)))
        case ("join", id, other):
            library.duplicates.join(id, other)
        case ("use", id, number):
            library.versions.use(id, number)
        case ("highlight", id, start, length, note, tags):
            anchor = anchor_of(library.articles.get(id).document, Span(start, start + length))
            if anchor:
                library.highlights.add(id, anchor, note=note, tags=tags)
        case ("edit highlight", id, note, add, remove):
            library.highlights.edit(id, note=note, tags_add=add, tags_remove=remove)
        case ("edit highlights", ids, colour, add, remove):
            library.highlights.edit_all(ids, colour=colour, tags_add=add, tags_remove=remove)
        case ("attach", id, start, length):
            article = library.highlights.get(id).article
            anchor = anchor_of(library.articles.get(article).document, Span(start, start + length))
            if anchor:
                library.highlights.attach(id, anchor)
        case ("accept", ids):
            library.highlights.accept(ids)
        case ("refuse", ids):
            library.highlights.refuse(ids)
        case ("rewrite", id, start, length):
            text = library.articles.get(id).document.text
            text = f"{text[:start]} amended {text[start + length :]}"
            library.articles.add(draft("Rewritten", text, url=f"https://e.org/{id}"))
        case ("remove", ids):
            library.highlights.remove(ids)
        case ("reached", id, position):
            library.articles.reached(id, position=position, progress=position / 100)
        case (verb, *names):
            getattr(library.tags, verb)(*names)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(ACTION, max_size=12), back=st.integers(0, 12))
def test_undoing_everything_gives_back_the_start(
    empty_library: Path, actions: list[tuple], back: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        path.write_bytes(empty_library.read_bytes())
        with Library.open(path, clock=Ticking()) as library:
            library.connection.execute("pragma synchronous = off")  # no power cut is under test here
            library.articles.add_all(
                [replace(essay(number), url=f"https://e.org/{number}") for number in (1, 2, 3)]
            )
            library.articles.add(draft("北京", "他在北京大学学习中文。 And some words.", tags=("中文",)))
            library.highlights.add(1, passage(library, 1, "word1x5"), note="n", tags=["a"])
            first = library.history.last().id
            start = state_of(library)
            for action in actions:
                try:
                    perform(library, action)
                except LibraryError:
                    pass
            assert_sound(library)
            end = state_of(library)
            done = len([entry for entry in library.history.entries() if entry.id > first])
            for _ in range(min(back, done)):
                assert library.history.undo().skipped == ()
            for _ in range(min(back, done)):
                assert library.history.redo().skipped == ()
            assert state_of(library) == end
            for _ in range(done):
                assert library.history.undo().skipped == ()
            assert state_of(library) == start
            assert library.history.last().id == first
            assert_sound(library)


FIELDS = st.dictionaries(st.sampled_from(["title", "note", "#a"]), st.none() | st.text() | st.booleans())


@given(FIELDS)
def test_fields_survive_the_history(fields: dict) -> None:
    assert loaded(dumped(fields)) == json.loads(json.dumps(fields))
    assert loaded(dumped(None)) is None


@given(st.lists(st.sampled_from(["one", "two", "three"]), min_size=2, max_size=5))
def test_many_steps_of_one_field_are_one_from_the_first_to_the_last(values: list[str]) -> None:
    steps = [Step("article", 1, 1, {"title": before}, {"title": after}) for before, after in pairwise(values)]
    assert merged(steps) == [Step("article", 1, 1, {"title": values[0]}, {"title": values[-1]})]


@given(st.text())
def test_any_copy_of_tags_gives_clean_names(copy: str) -> None:
    assert all(name == name.strip() and name and "\n" not in name for name in names_of(copy))
