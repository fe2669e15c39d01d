"""Which rules had a hand in a stretch of the manuscript: the ledger read backwards from there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quire.cleaning.ledger import Edit, Ledger
from quire.sources.model import Span

__all__ = ["Touch", "touches"]


@dataclass(frozen=True, slots=True)
class Touch:
    """An edit that had a hand in a stretch of the manuscript.

    `moved` says that it only brought characters here, or took them elsewhere, as they were.
    """

    edit: Edit
    moved: bool = False


def touches(ledger: Ledger, start: int, end: int) -> tuple[Touch, ...]:
    """The edits that had a hand in the manuscript's stretch `start` to `end`.

    Args:
        ledger: of the whole way from the source.
        start: in the manuscript's text, in code points.
        end: half-open.

    Returns:
        The edits in the order in which they were made.
    """
    spans = [Span(start, end)]
    found: list[Touch] = []
    for one in reversed(ledger.passes):
        here, spans = _back(one.edits, spans)
        found += reversed(here)
    found.reverse()
    return tuple(found)


def _back(edits: Sequence[Edit], spans: Sequence[Span]) -> tuple[list[Touch], list[Span]]:
    """The edits of a pass that touch spans of its result, and the spans of the text before it."""
    cuts = {edit.partner: edit for edit in edits if edit.partner and not edit.after}
    starts, ends, gains = [], [], [0]
    for edit in edits:
        starts.append(edit.start + gains[-1])
        ends.append(starts[-1] + len(edit.after))
        gains.append(gains[-1] + len(edit.after) - (edit.end - edit.start))
    met: dict[int, Touch] = {}
    before: list[Span] = []
    for span in spans:
        # An edit that only took out counts when it stood inside, or where the stretch begins.
        first, last = bisect_right(ends, span.start - 1), bisect_left(starts, span.end)
        place = span.start
        origin = place - gains[first]
        for number in range(first, last):
            edit = edits[number]
            if starts[number] > place:
                before.append(Span(origin, edit.start))
            cut = cuts.get(edit.partner) if edit.after else None
            inside = max(span.start, starts[number]), min(span.end, ends[number])
            if cut is not None and inside[0] < inside[1]:
                shift = cut.start - starts[number]
                before.append(Span(inside[0] + shift, inside[1] + shift))
                met[number] = Touch(edit, moved=True)
            elif inside[0] < inside[1]:
                met[number] = Touch(edit)
                before.append(Span(edit.start, edit.end))
            elif not edit.after:
                met[number] = Touch(edit, moved=bool(edit.partner))
            place, origin = max(span.start, ends[number]), edit.end
        if place < span.end:
            before.append(Span(origin, origin + span.end - place))
    return [met[number] for number in sorted(met)], _merged(before)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those that overlap or touch as one; empty ones gone."""
    merged: list[Span] = []
    for span in sorted(one for one in spans if one.start < one.end):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
