"""Sheets of actual figures that cannot be read: each is refused in one sentence, and soon, whatever is in the file."""

import random
import time
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import sheets
from model.documents import Refused
from tests.data.sheets_made import (
    CONTENT,
    GOOD,
    HEAD,
    SHEET,
    WITHOUT,
    excel,
    packed,
    parts_of,
    refusal,
    repacked,
    shared,
    within,
)

CSV_REFUSED: dict[str, tuple[str | bytes, str]] = {
    "empty file": ("", "The file is empty."),
    "blank file": (" \n,,\n", "The file is empty."),
    "blank rows": ("\n,,,\n", "The file is empty."),
    "too large": (b"Item" * 250_001, "The file is too large; at most 1,000,000 bytes are read."),
    "not text": (b"Item\0,2018-19", "The file is not text; save it as CSV in UTF-8, or as .xlsx."),
    "other encoding": ("Item,2018-19".encode("utf-16"), "The file is not text;"),
    "no such letters": (b"Item,2018-19\nCost: \x81\xff,1", "The file is not text;"),
    "open quotation": ('Item,2018-19\nCost: "A,1\n"Cost: B,1', "Line 3 cannot be read as CSV; check its quotation"),
    "huge field": (f"Item,2018-19\n{'a' * 200_000},1", "Line 2 cannot be read as CSV;"),
    "no item": ("Name,2018-19\nCost: A,1", "A1 holds 'Name'; the first row must be Item, Unit and then years such as"),
    "first cell empty": (",Item,2018-19\n", "A1 is empty; the first row must be Item, Unit and then years"),
    "title above": ("\nOur figures\nItem,2018-19\n", "A2 holds 'Our figures'; the first row must be Item"),
    "no years": ("Item,Unit\nCost: A,£", "Row 1 names no years; after Item and Unit comes one column a year"),
    "not a year": ("Item,Unit,Note\n", "C1 holds 'Note'; a column is headed by a year such as 2018-19 or 2018."),
    "years apart": ("Item,Unit,2018-20\n", "C1 holds '2018-20'; a column is headed by a year"),
    "year of the contract": ("Item,Unit,1\n", "C1 holds '1'; a column is headed by a year"),
    "date": ("Item,2018-04-01\n", "B1 holds the date '2018-04-01'; write the year as text, such as 2018-19."),
    "year made a date": ("Item,Nov-10\n", "B1 holds the date 'Nov-10'; write the year as text, such as 2018-19."),
    "year formula": ("Item,=A5\n", "B1 holds a formula; paste its value instead."),
    "year twice": ("Item,2018-19,2018/19\n", "C1 holds 2018-19 a second time; each year has one column."),
    "too many years": (
        "Item," + ",".join(str(y) for y in range(1950, 1991)),
        "The sheet has 41 columns of years; at most 40 are read.",
    ),
    "too many lines": (
        "Item,2018-19\n" + "".join(f"Cost: {i},1\n" for i in range(400)),
        "The sheet has more than 400 lines; keep those of one alliance.",
    ),
    "item twice": (
        "Item,2018-19\nCost: A,1\ncost:  a,2",
        "A3 holds 'cost: a', which A2 holds already; each item has one line.",
    ),
    "relief twice": ("Item,2018-19\nRelief,1\nRELIEF,2", "A3 holds 'RELIEF', which A2 holds already"),
    "unknown item": (
        "Item,2018-19\nCosts of Mind,1",
        "A2 holds 'Costs of Mind', which is no item; 'Cost: …', 'Target: …' or 'KPI: …' with a name, 'Relief', "
        "'Price index against plan' and 'Brought forward' are allowed.",
    ),
    "nobody's cost": ("Item,2018-19\nCost: ,1", "A2 holds 'Cost:', which is no item;"),
    "long item": (f"Item,2018-19\n{'a' * 9999},1", f"A2 holds '{'a' * 57}…', which is no item;"),
    "no item on the line": ("Item,2018-19\n,1", "A2 is empty, but its line is not; it must name an item"),
    "item formula": ("Item,2018-19\n=B1,1", "A2 holds a formula; paste its value instead."),
    "no year above": ("Item,2018-19\nCost: A,1,2", "C2 holds '2', but C1 names no year; name it or clear it."),
    "no year inside": ("Item,,2018-19\nCost: A,x,2", "B2 holds 'x', but B1 names no year; name it or clear it."),
    "text": (
        "Item,Unit,2018-19\n\n\nCost: A,£,about 3m",
        "C4 holds 'about 3m'; a number is needed, such as 38250000, £38,250,000 or 38.25m, "
        "or nothing where there is no figure.",
    ),
    "formula": ("Item,Unit,2018-19\n\n\nCost: A,£,=3*4", "C4 holds a formula; paste its value instead."),
    "percentage": ("Item,2018-19\nCost: A,57%", "B2 holds '57%'; a sum in pounds is needed, not a percentage."),
    "too many pounds": ("Item,2018-19\nCost: A,1e308", "B2 holds '1e308'; figures go up to 1,000,000,000,000."),
    "far too small": ("Item,2018-19\nKPI: K,-1.1e12", "B2 holds '-1.1e12'; figures go up to 1,000,000,000,000."),
    "more than a double": ("Item,2018-19\nKPI: K,1e999", "B2 holds '1e999'; figures go up to 1,000,000,000,000."),
    "transposed": (
        "Year,Cost: A,KPI: K\n2018-19,1,2",
        "The sheet has items across and years down; turn it round: years go across, one column a year.",
    ),
    "transposed, with item": ("Item,Cost: A,Relief\n2018-19,1,2", "The sheet has items across and years down;"),
    "two readings": (
        "Item;2018-19\nKPI: K;57,125",
        "B2 holds 57,125, which can be read in two ways; write 57.125 or 57125.",
    ),
    "no figures": ("Item,2018-19\nCost: A,", "The sheet has no figures yet; fill in the column of at least one year."),
    "only brought forward": ("Item,2018-19\nBrought forward,5", "The sheet has no figures yet;"),
    "brought forward later": (
        "Item,2018-19,2019-20\nCost: A,1,2\nBrought forward,,5",
        "C3 brings pain forward into 2019-20; only that into the first year given, 2018-19, is entered.",
    ),
}


