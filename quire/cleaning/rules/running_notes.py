"""Make notes of remarks in brackets that say of themselves that they are notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "running-notes"
_OPENS = re.compile(
    r"[ \u3000]?(?P<open>[（(\[［【〔])\s*(?:注|原注|译注|编者注|Note)\s*[:：]\s*(?=\S)"
)
_CLOSES = {"（": "）", "(": ")", "[": "]", "［": "］", "【": "】", "〔": "〕"}
_ANY = {"（": "）)", "(": "）)"}  # half- and full-width round brackets are mixed up
_BLOCK_END = re.compile(r"\n[ \t\u3000]*\n|\Z")
_LONGEST = 3000
_SYSTEM = 2  # remarks of the kind that a text has when its notes are set so
_FEW = 2  # times as many notes set otherwise: remarks are the author's own
_WHY = "a note that was set in the running text"


@dataclass(frozen=True, slots=True)
class _Remark:
    """A remark in brackets: its text lies at `start` to `end`, all of it at `opens` to `closes`."""

    opens: int
    start: int
    end: int
    closes: int
    bracket: str


def _remarks(draft: Draft) -> Iterator[_Remark]:
    out = draft.spans(
        MarkKind.MARKDOWN, MarkKind.FURNITURE, MarkKind.NOTE, MarkKind.MATTER, MarkKind.LINK
    )
    done = 0
    for found in _OPENS.finditer(draft.text):
        if found.start() < done or out.overlap(*found.span()):
            continue
        end = _closing(draft.text, found["open"], found.end())
        if end and draft.text[found.end() : end].strip():
            done = end + 1
            yield _Remark(found.start(), found.end(), end, end + 1, found["open"])


def _closing(text: str, bracket: str, start: int) -> int:
    """Where the bracket closes, in its block; 0 when it doesn't."""
    closing = _ANY.get(bracket, _CLOSES[bracket])
    opening = "（(" if bracket in _ANY else bracket
    depth = 1
    for at, character in enumerate(text[start : start + _LONGEST], start):
        if character in opening:
            depth += 1
        elif character in closing:
            depth -= 1
            if not depth:
                return at
        elif character == "\n" and text[at + 1 : at + 2] == "\n":
            return 0
    return 0


def _system(draft: Draft, remarks: list[_Remark]) -> tuple[list[_Remark], list[_Remark]]:
    """The remarks that are the text's notes, and those that may be the author's own.

    A text sets its notes in one way: with marks, or in one kind of brackets.
    """
    shapes = {
        is_round: [one for one in remarks if (one.bracket in _ANY) is is_round]
        for is_round in (True, False)
    }
    marked = len({mark.value for mark in draft.marked(MarkKind.NOTEREF)})
    most = max(marked, *map(len, shapes.values()))
    kept = {
        is_round
        for is_round, shape in shapes.items()
        if len(remarks) >= _SYSTEM and _FEW * len(shape) > most
    }
    notes = [one for one in remarks if (one.bracket in _ANY) in kept]
    return notes, [one for one in remarks if (one.bracket in _ANY) not in kept]


def _apply(draft: Draft) -> RuleOutcome:
    remarks, others = _system(draft, list(_remarks(draft)))
    questions = tuple(_asked(draft, one) for one in others)
    known = {mark.value for mark in draft.marked(MarkKind.NOTEREF, MarkKind.NOTE)}
    edits: list[Edit] = []
    add: list[Mark] = []
    place = -1
    for number, one in enumerate(remarks, start=1):
        key = f"r{number}"
        while key in known:
            key = f"r{key}"
        if place < one.closes:
            block = _BLOCK_END.search(draft.text, one.closes)
            place = block.start() if block else len(draft.text)
        name = f"{_NAME}-{one.start}"
        body = draft.text[one.start : one.end]
        opens = one.opens + (draft.text[one.opens] != one.bracket)
        edits += [
            Edit(_NAME, one.opens, opens, "", "a blank before a callout"),
            Edit(_NAME, opens, one.start, f"[{number}]", _WHY),
            Edit(_NAME, one.start, one.end, "", _WHY, partner=name),
            Edit(_NAME, one.end, one.closes, "", "the bracket around a note"),
            Edit(_NAME, place, place, "\n\n", "a block of its own"),
            Edit(_NAME, place, place, body, _WHY, partner=name),
        ]
        add += [
            Mark(opens, one.start, MarkKind.NOTEREF, key),
            Mark(one.start, one.end, MarkKind.NOTE, key),
        ]
    edits = [edit for edit in edits if edit.start < edit.end or edit.after]
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return RuleOutcome(tuple(edits), tuple(sorted(add)), questions=questions)


def _asked(draft: Draft, one: _Remark) -> Question:
    why = "A remark that calls itself a note, where few or none are set so: it may be the author's."
    return Question(one.opens, one.closes, draft.text[one.opens : one.closes], why, 0.4)


_BEFORE = (
    "潮水每日两次（注：以沙湾站为准。）。\n\n船期另有一表（注：见章程(1931)第四条。），贴在门上。"
)
_AFTER = (
    "潮水每日两次[1]。\n\n以沙湾站为准。\n\n船期另有一表[2]，贴在门上。\n\n见章程(1931)第四条。"
)

RULE = Rule(
    name=_NAME,
    order=410,
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
