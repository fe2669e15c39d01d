"""What runs from left to right in a book that doesn't: programs and formulae.

A style sheet may not say so (EPUB 3.3 section 6.3.1.2 rules ``direction`` out); the markup does.
"""

from __future__ import annotations

from typing import Final

from quire.editions.epub.xhtml import MATHML, Element, element

__all__ = ["keep_left_to_right"]

_TAGS: Final = (
    *(element(name).tag for name in ("code", "kbd", "pre", "samp")),
    f"{{{MATHML}}}math",
)


def keep_left_to_right(root: Element) -> None:
    """Give programs and formulae of a right-to-left document their direction, in place."""
    for node in root.iter(*_TAGS):
        if not node.get("dir"):
            node.set("dir", "ltr")
