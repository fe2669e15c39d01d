"""The Markdown that manuscripts are written in: pandoc's, with a few choices of ours.

`smart` stays on, as pandoc has it: straight quotes become curly, ``--`` an en dash, ``...`` an
ellipsis. Text that must keep such characters escapes them with a backslash.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["CROSS_REFERENCE", "DIALECT", "UNDERSTOOD_TAGS"]

_CHOICES: Final = (
    # A line break between two Chinese characters is no blank.
    "+east_asian_line_breaks",
    # The head of a file is read by `quire.manuscript.reading`; further down, --- is a break.
    "-yaml_metadata_block",
    "-pandoc_title_block",
    # (@) starts a list counted through a document, and (@x) looks like a cross-reference.
    "-example_lists",
)

DIALECT: Final = "markdown" + "".join(_CHOICES)
"""pandoc's name for the dialect."""

CROSS_REFERENCE: Final = re.compile(r"(?:fig|tbl|sec|lst|eq)[-:]")
"""How the key of a cross-reference begins; other keys are citations of literature."""

UNDERSTOOD_TAGS: Final = frozenset(
    {"b", "br", "del", "div", "em", "i", "s", "span", "strong", "sub", "sup", "u", "wbr"}
)
"""HTML that means in every edition what it says; all other raw markup is left out of the book."""
