"""The ledger: every change from source to manuscript, signed by a rule, and its replay.

A pass is a set of edits over one text that don't overlap; the next pass works on the text that
this one leaves. Applying all passes to the source gives the manuscript, to the character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Edit", "Ledger", "LedgerError", "Pass", "apply", "replay"]


class LedgerError(ValueError):
    """The edits overlap, are out of the text, or don't fit it."""


class Edit(NamedTuple):
    """One change: characters `start` to `end` of the pass's text become `after`.

    Attributes:
        rule: the rule that signs it.
        start: offset in the text of the pass, in code points.
        end: half-open; equal to `start` for an insertion.
        after: the text to put there; empty for a deletion.
        why: the evidence, in a few words for the report.
        confidence: 0 to 1.
        partner: a name shared by the cut and the paste of one move; empty otherwise.
    """

    rule: str
    start: int
    end: int
    after: str
    why: str
    confidence: float = 1.0
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Pass:
    """One rule's edits over one text, in order of place."""

    rule: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Ledger:
    """The passes in order, and what they were made for.

    Attributes:
        source: the source's name.
        source_sha256: of its text as UTF-8.
        passes: in the order in which they were made.
        files: path and SHA-256 of each file as it was written, to know hand-made changes by.
    """

    source: str
    source_sha256: str
    passes: tuple[Pass, ...]
    files: tuple[tuple[str, str], ...] = ()

    def edits(self) -> Iterator[Edit]:
        """Every edit, pass by pass."""
        for one in self.passes:
            yield from one.edits


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text that one pass leaves.

    Raises:
        LedgerError: edits overlap, run backwards or lie outside the text.
    """
    pieces: list[str] = []
    done = 0
    for edit in edits:
        if not done <= edit.start <= edit.end <= len(text):
            raise LedgerError(
                f"The edit of {edit.rule} at {edit.start}–{edit.end} doesn't fit a text of "
                f"{len(text)} characters that is done up to {done}."
            )
        pieces.append(text[done : edit.start])
        pieces.append(edit.after)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces)


def replay(source: str, ledger: Ledger) -> str:
    """All passes applied to the source: the manuscript's text."""
    for one in ledger.passes:
        source = apply(source, one.edits)
    return source
