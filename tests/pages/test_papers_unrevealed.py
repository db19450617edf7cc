"""Papers made on a partner's own screen while its figures wait: they say so, to whomever they are sent on."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from data import presets
from model.tables import partner_names
from tests.pages.sharing import Screens, session, shared
from ui import designs, entered_since, paper_log, paper_pdf, paper_word, papers
from ui.comparison_charts import SAVED
from ui.paper_ends import Before
from ui.papers import ABOUT, BOARD, LOG, NONE, OF_PARTNER, Chosen
from ui.range_words import unformatted
from ui.rooms import reveal

WHO = "Peer support charity"
SAID = f"Every figure here is with {WHO}'s own figures, not revealed yet: others see none of it."
FOOT, FILE = "With unrevealed figures · ", "-with-unrevealed-figures"
DAY = date(2026, 1, 2)
CHARITIES = presets.preset("small-charities")
PATH = ("providers", [one.name for one in CHARITIES.providers].index(WHO), "appetite")


@pytest.fixture
def screens() -> Screens:
    return shared(CHARITIES)


def entered(screens: Screens) -> AppTest:
    """The page of papers on the screen of a partner that has just entered an appetite for itself."""
    guest = screens[1]("papers", WHO)
    session(guest).write(PATH, {"kind": "words", "word": "minimal"})
    return guest.run()


def pick(app: AppTest, label: str, value: str) -> AppTest:
    next(box for box in app.selectbox if box.label == label).set_value(value).run()
    assert not app.exception
    return app


def says(app: AppTest) -> bool:
    """Whether the paper on the page says above everything else, and at its foot, that its figures wait."""
    lines = [unformatted(one.value) for one in app.main.markdown]
    first, foot = (any(line.startswith(said) for line in lines) for said in (SAID, f":small[{FOOT}"))
    assert first == foot
    return first


def choice(app: AppTest, kind: str, held: bool = True) -> Chosen:
    """What is chosen on the screen of a partner for itself."""
    found = session(app)
    whose = WHO if kind in OF_PARTNER else ""
    before = Before(designs.EDITED, SAVED, found.saved) if held else None
    return Chosen(kind, whose, designs.seen(found, found.scenario), before, "", apart=found.apart)


@pytest.mark.parametrize("kind", list(ABOUT))
def test_a_paper_with_figures_that_wait_says_so_first_on_every_page_and_in_its_name(
    kind: str, screens: Screens
) -> None:
    guest = pick(entered(screens), "Paper", kind)
    assert says(guest)
    chosen = choice(guest, kind)
    made = papers.composed(chosen, DAY)
    assert papers.file_name(chosen).endswith(FILE)
    word = Document(BytesIO(paper_word.written(made)))
    assert word.paragraphs[0].text == SAID
    assert word.sections[0].footer.paragraphs[0].text.startswith(FOOT)
    if kind == LOG:
        text = paper_log.comma_separated(chosen.view, DAY, chosen.design, made.head).decode("utf-8-sig")
        assert list(csv.reader(StringIO(text)))[-1][1].startswith(SAID)


@pytest.mark.parametrize("kind", list(ABOUT))
def test_a_paper_in_which_nothing_waits_stays_as_it_is(kind: str, screens: Screens) -> None:
    host, follow = screens
    before = follow("papers", WHO)
    guest = entered(screens)
    for app in (before, follow("papers"), host.switch_page("pages/papers.py").run()):
        chosen = choice(app, kind)
        made = papers.composed(chosen, DAY)
        assert not made.head and "unrevealed" not in made.foot + papers.file_name(chosen)
        assert not says(pick(app, "Paper", kind))
    reveal(session(host))
    assert not says(guest.run())


def test_a_paper_of_another_design_alone_has_nothing_in_it_that_waits(screens: Screens) -> None:
    guest = entered(screens)
    pick(guest, "Design", SAVED)
    pick(guest, "Held against", NONE)
    assert not says(guest)
    assert says(pick(guest, "Held against", designs.EDITED))


def test_the_starting_design_with_what_was_entered_since_has_what_waits_in_it(screens: Screens) -> None:
    guest = entered(screens)
    host = session(screens[0].run())
    host.write(("providers", 0, "fee_rate"), 0.02)
    guest.run()
    since = entered_since.CALLED.format(SAVED)
    assert says(pick(guest, "Held against", since))
    pick(guest, "Design", since)
    assert says(pick(guest, "Held against", NONE))
    shown = screens[0].switch_page("pages/papers.py").run()
    assert since not in next(box for box in shown.selectbox if box.label == "Design").options


@pytest.mark.parametrize("whose", partner_names(CHARITIES))
@pytest.mark.parametrize("held", [True, False])
def test_a_board_paper_has_no_more_pages_for_saying_so(whose: str, held: bool, screens: Screens) -> None:
    chosen = choice(entered(screens), BOARD, held)._replace(whose=whose)
    both = [paper_pdf.written(papers.composed(one, DAY)) for one in (chosen, chosen._replace(apart=""))]
    said, plain = map(paper_pdf.pages, both)
    assert said == plain and (whose != WHO or said == 2)
