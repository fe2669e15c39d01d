"""A text's letters alone: what two editions of it have in common, however each is set."""

from __future__ import annotations

import unicodedata

__all__ = ["letters_of"]


def letters_of(text: str) -> str:
    """The letters of a text, ligatures and accents taken apart: no blanks, digits, marks, hyphens.

    The letters of two texts one after the other are the letters of both.
    """
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKD", text)))
