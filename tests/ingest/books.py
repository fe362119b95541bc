"""Small EPUB files, whole and broken."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
METADATA = """<dc:title>The Noon Whistle</dc:title><dc:creator id="a">Dale R. Whitcomb</dc:creator>
<dc:creator id="b">Ada Penn</dc:creator><meta refines="#b" property="role">ill</meta>
<dc:language>en-GB</dc:language><dc:publisher>Harbour Press</dc:publisher><dc:date>2019-05-04</dc:date>"""


def page(body: str, title: str = "x") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title></head><body>{body}</body></html>'
    )


def book(
    chapters: Mapping[str, str | bytes],
    *,
    nav: str = "",
    ncx: str = "",
    metadata: str = METADATA,
    files: Mapping[str, str | bytes] | None = None,
    absent: tuple[str, ...] = (),
    guide: str = "",
    container: str = CONTAINER,
) -> bytes:
    """A book of *chapters* in the order given; *absent* ones are in its spine only."""
    names = [*chapters, *absent]
    manifest = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(names)))
    if nav:
        manifest += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    if ncx:
        manifest += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    opf = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f'<manifest>{manifest}</manifest><spine toc="ncx">{spine}</spine>{guide}</package>'
    )
    entries: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
    }
    entries["OEBPS/book.opf"] = opf
    if nav:
        entries["OEBPS/nav.xhtml"] = page(f'<nav epub:type="toc">{nav}</nav>')
    if ncx:
        entries["OEBPS/toc.ncx"] = (
            f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{ncx}</navMap></ncx>'
        )
    entries |= {f"OEBPS/{name}": body for name, body in chapters.items()}
    return zipped({**entries, **(files or {})})


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(name, data, compress_type=kind)
    return out.getvalue()
