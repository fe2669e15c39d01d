"""What a format tells of a text's print: its pages, and the sizes of its type."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from quire.cleaning.draft import Block, Draft, Mark, MarkKind

__all__ = ["PrintedPage", "TypeSizes", "note_label", "printed_pages"]

_LABEL = re.compile(r"(?:[*†‡§‖¶\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]{1,3}|[\[〔]\d{1,3}[\]〕])")

# Kinds that a format's own word, or a rule before, has settled.
_SETTLED = (MarkKind.MARKDOWN, MarkKind.FURNITURE)


class TypeSizes:
    """The type sizes of a draft, in points."""

    def __init__(self, draft: Draft) -> None:
        """Gather the draft's marks of size."""
        self._marks = draft.marked(MarkKind.SIZE)
        self._ends = [mark.end for mark in self._marks]
        self._starts = [mark.start for mark in self._marks]
        notes = draft.spans(MarkKind.NOTE_ZONE, MarkKind.NOTE)
        text = tuple(mark for mark in self._marks if not notes.overlap(mark.start, mark.end))
        self.body = self._most(text or self._marks, 0, len(draft.text))

    def at(self, start: int, end: int) -> float:
        """The size that most characters of `start` to `end` have; 0 when none is known."""
        first = bisect_right(self._ends, start)
        return self._most(self._marks[first : bisect_left(self._starts, end)], start, end)

    @staticmethod
    def _most(marks: tuple[Mark, ...], start: int, end: int) -> float:
        counts: Counter[float] = Counter()
        for mark in marks:
            counts[float(mark.value)] += min(mark.end, end) - max(mark.start, start)
        return max(counts.items(), key=lambda item: (item[1], item[0]))[0] if counts else 0.0


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page's mark, and its blocks in order, without furniture."""

    mark: Mark
    blocks: tuple[Block, ...]


def printed_pages(draft: Draft) -> list[PrintedPage]:
    """The pages that the format tells of; empty when it tells of none, or of no type sizes.

    A block belongs to the page on which it begins.
    """
    marks = draft.marked(MarkKind.PAGE)
    if not marks or not draft.marked(MarkKind.SIZE):
        return []
    blocks = [block for block in draft.blocks() if not block.has(*_SETTLED)]
    starts = [block.start for block in blocks]
    edges = [bisect_left(starts, mark.start) for mark in marks]
    edges.append(len(blocks))
    return [
        PrintedPage(mark, tuple(blocks[edges[i] : edges[i + 1]])) for i, mark in enumerate(marks)
    ]


def note_label(block: Block, raised: Mapping[int, int]) -> str:
    """The mark that a block begins with, as notes begin; empty when it has none.

    Args:
        block: in the place of notes.
        raised: where each stretch of raised type begins and ends.
    """
    end = raised.get(block.start, 0)
    if block.start < end < block.end:
        return block.text[: end - block.start].strip()
    found = _LABEL.match(block.text)
    return found[0] if found else ""
