"""Where a long title in Chinese or Japanese turns: between words, in lines about as long."""

from __future__ import annotations

from quire.language import is_cjk, width_in_em
from quire.language.breaking import pieces, splits

__all__ = ["title_lines"]

_FITS = 11.0  # em: a shorter title stands on one line of any page
_MOST = 4


def title_lines(title: str) -> tuple[tuple[str, ...], ...]:
    """The best way to set a title in two lines, in three, and so on; nothing for a short title.

    Typst breaks between any two characters of Chinese, so that a title may be cut inside a word.
    Titles in alphabets are left to it: they break at blanks.
    """
    if not any(is_cjk(sign) for sign in title) or width_in_em(title) <= _FITS:
        return ()
    return tuple(
        one.lines for one in splits(pieces(title), width_in_em, _MOST) if len(one.lines) > 1
    )
