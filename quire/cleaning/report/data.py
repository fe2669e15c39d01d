"""What the report's program works on: both texts, how they hang together, and the doubtful places.

Numbers are in units of UTF-16, as JavaScript counts. To stay small with large sources, stretches
are flat lists of numbers:

* ``book``: length, place in the source or -1, reason or -1, for each stretch of the manuscript;
* ``lost``: place in the source, length, reason, 1 if changed or 0 if deleted, for each stretch of
  the source that isn't in the manuscript.

A reason is a place in ``reasons``: [rule, why, confidence]. A stretch from the source with a
reason was moved; one without is where it was.
"""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from quire.cleaning.cleaned import Cleaned
from quire.cleaning.decisions import Decision
from quire.cleaning.engine import rules
from quire.cleaning.ledger import Edit
from quire.cleaning.provenance import Provenance
from quire.cleaning.suggestion import Suggestion

__all__ = ["report_data"]

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_UNWRITABLE = re.compile("[\ud800-\udfff]")
_AT_ONCE = 4_096  # numbers
_LONGEST = 2_000  # characters of a doubtful text or a proposal that the page holds


def report_data(cleaned: Cleaned, provenance: Provenance) -> Iterator[bytes]:
    r"""The data as JSON in UTF-8, piece by piece, that may stand inside a ``script`` element.

    No ``<`` stands in it, and half a pair of surrogates is written as an escape. It comes in
    pieces because it holds both texts: whole, each step of making it would be another copy.
    """
    yield b'{"book":['
    yield from _numbers(_book(cleaned, provenance, reasons := _Reasons()))
    yield b'],"lost":['
    yield from _numbers(_lost(cleaned, provenance, reasons))
    yield b'],"places":['
    source = _Units(cleaned.source.text)
    for number, one in enumerate(_in_order(cleaned)):
        yield b"," if number else b""
        yield _written(_place(one, source))
    yield b"]"
    rest = {
        "name": cleaned.source.name,
        "sha": cleaned.ledger.source_sha256[:16],
        "source": cleaned.source.text,
        "text": cleaned.text,
        "rules": {name: [rule.summary, rule.why] for name, rule in rules().items()},
        "reasons": reasons.table,
        "unmet": [_unmet(one) for one in cleaned.unmet],
        "files": [path for path, _ in cleaned.files],
    }
    for key, value in rest.items():
        yield f',"{key}":'.encode("ascii")
        yield _written(value)
    yield b"}"


def _written(value: object) -> bytes:
    """A value as such JSON."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    written = written.replace("<", "\\u003c")
    try:
        return written.encode("utf-8")
    except UnicodeEncodeError:
        halves = _UNWRITABLE.sub(lambda half: f"\\u{ord(half.group()):04x}", written)
        return halves.encode("utf-8")


def _book(cleaned: Cleaned, provenance: Provenance, reasons: _Reasons) -> Sequence[int]:
    """The stretches of the manuscript."""
    source, book = _Units(cleaned.source.text), _Units(cleaned.text)
    wide_book, wide_source = bool(book), bool(source)
    stretches = array("q")
    place = 0
    for length, offset, writer, movers in provenance.stretches:
        end = place + length
        edit = movers[-1] if movers else writer
        stretches.extend((
            book(end) - book(place) if wide_book else length,
            -1 if writer else source(offset) if wide_source else offset,
            reasons.number(edit) if edit else -1,
        ))  # fmt: skip
        place = end
    return stretches


def _lost(cleaned: Cleaned, provenance: Provenance, reasons: _Reasons) -> Sequence[int]:
    """The stretches of the source that aren't in the manuscript."""
    source = _Units(cleaned.source.text)
    wide = bool(source)
    lost = array("q")
    for offset, length, edit in provenance.losses:
        lost.extend((
            source(offset) if wide else offset,
            source(offset + length) - source(offset) if wide else length,
            reasons.number(edit),
            1 if edit.after else 0,
        ))  # fmt: skip
    return lost


def _numbers(values: Sequence[int]) -> Iterator[bytes]:
    """What stands in a list of many numbers in JSON."""
    for start in range(0, len(values), _AT_ONCE):
        piece = ",".join(map(str, values[start : start + _AT_ONCE]))
        yield (f",{piece}" if start else piece).encode("ascii")


def _in_order(cleaned: Cleaned) -> list[Suggestion]:
    return sorted((*cleaned.suggestions, *cleaned.decided), key=lambda one: one.offset)


def _place(one: Suggestion, source: _Units) -> Mapping[str, object]:
    return {
        "place": one.place,
        "rule": one.rule,
        "verdict": one.verdict.value,
        "done": one.done,
        "decision": one.decision,
        "start": source(one.offset),
        "end": source(one.end),
        "line": one.line,
        "before": one.before,
        "text": _shortened(one.text),
        "after": one.after,
        "proposal": _shortened(one.proposal),
        "moved": source(one.moved_to) if one.moved_to >= 0 else -1,
        "why": one.why,
        "confidence": round(one.confidence, 2),
    }


def _unmet(one: Decision) -> Mapping[str, str]:
    """A decision that no place of this run is about: the page keeps it in the file it writes."""
    return {
        "place": one.place,
        "rule": one.rule,
        "decision": one.verdict.value,
        "text": one.text,
        "proposal": one.proposal,
        "why": one.why,
    }


def _shortened(text: str) -> str:
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} … {text[-half:]}"


class _Reasons:
    """Why something was changed, each said once."""

    def __init__(self) -> None:
        self.table: list[tuple[str, str, float]] = []
        self._numbers: dict[tuple[str, str, float], int] = {}
        self._known: dict[tuple[str, str, float], int] = {}  # with confidences as they are

    def number(self, edit: Edit) -> int:
        reason = (edit.rule, edit.why, edit.confidence)
        known = self._known.get(reason)
        if known is None:
            known = self._known[reason] = self._rounded(edit.rule, edit.why, edit.confidence)
        return known

    def _rounded(self, rule: str, why: str, confidence: float) -> int:
        reason = (rule, why, round(confidence, 2))
        if reason not in self._numbers:
            self._numbers[reason] = len(self.table)
            self.table.append(reason)
        return self._numbers[reason]


class _Units:
    """From code points to units of UTF-16: a character beyond U+FFFF takes two.

    False when there is none, and nothing to count.
    """

    def __init__(self, text: str) -> None:
        self._pairs = [found.start() for found in _ASTRAL.finditer(text)]

    def __bool__(self) -> bool:
        return bool(self._pairs)

    def __call__(self, offset: int) -> int:
        return offset + bisect_left(self._pairs, offset)
