"""The edits that bring the rest of a note to where its body breaks off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quire.cleaning.ledger import Edit

__all__ = ["brought_home"]

_GAP = 40  # blanks between two blocks
_SURE = 0.85  # that what stands above the next page's notes belongs to the one before


def brought_home(
    rule: str, text: str, end: int, goes_on: Sequence[tuple[int, int]]
) -> Iterator[Edit]:
    """Move stretches of a text behind a body.

    Args:
        rule: the name of the rule that does it.
        text: all of it.
        end: where the body breaks off.
        goes_on: where more of it lies, in order.
    """
    before = text[end - 1]
    for start, stop in goes_on:
        why, name = "the note runs over to the next page", f"{rule}-{start}"
        rest = text[start:stop]
        if before.isascii() and rest[0].isascii():
            yield Edit(rule, end, end, " ", why, _SURE)
        yield Edit(rule, end, end, rest, why, _SURE, name)
        behind = text[max(0, start - _GAP) : start]
        blanks = start - len(behind) + len(behind.rstrip())
        if blanks < start:
            yield Edit(rule, blanks, start, "", "blanks before what goes elsewhere", _SURE)
        yield Edit(rule, start, stop, "", why, _SURE, name)
        before = rest[-1]
