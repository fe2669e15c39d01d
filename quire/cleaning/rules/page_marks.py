"""Takes the page numbers out that a transcriber put into the lines: [Pg 12], {12}, [第12页]."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.numbering import number_of
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome
from quire.cleaning.vocabulary import NOTES_HEADINGS

__all__ = ["RULE"]

_NAME = "page-marks"
_CLOSING = ",.;:!?，。；：！？、）)"  # no blank stands before them
_NUMBER = r"(?P<n>[0-9]{1,4}|[ivxlc]{1,7})"


@dataclass(frozen=True, slots=True)
class _Style:
    """A way to write page marks, and what proves that its marks are some.

    Attributes:
        begins: the text without which there is none.
        pattern: a mark.
        fewest: marks in a row.
        page: characters that a page has at the least, on the whole.
        even: whether pages must be of nearly one length, since notes are called so too.
    """

    begins: str
    pattern: re.Pattern[str]
    fewest: int = 4
    page: int = 150
    even: bool = False


_STYLES = (
    _Style("[", re.compile(rf"\[(?:[Pp]g|PG|[Pp]age|[Pp])\.?[ ]?{_NUMBER}\]")),
    _Style("{", re.compile(rf"\{{(?:(?:[Pp]g|PG|[Pp]age|[Pp])\.?[ ]?)?{_NUMBER}\}}")),
    _Style("[第", re.compile(r"\[第[ ]?(?P<n>[0-9]{1,4})[ ]?[页頁]\]")),
    _Style("【第", re.compile(r"【第[ ]?(?P<n>[0-9]{1,4})[ ]?[页頁]】")),
    _Style("〔第", re.compile(r"〔第[ ]?(?P<n>[0-9]{1,4})[ ]?[页頁]〕")),
    _Style("--", re.compile(r"(?<!-)--[ ]?(?P<n>[0-9]{1,4})[ ]?--(?!-)"), page=400),
    _Style("[", re.compile(r"\[(?P<n>[0-9]{1,4})\]"), fewest=10, page=600, even=True),
)
_WORD, _WORD_BEFORE = re.compile(r"[A-Za-z]+"), re.compile(r"[A-Za-z]+\Z")
_ONE_PAGE_ON = 0.6  # of the steps
_IN_ORDER = 0.9  # of the marks
_EVEN = 0.85  # of the pages
_SHORT, _LONG = 0.7, 1.4  # of the usual page


class _Mark(NamedTuple):
    """What is written as a page mark is, at `start` to `end`."""

    start: int
    end: int
    number: int
    is_arabic: bool


def _rising(numbers: Sequence[int]) -> list[int]:
    """The places of the longest rising row among the numbers."""
    tails: list[int] = []
    last: list[int] = []
    before = [-1] * len(numbers)
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        if at == len(tails):
            tails.append(number)
            last.append(place)
        else:
            tails[at], last[at] = number, place
        before[place] = last[at - 1] if at else -1
    row = []
    place = last[-1] if last else -1
    while place >= 0:
        row.append(place)
        place = before[place]
    return row[::-1]


def _counts_pages(style: _Style, row: Sequence[_Mark], total: int) -> bool:
    """Whether the marks in a row number the pages of a book."""
    if len(row) < style.fewest or len(row) < _IN_ORDER * total:
        return False
    pairs = list(pairwise(row))
    steps = [later.number - mark.number for mark, later in pairs]
    if steps.count(1) < _ONE_PAGE_ON * len(steps):
        return False
    lengths = [
        (later.start - mark.start) / step for (mark, later), step in zip(pairs, steps, strict=True)
    ]
    usual = sorted(lengths)[len(lengths) // 2]
    even = sum(_SHORT * usual <= one <= _LONG * usual for one in lengths)
    return usual >= style.page and (not style.even or even >= _EVEN * len(lengths))


def _is_alone(text: str, mark: _Mark) -> bool:
    """Whether a mark has its line for itself."""
    left, right = _blanks_around(text, mark)
    return text[left - 1 : left] in {"", "\n"} and text[right : right + 1] in {"", "\n"}


def _blanks_around(text: str, mark: _Mark, blanks: str = " \t\u3000") -> tuple[int, int]:
    left, right = mark.start, mark.end
    while left and text[left - 1] in blanks:
        left -= 1
    while right < len(text) and text[right] in blanks:
        right += 1
    return left, right


def _reach(text: str, mark: _Mark) -> tuple[int, int]:
    """What goes with a mark: of the blanks, or the line ends, around it one side stays."""
    left, right = _blanks_around(text, mark)
    behind = text[right : right + 1]
    if _is_alone(text, mark):
        above, below = _blanks_around(text, mark, " \t\u3000\n")
        gaps = text.count("\n", above, left), text.count("\n", right, below)
        return (above, right) if not behind or (above and gaps[0] < gaps[1]) else (left, below)
    if text[left - 1 : left] in {"", "\n"}:
        return mark.start, right
    if behind in {"", "\n"} or (left < mark.start and behind in _CLOSING):
        return left, mark.end
    return (mark.start, right) if left < mark.start else (mark.start, mark.end)


def _found(draft: Draft, style: _Style) -> list[_Mark]:
    if style.begins not in draft.text:
        return []
    apart = draft.spans(MarkKind.MARKDOWN, MarkKind.NOTEREF, MarkKind.NOTE, MarkKind.LINK)
    return [
        _Mark(*match.span(), number_of(match["n"]), match["n"].isdecimal())
        for match in style.pattern.finditer(draft.text)
        if not apart.overlap(*match.span())
    ]


def _marks(draft: Draft, style: _Style) -> tuple[list[_Mark], list[_Mark]]:
    """The page marks of one style in order of place, and those that are out of their row."""
    text = draft.text
    found = _found(draft, style)
    # Roman folios come before the text's: arabic ones prove the style for them.
    arabic = [one for one in found if one.is_arabic]
    row = [arabic[place] for place in _rising([one.number for one in arabic])]
    if not _counts_pages(style, row, len(arabic)):
        return [], []
    if style.even and any(NOTES_HEADINGS.match(line.strip()) for line in text.split("\n")):
        return [], []
    if all(_is_alone(text, one) for one in row):
        return [], []  # folios on lines of their own are found with their pages
    known = set(row)
    lost = [one for one in arabic if one not in known]
    return [one for one in found if one in known or not one.is_arabic], lost


def _cut(text: str, mark: _Mark, words: AbstractSet[str], why: str, sure: float) -> Edit:
    start, end = _reach(text, mark)
    left, right = _WORD_BEFORE.search(text, max(0, start - 40), start), _WORD.match(text, end)
    after = ""
    if left and right and left[0] + right[0] not in words and {left[0], right[0]} <= words:
        after = " "  # two words, and no word that the page's end has parted
    return Edit(_NAME, start, end, after, why, sure)


def _apply(draft: Draft) -> RuleOutcome:
    edits: list[Edit] = []
    questions: list[Question] = []
    for style in _STYLES:
        marks, lost = _marks(draft, style)
        words = set(_WORD.findall(style.pattern.sub("0", draft.text))) if marks else set()
        why = f"one of {len(marks)} marks that number the pages"
        sure = 0.8 if style.even else 0.95
        edits += (_cut(draft.text, one, words, why, sure) for one in marks)
        doubt = "It is written as the page marks are, but isn't in their row."
        questions += (Question(*_reach(draft.text, one), "", doubt, 0.4) for one in lost)
    edits.sort(key=lambda one: one.start)
    questions.sort(key=lambda one: one.start)
    return RuleOutcome(_apart(edits), questions=tuple(questions))


def _apart(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits without those that reach into the one before: marks with blanks alone between."""
    kept: list[Edit] = []
    for edit in edits:
        if not kept or kept[-1].end <= edit.start:
            kept.append(edit)
    return tuple(kept)


_PAGE = (
    "The keeper wrote the hour in his book, and went down to the boats with a lamp in each hand. "
    "There was no wind that night, and the river lay as still as a floor, so that he heard the"
)
_MARKED = " ".join(f"{_PAGE} [Pg {page}] rope run out." for page in range(7, 12))
_GLUED = _MARKED.replace(" [Pg 7] ", "[Pg 7]").replace(
    "heard the [Pg 8] rope", "heard the ro[Pg 8]pe"
)
_ALONE = f"{_PAGE} [Pg 7] rope run out."

RULE = Rule(
    name=_NAME,
    order=126,
    summary="Takes out page numbers that a transcriber put into lines: [Pg 12], {12}, [第12页].",
    why="All marks of one form rise through the text, most by one, with a page's text between "
    "them; a lone one stays. A number in brackets alone may call a note: such marks go only when "
    "they are many, the pages between them are even, and the text has no list of notes.",
    apply=_apply,
    examples=(
        Example(_MARKED, re.sub(r" \[Pg \d+\]", "", _MARKED)),
        Example(_GLUED, re.sub(r" \[Pg \d+\]", "", _MARKED)),
        Example(_ALONE, _ALONE),
    ),
)
