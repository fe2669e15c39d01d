"""Characters that no typeface at hand can set, found before they are printed as blanks.

Typst is asked itself, with a page of the rarer characters of the book, since only PDF/A makes it
speak of a missing glyph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import typst

__all__ = ["rare_characters", "unset_characters"]

# What Typst says of a character without a glyph, or one that PDF/A forbids (private use).
_REFUSED: Final = re.compile(
    r'(?:the text|the codepoint) `"(?P<shown>.+?)"`(?: could not be displayed|$)', re.MULTILINE
)
_ESCAPED: Final = re.compile(r"\\u\{(?P<code>[0-9a-f]+)\}")
_LATIN: Final = frozenset(
    chr(code) for start, end in ((0x20, 0x7F), (0xA0, 0x180)) for code in range(start, end)
) | frozenset("‐‑–—‘’“”„•…′″€™−")
_INVISIBLE: Final = frozenset({"Cf", "Zs", "Zl", "Zp"})
_BLANKS: Final = frozenset("\t\n\r")


def rare_characters(text: str, *, cjk: bool) -> str:
    """The characters that the book's typefaces may lack, each once, in order of code.

    Those of GB 2312 are in every Chinese typeface, those of Latin letters in every Latin one.
    """
    rare = sorted(set(text) - _LATIN - _BLANKS)
    return "".join(
        sign
        for sign in rare
        if unicodedata.category(sign) not in _INVISIBLE
        and not 0xFE00 <= ord(sign) <= 0xFE0F
        and not (cjk and _is_common_chinese(sign))
    )


def unset_characters(characters: Iterable[str], fonts: typst.Fonts) -> str:
    """Those of the characters that can't be set with these fonts."""
    import typst

    lines = "\n\n".join(f'#"\\u{{{ord(sign):x}}}"' for sign in characters)
    source = f"#set page(width: 100pt, height: auto)\n{lines}\n"
    try:
        typst.compile(source.encode(), font_paths=fonts, format="pdf", pdf_standards=["a-2a"])
    except typst.TypstError as error:
        return "".join(
            dict.fromkeys(_plain(found["shown"]) for found in _REFUSED.finditer(error.diagnostic))
        )
    return ""


def _plain(shown: str) -> str:
    """A character as Typst's messages show it, some by their code."""
    return _ESCAPED.sub(lambda found: chr(int(found["code"], 16)), shown)


def _is_common_chinese(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
