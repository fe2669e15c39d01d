"""Equations of web pages and e-books (MathML) as TeX between dollars, set by pandoc in one run.

An equation that says itself in TeX (an ``annotation``, as most programs that write MathML add one)
is taken at its word.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

from lxml import etree

from quire.pandoc import PandocFailed, convert
from quire.sources.markup import Element, inner_text, local_name, one_line

__all__ = ["is_set", "set_maths"]

_SEPARATOR = "QUIRE-NEXT-EQUATION"
_KEPT = frozenset({"display", "mathvariant", "open", "close", "separators", "stretchy", "accent"})


def set_maths(roots: Sequence[Element]) -> dict[Element, str]:
    """The Markdown of each ``math`` element; one that pandoc can't read is its bare words."""
    found = list(dict.fromkeys(one for root in roots for one in root.iter("{*}math")))
    said = {one: tex for one in found if (tex := _own_tex(one))}
    unsaid = [one for one in found if one not in said]
    return {**said, **_set_by_pandoc(unsaid)}


def is_set(markdown: str) -> bool:
    """Whether an equation came out as one."""
    return markdown.startswith("$") and markdown.endswith("$") and len(markdown) > 2


def _own_tex(maths: Element) -> str:
    parts = list(maths)
    if len(parts) != 1 or local_name(parts[0]) != "semantics":
        return ""
    for note in parts[0].iterchildren("{*}annotation"):
        if note.get("encoding", "").lower() in {"application/x-tex", "tex", "latex"}:
            tex = " ".join(inner_text(note).split())
            if tex and "$" not in tex and not tex.endswith("\\"):
                return _between_marks(tex, maths)
    return ""


def _between_marks(tex: str, maths: Element) -> str:
    mark = "$$" if maths.get("display") == "block" else "$"
    return f"{mark}{tex}{mark}"


def _set_by_pandoc(equations: Sequence[Element]) -> dict[Element, str]:
    if not equations:
        return {}
    html = f"<p>{_SEPARATOR}</p>".join(f"<p>{_plain(one)}</p>" for one in equations)
    try:
        pieces = re.split(rf"(?m)^{_SEPARATOR}$", convert(html, "html", "markdown-raw_html-smart"))
    except PandocFailed:
        pieces = []
    if len(pieces) != len(equations):
        return {one: one_line(one) for one in equations}
    set_pieces = (" ".join(piece.split()) for piece in pieces)
    return {
        one: piece if is_set(piece) else one_line(one)
        for one, piece in zip(equations, set_pieces, strict=True)
    }


def _plain(maths: Element) -> str:
    """The element without prefixes and without what doesn't bear on its meaning."""
    twin = copy.deepcopy(maths)
    twin.tail = None
    for note in list(twin.iter("{*}annotation", "{*}annotation-xml")):
        parent = note.getparent()
        if parent is not None:
            parent.remove(note)
    for one in twin.iter("{*}*"):
        one.tag = local_name(one)
        for name in list(one.attrib):
            if name not in _KEPT:
                del one.attrib[name]
    etree.cleanup_namespaces(twin)
    return etree.tostring(twin, encoding="unicode")
