"""Stretches of pandoc's tree to XHTML, all in one run of pandoc.

pandoc starts in milliseconds, but a book has hundreds of stretches: chapters, titles, captions,
notes. They go in as one document with a mark between them, and are taken apart again by it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from quire.editions.epub.xhtml import Element, read_fragment
from quire.pandoc import Blocks, Inlines, raw_block, write_blocks

__all__ = ["Stretches", "plain", "render"]

Stretches = dict[str, Blocks]
"""Name → blocks. A stretch of inlines is one Plain block."""

_ARGUMENTS = ("--mathml", "--syntax-highlighting=none")


def plain(inlines: Inlines) -> Blocks:
    """Inlines as a stretch of their own."""
    return [{"t": "Plain", "c": inlines}]


def render(stretches: Mapping[str, Blocks]) -> dict[str, Element]:
    """Every stretch as an XHTML ``div`` that holds its content, by name."""
    names = list(stretches)
    # The mark can't stand in the book by chance: it is made from the book's own size and names.
    seal = hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]
    mark = f"<!-- {seal} -->"
    blocks: Blocks = []
    for name in names:
        blocks += [raw_block("html", mark), *stretches[name]]
    markup = write_blocks(blocks, "html5", _ARGUMENTS)
    pieces = markup.split(mark)[1:]
    return {name: read_fragment(piece.strip()) for name, piece in zip(names, pieces, strict=True)}
