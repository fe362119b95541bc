"""Whatever an export holds, its reader gives items and problems, and raises nothing but ExportError."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.domain.identity import valid_url
from reader.exchange.imports.detection import items_of
from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.item import Item, Problem
from reader.jobs.item_records import UnfitError, record_of
from reader.jobs.record_wire import record_from_wire, record_to_wire
from tests.exchange import samples
from tests.exchange.exports_of import export_of, zip_of
from tests.hostile import CONTROLS, LINKS

OURS = (
    "omnivore", "wallabag", "readeck", "readwise", "readwise-reader", "kindle", "hypothesis", "newsboat",
    "webannotation",
)  # fmt: skip
DEEP: Any = "end"
for _ in range(300):
    DEEP = [{"a": DEEP}]
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 10**400, 1e308, "", "\x1b]52;c;AAAA\x07", "\u202eevil\u2066", "a\x00b", "\ud800x", "=1+1",
    "javascript:alert(1)", "9" * 400, [], ["\ud800", None, 7], {}, {"value": "x"}, DEEP,
)  # fmt: skip


def check(app: Any, data: bytes | str) -> list[Item | Problem]:
    """What *app*'s reader makes of *data*, of which the job can make records that go to its parent."""
    things: list[Item | Problem] = []
    found = items_of(app)(export_of(data))
    while True:
        try:
            thing = next(found)
        except (StopIteration, ExportError):
            return things
        things.append(thing)
        if isinstance(thing, Problem):
            assert isinstance(thing.reason, str)
            assert thing.reason
            continue
        assert thing.url is None or valid_url(thing.url)
        assert 0 <= thing.progress <= 1
        assert all(one.exact.strip() for one in thing.highlights)
        try:
            record, _ = record_of(thing, app, "none")
        except UnfitError:
            continue
        assert "\\x1b" not in repr(record_from_wire(record_to_wire(record)))


def swapped(value: Any) -> Iterator[Any]:
    """*value* with each part of it in turn replaced by every hostile value."""
    yield from VALUES
    if isinstance(value, dict):
        for key, member in value.items():
            for other in swapped(member):
                yield value | {key: other}
    elif isinstance(value, list):
        for at, member in enumerate(value[:2]):
            for other in swapped(member):
                yield [*value[:at], other, *value[at + 1 :]]


def _omnivore(record: Any) -> bytes:
    return zip_of({"metadata_0_to_1.json": json.dumps([record]), "content/harbour-1.html": samples.PIER})


def _readeck(record: Any) -> bytes:
    info = json.dumps(record)
    return zip_of(
        {"data.json": info, "bookmarks/a/info.json": info, "bookmarks/a/container/index.html": "<p>x"}
    )


def _hypothesis(record: Any) -> str:
    return json.dumps(
        {"export_userid": "x", "annotations": [samples.hypothesis_annotation(id="an0"), record]}
    )


def _some(record: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name in names}


OMNIVORE = {
    "slug": "harbour-1", "url": "https://e.org/a", "title": "A", "state": "Active", "readingProgress": 42,
    "labels": ["a"], "savedAt": "2024-01-05T09:42:11.000Z", "publishedAt": "2023-12-24T00:00:00.000Z",
}  # fmt: skip
WALLABAG = ("id", "title", "url", "tags", "content", "created_at", "published_at", "published_by", "is_archived",
            "annotations", "language")  # fmt: skip
READECK = (
    "Created",
    "URL",
    "Title",
    "Authors",
    "Labels",
    "ReadProgress",
    "IsArchived",
    "Published",
    "Annotations",
)
RECORDS: tuple[tuple[str, Any, Callable[[Any], bytes | str]], ...] = (
    ("omnivore", OMNIVORE, _omnivore),
    ("wallabag", _some(samples.wallabag_entry(), WALLABAG), lambda record: json.dumps([record])),
    ("readeck", _some(samples.readeck_info(), READECK), _readeck),
    ("hypothesis", samples.hypothesis_annotation(references=[]), _hypothesis),
    ("webannotation", samples.web_annotation(), json.dumps),
)


@pytest.mark.parametrize(("app", "record", "written"), RECORDS, ids=[app for app, *_ in RECORDS])
def test_any_value_in_any_place_of_a_record_costs_at_most_the_record(app, record, written):
    assert any(isinstance(thing, Item) for thing in check(app, written(record)))
    for other in swapped(record):
        check(app, written(other))


