"""The objects of native JSON Lines, checked key by key: a file may have been edited, or be made by anybody.

What has a wrong type is as if it was not said, but where nothing can be made without it: then ValueError says so.
Keys that are not known here stay in ``extra``.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from math import isfinite
from typing import Any, get_args

from reader.domain.colours import COLOURS, Colour
from reader.domain.document import Document
from reader.domain.fields import SORTS
from reader.domain.highlight import Anchor, How, Placement, PlacementStatus
from reader.domain.identity import SKETCH_SIZE, valid_url
from reader.domain.span import Span
from reader.domain.summary import State
from reader.domain.text import clean, clean_body, clean_line, text_hash, word_count
from reader.domain.view import SavedView, clean_name
from reader.domain.whole import Purged, Whole, WholeHighlight, WholeText, WholeView
from reader.exchange.imports.native_blocks import fits

LONGEST_URL = 2048
LARGEST = 2**62
SHA256 = "sha256:"

_ARTICLE = frozenset(
    """t uid url title author site published added place changed opened finished language tags state starred archived
    trashed progress position note origin unfetched version chosen keys keyless extra""".split()  # noqa: SIM905
)
_HIGHLIGHT = frozenset(
    """t uid article exact prefix suffix start end text_hash placement refused note colour tags made changed origin
    extra""".split()  # noqa: SIM905
)
_TEXT = frozenset("t article version made rules head extra words text_hash text blocks sketch".split())  # noqa: SIM905
_UID = re.compile("[0-9A-Za-z][0-9A-Za-z-]{0,99}")
_STATES, _STATUSES, _HOWS = map(frozenset, map(get_args, (State, PlacementStatus, How)))


def view_of(row: Mapping[str, Any]) -> WholeView:
    name = clean_name(_string(row, "name"))
    if not name:
        raise ValueError("a view without a name")
    sort, key = _string(row, "sort"), clean_line(_string(row, "key"))
    return WholeView(
        SavedView(
            name,
            clean_body(_string(row, "query")).strip(),
            sort if sort.removeprefix("-") in SORTS else None,
            key if len(key) == 1 else None,
        ),
        _number(row, "place"),
        _time(row, "made"),
    )


def purged_of(row: Mapping[str, Any]) -> Purged:
    return Purged(_uid(row), _time(row, "at"))


def whole_of(row: Any, texts: Any, highlights: Any) -> Whole:
    if not (isinstance(row, dict) and isinstance(texts, list) and isinstance(highlights, list)):
        raise ValueError("not an article")
    uid = _uid(row)
    more = {**_mapping(row, "extra"), **_unknown(row, _ARTICLE)}
    read, as_written = _texts(texts)
    version = _number(row, "version", 0)
    if read and version not in read:
        version = max(read)
    if read and more:
        read[version] = _with_extra(read[version], more)
    url, state, unfetched = _line(row, "url", LONGEST_URL), _string(row, "state"), row.get("unfetched")
    return Whole(
        uid=uid,
        title=_line(row, "title") or "",
        url=url if url and valid_url(url) else None,
        author=_line(row, "author"),
        site=_line(row, "site"),
        published=_line(row, "published"),
        language=_line(row, "language"),
        added=_time(row, "added"),
        place=_number(row, "place"),
        changed=_time(row, "changed"),
        opened=_time(row, "opened"),
        finished=_time(row, "finished"),
        tags=_strings(row, "tags"),
        state=state if state in _STATES else "unread",  # type: ignore[arg-type]
        starred=row.get("starred") is True,
        archived=row.get("archived") is True,
        trashed=row.get("trashed") is True,
        progress=_share(row, "progress", 0.0),
        position=_number(row, "position"),
        note=clean_body(_string(row, "note")).strip(),
        origin=_line(row, "origin", LONGEST_URL) or "",
        unfetched="" if unfetched is True else _line(row, "unfetched"),
        keys=_keys(row),
        version=max(1, version),
        chosen=row.get("chosen") is True,
        texts=tuple(read[number] for number in sorted(read)),
        # Where they are in another text than that which came along, nobody knows.
        highlights=tuple(
            _highlight(one, is_placed=version in as_written) for one in highlights if isinstance(one, dict)
        ),
    )


def _keys(row: Mapping[str, Any]) -> tuple[str, ...] | None:
    known = tuple(key for key in _strings(row, "keys") if not key.startswith("file:"))
    return known if known or row.get("keyless") is True else None


def _texts(rows: list[Any]) -> tuple[dict[int, WholeText], set[int]]:
    """The texts by their versions, and the versions of those that nobody has changed since they were written."""
    read, as_written = {}, set()
    for row in rows:
        if isinstance(row, dict):
            text = _text(row)
            read[text.version] = text
            if text.hash == _hash(row, "text_hash"):
                as_written.add(text.version)
    return read, as_written


def _text(row: Mapping[str, Any]) -> WholeText:
    text, blocks = _string(row, "text"), row.get("blocks", [])
    version = _number(row, "version", 1)
    if not 1 <= version < 1_000_000:
        raise ValueError("a text whose version is no number")
    canonical = clean_body(text) == text
    hash = text_hash(text)
    if canonical and fits(blocks, text):
        structure = _dumped(blocks)
        # Most have nothing to be cleaned; JSON writes control characters in digits.
        if not structure.isprintable() or "\\u00" in structure:
            structure = _dumped(_cleaned(blocks))
    else:
        document = Document.plain(text)
        text, hash, structure, canonical = document.text, document.hash, document.blocks_json(), False
    is_as_written = canonical and _hash(row, "text_hash") == hash
    words = _number(row, "words", -1) if is_as_written else -1
    words = words if 0 <= words <= len(text) else word_count(text)
    return WholeText(
        version,
        text,
        structure,
        hash,
        words,
        _time(row, "made"),
        _number(row, "rules", 1),
        _mapping(row, "head"),
        {**_mapping(row, "extra"), **_unknown(row, _TEXT)},
        _sketch(row) if is_as_written else b"",
    )


def _dumped(blocks: Any) -> str:
    return json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))


def _with_extra(text: WholeText, more: Mapping[str, Any]) -> WholeText:
    return replace(text, extra={**text.extra, **more})


def _sketch(row: Mapping[str, Any]) -> bytes:
    try:
        found = b64decode(_string(row, "sketch"), validate=True)
    except (NotBase64, ValueError):
        return b""
    return found if len(found) % 8 == 0 and len(found) <= 8 * SKETCH_SIZE else b""


def _highlight(row: Mapping[str, Any], *, is_placed: bool) -> WholeHighlight:
    exact = clean_body(_string(row, "exact"))
    start, end = _number(row, "start"), _number(row, "end")
    colour = _string(row, "colour")
    hash = _hash(row, "text_hash")
    if not 0 <= start <= end:
        start, end, hash = 0, 0, ""
    return WholeHighlight(
        _uid(row),
        Anchor(
            Span(start, end),
            exact,
            clean_body(_string(row, "prefix")),
            clean_body(_string(row, "suffix")),
            hash,
        ),
        _placement(row.get("placement")) if is_placed else None,
        _colour(colour),
        clean_body(_string(row, "note")).strip(),
        _strings(row, "tags"),
        _time(row, "made"),
        _time(row, "changed"),
        _hash(row, "refused"),
        _line(row, "origin", LONGEST_URL) or "",
        {**_mapping(row, "extra"), **_unknown(row, _HIGHLIGHT)},
        is_by_hand=_mapping(row, "placement").get("by") == "user",
    )


def _colour(name: str) -> Colour:
    return next((colour for colour in COLOURS if colour == name), COLOURS[0])


def _placement(row: Any) -> Placement | None:
    """``None`` if it is not said in full: then the passage is looked for."""
    if not isinstance(row, dict):
        return None
    status, how = _string(row, "status"), _string(row, "how")
    if status not in _STATUSES or how not in _HOWS:
        return None
    start, end = _number(row, "start", -1), _number(row, "end", -1)
    span = Span(start, end) if 0 <= start <= end else None
    if span is None and status != "orphan":
        return None
    return Placement(
        status,  # type: ignore[arg-type]
        span,
        _share(row, "score", 1.0),
        how,  # type: ignore[arg-type]
        _share(row, "quote", 1.0),
        _share(row, "context", 0.0) if "context" in row else None,
        _share(row, "margin", 1.0),
        "user" if row.get("by") == "user" else "auto",
    )


# --- values of one key ------------------------------------------------------------------------------------------


def _unknown(row: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    return {clean(key): _cleaned(value) for key, value in row.items() if key not in known}


def _uid(row: Mapping[str, Any]) -> str:
    uid = _string(row, "uid")
    if not _UID.fullmatch(uid):  # it becomes a part of names of files
        raise ValueError("it has no uid, or one that is none")
    return uid


def _string(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _line(row: Mapping[str, Any], key: str, limit: int = 300) -> str | None:
    return clean_line(_string(row, key), limit) or None


def _strings(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key)
    return tuple(clean(one) for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _mapping(row: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = row.get(key)
    return {clean(name): _cleaned(one) for name, one in value.items()} if isinstance(value, dict) else {}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return value


def _number(row: Mapping[str, Any], key: str, default: int = 0) -> int:
    value = row.get(key, default)
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST
    return value if whole else default


def _share(row: Mapping[str, Any], key: str, default: float) -> float:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return default
    return min(max(0.0, float(value)), 1.0)


def _hash(row: Mapping[str, Any], key: str) -> str:
    value = _string(row, key).removeprefix(SHA256)
    return value if len(value) == 64 and value.isalnum() else ""


def _time(row: Mapping[str, Any], key: str) -> datetime | None:
    value = _string(row, key)
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
