from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from reader.domain.anchor import anchor_of, occurrences
from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document
from reader.domain.query import parse
from reader.jobs.export import Chosen, articles, as_text, to_folder
from reader.jobs.vault import Kept, Left, Written
from reader.storage.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as library:
        yield library


def put(library: Library, title: str, text: str) -> ArticleId:
    return library.articles.add(Draft(title, Document.plain(text), author='Ann "A" Lee')).id


def mark(library: Library, number: ArticleId, words: str, note: str = "") -> None:
    document = library.articles.get(number).document
    anchor = anchor_of(document, occurrences(document, words)[0])
    assert anchor
    library.highlights.add(number, anchor, note=note, tags=("a b", "2024"))


def exported(library: Library, folder: Path, query: str = "") -> list[Written | Kept | Left]:
    chosen = Chosen(articles(library, parse(query), "markdown"))
    return list(to_folder(library, chosen, folder))


def test_jsonl_has_every_field_that_says_something(library: Library) -> None:
    number = put(library, "Title", "Some words — 日本 👩‍🚀 of a text.")
    mark(library, number, "words", "A note\nof two lines")
    lines = [json.loads(line) for line in "".join(as_text(library, [number], "jsonl")).splitlines()]
    assert [line.get("t") for line in lines] == [None, "tag", "tag", "article", "text", "highlight"]
    *_, article, text, highlight = lines
    assert text["text"][highlight["placement"]["start"] : highlight["placement"]["end"]] == "words"
    assert (
        Document.from_json(text["text"], json.dumps(text["blocks"])) == library.articles.get(number).document
    )
    assert highlight["article"] == text["article"] == article["uid"]
    assert not [key for line in lines for key, value in line.items() if value in (None, "", [])]


def test_articles_stand_in_the_order_of_their_uids(library: Library) -> None:
    for number in range(9):
        put(library, f"Title {number}", f"Text {number}")
    uids = [library.articles.summary(number).uid for number in articles(library, parse(""), "jsonl")]
    assert uids == sorted(uids)
    assert len(uids) == 9


def test_a_note_quotes_escapes_and_names_its_passages(library: Library, tmp_path: Path) -> None:
    mark(library, put(library, 'A "quoted" title', "Some words."), "words", "Why")
    [written] = exported(library, tmp_path / "vault")
    text = written.path.read_text()
    assert 'title: "A \\"quoted\\" title"\n' in text
    assert 'author: ["Ann \\"A\\" Lee"]\n' in text
    assert "> words\n^hl-" in text
    assert "Why #2024- #a-b" in text


def test_tags_never_become_a_part_of_a_note_of_many_lines(library: Library, tmp_path: Path) -> None:
    """They stood behind its last line: where that closes code, the rest of the file became code."""
    mark(library, put(library, "Title", "Some words."), "words", "As in\n```\ncode\n```")
    [written] = exported(library, tmp_path)
    assert "\n```\n\n#2024- #a-b\n" in written.path.read_text()


def test_no_note_swallows_the_passage_behind_it(library: Library, tmp_path: Path) -> None:
    number = put(library, "Title", "Some words here.")
    notes = ("```\ncode", "<!-- open", "> mine")
    for words, note in zip(("Some", "words", "here"), notes, strict=True):
        mark(library, number, words, note)
    library.articles.edit(number, note="~~~\ncode")
    [written] = exported(library, tmp_path)
    body = written.path.read_text().partition("\n---\n")[2]
    tokens = MarkdownIt("commonmark").parse(body)
    assert sum(token.type == "blockquote_open" and token.level == 0 for token in tokens) == 3
    assert [token.content for token in tokens if token.content.startswith("#")] == ["#2024- #a-b"] * 3


def test_a_second_export_writes_nothing(library: Library, tmp_path: Path) -> None:
    mark(library, put(library, "Title", "Some words."), "words")
    [first] = exported(library, tmp_path)
    before = first.path.stat().st_mtime_ns
    assert exported(library, tmp_path) == [Written(first.path, changed=False)]
    assert first.path.stat().st_mtime_ns == before


def test_what_the_owner_wrote_around_the_block_stays(library: Library, tmp_path: Path) -> None:
    number = put(library, "Title", "Some words.")
    [first] = exported(library, tmp_path)
    text = first.path.read_text()
    own = text.replace("uid:", "aliases:\n  - Other\nuid:").replace(
        "%% reader:begin", "Mine above.\n\n%% reader:begin"
    )
    first.path.write_text(own + "\nMine below.\n")
    mark(library, number, "words")
    assert exported(library, tmp_path) == [Written(first.path, changed=True)]
    text = first.path.read_text()
    for kept in ("aliases:\n  - Other\n", "Mine above.\n", "\nMine below.\n", "> words\n"):
        assert kept in text


