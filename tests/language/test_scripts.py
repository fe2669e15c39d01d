"""What script a character belongs to."""

from __future__ import annotations

import re
import sys

from quire.language import EVERY_HAN, is_han


def test_the_pattern_of_han_characters_is_what_the_question_answers() -> None:
    pattern = re.compile(f"[{EVERY_HAN}]")
    signs = map(chr, range(sys.maxunicode + 1))

    assert [sign for sign in signs if bool(pattern.match(sign)) != is_han(sign)] == []
