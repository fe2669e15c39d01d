r"""Which characters pandoc would take for Markdown, and so need a backslash.

Follows pandoc's own reading (User's Guide, "Pandoc's Markdown") of the dialect in
`quire.manuscript.dialect`, with the extensions ``all_symbols_escapable`` (a backslash before any
ASCII mark gives that mark) and ``smart``: straight quotes, double hyphens and three dots that the
rules left as they are stay so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["block_specials", "heading_specials", "inline_specials"]

# Wherever they stand. An underscore between letters and an @ inside an address mean nothing.
_INLINE = re.compile(
    r"[\\`*\[\]$~^{<\"']"
    r"|-(?=-)|\.(?=\.\.)"
    r"|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])@|@(?![0-9A-Za-z])"
    r"|&(?=#?[0-9A-Za-z]+;)"
)
# At the start of a line of running text; the group is the character to escape.
_BLOCK = re.compile(
    r"""^(?:
      (?P<first>[#>|%])
    | (?P<definition>:)(?=[ \t:]|$)
    | (?P<rule>=)=*[ \t]*$
    | (?P<dash>-)(?=[ \t]|$|-[ \t-]*$)
    | (?P<plus>\+)(?=[ \t=-]|$)
    | \(?(?:[0-9]+|[a-z]|[ivxlcdm]+|[IVXLCDM]{2,})(?P<number>[.)])(?=[ \t]|$)
    | [A-Z](?P<letter>\.)(?=[ \t]{2}|[ \t]*$)
    | \(?[A-Z](?P<bracket>\))(?=[ \t]|$)
    | [Tt]able(?P<caption>:)
    )""",
    re.MULTILINE | re.VERBOSE,
)
_CLOSING_HASH = re.compile(r"#(?=#*[ \t]*$)", re.MULTILINE)


def inline_specials(text: str) -> Iterator[int]:
    """Places of characters that mean something wherever they stand, in order."""
    return (found.start() for found in _INLINE.finditer(text))


def block_specials(text: str) -> Iterator[int]:
    """Places of characters that would open a block of another kind, in order."""
    for found in _BLOCK.finditer(text):
        # An alternative has one group; its name is only there to be read.
        yield found.start(found.lastgroup or 0)


def heading_specials(text: str) -> Iterator[int]:
    """Places of characters that would end a heading early, in order."""
    return (found.start() for found in _CLOSING_HASH.finditer(text))
