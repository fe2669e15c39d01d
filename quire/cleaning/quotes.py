"""Straight quotes of one paragraph: which of them open, which close, and which are neither.

The quotes of a paragraph are read as a row. What stands beside each makes opening or closing it
cheap or dear, and so does a row in which one opens while another is open, or closes while none is;
of all readings the cheapest is taken (dynamic programming, linear in the number of quotes).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import inf

# ections.abc import Iterable, Sequence

__all__ = ["CHINESE", "ENGLISH", "Convention", "Reading", "apostrophes", "read_quotes"]


@dataclass(frozen=True, slots=True)
class Convention:
    """The marks that a language quotes with: outer ones, and those inside them."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


ENGLISH = CHINESE = Convention("“", "”", "‘", "’")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a paragraph's straight quotes are.

    Attributes:
        signs: the curly sign for each that is sure, by offset. What stays isn't among them.
        doubt: the offset of the first quote that doesn't fit the row; -1 when all do.
    """

    signs: dict[int, str]
    doubt: int


_SINGLE = re.compile("['＇’]")
# A quote beside a quote says the same whether it is straight or curly.
_QUOTES = "\"'“”‘’„‚＂＇「」『』"
_OPENERS = frozenset(" \t\u00a0\u3000\n([{（〔【《—–-/" + _QUOTES)
_SHORTENED = re.compile(
    r"(?:tis|twas|twere|twill|em|til|cause|bout|round|n|\d\ds?)\b", re.IGNORECASE
)
_CLOSED_BY = frozenset(".,!?…;:)]}—–-，。！？；：、）》" + _QUOTES)
_ENDS_SPEECH = frozenset("。！？…—～")
_BEHIND_SPEECH = frozenset("，。！？；、）》,.!?;)")
_NEVER = inf
_UNLIKELY = 4.0  # a reading that what stands beside the quote speaks against
_LOST = 6.0  # a quote whose partner isn't there
_LEFT_OPEN = 3.0  # one that is open where the paragraph ends
_SURE = 4.0  # how much dearer the other reading must be in a row that doesn't fit
_OPENS, _CLOSES, _NEITHER = 0, 1, 2


def apostrophes(text: str) -> dict[int, str]:
    """The curly sign for each ``'`` or ``’`` inside or right before a word, by offset."""
    signs = {}
    for found in _SINGLE.finditer(text):
        at = found.start()
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        inside = before.isalpha() and before < "\u2e80" and after.isalpha() and after < "\u2e80"
        decade = before.isdigit() and after == "s" and not text[at + 2 : at + 3].isalpha()
        shortened = before in _OPENERS and bool(_SHORTENED.match(text, at + 1))
        if inside or decade or shortened:
            signs[at] = "’"
    return signs


def _costs(text: str, at: int, single: bool) -> tuple[float, float, float]:
    """What it costs to read the straight quote at `at` as opening, as closing, as neither.

    Neither is a sign of feet, inches, minutes or seconds, or an apostrophe at a word's end.
    """
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if before > "\u2e80" or after > "\u2e80":
        return (*_costs_of_wide(before, after, at == 0, at + 1 == len(text)), _NEVER)
    if after.isspace():
        opening = 8.0
    elif before in _OPENERS:
        opening = 0.0
    else:
        opening = 2.0 if not before.isalnum() else 5.0
    if before.isspace():
        closing = 8.0
    elif after.isspace() or after in _CLOSED_BY:
        closing = 0.0
    else:
        closing = 2.0 if not before.isalnum() else 5.0
    neither = _NEVER
    if before.isdigit() and not after.isalpha():
        neither = 1.5
    elif single and before.isalpha():
        neither = 2.0 if before in "sz" else 4.0
    return opening, closing, neither


def _costs_of_wide(before: str, after: str, first: bool, last: bool) -> tuple[float, float]:
    """The same beside Han or their marks, where no blank tells."""
    opening = 6.0 if after in _BEHIND_SPEECH else 8.0 if last or after.isspace() else 0.5
    if before in "：:（《" or first:
        opening = max(0.0, opening - 0.5)
    closing = 8.0 if first or before.isspace() else 6.0 if before in "：:（《" else 0.5
    if before in _ENDS_SPEECH or after in _BEHIND_SPEECH or last:
        closing = max(0.0, closing - 0.5)
    return opening, closing


