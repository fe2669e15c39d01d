"""Where a long title in Chinese or Japanese turns: between words, in lines about as long."""

from __future__ import annotations

from quire.language import is_cjk
from quire.language.breaking import pieces, splits

__all__ = ["title_lines"]

_FITS = 11.0  # em: a shorter title stands on one line of any page
_MOST = 4


def title_lines(title: str) -> tuple[tuple[str, ...], ...]:
    """The best way to set a title in two lines, in three, and so on; nothing for a short title.

    Typst breaks between any two characters of Chinese, so that a title may be cut inside a word.
    Titles in alphabets are left to it: they break at blanks.
    """
    if not any(is_cjk(sign) for sign in title) or _width(title) <= _FITS:
        return ()
    return tuple(one.lines for one in splits(pieces(title), _width, _MOST) if len(one.lines) > 1)


def _width(text: str) -> float:
    """In em, as far as breaking must know."""
    return sum(1.0 if is_cjk(sign) else 0.5 for sign in text)
