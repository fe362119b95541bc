"""Kindle's ``My Clippings.txt``."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.exchange.imports.clippings import Clipping, read_line
from reader.exchange.imports.item import Item, Problem
from reader.exchange.imports.kindle import items
from tests.exchange.exports_of import export_of
from tests.exchange.samples import KINDLE, kindle

# What the devices write in each language, of public parsers and their tests; of each also an old or odd form.
LINES: list[tuple[str, str, tuple[int, int] | None, str, datetime | None]] = [
    ("- Your Highlight on page 12 | Location 132-135 | Added on Tuesday, January 5, 2021 9:42:11 PM",
     "highlight", (132, 135), "12", datetime(2021, 1, 5, 21, 42, 11)),
    ("- Your Note at location 1,971 | Added on Wednesday, 6 January 2021 14:22:58",
     "note", (1971, 1971), "", datetime(2021, 1, 6, 14, 22, 58)),
    ("- Highlight Loc. 1998-02 | Added on Monday, April 18, 2016, 12:28 AM",
     "highlight", (1998, 2002), "", datetime(2016, 4, 18, 0, 28)),
    ("- Highlight on Page xvi | Added on Monday, 3 December 12 19:51:33 Greenwich Mean Time",
     "highlight", None, "xvi", datetime(2012, 12, 3, 19, 51, 33, tzinfo=UTC)),
    ("- Clip This Article on Location 20-25 | Added on Monday, January 1, 2024 10:00:00 AM",
     "highlight", (20, 25), "", datetime(2024, 1, 1, 10)),
    ("- Ihre Markierung auf Seite 42 | bei Position 640-641 | Hinzugefügt am Montag, 5. März 2024 21:12:45",
     "highlight", (640, 641), "42", datetime(2024, 3, 5, 21, 12, 45)),
    ("- Ihr Lesezeichen auf Seite 3 | Position 40 | Hinzugefügt am Montag, 4. März 2024 22:16:00",
     "bookmark", (40, 40), "3", datetime(2024, 3, 4, 22, 16)),
    ("- Ihre Notiz bei Position 7 | Hinzugefügt am Samstag, 14. Mai 2016 14:03:23",
     "note", (7, 7), "", datetime(2016, 5, 14, 14, 3, 23)),
    ("- Votre surlignement sur la page 200 | emplacement 3054-3056 | Ajouté le mercredi 16 août 2017 02:14:10",
     "highlight", (3054, 3056), "200", datetime(2017, 8, 16, 2, 14, 10)),
    ("- Votre surlignement Emplacement 307-307 | Ajouté le lundi 17 décembre 2012 à 08:27:45",
     "highlight", (307, 307), "", datetime(2012, 12, 17, 8, 27, 45)),
    ("- Votre signet à l'emplacement 5 | Ajouté le lundi 5 février 2019 13:23:45",
     "bookmark", (5, 5), "", datetime(2019, 2, 5, 13, 23, 45)),
    ("- La subrayado en la página 197 | posición 2031-2035 | Añadido el martes, 12 de octubre de 2019 0:37:31",
     "highlight", (2031, 2035), "197", datetime(2019, 10, 12, 0, 37, 31)),
    ("- Tu nota en la página 7 | posición 89 | Añadido el sábado, 1 de enero de 2022 10:00:00",
     "note", (89, 89), "7", datetime(2022, 1, 1, 10)),
    ("-  La tua evidenziazione alla posizione 453-454 | Aggiunto in data lunedì 8 marzo 2021 22:52:57",
     "highlight", (453, 454), "", datetime(2021, 3, 8, 22, 52, 57)),
    ("- Il tuo segnalibro a pagina 14 | posizione 125 | Aggiunto in data lunedì 16 settembre 2024 16:13:54",
     "bookmark", (125, 125), "14", datetime(2024, 9, 16, 16, 13, 54)),
    ("- Seu destaque ou posição 2829-2829 | Adicionado: sexta-feira, 29 de novembro de 2019 18:00:13",
     "highlight", (2829, 2829), "", datetime(2019, 11, 29, 18, 0, 13)),
    ("- Sua nota na página 33 | posição 410 | Adicionado: terça-feira, 5 de março de 2024 09:12:45",
     "note", (410, 410), "33", datetime(2024, 3, 5, 9, 12, 45)),
    ("- Je markering op pagina 6 | locatie 36-40 | Toegevoegd op maandag 30 september 2019 18:00:39",
     "highlight", (36, 40), "6", datetime(2019, 9, 30, 18, 0, 39)),
    ("- Uw notitie op locatie 36 | Toegevoegd op zondag 3 mei 2020 18:00:39",
     "note", (36, 36), "", datetime(2020, 5, 3, 18, 0, 39)),
    ("- 位置No. 152-155のハイライト | 追加日： 2024年4月2日火曜日 22:15:08",
     "highlight", (152, 155), "", datetime(2024, 4, 2, 22, 15, 8)),
    ("- 7ページ｜位置No. 114-116のメモ ｜作成日: 2024年12月30日 月曜日 14:46:33",
     "note", (114, 116), "7", datetime(2024, 12, 30, 14, 46, 33)),
    ("- 位置No. 200のブックマーク | 追加日： 2024年4月3日水曜日 08:00:00",
     "bookmark", (200, 200), "", datetime(2024, 4, 3, 8)),
    ("- 您在第 7 页（位置 #114-116）的标注 | 添加于 2019年9月30日星期一 下午6:00:39",
     "highlight", (114, 116), "7", datetime(2019, 9, 30, 18, 0, 39)),
    ("- 您在第 57 页的笔记 | 添加于 2022年3月25日星期五 上午12:20:52",
     "note", (57, 57), "57", datetime(2022, 3, 25, 0, 20, 52)),
    ("- 您在位置 #1680 的书签 | 添加于 2016年1月27日星期三 上午9:08:40",
     "bookmark", (1680, 1680), "", datetime(2016, 1, 27, 9, 8, 40)),
    # Day and month in figures could be either; a language that is not known leaves a place and no kind.
    ("- Your Highlight on page 1 | Added on 05/01/2021 09:42", "highlight", (1, 1), "1", None),
    ("- Þú merktir á síðu 5 | staðsetning 60-61 | Bætt við mánudagur", "", (60, 61), "", None),
    ("- ", "", None, "", None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "sort", "span", "page", "at"), LINES, ids=[line[0][:32] for line in LINES])
def test_the_second_line_is_understood_in_nine_languages(line, sort, span, page, at):
    assert read_line(line) == Clipping(sort, span, page, at)


@pytest.fixture
def things() -> list[Item | Problem]:
    return list(items(export_of(kindle())))


def test_a_passage_marked_again_longer_counts_once_and_keeps_the_note_in_its_range(things):
    slow = next(thing for thing in things if isinstance(thing, Item) and thing.title == "The Slow Book")
    assert slow.author == "Mara E."
    assert [(one.exact, one.note) for one in slow.highlights] == [
        ("The passage itself, and more.", "my note")
    ]
    assert slow.highlights[0].extra["location"] == "page 12, location 132-135"
    assert slow.note == "of nothing marked (page 30, location 400)"
    assert slow.body is None
    assert slow.extra == {"kind": "book"}


def test_titles_keep_their_parentheses_and_the_last_hold_the_author(things):
    found = [(thing.title, thing.author) for thing in things if isinstance(thing, Item)]
    assert found == [
        ("The Slow Book", "Mara E."),
        ("飘（上下） (外国文学名著名译丛书)", "(美)米切尔"),
        ("Essays and Papers.pdf", None),
    ]


def test_bookmarks_and_passages_that_the_kindle_did_not_keep_are_told(things):
    told = [(thing.place, thing.reason, thing.kind) for thing in things if isinstance(thing, Problem)]
    assert told == [
        ("clipping 4", "a bookmark", "skipped"),
        ("clipping 8", "the Kindle kept no words of it", "skipped"),
    ]


def test_a_file_in_utf_8_reads_the_same(things):
    assert list(items(export_of(KINDLE))) == things


def test_a_time_without_a_zone_is_said_to_be_assumed_and_one_that_is_not_understood_keeps_its_line():
    text = KINDLE.replace("Tuesday, January 5, 2021 9:44:11 AM", "05/01/2021")
    slow = next(thing for thing in items(export_of(text)) if isinstance(thing, Item))
    assert slow.highlights[0].made is None
    assert slow.highlights[0].extra["meta"].endswith("Added on 05/01/2021")
    (chinese,) = next(
        t for t in items(export_of(KINDLE)) if isinstance(t, Item) and "飘" in t.title
    ).highlights
    assert chinese.extra["tz_assumed"] is True


def test_what_is_no_clipping_is_named_and_costs_no_other():
    text = "The Slow Book\n==========\n" + KINDLE + "\n\nThe Slow Book (Mara E.)\nno dash\n\nwords\n"
    things = list(items(export_of(text)))
    failed = [thing.place for thing in things if isinstance(thing, Problem) and thing.kind == "failed"]
    assert failed == ["clipping 1", "clipping 10"]
    assert sum(isinstance(thing, Item) for thing in things) == 3


def test_notes_go_to_the_highlight_that_ends_where_they_are():
    entry = "Book (A)\n- Your {} on Location {} | Added on Monday, January 1, 2024 10:00:0{} AM\n\n{}\n==========\n"
    text = (
        entry.format("Highlight", "10-30", 1, "all of it at length")
        + entry.format("Highlight", "14-15", 2, "a part of another sentence")
        + entry.format("Note", "15", 3, "of the part")
        + entry.format("Note", "20", 4, "of the whole")
        + entry.format("Note", "20", 5, "of the whole, corrected")
    )
    (book,) = items(export_of(text))
    assert isinstance(book, Item)
    assert [(one.exact, one.note) for one in book.highlights] == [
        ("all of it at length", "of the whole, corrected"),
        ("a part of another sentence", "of the part"),
    ]
