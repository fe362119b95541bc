from __future__ import annotations

import time
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.document import Document
from reader.ingest import IngestError, mail, read
from tests.invariants import assert_document

PROSE = "The whistle at the cannery blew at noon, and everybody in the harbour set a watch by it, and the crews too."
NEWSLETTER = f"""<html lang="en"><head><style>p {{ color: red }}</style></head><body>
<div style="display:none;max-height:0px;overflow:hidden">What blew at noon &#847; &zwnj; &nbsp; &#847;</div>
<table role="presentation" width="100%"><tr><td align="center">
 <table width="600"><tr><td>
  <a href="https://letters.example.org/p/whistle?utm_source=mail">View in browser</a></td></tr></table>
 <table width="600">
  <tr><td><img src="https://e.org/logo.png" width="200" alt="The Harbour Letter"></td><td>May 2021</td></tr>
  <tr><td colspan="2"><h1>The Noon Whistle</h1></td></tr>
  <tr><td colspan="2">{PROSE}<br><br>A second paragraph, with <a href="https://e.org/a">a link</a> in it.</td></tr>
  <tr><td><h2>Prices</h2><table><tr><th>Fish</th><th>Price</th></tr><tr><td>Herring</td><td>2</td></tr></table></td></tr>
  <tr><td><table><tr><td valign="top">Left {PROSE}</td><td valign="top">Right {PROSE}</td></tr></table></td></tr>
  <tr><td><ul><li>One</li><li>Two</li></ul></td></tr>
 </table>
 <table><tr><td>&nbsp;</td></tr><tr><td>You are receiving this email because you signed up.
  <a href="https://e.org/u">Unsubscribe</a></td></tr><tr><td>1 Quay Street, Harbour</td></tr></table>
</td></tr></table>
<img src="https://t.example.org/o.gif?id=1" width="1" height="1"><img src="https://t.example.org/open?x=1">
</body></html>"""


def letter(*, text: str = "", page: str = "", **headers: str) -> bytes:
    made = EmailMessage()
    for name, value in {
        "From": '"Ada Penn" <ada@letters.example.org>',
        "Subject": "The Noon Whistle",
    }.items():
        made[name] = headers.pop(name, value)
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    if text or not page:
        made.set_content(text)
    if page:
        (made.add_alternative if text else made.set_content)(page, subtype="html")
    return made.as_bytes()


def blocks(document: Document) -> list[tuple[str, str]]:
    assert_document(document)
    return [(block.kind, document.slice(block.span)) for block in document.blocks]


def test_a_newsletter_of_tables_in_tables_comes_out_as_paragraphs() -> None:
    draft = mail.parse(letter(text="plain", page=NEWSLETTER, Date="Mon, 03 May 2021 10:00:00 +0200"))
    assert blocks(draft.document) == [
        ("figure", "The Harbour Letter"),
        ("para", "May 2021"),
        ("para", PROSE),
        ("para", "A second paragraph, with a link in it."),
        ("heading", "Prices"),
        ("table", "Fish\tPrice\nHerring\t2"),
        ("para", f"Left {PROSE}"),
        ("para", f"Right {PROSE}"),
        ("item", "One"),
        ("item", "Two"),
    ]
    assert [mark.href for mark in draft.document.marks] == ["https://e.org/a"]
    assert draft.extra["masthead"] == "What blew at noon\nView in browser"
    assert draft.extra["tail"].splitlines() == [
        "You are receiving this email because you signed up. Unsubscribe", "1 Quay Street, Harbour",
    ]  # fmt: skip
    assert (draft.title, draft.author, draft.site) == ("The Noon Whistle", "Ada Penn", "letters.example.org")
    assert (draft.published, draft.language) == ("2021-05-03T10:00:00+02:00", "en")
    assert draft.url == "https://letters.example.org/p/whistle?utm_source=mail"


def test_headers_are_decoded_and_cleaned() -> None:
    data = (
        b"From: =?utf-8?q?Gr=C3=B6=C3=9Fe?= <a@e.org>\r\nSubject: =?utf-8?q?One_=1B=5D0=3Bx=07two?=\r\n"
        b" =?koi8-r?b?8NLJ18XU?=\r\n"
        b"List-Id: The Letter <letter.e.org>\r\nArchived-At: <https://e.org/archive/1>\r\nDate: nonsense\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n"
        + "Привет, мир.".encode("koi8-r")
    )
    draft = read(data, name="x")
    assert (draft.title, draft.author, draft.site) == ("One ]0;xtwoПривет", "Größe", "The Letter")
    assert (draft.url, draft.published, draft.media_type) == (
        "https://e.org/archive/1",
        None,
        "message/rfc822",
    )
    assert draft.document.text == "Привет, мир."