def test_a_block_that_was_deleted_comes_back_at_the_end(library: Library, tmp_path: Path) -> None:
    number = put(library, "Title", "Some words.")
    [first] = exported(library, tmp_path)
    front = first.path.read_text().split("%%")[0]
    first.path.write_text(front + "Only mine.\n")
    mark(library, number, "words")
    exported(library, tmp_path)
    assert first.path.read_text().index("Only mine.") < first.path.read_text().index("%% reader:begin %%")


def test_a_file_about_something_else_is_never_touched(library: Library, tmp_path: Path) -> None:
    put(library, "Title", "Some words.")
    mine = tmp_path / "Title.md"
    mine.write_text("My own note.")
    [written] = exported(library, tmp_path)
    assert written.path.name.startswith("Title-")
    assert mine.read_text() == "My own note."


def test_articles_of_one_title_get_names_of_their_own(library: Library, tmp_path: Path) -> None:
    for text in ("One.", "Two.", "Three."):
        put(library, "../Same: title?", text)
    put(library, "???", "Four.")
    names = sorted(event.path.name for event in exported(library, tmp_path))
    assert len(set(names)) == 4
    assert "Same title.md" in names
    assert all("/" not in name and not name.startswith(".") for name in names)


def test_a_note_stays_where_its_owner_put_it_whatever_its_title_becomes(
    library: Library, tmp_path: Path
) -> None:
    number = put(library, "Title", "Some words.")
    [first] = exported(library, tmp_path)
    moved = tmp_path / "Deep" / "Mine.md"
    moved.parent.mkdir()
    first.path.rename(moved)
    hidden = tmp_path / ".trash" / "old.md"
    hidden.parent.mkdir()
    hidden.write_text(moved.read_text())
    library.articles.edit(number, title="Another title")
    assert exported(library, tmp_path) == [Written(moved, changed=True)]
    assert 'title: "Another title"' in moved.read_text()
    assert list(tmp_path.glob("*.md")) == []


def test_what_is_not_in_the_export_any_more_is_named_and_left(library: Library, tmp_path: Path) -> None:
    put(library, "Stays", "One.")
    gone = put(library, "Goes", "Two.")
    exported(library, tmp_path)
    (tmp_path / "Mine.md").write_text(
        '---\nuid: "20221122"\n---\nA note of my own with a number of its own.\n'
    )
    (tmp_path / "Latin.md").write_bytes(b"---\nuid: 1\n---\n\xe9")
    before = (tmp_path / "Goes.md").read_bytes()
    library.articles.trash([gone])
    assert exported(library, tmp_path) == [
        Written(tmp_path / "Stays.md", changed=False), Left(tmp_path / "Goes.md"),
    ]  # fmt: skip
    assert (tmp_path / "Goes.md").read_bytes() == before
    assert exported(library, tmp_path, "title:goes") == [
        Left(tmp_path / "Goes.md"),
        Left(tmp_path / "Stays.md"),
    ]


def test_a_copy_that_its_owner_made_of_a_note_is_left_alone(library: Library, tmp_path: Path) -> None:
    number = put(library, "Title", "Some words.")
    [first] = exported(library, tmp_path)
    copy = tmp_path / "Title 2.md"
    copy.write_text(first.path.read_text() + "Mine.\n")
    mark(library, number, "words")
    assert len(exported(library, tmp_path)) == 1
    assert sorted(path.name for path in tmp_path.glob("*.md")) == ["Title 2.md", "Title.md"]
    assert (first.path.read_text().count("> words"), copy.read_text().count("> words")) in ((1, 0), (0, 1))


def test_lines_that_end_as_on_windows_are_no_change(library: Library, tmp_path: Path) -> None:
    put(library, "Title", "Some words.")
    [first] = exported(library, tmp_path)
    first.path.write_bytes(first.path.read_bytes().replace(b"\n", b"\r\n"))
    assert exported(library, tmp_path) == [Written(first.path, changed=False)]


def test_a_note_cannot_end_its_block(library: Library, tmp_path: Path) -> None:
    number = put(library, "Title", "Some words.")
    mark(library, number, "words", "%% reader:end %% and more")
    [first] = exported(library, tmp_path)
    assert first.path.read_text().count("%% reader:end %%") == 1
