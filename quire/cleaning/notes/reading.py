"""What the text around a style's signs says of each: whether it calls a note or begins a body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from quire.cleaning.notes.bodies import breaks_off, is_abbreviated
from quire.cleaning.notes.marks import BEFORE_DECIMALS, COUNTER, Sign
from quire.cleaning.vocabulary import HAN, SENTENCE_END

__all__ = ["CALLOUT_LEADS", "NO_BODY", "Reading"]

# What speaks for and against, in the unit of a pair of equal numbers, which gains 6.
CITATION = 2.0  # a body opens with an author, a title or a pointer
NO_CITATION = -0.5
REFERENCE = 1.0  # and holds a year, a page or a publisher
NO_REFERENCE = -0.5
ENDED = 0.5  # it ends in a full stop
LISTED = -2.0  # or in a semicolon, as an item of a list does
CALLS = -4.0  # it calls a note itself
LEADS = 2.0  # its mark begins a line
MID_SENTENCE = -1.0  # its mark stands inside a sentence, and no citation follows
IN_A_RUN = -4.0  # a figure inside a line, and nothing says that it cites
NO_BODY = -100.0  # a stop or nothing follows: a callout
WRAPPED = 2.0  # a figure begins a line inside a sentence
CALLOUT_LEADS = 2.0  # a callout that begins a line
COUNTS_A_LIST = 6.0  # marks behind colons and semicolons, one near the other, count a list
OPENS_AN_ITEM = 1.5  # such a mark by itself
FIGURE_IN_HAN = 2.0  # a figure between two ideographs may count something
FIGURE_COUNTS = 1.5  # a figure behind a full stop and before a word of measure
FIGURE_IN_DECIMAL = 3.5  # a figure that may be a number's decimals: equal numbers alone tell
FIGURE_IN_WORD = 0.5  # a figure glued to a word rather than to a stop

_HEADING_LENGTH = 60  # characters from a heading's first to the first of what it heads
_TAIL = 60  # characters before a line that tell whether a sentence goes on
_READ = 200  # characters of a body that are read
_CITATION = re.compile(
    rf"\s*(?:[\[［〔(（【][{HAN}]{{1,4}}[\]］〕)）】]|《|“|\"|[A-Z]|参见|参阅|详见|见|引自|转引|同上|同前|"
    rf"本文|[{HAN}·]{{2,12}}(?:[:：、]|[,，]《)|https?:|Ibid|See|Cf)"
)
_REFERENCE = re.compile(
    r"《|出版社|[0-9]{4}|第\s*\d+|页|pp?\.|Press|ibid|同上|https?:", re.IGNORECASE
)
# What a figure that wrapped to a new line belongs to.
_COUNTED = re.compile(r"\b(?:vols?|nos?|pp?|fols?|ch|fig|m)\.\s*$", re.IGNORECASE)
_ITEM_BEFORE = re.compile(r"[：；、:;][ \u3000]?$")
_ONE_SENTENCE = 120  # characters between the marks of a list in a sentence
_IS_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True)
class Reading:
    """The signs of one style, and what the text around them says of each."""

    text: str
    signs: tuple[Sign, ...]
    ends: tuple[int, ...]
    evident: bool
    items: Mapping[int, float]
    headings: Sequence[int] = ()
    at_foot: bool = False
    in_runs: bool = False
    looked: dict[tuple[int, int, int], float] = field(default_factory=dict)

    @classmethod
    def of(
        cls, text: str, signs: Sequence[Sign], evident: bool, headings: Sequence[int]
    ) -> Reading:
        """Read the signs of a text; `headings` is where headings of notes begin."""
        ends = (*(sign.start for sign in signs[1:]), len(text))
        return cls(text, tuple(signs), ends, evident, _items(text, signs), headings)

    def look(self, i: int) -> float:
        """How much sign `i` looks like a body's mark."""
        sign = self.signs[i]
        stop = min(self.ends[i], sign.end + _READ)
        # Each way to cut a text into scopes asks it again.
        asked = (sign.start, sign.end, stop)
        score = self.looked.get(asked)
        if score is None:
            score = self._looks(sign, stop, stop == self.ends[i])
            score += CALLS if self._calls(i) else 0.0
            self.looked[asked] = score
        return score

    def _calls(self, i: int) -> bool:
        """Whether a callout stands on the line of what may be a body: an item of a list has one."""
        if not self.signs[i].is_body or not self.signs[i].leads or i + 1 == len(self.signs):
            return False
        behind = self.signs[i + 1]
        return not behind.is_body and "\n" not in self.text[self.signs[i].end : behind.start]

    def _looks(self, sign: Sign, stop: int, is_all: bool) -> float:
        behind = self.text[sign.end : max(stop, sign.end + 3)].strip()
        if len(behind) < 2 or behind[0] in "。，、；！？,;.!?)）":
            return NO_BODY
        if sign.is_body and _COUNTED.search(self.text[max(0, sign.start - _TAIL) : sign.start]):
            return NO_BODY
        cites = bool(_CITATION.match(behind)), bool(_REFERENCE.search(behind))
        score = CITATION if cites[0] else NO_CITATION
        score += REFERENCE if cites[1] else NO_REFERENCE
        if not any(cites) and sign.style == "figure" and not sign.leads:
            # A list's last item, with the rest of the text behind it?
            score += IN_A_RUN if is_all else NO_BODY
        score += ENDED if behind[-1] in ".。" else 0.0
        score += LISTED if behind[-1] in "；;，、" and is_all else 0.0
        if sign.leads:
            score += LEADS
        elif self.text[sign.start - 1] not in SENTENCE_END + '」”’".' and score < CITATION:
            score += MID_SENTENCE
        return score

    def cost(self, sign: Sign) -> float:
        """What speaks against a sign being a callout."""
        before = self.text[max(0, sign.start - 5) : sign.start]
        behind = self.text[sign.end : sign.end + 1]
        cost = CALLOUT_LEADS if sign.leads else 0.0
        if sign.start in self.items:
            cost += self.items[sign.start]
        if sign.style == "figure":
            han = bool(_IS_HAN.match(before[-1:])), bool(_IS_HAN.match(behind))
            cost += FIGURE_IN_HAN if all(han) else FIGURE_IN_WORD if before[-1:].isalpha() else 0.0
            cost += FIGURE_COUNTS if re.match(COUNTER, behind) else 0.0
            cost += FIGURE_IN_DECIMAL if BEFORE_DECIMALS.search(before) else 0.0
        return cost

    def doubt(self, sign: Sign) -> float:
        """What speaks against a sign being a body's mark: a number that wrapped to a new line."""
        if not sign.is_body or not sign.leads:
            return 0.0
        before = self.text[max(0, sign.start - _TAIL) : sign.start]
        bare = before.rstrip()
        apart = before[len(bare) :].count("\n") > 1
        return WRAPPED if is_abbreviated(bare) or (breaks_off(bare) and not apart) else 0.0

    def is_under_heading(self, place: int) -> bool:
        """Whether a heading of notes stands right before a place."""
        index = bisect_right(self.headings, place) - 1
        return index >= 0 and place - self.headings[index] < _HEADING_LENGTH


def _items(text: str, signs: Sequence[Sign]) -> dict[int, float]:
    """What speaks against signs that open a list's items in running text, by their place."""
    opening = [
        sign for sign in signs
        if not sign.leads
        and _ITEM_BEFORE.search(text[max(0, sign.start - 2) : sign.start])
        and text[sign.end : sign.end + 1].strip(" \u3000，。；：、,.;:!?！？”’）)")
    ]  # fmt: skip
    costs = {sign.start: OPENS_AN_ITEM for sign in opening}
    for a, b in pairwise(opening):
        near = b.start - a.end < _ONE_SENTENCE and "\n\n" not in text[a.end : b.start]
        if near and 0 < b.tokens[0].number - a.tokens[0].number <= 1:
            costs[a.start] = costs[b.start] = COUNTS_A_LIST
    return costs
