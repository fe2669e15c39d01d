"""Languages: the words that a book says by itself, and what script a character belongs to."""

from quire.language.scripts import (
    EVERY_HAN,
    is_cjk,
    is_full_width,
    is_han,
    is_right_to_left,
    width_in_em,
)
from quire.language.words import Words, languages, words_of

__all__ = [
    "EVERY_HAN", "Words", "is_cjk", "is_full_width", "is_han", "is_right_to_left", "languages",
    "width_in_em", "words_of",
]  # fmt: skip
