"""Languages: the words that a book says by itself, and what script a character belongs to."""

from quire.language.scripts import is_cjk, is_han
from quire.language.words import Words, languages, words_of

__all__ = ["Words", "is_cjk", "is_han", "languages", "words_of"]
