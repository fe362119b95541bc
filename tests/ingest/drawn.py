"""PDF files drawn by hand: text in the standard fonts at given places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5

FONTS = ("Helvetica", "Helvetica-Bold", "Times-Roman", "Courier")
FI = "\x1e"  # the ligature
_ENCODING = "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [30 /fi] >>"
WIDTH, HEIGHT = 612, 792
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass(frozen=True)
class Put:
    """*text* with its baseline *down* points below the top of the page."""

    across: float
    down: float
    text: str
    size: float = 10
    font: int = 0
    turned: bool = False


def column(
    lines: Sequence[str], across: float, down: float, *, size: float = 10, leading: float = 12
) -> list[Put]:
    return [Put(across, down + leading * number, line, size) for number, line in enumerate(lines) if line]


def pdf(
    pages: Sequence[Sequence[Put]],
    *,
    info: Mapping[str, str] | None = None,
    rotate: int = 0,
    password: str = "",
) -> bytes:
    """A whole PDF file. With *password* it is locked, by the first and weakest method there was."""
    first = 5 + len(FONTS)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< " + " ".join(f"/{key} ({value})" for key, value in (info or {}).items()) + " >>",
        _lock(password) if password else "<< >>",
    ]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding {_ENCODING} >>" for font in FONTS
    ]
    fonts = " ".join(f"/F{number} {5 + number} 0 R" for number in range(len(FONTS)))
    for number, page in enumerate(pages):
        content = "\n".join(map(_drawn, page))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate} "
            f"/Resources << /Font << {fonts} >> >> /Contents {first + 2 * number + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    return _file(objects, "/Encrypt 4 0 R /ID [<00> <00>]" if password else "")


def _drawn(put: Put) -> str:
    text = put.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    matrix = "0 1 -1 0" if put.turned else "1 0 0 1"
    return f"BT /F{put.font} {put.size} Tf {matrix} {put.across} {HEIGHT - put.down} Tm ({text}) Tj ET"


def _file(objects: Sequence[str], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010} 00000 n \n" for place in places).encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R {trailer} >>\n".encode()
    return bytes(out + f"startxref\n{table}\n%%EOF\n".encode())


def _lock(password: str) -> str:
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(md5(padded).digest()[:5], padded)
    key = md5(padded + owner + b"\xff\xff\xff\xff" + b"\0").digest()[:5]
    return f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{_rc4(key, _PADDING).hex()}> /P -1 >>"


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
