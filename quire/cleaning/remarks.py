"""Remarks in brackets that say of themselves that they are notes: （注：…）, [Note: …]."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["ROUND", "Remark", "remark_left_open", "remarks_of"]

_OPENS = re.compile(
    r"[ \u3000]?(?P<open>[（(\[［【〔])\s*(?:注|原注|译注|编者注|Note)\s*[:：]\s*(?=\S)"
)
_CLOSES = {"（": "）", "(": ")", "[": "]", "［": "］", "【": "】", "〔": "〕"}
ROUND = frozenset("（(")  # half- and full-width round brackets are mixed up
_LONGEST = 3000


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark: its words lie at `start` to `end`, all of it at `opens` to `closes`.

    A blank before the bracket belongs to it. One that isn't closed has its `end` at -1.
    """

    opens: int
    start: int
    end: int
    closes: int
    bracket: str


def remarks_of(text: str) -> Iterator[Remark]:
    """The remarks of a block, in order; the last one may lack its closing bracket."""
    done = 0
    for found in _OPENS.finditer(text):
        if found.start() < done:
            continue
        end = _closing(text, found["open"], found.end())
        done = len(text) if end < 0 else end + 1
        if end < 0 or text[found.end() : end].strip():
            yield Remark(found.start(), found.end(), end, done, found["open"])


def _closing(text: str, bracket: str, start: int) -> int:
    """Where the bracket closes whose words begin at `start`; -1 when it doesn't."""
    closing = "）)" if bracket in ROUND else _CLOSES[bracket]
    opening = "（(" if bracket in ROUND else bracket
    depth = 1
    for at, character in enumerate(text[start : start + _LONGEST], start):
        if character in opening:
            depth += 1
        elif character in closing:
            depth -= 1
            if not depth:
                return at
    return -1


def remark_left_open(before: str, after: str) -> bool:
    """Whether a remark opens in the end of one block and closes in the next."""
    tail = before[-_LONGEST:]
    if "注" not in tail and "Note" not in tail:
        return False
    left = [one for one in remarks_of(tail) if one.end < 0]
    return bool(left) and _closing(f"{tail}{after[:_LONGEST]}", left[0].bracket, left[0].start) >= 0
