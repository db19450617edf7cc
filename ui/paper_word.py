"""A paper as a Word document: real headings, header rows that repeat, words for every picture, pages numbered."""

from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ui.paper import Beside, Block, Break, Bullets, Heading, Paper, Picture, Table, Text, printable

FONT, LANGUAGE = "Arial", "en-GB"
WIDTH, SIDE, TOP, BOTTOM = 210, 17, 13, 13
ROOM = WIDTH - 2 * SIDE
"""Millimetres between the margins."""
GAP = 3
"""Millimetres that a picture is narrower than its room, so that two stand on one line."""
DOTS = 200
"""Dots an inch of a chart."""
SIZES = {"Normal": 0.9, "List Bullet": 0.9, "Title": 1.6, "Heading 1": 1.1, "Subtitle": 0.9, "Footer": 0.8}
"""Type against that of the paper: Arial is larger than its points."""
SPACES = {
    "Normal": (0, 3),
    "List Bullet": (0, 1),
    "Title": (0, 4),
    "Heading 1": (6, 2),
    "Subtitle": (0, 2),
    "Footer": (0, 0),
}
"""Points above and below."""
CELL = 0.8
LEAST = 10.0
"""Points of a paper's type below which its text would have less than 9 here, and its tables less than 8."""
SHORT = 16
"""Rows of a table that is kept on one page."""
BELOW = (Table, Picture, Beside)
"""What stands on the same page as the paragraph before it."""
INK, QUIET, BLUE = RGBColor(0x14, 0x19, 0x1F), RGBColor(0x4A, 0x55, 0x61), RGBColor(0x12, 0x43, 0x6D)
BOLD = ("Title", "Heading 1")
COLOURS = {"Heading 1": BLUE, "Subtitle": QUIET, "Footer": QUIET}


def written(paper: Paper) -> bytes:
    """The paper as a Word file on A4."""
    document, size = Document(), max(paper.size, LEAST)
    _lay_out(document, size)
    _name(document, paper)
    if paper.head:
        document.add_paragraph().add_run(printable(paper.head)).bold = True
    document.add_paragraph(printable(paper.kind), "Subtitle")
    document.add_paragraph(printable(paper.title), "Title")
    for line in paper.about:
        document.add_paragraph(printable(line))
    for i, block in enumerate(paper.blocks):
        _add(document, block, size * CELL)
        if isinstance(block, Text) and isinstance(paper.blocks[min(i + 1, len(paper.blocks) - 1)], BELOW):
            document.paragraphs[-1].paragraph_format.keep_with_next = True
    _foot(document, paper.foot)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _lay_out(document: Any, points: float) -> None:
    """A4, one font, small and dark, in British English."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(WIDTH), Mm(297)
    page.left_margin = page.right_margin = Mm(SIDE)
    page.top_margin, page.bottom_margin = Mm(TOP), Mm(BOTTOM)
    page.footer_distance = Mm(6)
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(points * size), COLOURS.get(name, INK)
        style.font.italic, style.font.bold = False, name in BOLD
        above, below = SPACES[name]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
        style.paragraph_format.line_spacing = 1.0
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for name, mark in (("Title", "w:pBdr"), ("Footer", "w:tabs")):
        for given in document.styles[name].element.pPr.findall(qn(mark)):
            given.getparent().remove(given)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _name(document: Any, paper: Paper) -> None:
    told, day = document.core_properties, datetime.combine(paper.day, time(), UTC)
    told.title, told.subject, told.language = printable(paper.title)[:255], printable(paper.kind), LANGUAGE
    told.author = told.last_modified_by = told.comments = ""
    told.created = told.modified = day


def _add(document: Any, block: Block, points: float) -> None:
    match block:
        case Heading(text):
            document.add_heading(printable(text), 1)
        case Text(text):
            document.add_paragraph(printable(text))
        case Bullets(items):
            for item in items:
                document.add_paragraph(printable(item), "List Bullet")
        case Table():
            _add_table(document, block, points)
        case Picture():
            _add_pictures(document, (block,))
        case Beside(pictures):
            _add_pictures(document, pictures)
        case Break():
            document.add_page_break()


def _add_pictures(document: Any, pictures: tuple[Picture, ...]) -> None:
    paragraph = document.add_paragraph()
    for picture in pictures:
        drawing = BytesIO()
        picture.draw().savefig(drawing, format="png", dpi=DOTS)
        shape = paragraph.add_run().add_picture(drawing, width=Mm(ROOM / len(pictures) - GAP))
        shape._inline.docPr.set("descr", printable(picture.alt))
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")


def _add_table(document: Any, table: Table, points: float) -> None:
    whole = sum(column.width for column in table.columns)
    shown = document.add_table(1 + len(table.rows), len(table.columns), "Table Grid")
    shown.autofit = False
    _mark(shown._tbl.tblPr, "w:tblDescription", printable(table.about))
    _rule(shown)
    for line, column in zip(shown.columns, table.columns, strict=True):
        line.width = Mm(ROOM * column.width / whole)
    rows = (tuple(column.title for column in table.columns), *table.rows)
    for i, (line, texts) in enumerate(zip(shown.rows, rows, strict=True)):
        _mark(line._tr.get_or_add_trPr(), "w:cantSplit")
        if i == 0:
            _mark(line._tr.trPr, "w:tblHeader")
        for cell, column, text in zip(line.cells, table.columns, texts, strict=True):
            cell.width = Mm(ROOM * column.width / whole)
            run = _fill(cell.paragraphs[0], text, column.figures)
            run.font.size, run.bold = Pt(points), i == 0
            cell.paragraphs[0].paragraph_format.keep_with_next = i < 2 or i < len(table.rows) <= SHORT
    document.add_paragraph().paragraph_format.line_spacing = Pt(4)


def _fill(paragraph: Any, text: str, figures: bool) -> Any:
    """Writes a cell; figures stand right."""
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
    if figures:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return paragraph.add_run(printable(text))


def _mark(owner: Any, name: str, value: str = "") -> None:
    mark = OxmlElement(name)
    if value:
        mark.set(qn("w:val"), value)
    owner.append(mark)


def _rule(table: Any) -> None:
    """Thin lines between rows and none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        seen = side in ("bottom", "insideH")
        line.set(qn("w:val"), "single" if seen else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), "9AA7B4")
        borders.append(line)
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _foot(document: Any, text: str) -> None:
    """The line at the foot of each page, and the page's number on its right."""
    paragraph = document.sections[0].footer.paragraphs[0]
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(ROOM), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{printable(text)}\tPage ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)
