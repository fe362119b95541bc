"""A mail taken apart: its headers decoded, and the text that it was written to show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses, parsedate_to_datetime

from reader.domain.text import clean_line
from reader.ingest.addresses import web_address
from reader.ingest.decode import decode, decode_html
from reader.ingest.errors import IngestError

PARTS = 1000
NESTING = 100

_CHARSET = re.compile(r"[\w.:+-]{1,40}", re.ASCII)
_URL = re.compile(r"https?://[^\s<>\"]{3,2000}")


@dataclass(frozen=True, slots=True)
class Letter:
    """``html`` is empty if there is only ``text``; that ``flows`` if its lines end in a space where they go on
    (RFC 3676), which is none of the text if it ``joins``. ``is_page`` is what a browser saved as a mail."""

    subject: str
    sender: str | None
    list_name: str | None
    sent: str | None
    url: str | None
    html: str
    text: str
    flows: bool = False
    joins: bool = False
    is_page: bool = False


def read_letter(data: bytes) -> Letter:
    """The mail or the saved page (MHTML) in *data*. Raises IngestError if it is nested like a trap."""
    try:
        message = message_from_bytes(data.lstrip(b"\r\n"), policy=policy.default)
        parts = _parts(message)
    except RecursionError as error:
        raise IngestError("", "too many mails within mails") from error
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    # A mail that calls itself many parts and has none is the text that it holds.
    texts = [
        part
        for part in parts
        if part.get_content_type() == "text/plain" or part.get_content_maintype() == "multipart"
    ]
    location = _header(message, "Snapshot-Content-Location")
    sender = _header(message, "From")
    if (
        not location
        and message.get_content_type() == "multipart/related"
        and (not sender or "Saved by" in sender)
    ):
        location = next((_header(page, "Content-Location") for page in pages), "")
    if location:
        pages = pages[:1]  # the others are frames of it
    return Letter(
        subject=_header(message, "Subject"),
        sender=_sender(sender),
        list_name=_list_name(message),
        sent=_sent(_header(message, "Date")),
        url=web_address(location, None) if location else _where(message),
        html="\n".join(decode_html(_payload(page), _charset(page)) for page in pages),
        text="\n\n".join(map(_text, texts)),
        flows=any(str(part.get_param("format", "")).lower() == "flowed" for part in texts),
        joins=any(str(part.get_param("delsp", "")).lower() == "yes" for part in texts),
        is_page=bool(location),
    )


def _parts(message: Message) -> list[Message]:
    """The parts that hold text, of this mail and not of those in it, in order. Attached files are left alone."""
    found: list[Message] = []
    waiting = [(message, 0)]
    while waiting and len(found) < PARTS:
        part, depth = waiting.pop()
        if depth > NESTING:
            raise IngestError("", "too many mails within mails")
        if part.get_content_type() == "message/rfc822" and found:
            continue
        inside = part.get_payload() if part.is_multipart() else None
        if isinstance(inside, list):
            waiting += [(each, depth + 1) for each in reversed(inside) if isinstance(each, Message)]
        elif part.get_content_maintype() in ("text", "application", "multipart") and not _is_attached(part):
            found.append(part)
    return found


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).lower().startswith("attachment")


def _text(part: Message) -> str:
    """The text of *part*, in the charset that it says if there is one, else in the one that it looks like."""
    data, charset = _payload(part), _charset(part)
    try:
        return data.decode(charset, "replace") if charset and charset != "us-ascii" else decode(data)
    except LookupError:
        return decode(data)


def _payload(part: Message) -> bytes:
    """The decoded bytes; of damaged base64 what can be decoded."""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _charset(part: Message) -> str | None:
    """What *part* says, if it can be the name of a charset."""
    try:
        said = part.get_content_charset()
    except (LookupError, ValueError):
        return None
    return said if said and _CHARSET.fullmatch(said) else None


def _header(message: Message, name: str) -> str:
    """A decoded header as one clean line; ``""`` for one that is missing or cannot be understood."""
    try:
        return clean_line(str(message.get(name, "")), limit=2000)
    except Exception:  # noqa: BLE001  the header parser of the standard library has raised most kinds over the years
        return ""


def _sender(value: str) -> str | None:
    """The name in a ``From`` header, or the address if there is none."""
    names = [name or address for name, address in getaddresses([value])[:1]]
    return clean_line(names[0].strip("\"' "), limit=100) or None if names else None


def _list_name(message: Message) -> str | None:
    """The name of the mailing list, or the host that the sender writes from."""
    named = _header(message, "List-Id").partition("<")[0].strip("\"' ")
    addresses = [address for _, address in getaddresses([_header(message, "From")])[:1]]
    host = addresses[0].rpartition("@")[2] if addresses else ""
    return named or clean_line(host, limit=100) or None


def _sent(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _where(message: EmailMessage | Message) -> str | None:
    """Where the mail can be read on the web, if a header says so."""
    for name in ("Archived-At", "List-Post", "Content-Location"):
        found = _URL.search(_header(message, name))
        if found and (address := web_address(found[0], None)):
            return address
    return None
