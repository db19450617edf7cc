"""A partner's own steps of undo: its entries alone, bounded, and read back as they were kept."""

import copy
import json

from data import own, presets
from model.documents import to_document
from ui.keeping import LONGEST_HISTORY
from ui.own_history import OwnHistory, read

WHO = "Recovery charity"
DOCUMENT = to_document(presets.preset(presets.FIRST))


def worded(document: own.Document, word: str) -> own.Document:
    return own.placed(document, WHO, {"appetite": {"kind": "words", "word": word}})


def word_of(document: own.Document) -> str:
    return str((own.entries(document, WHO) or {})["appetite"]["word"])


def test_a_step_takes_its_own_entries_and_leaves_all_else_as_it_is_now() -> None:
    steps = OwnHistory()
    steps.add(worded(DOCUMENT, "open"), WHO)
    now = copy.deepcopy(worded(DOCUMENT, "averse"))
    now["providers"][0]["fee_rate"] = 0.01
    back = steps.step(True, now, WHO)
    assert word_of(back) == "open" and back["providers"][0]["fee_rate"] == 0.01
    assert steps.step(False, back, WHO) == now
    assert (len(steps.done), len(steps.undone)) == (1, 0)


def test_it_reads_what_it_kept_and_has_no_more_than_the_longest_history() -> None:
    steps = OwnHistory()
    for i in range(LONGEST_HISTORY + 5):
        steps.add(worded(DOCUMENT, f"word {i}"), WHO)
    again = read(json.loads(json.dumps(steps.kept)))
    assert again == steps and len(again.done) == LONGEST_HISTORY
    assert len(json.dumps(steps.kept)) < 20 * LONGEST_HISTORY + 2_000
    done, undone = again.texts(DOCUMENT, WHO)
    assert word_of(json.loads(done[-1])) == f"word {LONGEST_HISTORY + 4}" and undone == []


def test_what_cannot_be_read_is_no_history() -> None:
    for kept in ({}, {"done": [["a", 1, 2]], "undone": []}, {"done": 3, "undone": []}):
        assert read(kept) == OwnHistory()
