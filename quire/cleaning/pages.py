"""Pages found again in text that has lost them: running heads, feet, folios and the joints.

Nothing is left of the pages' geometry. What is left is repetition (the same head and foot on every
page), position (they stand side by side at a joint) and arithmetic (folios rise by one). A string
is furniture only when at least two of these agree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quire.cleaning.furniture import PAGE_LENGTH, Furniture, Line, lines_of, without_overlap
from quire.cleaning.glued_furniture import (
    folios_beside,
    glued_heads,
    heads_beside_folios,
    vendor_feet,
    vendor_places,
)
from quire.cleaning.line_furniture import line_furniture
from quire.cleaning.page_runs import page_runs

__all__ = ["Page", "Pages", "find_pages"]

_LONG_LINE = 2000
_VENDOR_LINE = 200  # characters of a line that is a vendor's


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text at `start` to `end`, without furniture; `folio` is 0 when it isn't known."""

    start: int
    end: int
    folio: int = 0


@dataclass(frozen=True, slots=True)
class Pages:
    """What was found. `title` is where the work's title stands that the running head repeats."""

    furniture: tuple[Furniture, ...] = ()
    pages: tuple[Page, ...] = ()
    glued: tuple[tuple[int, int], ...] = ()
    title: tuple[int, int] | None = None


def find_pages(
    text: str,
    given: Sequence[tuple[int, int]] = (),
    allowed: Callable[[int, int], bool] = lambda start, end: True,
) -> Pages:
    """Find pages and their furniture.

    Args:
        text: all of it.
        given: where pages lie, when the format says so.
        allowed: whether a stretch may be furniture at all.
    """
    lines = lines_of(text)
    vendors = vendor_places(text)
    feet = [foot for foot in vendor_feet(text, vendors) if allowed(foot.start, foot.end)]
    glued = feet + folios_beside(text, feet)
    title = None
    if glued:
        heads, title = glued_heads(text, sorted(glued))
        glued += heads
    glued += page_runs(lines, glued)
    own, first_line = line_furniture(
        lines, _edge_lines(lines, given), _vendor_lines(lines, vendors), _page_length(given)
    )
    title = title or first_line
    pieces = glued + own
    if not pieces:
        pieces = heads_beside_folios(text)
    pieces = [one for one in without_overlap(pieces) if allowed(one.start, one.end)]
    if not pieces:
        return Pages(glued=_long_lines(lines))
    clusters = _clusters(text, pieces)
    pages = _pages_between(text, clusters)
    if given:
        folios = [(piece.start, piece.number) for piece in pieces if piece.number]
        pages = [_numbered(text, span, folios) for span in given]
    return Pages(tuple(pieces), tuple(pages), _glued_lines(lines, pieces), title)


def _edge_lines(lines: Sequence[Line], given: Sequence[tuple[int, int]]) -> frozenset[int]:
    starts = [line.start for line in lines]
    edges: set[int] = set()
    for start, end in given:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if last - first >= 3:
            edges |= {first, first + 1, last - 2, last - 1}
    return frozenset(edges)


def _vendor_lines(lines: Sequence[Line], vendors: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Short lines with a vendor's words."""
    ends = [line.end for line in lines] if vendors else []
    found = set()
    for start, end in vendors:
        i = bisect_left(ends, end)
        if i < len(lines) and lines[i].start <= start and len(lines[i].text) < _VENDOR_LINE:
            found.add(i)
    return frozenset(found)


def _page_length(given: Sequence[tuple[int, int]]) -> int:
    """How many characters a page has at the least, on the average."""
    lengths = sorted(end - start for start, end in given)
    return min(PAGE_LENGTH, lengths[len(lengths) // 2] // 2) if len(lengths) > 1 else PAGE_LENGTH


def _clusters(text: str, pieces: Sequence[Furniture]) -> list[list[Furniture]]:
    clusters: list[list[Furniture]] = []
    for piece in pieces:
        if clusters and not text[clusters[-1][-1].end : piece.start].strip():
            clusters[-1].append(piece)
        else:
            clusters.append([piece])
    return clusters


def _folio_of_page_before(cluster: Sequence[Furniture]) -> int:
    """A folio at a page's end: before, or right behind, a foot; or with no head before it."""
    number = 0
    for piece in cluster:
        if piece.kind == "folio":
            number = piece.number
        if piece.kind == "head" and not number:
            return 0
    return number


def _pages_between(text: str, clusters: Sequence[Sequence[Furniture]]) -> list[Page]:
    pages = []
    first = clusters[0]
    if first[0].kind != "head":
        start = text.rfind("\n\n", 0, first[0].start) + 2 if len(clusters) < 2 else 0
        pages.append(_page(text, max(start, 0), first[0].start, _folio_of_page_before(first)))
    for left, right in pairwise(clusters):
        folio = _folio_of_page_before(right)
        if not folio and not _folio_of_page_before(left):
            folio = next((piece.number for piece in left if piece.number), 0)
        pages.append(_page(text, left[-1].end, right[0].start, folio))
    last = clusters[-1]
    if last[-1].kind == "head":
        on_its_line = text[last[-1].end : last[-1].end + 1] == "\n"
        end = -1 if on_its_line else text.find("\n\n", last[-1].end)
        folio = next((piece.number for piece in last if piece.number), 0)
        pages.append(_page(text, last[-1].end, len(text) if end < 0 else end, folio))
    return [page for page in pages if page.start < page.end]


def _page(text: str, start: int, end: int, folio: int) -> Page:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Page(start, end, folio)


def _numbered(text: str, span: tuple[int, int], folios: Sequence[tuple[int, int]]) -> Page:
    """A page that the format told of, with the first of the folios (place, number) on it."""
    start, end = span
    index = bisect_left(folios, (start, 0))
    on_it = index < len(folios) and folios[index][0] < end
    return _page(text, start, end, folios[index][1] if on_it else 0)


def _glued_lines(lines: Sequence[Line], pieces: Sequence[Furniture]) -> tuple[tuple[int, int], ...]:
    """Lines that hold furniture and text beside it, and lines too long to be a paragraph."""
    starts = [line.start for line in lines]
    inside: Counter[int] = Counter()
    covered: Counter[int] = Counter()
    for piece in pieces:
        i = bisect_right(starts, piece.start) - 1
        if i >= 0 and piece.start <= lines[i].end:
            inside[i] += 1
            covered[i] += piece.end - piece.start
    return tuple(
        (start, end) for i, (start, end, _) in enumerate(lines)
        if end - start >= _LONG_LINE or (i in inside and end - start - covered[i] > inside[i] * 4)
    )  # fmt: skip


def _long_lines(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    return tuple((one.start, one.end) for one in lines if one.end - one.start >= _LONG_LINE)
