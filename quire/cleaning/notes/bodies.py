"""Where a note's body ends, and where one that runs over to the next page goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quire.cleaning.notes.marks import Sign
from quire.cleaning.vocabulary import ends_sentence

__all__ = ["BodyPlace", "body_end", "closing_bracket", "continuation"]

Allowed = Callable[[int, int], bool]

_BLANK_LINE = re.compile(r"\n[ \t\u3000]*\n\s*")
_BLOCKS = 3  # blocks that an unfinished body may go on over, on its page
_LONGEST = 20_000  # characters of a body in brackets
_REACH = 6000  # characters, some pages, within which a body goes on
_MOST_RUN_OVER = 600  # characters of a body that stand on the next page
_SHORT = 80  # a paragraph of text is longer on the whole
_REFERENCE_ENDS = re.compile(r"(?:页|期|版|日|年|pp?\.\s*[\d–—-]+|\d{4})[.。)）]?$")
_CITES = re.compile(
    r"[12]\d{3}|出版社|第\s*\d+\s*[页卷期章]|\bpp?\. ?\d|页[。.]$|同上|ibid", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class BodyPlace:
    """Where a body stands.

    Attributes:
        start: where its words begin.
        end: where they break off.
        next_sign: where the next body begins, or the text ends.
        runs_on: whether it goes on with the next text, as in a list; else on the next page.
        zone: where the notes of the next page begin, or that page ends; None when not known.
    """

    start: int
    end: int
    next_sign: int
    runs_on: bool
    zone: int | None


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


def continuation(text: str, place: BodyPlace, allowed: Allowed) -> tuple[int, int] | None:
    """Where the rest of a body that breaks off lies; None when it is whole, or nothing shows it.

    In a list it is the next text. At a page's foot it stands above the notes of the next page.

    Args:
        text: all of it.
        place: what is known of the body's place.
        allowed: whether a stretch is text, and no furniture.
    """
    said = text[place.start : place.end]
    if ends_sentence(said) or _REFERENCE_ENDS.search(said[-20:]):
        return None
    if place.runs_on:
        blocks = _blocks(text, place.end, min(place.next_sign, place.end + _REACH), allowed)
        found = next(blocks, None)
        return found if found and _goes_on(said, text[slice(*found)], True) else None
    if place.zone is None:
        return None
    start = max(place.end, place.zone - _REACH)
    above = list(_blocks(text, start, place.zone, allowed))
    if len(above) < 2:  # the page's text stands before it
        return None
    found = above[-1]
    return found if _goes_on(said, text[slice(*found)], False) else None


def _blocks(text: str, start: int, stop: int, allowed: Allowed) -> Iterator[tuple[int, int]]:
    """Blocks of text between two places, furniture left out."""
    edges = [start]
    for blank in _BLANK_LINE.finditer(text, start, stop):
        edges += blank.span()
    edges.append(stop)
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        bare = text[left:right]
        begin = left + len(bare) - len(bare.lstrip())
        end = right - len(bare) + len(bare.rstrip())
        if begin < end and allowed(begin, end):
            yield begin, end


def _goes_on(said: str, rest: str, in_list: bool) -> bool:
    """Whether a block is what a body that breaks off goes on with."""
    if len(rest) > _MOST_RUN_OVER:
        return False
    first = rest[0]
    if first.isascii() and first.isalpha() and first.isupper() and said[-1] not in ",-":
        return bool(_CITES.search(rest)) and (in_list or len(rest) < _MOST_RUN_OVER // 2)
    if first.isascii() or in_list:
        return first not in "[(" or in_list or bool(_CITES.search(rest))
    is_open = any(said.rfind(a) > said.rfind(b) for a, b in ("《》", "“”", "（）", "()"))
    return is_open or bool(_CITES.search(rest)) or len(rest) < _SHORT
