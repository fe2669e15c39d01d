"""The dictionary parts a text into the words that readers would see."""

from __future__ import annotations

import pytest

from quire.language.dictionary import is_word, part_of_speech, parted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我们在渡口等船", ["我们", "在", "渡口", "等", "船"]),
        ("吉林的冬天", ["吉林", "的", "冬天"]),
        ("共有2020年的LTSI量表", ["共有", "2020", "年", "的", "LTSI", "量表"]),
        ("，鱲。", ["，", "鱲", "。"]),
        ("", []),
    ],
)
def test_a_text_is_parted_into_its_likeliest_words(text: str, words: list[str]) -> None:
    assert parted(text) == words


def test_a_word_is_what_the_dictionary_has() -> None:
    assert is_word("渡口")
    assert not is_word("口渡")
    assert not is_word("\ud800")


def test_a_word_has_a_part_of_speech_and_what_is_none_has_x() -> None:
    assert [part_of_speech(word) for word in ("渡口", "看见", "LTSI", "。")] == [
        "n",
        "v",
        "eng",
        "x",
    ]
