"""pandoc as a library: convert, and walk its document type.

The JSON syntax tree is kept as plain dicts (``{"t": "Para", "c": [...]}``), pandoc-types 1.23.
Every other room speaks to pandoc through this one.
"""

from quire.pandoc.process import (
    PandocFailed,
    convert,
    read_blocks,
    write_blocks,
    write_lists,
)
from quire.pandoc.tree import (
    Attributes,
    Block,
    Blocks,
    Inline,
    Inlines,
    attributes,
    div,
    link,
    para,
    plain_text,
    raw_block,
    raw_inline,
    span,
    text_inlines,
    transform,
    walk,
    with_words_joined,
)

__all__ = [
    "Attributes", "Block", "Blocks", "Inline", "Inlines", "PandocFailed", "attributes",
    "convert", "div", "link", "para", "plain_text", "raw_block", "raw_inline", "read_blocks",
    "span", "text_inlines", "transform", "walk", "with_words_joined",
    "write_blocks", "write_lists",
]  # fmt: skip
