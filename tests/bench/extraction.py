"""How much of web pages is read rightly: ours beside readability and trafilatura alone and the better of the two.

A folder of pages is given with ``--pages``: one folder for each with ``source.html``, the article
``expected.html`` and ``expected-metadata.json``, such as ``test/test-pages`` of mozilla/readability.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

from reader.domain.article import Draft
from reader.ingest import IngestError
from reader.ingest.html import parse
from tests.bench import structure
from tests.bench.measuring import line
from tests.bench.pty_timing import percentile
from tests.bench.structure import Reading

ADDRESS = "http://fakehost/test/page.html"  # against which the expected articles resolve their links
WEAK = 0.8
RECALL = dict(zip(structure.KINDS, (0.75, 0.85, 0.65, 0.90, 0.80, 0.60, 0.90), strict=True))


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    source: bytes
    truth: Reading
    told: dict[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one extractor made of one page; a failure is a reading without words."""

    case: Case
    reading: Reading
    ms: float
    draft: Draft | None = None

    @property
    def agreement(self) -> float:
        return self.reading.agreement(self.case.truth)


def run(folder: Path | None) -> None:
    if folder is None or not folder.is_dir():
        line("pages", "skipped: give --pages FOLDER")
        return
    found = cases(folder)
    by = {name: [_outcome(case, read) for case in found] for name, read in EXTRACTORS.items()}
    for name, outcomes in by.items():
        _show(name, outcomes)
    _agreement("the better of the two", [max(pair, key=lambda outcome: outcome.agreement)
               for pair in zip(by["readability alone"], by["trafilatura alone"], strict=True)])  # fmt: skip


def cases(folder: Path) -> list[Case]:
    return [_case(page.parent) for page in sorted(folder.glob("*/source.html"))]


def _case(folder: Path) -> Case:
    return Case(
        folder.name,
        (folder / "source.html").read_bytes(),
        structure.of_html((folder / "expected.html").read_text("utf-8")),
        json.loads((folder / "expected-metadata.json").read_text("utf-8")),
    )


def ours(source: bytes) -> tuple[Reading, Draft | None]:
    try:
        draft = parse(source, url=ADDRESS)
    except IngestError:
        return structure.of_html(""), None
    return structure.of_document(draft.document), draft


def readability(source: bytes) -> tuple[Reading, Draft | None]:
    from readability import Document
    from readability.readability import Unparseable

    try:
        return structure.of_html(Document(source.decode("utf-8", "replace"), url=ADDRESS).summary(True)), None
    except Unparseable:
        return structure.of_html(""), None


def trafilatura(source: bytes) -> tuple[Reading, Draft | None]:
    from trafilatura import extract

    found = extract(
        source, url=ADDRESS, output_format="xml", include_comments=False, include_tables=True,
        include_links=True, include_images=True, include_formatting=True,
    )  # fmt: skip
    return structure.of_xml(found or ""), None


EXTRACTORS: dict[str, Callable[[bytes], tuple[Reading, Draft | None]]] = {
    "ours": ours,
    "readability alone": readability,
    "trafilatura alone": trafilatura,
}


def _outcome(case: Case, read: Callable[[bytes], tuple[Reading, Draft | None]]) -> Outcome:
    begun = time.process_time()
    reading, draft = read(case.source)
    return Outcome(case, reading, (time.process_time() - begun) * 1e3, draft)


def _show(name: str, outcomes: list[Outcome]) -> None:
    is_ours = any(outcome.draft for outcome in outcomes)
    _agreement(name, outcomes, bar="mean .97" if is_ours else "")
    taken = [outcome.ms for outcome in outcomes]
    line(
        "  CPU ms a page",
        f"p50 {percentile(taken, 50):.0f}  p95 {percentile(taken, 95):.0f}  most {max(taken):.0f}",
    )
    for kind in structure.KINDS:
        both, wanted, here = (
            sum(counts)
            for counts in zip(
                *(outcome.reading.found(outcome.case.truth, kind) for outcome in outcomes), strict=True
            )
        )
        line(
            f"  {kind}: {wanted}",
            f"recall {both / max(1, wanted):.2f}  precision {both / max(1, here):.2f}",
            f"recall {RECALL[kind]:.2f}" if is_ours else "",
        )
    if is_ours:
        _metadata(outcomes)


def _agreement(name: str, outcomes: list[Outcome], bar: str = "") -> None:
    all_of = [outcome.agreement for outcome in outcomes]
    weak = sum(one < WEAK for one in all_of)
    empty = sum(not outcome.reading.words for outcome in outcomes)
    line(
        f"{name}: {len(all_of)} pages",
        f"F1 mean {fmean(all_of):.4f}  median {median(all_of):.3f}",
        bar,
        f"under {WEAK}: {weak}  empty: {empty}",
    )


def _metadata(outcomes: list[Outcome]) -> None:
    """How many fields are right, of those that the pages' truth has."""
    fields: tuple[tuple[str, str, Callable[[Draft], str | None], str], ...] = (
        ("title", "title", lambda draft: draft.title, ".85"),
        ("byline", "byline", lambda draft: draft.author, ".75"),
        ("date", "publishedTime", lambda draft: draft.published, ".85"),
    )
    for name, key, value, bar in fields:
        told = [(outcome.case.told[key], outcome.draft) for outcome in outcomes if outcome.case.told.get(key)]
        right = sum(draft is not None and is_right(name, value(draft), truth) for truth, draft in told)
        line(f"  {name}: {len(told)}", f"right {right / max(1, len(told)):.2f}", bar)


def is_right(field: str, value: str | None, truth: str) -> bool:
    """Titles also without the name of their site, bylines without “By” and what follows on further lines."""
    if field == "date":
        return (value or "")[:10] == truth[:10]
    if structure.same_words(value, truth):
        return True
    if field == "title":
        return bool(value) and len(str(value)) >= 8 and str(value).lower() in truth.lower()
    first = truth.strip().splitlines()[0]
    return structure.same_words(
        value, first.lower().removeprefix("written ").removeprefix("by ").removeprefix("par ")
    )
