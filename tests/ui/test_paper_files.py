"""Papers as files: what is typed stays text; screen readers find headings, header rows, words for pictures."""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import pytest
import typst
from docx import Document
from docx.oxml.ns import qn
from matplotlib.figure import Figure

from ui import paper_pdf, paper_word
from ui.paper import Beside, Break, Bullets, Column, Heading, Paper, Picture, Table, Text, printable

NASTY = (
    '#*_$<>&"\\`@ref [x](y) {} // /* ',
    '#import "secret" $x^2$ = head\n- list',
    "🏥 Hope & Co 😀",
    "שלום مرحبا",
    "A name of exactly sixty characters, which is as long as it is",
    "\x00\x0b\x1b\ud800 nothing to see \ufffe",
    "&lt;w:p&gt; ]]>",
)
DAY = date(2026, 1, 2)


def drawn() -> Figure:
    figure = Figure(figsize=(3, 1))
    figure.add_subplot().plot([1, 2])
    return figure


def paper(name: str) -> Paper:
    """A paper with every kind of block, each with the name in it."""
    table = Table(name, (Column(name), Column("Sum", figures=True)), ((name, "£3"),) * 90)
    pictures = (Picture(drawn, name), Picture(drawn, "other"))
    blocks = (Heading(name), Text(name), Bullets((name, name)), table, Picture(drawn, name), Break(), Beside(pictures))
    return Paper("Board paper", name, (name,), blocks, name, DAY, head=name)


@cache
def word(name: str) -> bytes:
    return paper_word.written(paper(name))


def opened(name: str) -> Any:
    return Document(BytesIO(word(name)))


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_is_text_in_word(name: str) -> None:
    document = opened(name)
    shown = printable(name)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts.count(shown) == 7
    assert document.tables[0].rows[0].cells[0].text == document.tables[0].rows[9].cells[0].text == shown
    assert document.core_properties.title == shown
    assert document.sections[0].footer.paragraphs[0].text.startswith(shown)


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_compiles_as_pdf(name: str) -> None:
    assert paper_pdf.written(paper(name)).startswith(b"%PDF")


def test_nothing_typed_is_markup_in_a_pdf() -> None:
    """Were it markup, a link would be one, and an import would not compile."""
    found = paper_pdf.written(paper('#link("https://example.org")[here] https://example.org'))
    assert b"/URI" not in found


def test_what_no_file_may_hold_is_left_out() -> None:
    assert printable("a\x00b\u2060c\ud800\n d") == "abc d"


def test_word_has_headings_header_rows_and_words_for_pictures() -> None:
    document = opened("Name")
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["Name"]
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == ["Name"]
    rows = document.tables[0].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == ["Name", "Name", "other"]


def test_what_has_to_be_read_first_stands_above_the_kind_and_is_bold_and_nothing_stands_there_else() -> None:
    first, second, *_ = opened("Name").paragraphs
    assert first.text == "Name" and first.runs[0].bold and second.text == "Board paper"
    without = Document(BytesIO(paper_word.written(replace(paper("Name"), head=""))))
    assert without.paragraphs[0].text == "Board paper"


def test_what_has_to_be_read_first_takes_no_room_from_a_pdf() -> None:
    full = replace(paper("Name"), blocks=(Text("A line"),) * 150)
    lines = ("", "Read this. " * 20)
    found = [
        paper_pdf.written(replace(full, head=head, blocks=full.blocks[:n])) for n in range(100, 150) for head in lines
    ]
    assert all(
        paper_pdf.pages(without) == paper_pdf.pages(with_it) and len(without) < len(with_it)
        for without, with_it in zip(found[::2], found[1::2], strict=True)
    )


def test_word_is_on_a4_in_british_english_with_numbered_pages() -> None:
    document = opened("Name")
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"} and document.core_properties.language == "en-GB"
    assert "PAGE" in page.footer._element.xml and "NUMPAGES" in page.footer._element.xml


def test_a_pdf_is_tagged_and_titled_in_british_english() -> None:
    found = paper_pdf.written(paper("Name"))
    assert b"/MarkInfo" in found and b"pdfuaid" in found
    assert re.search(rb"/Lang\s*\(en-GB\)", found)


def test_the_same_paper_is_the_same_pdf() -> None:
    assert paper_pdf.written(paper("Name")) == paper_pdf.written(paper("Name"))


@pytest.mark.parametrize("sign", "+−")
def test_a_sign_stays_on_the_line_of_its_sum(sign: str) -> None:
    """In a column that is too narrow for both, a sum that could be broken would take two lines."""
    columns = (Column("A", 1), Column("B", 90))
    signed, plain = (
        Paper("Board paper", "T", (), (Table("t", columns, ((f"{sign}{rest}", "B"),) * 60),), "", DAY)
        for rest in ("£46k", "46k")
    )
    assert paper_pdf.pages(paper_pdf.written(signed)) == paper_pdf.pages(paper_pdf.written(plain))


def test_a_paper_of_one_page_is_set_smaller_until_it_fits() -> None:
    long = Paper("Joining", "Title", (), (Text("A line of words. " * 430),), "", DAY, 10.6)
    assert paper_pdf.pages(paper_pdf.written(long)) == 2
    assert paper_pdf.pages(paper_pdf.written(replace(long, sheets=1))) == 1
    longer = replace(long, blocks=long.blocks * 4, sheets=1)
    assert paper_pdf.pages(paper_pdf.written(longer)) > 1  # letters that nobody could read are no help


def test_an_emptied_paper_is_a_file_too() -> None:
    empty = Paper("Board paper", "Nothing", (), (), "", DAY)
    assert paper_word.written(empty) and paper_pdf.written(empty)


def test_a_picture_without_words_is_refused_in_a_pdf() -> None:
    silent = Paper("Board paper", "Title", (), (Picture(drawn, ""),), "", DAY)
    with pytest.raises(typst.TypstError):
        paper_pdf.written(silent)
