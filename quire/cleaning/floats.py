"""Figures and tables that print has put at a page's edge, inside a sentence that goes on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from quire.cleaning.draft import Block, Draft, MarkKind
from quire.cleaning.vocabulary import ends_sentence

__all__ = ["called_in", "floats_of"]

_LABEL = re.compile(
    r"(?P<word>[图圖表]|figure|fig\.|table|plate|map)[\s\u2060]*(?P<n>\d{1,3})", re.IGNORECASE
)
_ALWAYS = (MarkKind.IMAGE, MarkKind.FIGURE, MarkKind.DESCRIPTION)
_NEVER = (MarkKind.HEADING, MarkKind.MATTER, MarkKind.GOES_ON)
_LEADS_ON = ("：", ":", "，", ",", "—")
_FARTHEST = 3  # paragraphs before the sentence, of which one may call the float


def floats_of(draft: Draft, blocks: Sequence[Block]) -> frozenset[int]:
    """Numbers of the blocks that a sentence runs past, where print tells that it goes on below.

    At a page's top all that stands above the text is set apart from it; at the foot of the page
    before, pictures and their captions are. A passage in small type that the text leads on to
    stays.
    """
    starts = [mark.start for mark in draft.marked(MarkKind.PAGE)]
    told = {mark.start for mark in draft.marked(MarkKind.GOES_ON) if mark.value == "yes"}
    found: set[int] = set()
    for i, block in enumerate(blocks):
        if block.start in told and starts:
            page = starts[max(0, bisect_right(starts, block.start) - 1)]
            found.update(_above(blocks, i, page))
    return frozenset(found)


def _above(blocks: Sequence[Block], i: int, page: int) -> Iterator[int]:
    """The floats between a text that goes on and the text before it."""
    first = i
    while first and blocks[first - 1].start >= page and not blocks[first - 1].has(*_NEVER):
        first -= 1
    if first and blocks[first - 1].start >= page:
        return
    while first and blocks[first - 1].has(*_ALWAYS):
        first -= 1
    between = blocks[first:i]
    if not first or not between:
        return
    before = blocks[first - 1].text
    is_told = any(one.has(*_ALWAYS, MarkKind.MARKDOWN) or _LABEL.match(one.text) for one in between)
    if is_told or not (ends_sentence(before) or before.endswith(_LEADS_ON)):
        yield from range(first, i)


def called_in(
    blocks: Sequence[Block], above: Iterator[Sequence[int]], floating: Sequence[Block]
) -> int:
    """The paragraph, of the last before a sentence, that first speaks of a float by its label.

    Args:
        blocks: of the draft.
        above: the paragraphs before the sentence that the float stands in, from the nearest up,
            each as the numbers of its blocks, from its last up.
        floating: the float, its caption among it.

    Returns:
        The paragraph's last block; -1 for none.
    """
    labels = {_said(found) for block in floating if (found := _LABEL.match(block.text))}
    callers = [
        paragraph[0] for paragraph in islice(above, _FARTHEST)
        if any(_said(found) in labels for i in paragraph for found in
               _LABEL.finditer(blocks[i].text))
    ]  # fmt: skip
    return min(callers, default=-1) if labels else -1


def _said(label: re.Match[str]) -> str:
    return f"{label['word']}{label['n']}".casefold()