def _bare(records: str) -> str:
    return records


DAMAGE = "[" * 60_000 + "]" * 60_000, '{"a": ' + "9" * 5000 + "}", '{"a": tru}', '"x"', "7", '{"a": NaN}'
ARRAYS: tuple[tuple[str, Any, Callable[[str], bytes | str]], ...] = (
    ("omnivore", OMNIVORE, lambda records: zip_of({"metadata_0_to_1.json": records})),
    ("wallabag", samples.wallabag_entry(annotations=[]), _bare),
    (
        "hypothesis",
        samples.hypothesis_annotation(),
        lambda records: '{"export_userid":"x","annotations":' + records,
    ),
    ("webannotation", samples.web_annotation(), _bare),
)


@pytest.mark.parametrize(("app", "record", "written"), ARRAYS, ids=[app for app, *_ in ARRAYS])
def test_records_that_are_no_json_cost_no_other_and_of_a_file_cut_off_the_whole_ones_come(
    app, record, written
):
    good = json.dumps(record)
    things = check(
        app,
        written(
            "[" + ",".join([good, *DAMAGE, good.replace("https://e.org/a", "https://e.org/z"), good[:50]])
        ),
    )
    assert {thing.url for thing in things if isinstance(thing, Item)} == {
        "https://e.org/a",
        "https://e.org/z",
    }
    failed = [thing.reason for thing in things if isinstance(thing, Problem) and thing.kind == "failed"]
    assert len(failed) == len(DAMAGE) + 1
    assert all(len(reason) < 80 for reason in failed)


TABLES = (
    ("wallabag", samples.wallabag_csv), ("readeck", samples.readeck_csv), ("hypothesis", samples.hypothesis_csv),
    ("readwise", samples.readwise), ("readwise-reader", samples.readwise_reader),
)  # fmt: skip


@pytest.mark.parametrize(("app", "sample"), TABLES, ids=[app for app, _ in TABLES])
def test_any_text_in_any_cell_and_ragged_rows_cost_at_most_the_row(app, sample):
    text = sample().decode()
    header, row, *_ = csv.reader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    hostile = [value for value in VALUES if isinstance(value, str)] + [*CONTROLS.values(), *LINKS.values()]
    rows = [[*row[:at], value, *row[at + 1 :]] for at in range(len(row)) for value in hostile]
    rows += [row[:at] for at in range(len(row))] + [[*row, "=1+1", "more"], [], [""]]
    file = io.StringIO()
    csv.writer(file).writerows([header, *rows])
    things = check(app, file.getvalue().encode("utf-8", "replace"))
    assert any(
        one.extra.get("_surplus") == ["=1+1", "more"]
        for thing in things
        if isinstance(thing, Item)
        for one in (thing, *thing.highlights)
    )


@pytest.mark.parametrize("app", OURS)
def test_a_file_cut_off_or_overwritten_anywhere_raises_nothing_else(app):
    data = samples.SAMPLES[app]()
    for at in range(0, len(data), max(1, len(data) // 60)):
        check(app, data[:at])
        check(app, data[:at] + b"\xff\x00{[\"'" + data[at + 6 :])


@pytest.mark.parametrize("app", OURS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_raise_nothing_else(app, data):
    check(app, data)


KEYS = st.sampled_from(
    ["url", "uri", "id", "target", "source", "selector", "type", "exact", "body", "annotations", "quote", "ranges",
     "text", "tags", "created", "items", "first", "references", "document", "content", "title"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


@pytest.mark.parametrize("app", ["wallabag", "hypothesis", "webannotation"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(value=JSON)
def test_any_json_raises_nothing_else(app, value):
    check(app, json.dumps(value))
    check(app, json.dumps([value]))
    check(app, json.dumps({"annotations": [value]}))


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["The Slow Book (Mara E.)", ")(", "((a)", "\ufeff\u202eevil (\x1b[2J)", ""]),
            st.sampled_from(
                ["- Your Highlight on Location ", "- Your Note on page ", "-", "- 您在位置 #", ""]
            ),
            st.text(st.characters(blacklist_categories=["Cs"]), max_size=40),
            st.text(st.characters(blacklist_categories=["Cs"]), max_size=40),
        ),
        max_size=8,
    )
)
def test_any_clippings_raise_nothing_else(entries):
    check("kindle", "".join(f"{a}\n{b}{c}\n\n{d}\n==========\n" for a, b, c, d in entries))
