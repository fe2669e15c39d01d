"""The Markdown that manuscripts are written in: pandoc's, with a few choices of ours.

`smart` stays on, as pandoc has it: straight quotes become curly, ``--`` an en dash, ``...`` an
ellipsis. Text that must keep such characters escapes them with a backslash.
"""

from __future__ import annotations

from typing import Final

__all__ = ["DIALECT"]

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