def test_plain_mail_keeps_quotes_and_sets_the_signature_aside() -> None:
    text = f"{PROSE}\n\n> What blew?\n> And when?\n\nThat did.\n\n-- \nAda Penn\nHarbour\n"
    draft = mail.parse(letter(text=text))
    assert blocks(draft.document) == [
        ("para", PROSE),
        ("quote", "What blew?\nAnd when?"),
        ("para", "That did."),
    ]
    assert draft.extra == {"tail": "Ada Penn\nHarbour"}


def test_flowed_lines_are_joined_at_each_depth_of_quotation() -> None:
    data = (
        b"From: a@e.org\nSubject: x\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
        b"One line \nthat goes on.\nAnother.\n\n> a quote \n> that goes on.\n\n From the margin.\n-- \nAda\n"
    )
    assert blocks(mail.parse(data).document) == [
        ("para", "One line that goes on.\nAnother."),
        ("quote", "a quote that goes on."),
        ("para", "From the margin."),
    ]


def test_a_page_saved_as_a_mail_is_read_as_a_page() -> None:
    made = MIMEMultipart("related")
    made["From"] = "<Saved by Blink>"
    made["Snapshot-Content-Location"] = "https://e.org/whistle"
    made["Subject"] = "x"
    page = (
        f"<html><head><title>The Whistle</title></head><body><nav>Home</nav><article><p>{PROSE * 3}</p>"
        f"<p><a href='/b'>b</a> {PROSE}</p>"
    )
    made.attach(MIMEText(page, "html", "utf-8"))
    draft = read(made.as_bytes(), name="page.mhtml")
    assert (draft.title, draft.url, draft.keys) == (
        "The Whistle",
        "https://e.org/whistle",
        ("url:https://e.org/whistle",),
    )
    assert "https://e.org/b" in [mark.href for mark in draft.document.marks]
    assert draft.media_type == "message/rfc822"


def test_damage_costs_no_more_than_what_is_damaged() -> None:
    head = b"From: a@e.org\nSubject: x\nMIME-Version: 1.0\n"
    unknown = head + b"Content-Type: text/plain; charset=klingon\n\nGr\xc3\xb6\xc3\x9fe."
    assert mail.parse(unknown).document.text == "Größe."
    broken = head + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSGVsbG8gd29ybGQ!!=\n"
    assert mail.parse(broken).document.text.startswith("Hello worl")
    cut = (
        head
        + b'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/html\n\n<p>Words'
    )
    assert mail.parse(cut).document.text == "Words"
    attached = head + (
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nWords\n--b\n'
        b"Content-Type: text/html\nContent-Disposition: attachment; filename=a.html\n\n<p>Other\n--b--\n"
    )
    assert mail.parse(attached).document.text == "Words"


def test_mails_in_mails_without_end_are_refused() -> None:
    data = b"From: a@e.org\nSubject: x\nMIME-Version: 1.0\n"
    for number in range(300):
        data += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number)
    begun = time.process_time()
    with pytest.raises(IngestError, match=r"too many mails within mails|no text"):
        read(data + b"\nwords", name="a.eml")
    assert time.process_time() - begun < 5
    with pytest.raises(IngestError, match="no text"):
        mail.parse(b"\n\n")


@given(st.lists(st.text("abc >-\n", max_size=12), max_size=12).map("\n".join))
def test_a_plain_mail_loses_no_letter(text: str) -> None:
    for kind in ("", "; format=flowed"):
        data = f"From: a@e.org\nSubject: x\nContent-Type: text/plain; charset=utf-8{kind}\n\n{text}".encode()
        try:
            draft = mail.parse(data)
        except IngestError:
            assert not any(map(str.isalpha, text))
            continue
        said = draft.document.text + draft.extra.get("tail", "")
        assert [c for c in said if c.isalpha()] == [c for c in text if c.isalpha()]


def test_tables_nested_deeper_than_any_tree_keep_their_words() -> None:
    draft = mail.parse(letter(page="<table><tr><td>" * 200 + "Words that stand deep."))
    assert draft.document.text == "Words that stand deep."
