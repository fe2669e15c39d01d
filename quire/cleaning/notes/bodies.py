"""Where a note's body ends, and where one that runs over to the next page goes on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from quire.cleaning.notes.marks import Sign
from quire.cleaning.vocabulary import ends_sentence

__all__ = ["body_end", "closing_bracket", "continuation"]

_BLANK_LINE = re.compile(r"\n[ \t\u3000]*\n\s*")
_BLOCKS = 3  # blocks that an unfinished body may go on over, on its page
_LONGEST = 20_000  # characters of a body in brackets
_MOST_RUN_OVER = 400  # characters of a body that stand on the next page
_REFERENCE_ENDS = re.compile(r"(?:页|期|版|日|年|pp?\.\s*[\d–—-]+|\d{4})[.。)）]?$")


def body_end(text: str, sign: Sign, stop: int, page_end: int | None) -> int:
    """Where the body behind a sign ends.

    Args:
        text: all of it.
        sign: the body's mark.
        stop: where the next body begins, or the text ends.
        page_end: where its page ends; None when it stands in a list.
    """
    if sign.encloses:
        return closing_bracket(text, sign.start)[0]
    limit = min(stop, page_end) if page_end is not None else stop
    end = limit
    for blocks, blank in enumerate(_BLANK_LINE.finditer(text, sign.end, limit), start=1):
        unfinished = page_end is not None and not ends_sentence(text[sign.end : blank.start()])
        if not unfinished or blocks > _BLOCKS:
            end = blank.start()
            break
    return sign.end + len(text[sign.end : end].rstrip())


def closing_bracket(text: str, start: int) -> tuple[int, int]:
    """Where the bracket that opens at `start` closes: before and behind it, blanks left out."""
    depth = 0
    for found in re.compile(r"[\[\]]").finditer(text, start, start + _LONGEST):
        depth += 1 if found[0] == "[" else -1
        if not depth:
            inner = text[start : found.start()].rstrip()
            return start + len(inner), found.end()
    end = text.find("\n\n", start)
    end = len(text) if end < 0 else end
    return end, end


def continuation(
    text: str,
    body: tuple[int, int],
    page: int,
    pages: Sequence[tuple[int, int]],
    zones: Sequence[int],
) -> tuple[int, int] | None:
    """Where an unfinished body at a page's foot goes on: above the notes of the next page.

    Args:
        text: all of it.
        body: where the body lies so far.
        page: the number of its page.
        pages: where pages lie.
        zones: where the first body of each page begins that has some, in order.
    """
    start, end = body
    said = text[start:end]
    if page + 1 >= len(pages) or ends_sentence(said) or _REFERENCE_ENDS.search(said[-20:]):
        return None
    if text[end : pages[page][1]].strip():
        return None
    first, last = pages[page + 1]
    index = bisect_right(zones, first - 1)
    zone = zones[index] if index < len(zones) and zones[index] < last else last
    stop = first + len(text[first:zone].rstrip())
    blanks = list(_BLANK_LINE.finditer(text, max(first, stop - _MOST_RUN_OVER), stop))
    if not blanks:
        return None
    begin = blanks[-1].end()
    if not text[begin:stop].strip():
        return None
    return begin, stop
