"""Make notes of remarks in brackets that say of themselves that they are notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.remarks import ROUND, Remark, remarks_of
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "running-notes"
_SYSTEM = 2  # remarks of the kind that a text has when its notes are set so
_FEW = 2  # times as many notes set otherwise: remarks are the author's own
_WHY = "a note that was set in the running text"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A remark of the block that lies at `start` to `end`; its own places count from there."""

    start: int
    end: int
    remark: Remark

    @property
    def places(self) -> tuple[int, int, int, int]:
        """In the draft: where it opens, where its words begin and end, and behind its bracket."""
        one = self.remark
        return (
            self.start + one.opens,
            self.start + one.start,
            self.start + one.end,
            self.start + one.closes,
        )


def _remarks(draft: Draft) -> Iterator[_Placed]:
    out = draft.spans(
        MarkKind.MARKDOWN, MarkKind.FURNITURE, MarkKind.NOTE, MarkKind.MATTER, MarkKind.LINK
    )
    for start, end, text in draft.stretches():
        for one in remarks_of(text):
            if one.end > 0 and not out.overlap(start + one.opens, start + one.start):
                yield _Placed(start, end, one)


def _system(draft: Draft, remarks: list[_Placed]) -> tuple[list[_Placed], list[_Placed]]:
    """The remarks that are the text's notes, and those that may be the author's own.

    A text sets its notes in one way: with marks, or in one kind of brackets.
    """
    shapes = {
        is_round: [one for one in remarks if (one.remark.bracket in ROUND) is is_round]
        for is_round in (True, False)
    }
    marked = len({mark.value for mark in draft.marked(MarkKind.NOTEREF)})
    most = max(marked, *map(len, shapes.values()))
    kept = {
        is_round
        for is_round, shape in shapes.items()
        if len(remarks) >= _SYSTEM and _FEW * len(shape) > most
    }
    notes = [one for one in remarks if (one.remark.bracket in ROUND) in kept]
    return notes, [one for one in remarks if (one.remark.bracket in ROUND) not in kept]


def _apply(draft: Draft) -> RuleOutcome:
    remarks, others = _system(draft, list(_remarks(draft)))
    questions = tuple(_asked(draft, one) for one in others)
    known = {mark.value for mark in draft.marked(MarkKind.NOTEREF, MarkKind.NOTE)}
    edits: list[Edit] = []
    add: list[Mark] = []
    for number, one in enumerate(remarks, start=1):
        key = f"r{number}"
        while key in known:
            key = f"r{key}"
        opens, start, end, closes = one.places
        name = f"{_NAME}-{start}"
        bracket = opens + (draft.text[opens] != one.remark.bracket)
        edits += [
            Edit(_NAME, opens, bracket, "", "a blank before a callout"),
            Edit(_NAME, bracket, start, f"[{number}]", _WHY),
            Edit(_NAME, start, end, "", _WHY, partner=name),
            Edit(_NAME, end, closes, "", "the bracket around a note"),
            Edit(_NAME, one.end, one.end, "\n\n", "a block of its own"),
            Edit(_NAME, one.end, one.end, draft.text[start:end], _WHY, partner=name),
        ]
        add += [
            Mark(bracket, start, MarkKind.NOTEREF, key),
            Mark(start, end, MarkKind.NOTE, key),
        ]
    edits = [edit for edit in edits if edit.start < edit.end or edit.after]
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return RuleOutcome(tuple(edits), tuple(sorted(add)), questions=questions)


def _asked(draft: Draft, one: _Placed) -> Question:
    opens, _, _, closes = one.places
    why = "A remark that calls itself a note, where few or none are set so: it may be the author's."
    return Question(opens, closes, draft.text[opens:closes], why, 0.4)


_BEFORE = (
    "潮水每日两次（注：以沙湾站为准。）。\n\n船期另有一表（注：见章程(1931)第四条。），贴在门上。"
)
_AFTER = (
    "潮水每日两次[1]。\n\n以沙湾站为准。\n\n船期另有一表[2]，贴在门上。\n\n见章程(1931)第四条。"
)

RULE = Rule(
    name=_NAME,
    order=647,
    summary="Makes notes of remarks in brackets that begin with 注： or Note:.",
    why="Only where the text sets its notes so, twice or more, and not mostly in another way.",
    apply=_apply,
    examples=(
        Example(_BEFORE, _AFTER),
        Example(
            "The tide is late [Note: By the harbour clock.] and low [Note: At springs.].",
            "The tide is late[1] and low[2].\n\nBy the harbour clock.\n\nAt springs.",
        ),
        Example("潮水每日两次（注：以沙湾站为准）。", "潮水每日两次（注：以沙湾站为准）。"),
    ),
)
