"""What undo needs is found again as it was, in little room."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.history import packed, unpacked
from data.presets import names, preset
from model.documents import to_document

texts = st.lists(st.text(st.sampled_from("ab£ü😀"), max_size=12) | st.text(), max_size=8)


@settings(deadline=None)
@given(texts)
def test_texts_are_had_again(given_texts: list[str]) -> None:
    assert unpacked(json.loads(json.dumps(packed(given_texts)))) == given_texts


def test_sixty_documents_that_differ_in_one_entry_take_hardly_more_room_than_one() -> None:
    document = to_document(preset(names()[0]))
    history = []
    for i in range(60):
        document["providers"][i % 3]["fee_rate"] = i / 1000
        history.append(json.dumps(document))
    one_line = len(json.dumps(document["providers"]))
    assert len(json.dumps(packed(history))) < len(history[0]) + 60 * 2 * one_line
    assert unpacked(packed(history)) == history


@pytest.mark.parametrize("strange", [[["a", 0, ""]], [[0, 0]], [3], None, [[0, 0, 5]]])
def test_what_is_no_history_is_refused(strange: list[list[int | str]]) -> None:
    with pytest.raises((TypeError, ValueError)):
        unpacked(strange)
