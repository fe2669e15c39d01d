"""Which English blocks are one sentence though a joint parts them, and which stand apart."""

import pytest

from quire.cleaning.english_joints import goes_on, stands_apart

LONG = "The keeper wrote in his book what the boatmen told him in the evenings, when the wind fell"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{LONG}, and on", "2 February he wrote that none had come."),
        (f"{LONG} on the", "Thames, where nobody reads them."),
        (f"{LONG}; and he answered,", "“Not before the ebb.”"),
        (f"{LONG}; for it was told", "“because the lamp was out.”"),
        (f"{LONG}. “Aye, aye!", "let it fall,” said the boy."),
        (f"{LONG} and the lamps were lit;", "but he never read it to anyone."),
    ],
)
def test_a_sentence_goes_on_behind_words_that_end_none(before: str, after: str) -> None:
    assert goes_on(before, after, "The evening was long.")


@pytest.mark.parametrize(
    ("before", "after", "above"),
    [
        (f"{LONG}.", "but he never read it to anyone.", ""),
        (f"{LONG} on the", "Chapter 4", ""),
        (f"{LONG} on the", "4. Lamps", ""),
        (f"{LONG} and the lamps were lit;", "the names of those who came;", ""),
        (f"{LONG} and the lamps were lit;", "the names of those who came.", "He kept:"),
        ("Down on the", "Shore", ""),
    ],
)
def test_items_headings_and_short_lines_go_on_with_nothing(
    before: str, after: str, above: str
) -> None:
    assert not goes_on(before, after, above)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Come down, come down to the shore,", "And bring me a rope and a light,"),
        ("Summer from six to nine", "Winter from seven to five"),
        (f"{LONG}.\nI am, Sir, yours truly,", "Amos Reed."),
        ('"Is that the ferry --"', '"The ferry!" cried the boy, and he ran down to the water.'),
    ],
)
def test_verse_rows_letters_and_speech_stand_apart(before: str, after: str) -> None:
    assert stands_apart(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LONG, "over the weir, and the frogs began."),
        (f"{LONG}, as did", "Amos Reed."),
        (f'{LONG}, and "the eels,', '"Amos said, "are back."'),
    ],
)
def test_a_cut_sentence_does_not_stand_apart(before: str, after: str) -> None:
    assert not stands_apart(before, after)
