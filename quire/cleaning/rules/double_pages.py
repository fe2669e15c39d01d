"""Takes a page out that stands twice, one behind the other, as when it was scanned twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.folios import folio_number
from quire.cleaning.furniture import Line, lines_of
from quire.cleaning.ledger import Edit
from quire.cleaning.numbering import heading_label
from quire.cleaning.repeats import Repeat, repeats
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome
from quire.cleaning.vocabulary import SENTENCE_END, ends_sentence

__all__ = ["RULE"]

_NAME = "double-pages"
_LEAST = 200  # characters that don't come again by chance
_PAGE = 400  # characters of prose that nobody writes twice
_MARKS = re.compile(r"[\W_]+")
_ASCII_MARKS = str.maketrans("", "", "".join(filter(_MARKS.match, map(chr, range(128)))))
_WHY = "this page stands twice, word for word"


def _words(text: str) -> str:
    """What is read on a line: ligatures, marks and blanks may be lost in one scan alone."""
    if text.isascii():
        return text.translate(_ASCII_MARKS)  # several times as fast
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def _is_prose(text: str) -> bool:
    return any(mark in text for mark in SENTENCE_END + ".")


def _judged(lines: Sequence[Line], found: Repeat) -> tuple[float, str]:
    """How sure it is that lines are one page, and by what; 0 when they are no page."""
    first, second = lines[found.first : found.second], lines[found.second : found.end]
    length = sum(len(_words(line.text)) for line in first)
    if length < _LEAST or not any(_is_prose(line.text) for line in first):
        return 0, ""
    if any(_words(one.text) != _words(two.text) for one, two in zip(first, second, strict=True)):
        return 0.5, f"{_WHY}, with another folio."
    if any(folio_number(line.text)[0] for line in first):
        return 0.85, f"{_WHY}, with the same folio"
    if any(heading_label(line.text) for line in first):
        return 0.8, f"{_WHY}, with the same heading"
    edges = [*lines[max(0, found.first - 1) : found.first], first[-1]]
    if not all(ends_sentence(line.text) for line in edges):
        return 0.8, f"{_WHY}, and cuts a sentence in two"
    if length >= _PAGE:
        return 0.7, _WHY
    return 0.5, f"{_WHY}."


def _apply(draft: Draft) -> RuleOutcome:
    edits: list[Edit] = []
    questions: list[Question] = []
    markdown = draft.spans(MarkKind.MARKDOWN)
    lines = lines_of(draft.text)
    distinct = {line.text for line in lines}
    words = {text: _words(text) for text in distinct}
    found_exactly = list(repeats([words[line.text] for line in lines]))
    taken = {place for found in found_exactly for place in range(found.first, found.end)}
    words.update({text: "" for text in distinct if folio_number(text)[0]})
    loosely = repeats([words[line.text] for line in lines])
    rest = [one for one in loosely if not taken.intersection(range(one.first, one.end))]
    for found in sorted([*found_exactly, *rest], key=lambda one: one.first):
        confidence, why = _judged(lines, found)
        start, end = lines[found.second - 1].end, lines[found.end - 1].end
        if not confidence or markdown.overlap(start, end):
            continue
        if confidence >= 0.6:
            edits.append(Edit(_NAME, start, end, "", why, confidence))
        else:
            questions.append(Question(start, end, "", why, confidence))
    return RuleOutcome(tuple(edits), questions=tuple(questions))


def _pages(*folios: int) -> str:
    """Pages with a folio below each; a page's words are told by its folio."""
    return "\n\n".join(f"{_page(folio)}\n\n{folio}" for folio in folios)


def _page(folio: int) -> str:
    boats = (
        f"第{boat}条船在第{folio}天的夜里靠了岸，船上的人提着灯，一个一个走下跳板。"
        for boat in range(folio, folio + 7)
    )
    return "".join(boats) + "谁也没有说"


_CUT = "守闸的人还没有把门关上，就听见\n\n"
_GATE = (
    "CHAPTER III\n\nThe keeper opened the sluice a finger's breadth and waited. Nothing came at "
    "first but a thread of brown water, and then a leaf, and then the first of the eels, which lay "
    "on the stones as if it had all the time there was. He counted them in the dark, finger by "
    "finger, and wrote\n\n41"
)
_AFTER = "the number on the door, where it can be read to this day."
_REFRAIN = "水涨起来了，船靠不了岸。"

RULE = Rule(
    name=_NAME,
    order=125,
    summary="Takes a page out that stands twice, one behind the other.",
    why="Lines that stand twice in a row, word for word, are one page when they hold its folio or "
    "a numbered heading, cut a sentence, or are as long as a page; with less it is asked.",
    apply=_apply,
    examples=(
        Example(_pages(11, 12, 12, 13, 14), _pages(11, 12, 13, 14)),
        Example(
            _CUT + "\n\n".join([_page(3) + "完。"] * 2), _CUT + "\n\n".join([_page(3) + "完。"])
        ),
        # One scan reads a ligature where the other reads two letters.
        Example(
            f"{_GATE.replace('fi', 'ﬁ')}\n\n{_GATE}\n\n{_AFTER}",
            f"{_GATE.replace('fi', 'ﬁ')}\n\n{_AFTER}",
        ),
        Example(_pages(11, 12, 13, 14), _pages(11, 12, 13, 14)),
        Example("\n\n".join([_REFRAIN] * 2), "\n\n".join([_REFRAIN] * 2)),
    ),
)
