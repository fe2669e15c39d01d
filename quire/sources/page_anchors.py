"""Where printed pages begin in HTML that a converter made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quire.sources.composition import BlockText
from quire.sources.markup import Element, inner_text, local_name
from quire.sources.model import Span

__all__ = ["page_tops", "spans_of_pages"]

_NAME = re.compile(r"(?:page|pf|p)?[-_]?0*([1-9]\d{0,5})(?:-div)?", re.ASCII | re.IGNORECASE)
_LEAST = 2


def page_tops(root: Element) -> frozenset[Element]:
    """The elements that begin a page each: they count from one, without a gap.

    Dumps of PDFs have an empty anchor behind a rule, or a ``div`` a page; anchors of notes, which
    count as well, stand behind no rule.
    """
    tops: list[Element] = []
    for element in root.iter("{*}a", "{*}div"):
        name = _NAME.fullmatch(element.get("name") or element.get("id") or "")
        if name and int(name[1]) == len(tops) + 1 and _may_begin_a_page(element, not tops):
            tops.append(element)
    return frozenset(tops) if len(tops) >= _LEAST else frozenset()


def _may_begin_a_page(element: Element, is_first: bool) -> bool:
    if local_name(element) == "div":
        return True
    before = element.getprevious()
    is_apart = is_first or (before is not None and local_name(before) == "hr")
    return is_apart and element.get("href") is None and not inner_text(element).strip()


def spans_of_pages(blocks: Sequence[BlockText]) -> tuple[Span, ...]:
    """Where pages lie in the text that blocks make; empty when none of them opens a page."""
    if not any(block.opens_page for block in blocks):
        return ()
    spans: list[Span] = []
    place = start = 0
    for block in blocks:
        if block.opens_page and place:
            spans.append(Span(start, place - 2))
            start = place
        place += len(block.text) + 2
    return (*spans, Span(start, place - 2))