@pytest.mark.parametrize("case", CSV_REFUSED)
def test_a_csv_file_is_refused_in_one_sentence(case: str) -> None:
    content, sentence = CSV_REFUSED[case]
    assert refusal(content if isinstance(content, bytes) else content.encode()).startswith(sentence)


NOT_NUMBERS = (
    *("nan", "inf", "-Infinity", "#N/A", "TRUE", "-", "£", "%", "m", "()", "(5", "(-5)", "--5", "1,23", "1,2345"),
    *("38,25", "1.2.3", "5m%", "0x10", "1_000", "٣", "5e", "e5", "1e5e5", "$5", "£5£", "1 2", "5 %%", "12 days"),
    "9" * 61,
)


@pytest.mark.parametrize("typed", NOT_NUMBERS)
def test_what_is_not_a_number_is_refused(typed: str) -> None:
    sentence = refusal(f'Item,2018-19\nKPI: K,"{typed}"'.encode())
    assert sentence.startswith("B2 holds ")
    assert "a number is needed" in sentence


UNREADABLE = "The file cannot be read as an Excel workbook; save it again as .xlsx or CSV."
TOO_MUCH = "The file unpacks to far more than a sheet of figures; copy the figures into a new file."
EXCEL_REFUSED: dict[str, tuple[bytes, str]] = {
    "not excel": (b"Item,2018-19\nCost: A,1", UNREADABLE),
    "cut short": (GOOD[:-100], UNREADABLE),
    "only its beginning": (GOOD[:4], UNREADABLE),
    "old or encrypted": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "This is an old or password-protected Excel file; save it as .xlsx without a password, or as CSV.",
    ),
    "bomb": (repacked("docProps/big.bin", lambda _: bytes(25_000_000)), TOO_MUCH),
    "many entries": (packed({f"{i}.xml": b"" for i in range(201)}), TOO_MUCH),
    "no workbook inside": (repacked(CONTENT, lambda _: b"<Types/>"), UNREADABLE),
    "broken sheet": (repacked(SHEET, lambda part: part[: len(part) // 2]), UNREADABLE),
    "missing text": (shared("<si><t>Item</t></si>", 9), UNREADABLE),
    "missing style": (repacked(SHEET, lambda part: part.replace(b'r="C2"', b'r="C2" s="99"')), UNREADABLE),
    "no such cell": (repacked(SHEET, lambda part: part.replace(b'r="C2"', b'r="??"')), UNREADABLE),
    "other compression": (repacked(SHEET, lambda part: part, zipfile.ZIP_LZMA), UNREADABLE),
    "entities": (repacked(SHEET, lambda part: b'<!DOCTYPE a [<!ENTITY b "c">]>' + part), UNREADABLE),
    "entities in UTF-16": (
        repacked(SHEET, lambda part: ('<!DOCTYPE a [<!ENTITY b "c">]>' + part.decode()).encode("utf-16")),
        UNREADABLE,
    ),
    "many cells": (
        repacked(SHEET, within(b"</sheetData>", b'<row r="9">' + b"<c/>" * 500_000 + b"</row>")),
        TOO_MUCH,
    ),
    "many styles": (repacked("xl/styles.xml", within(b"</cellXfs>", b"<xf/>" * 50_000)), TOO_MUCH),
    "many strings": (shared("<si><t>Item</t></si>" * 50_000, 0), TOO_MUCH),
    "many sheets": (repacked("xl/workbook.xml", within(b"</sheets>", b"<sheet/>" * 60)), TOO_MUCH),
    "long text": (repacked(SHEET, within(b"</worksheet>", b"a" * 40_000)), TOO_MUCH),
    "long format": (
        repacked("xl/styles.xml", within(b"</styleSheet>", b'<numFmt formatCode="' + b"[" * 300 + b'"/>')),
        TOO_MUCH,
    ),
    "long shared formula": (
        repacked(
            SHEET,
            within(
                b"</sheetData>",
                b'<row r="9"><c><f t="shared" si="0">'
                + b"A1+" * 9000
                + b"A1</f></c>"
                + b'<c><f t="shared" si="0"/></c>' * 1000
                + b"</row>",
            ),
        ),
        TOO_MUCH,
    ),
    "nothing in it": (excel(), "The file is empty."),
    "no item on any sheet": (
        excel(["Name", "2018-19"], title=[[], ["A title"]]),
        "A2 holds 'A title'; the first row must be Item, Unit and then years such as 2018-19.",
    ),
    "date as a year": (
        excel(["Item", datetime(2018, 4, 1)]),
        "B1 holds the date '2018-04-01'; write the year as text, such as 2018-19.",
    ),
    "true as a year": (excel(["Item", True]), "B1 holds 'TRUE'; a column is headed by a year"),
    "formula": (excel(HEAD, ["Cost: A", "£", "=1+1"]), WITHOUT.format("C2")),
    "formula as a year": (excel(["Item", "=A5"], ["Cost: A", 1]), WITHOUT.format("B1")),
    "formula as an item": (excel(["Item", "2018-19"], ["=B1", 1]), WITHOUT.format("A2")),
    "true": (excel(HEAD, ["Cost: A", "£", True]), "C2 holds 'TRUE'; a number is needed"),
    "date": (excel(HEAD, ["Cost: A", "£", date(2018, 4, 1)]), "C2 holds '2018-04-01'; a number is needed"),
    "error": (excel(HEAD, ["Cost: A", "£", "#DIV/0!"]), "C2 holds '#DIV/0!'; a number is needed"),
    "infinite": (
        repacked(SHEET, lambda part: part.replace(b"<v>38250000</v>", b"<v>1e999</v>")),
        "C2 holds 'inf'; a number is needed",
    ),
    "not a number": (repacked(SHEET, lambda part: part.replace(b"<v>38250000</v>", b"<v>NaN</v>")), UNREADABLE),
    "very large": (excel(HEAD, ["Cost: A", "£", 1e308]), "C2 holds '1e+308'; figures go up to 1,000,000,000,000."),
    "percentage of pounds": (
        excel(HEAD, ["Cost: A", "£", 0.57], C2="0%"),
        "C2 holds '57%'; a sum in pounds is needed, not a percentage.",
    ),
    "transposed": (excel(["Year", "Cost: A"], ["2018-19", 1]), "The sheet has items across and years down;"),
    "too many years": (
        excel(["Item", *range(1950, 1991)]),
        "The sheet has 41 columns of years; at most 40 are read.",
    ),
    "too many lines": (
        excel(["Item", "2018-19"], *([f"Cost: {i}", 1] for i in range(400))),
        "The sheet has more than 400 lines; keep those of one alliance.",
    ),
}


@pytest.mark.parametrize("case", EXCEL_REFUSED)
def test_a_workbook_is_refused_in_one_sentence_and_soon(case: str) -> None:
    content, sentence = EXCEL_REFUSED[case]
    start = time.perf_counter()
    assert refusal(content, "actuals.xlsx").startswith(sentence)
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("name", ["actuals.ods", "actuals", "actuals.xls", "actuals.xlsx.exe", "a" * 999, "\n"])
def test_a_file_of_another_kind_is_refused_by_its_name(name: str) -> None:
    for content in (GOOD, b"Item,2018-19\nCost: A,1"):
        assert "is neither a CSV nor an Excel file; save it as .xlsx or CSV." in refusal(content, name)


def test_a_workbook_that_lies_about_its_size_is_refused() -> None:
    honest = repacked("docProps/big.bin", lambda _: bytes(15_000_000))
    place = honest.rindex(b"docProps/big.bin") - 22
    lying = honest[:place] + (100).to_bytes(4, "little") + honest[place + 4 :]
    assert refusal(lying, "a.xlsx") == UNREADABLE


# --- whatever the file, nothing but Refused


def is_read_or_refused(name: str, content: bytes) -> None:
    try:
        found = sheets.read(name, content)
    except Refused as refused:
        assert str(refused).endswith(".")
    else:
        assert found["years"]


@given(content=st.binary(max_size=300), name=st.sampled_from(["a.csv", "a.xlsx", "a.txt"]), zipped=st.booleans())
@settings(max_examples=300, deadline=None)
def test_random_bytes_are_read_or_refused(content: bytes, name: str, zipped: bool) -> None:
    is_read_or_refused(name, b"PK\x03\x04" * zipped + content)


WORDS = ["Item", "Unit", "2018-19", "2019-20", "Cost: A", "KPI: K", "Relief", "Brought forward", "=1", "5", "£5m", "x"]


@given(
    st.lists(
        st.sampled_from([*WORDS, ",", ",", ";", "\t", "\n", "\n", "\r", '"', " ", "\ufeff", "\0", "\x1c"]), max_size=40
    )
)
@settings(max_examples=500, deadline=None)
def test_random_sheets_are_read_or_refused(parts: list[str]) -> None:
    is_read_or_refused("a.csv", "".join(parts).encode())
    is_read_or_refused("a.csv", ("Item,2018-19\nCost: A," + "".join(parts)).encode())


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_random_text_is_read_or_refused(content: str) -> None:
    is_read_or_refused("a.csv", content.encode())
    is_read_or_refused("a.csv", f"Item,2018-19\nCost: A,{content}".encode())


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.times(), st.sampled_from(WORDS)
)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=4), st.sampled_from(["General", "0%", "yyyy-mm-dd", "[h]:mm"]))
@settings(max_examples=200, deadline=None)
def test_random_cells_of_excel_are_read_or_refused(rows: list[list[Any]], number_format: str) -> None:
    content = excel(["Item", "2018-19"], ["Cost: A", 1], *rows, B2=number_format)
    is_read_or_refused("a.xlsx", content)


@given(cut=st.integers(0, len(GOOD)), flips=st.lists(st.integers(0, 8 * len(GOOD) - 1), max_size=4))
@settings(max_examples=300, deadline=None)
def test_a_damaged_workbook_is_read_or_refused(cut: int, flips: list[int]) -> None:
    damaged = bytearray(GOOD)
    for bit in flips:
        damaged[bit // 8] ^= 1 << bit % 8
    is_read_or_refused("a.xlsx", bytes(damaged))
    is_read_or_refused("a.xlsx", bytes(damaged[:cut]))


@pytest.mark.parametrize("part", parts_of(GOOD))
def test_a_workbook_with_a_damaged_part_is_read_or_refused(part: str) -> None:
    """The archive is sound, so the damage reaches openpyxl."""
    dice = random.Random(part)
    for _ in range(40):
        start, length = dice.random(), dice.randrange(1, 30)

        def damaged(whole: bytes, start: float = start, length: int = length) -> bytes:
            at = int(start * len(whole))
            return whole[:at] + dice.choice([b"", b"<", b'"', b"-1", b"1e9", b"<a/>", b"\xff"]) + whole[at + length :]

        is_read_or_refused("a.xlsx", repacked(part, damaged))