def read_quotes(
    text: str,
    straight: Sequence[int],
    signs: tuple[str, str],
    goes_on: bool = False,
    left_out: Collection[int] = (),
) -> Reading:
    """Read one kind of quotes, double or single, of a paragraph.

    Args:
        text: the paragraph.
        straight: offsets of the straight quotes of this kind.
        signs: the opening and the closing curly quote of this kind.
        goes_on: whether the next paragraph goes on with this one's speech, so that the last quote
            has no partner here.
        left_out: offsets of curly signs that aren't quotes but apostrophes.

    A second reading of what this one leaves gives nothing: each cost depends on what stands beside
    a quote alone, and not on which quotes are curly already.
    """
    single = signs[0] in "‘‚『"
    given = frozenset(straight)
    curly = {at for sign in signs for at in _places(text, sign) if at not in left_out}
    row = sorted(given | curly)
    costs = []
    for at in row:
        opening, closing, neither = _costs(text, at, single)
        if at not in given:
            opens = text[at] == signs[0]
            opening, closing = (opening, _NEVER) if opens else (_NEVER, closing)
            neither = _NEVER if opens else neither
        costs.append((opening, closing, neither))
    labels = _cheapest(costs, 0.0 if goes_on else _LEFT_OPEN)
    doubt = _without_partner(row, labels, goes_on)
    for at, label, cost in zip(row, labels, costs, strict=True):
        if doubt < 0 and at in given and cost[label] > _UNLIKELY:
            doubt = at
    read = {}
    for at, label, cost in zip(row, labels, costs, strict=True):
        if at not in given or (label == _NEITHER and not text[at - 1].isalpha()):
            continue  # feet and inches stay
        if doubt < 0 or (label != _NEITHER and _is_sure(text, at, label, cost)):
            read[at] = (*signs, "’")[label]
    return Reading(read, doubt)


def _places(text: str, sign: str) -> list[int]:
    return [found.start() for found in re.finditer(sign, text)] if sign in text else []


def _is_sure(text: str, at: int, label: int, cost: tuple[float, float, float]) -> bool:
    """Whether what stands beside a quote tells its label by itself; beside Han nothing does."""
    if any(sign > "\u2e80" for sign in text[max(0, at - 1) : at + 2]):
        return False
    return cost[1 - label] - cost[label] >= _SURE


# The label and the state before, for each of the ways into a state that `_cheapest` weighs.
_TO_SHUT = ((_CLOSES, 0), (_CLOSES, 1), (_NEITHER, 0))
_TO_OPEN = ((_OPENS, 0), (_OPENS, 1), (_NEITHER, 1))


def _cheapest(costs: Sequence[tuple[float, float, float]], left_open: float) -> list[int]:
    """The cheapest row of labels."""
    # For each state (none open, one open): its cost so far.
    best = (0.0, _NEVER)
    back: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for opening, closing, neither in costs:
        shut = (best[0] + closing + _LOST, best[1] + closing, best[0] + neither)
        still = (best[0] + opening, best[1] + opening + _LOST, best[1] + neither + 0.5)
        to_shut, to_open = shut.index(min(shut)), still.index(min(still))
        # The label taken, and the state it was taken in.
        back.append((_TO_SHUT[to_shut], _TO_OPEN[to_open]))
        best = (shut[to_shut], still[to_open])
    state = 0 if best[0] <= best[1] + left_open else 1
    labels = []
    for steps in reversed(back):
        label, state = steps[state]
        labels.append(label)
    return labels[::-1]


def _without_partner(row: Sequence[int], labels: Sequence[int], goes_on: bool) -> int:
    """The first quote that another like it follows, or that nothing opened; -1 when none is so."""
    waiting = -1
    for at, label in zip(row, labels, strict=True):
        if label == _OPENS:
            if waiting >= 0:
                return waiting
            waiting = at
        elif label == _CLOSES:
            if waiting < 0:
                return at
            waiting = -1
    return -1 if goes_on else waiting
