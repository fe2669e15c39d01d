"""Takes out blanks that a scan put between Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.language.dictionary import parted

__all__ = ["RULE"]

_NAME = "spaced-han"
_H = "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff"
_MARKS = "，。、；：？！“”‘’（）《》…—"
_GAP = re.compile(rf" (?<=[{_H}] )(?=[{_H}])")
_RUN = re.compile(rf"[{_H}]+")
_BLANK = re.compile(rf" (?<=[{_H}{_MARKS}] )(?=[{_H}{_MARKS}])")
_FEWEST = 4
# A stretch of a line whose characters all stand alone: one printed line of a long paragraph.
_STRETCH = re.compile(
    rf"[{_H}](?:(?: |[{_MARKS},:;?!\"'()]{{1,3}} ?)[{_H}](?![{_H}]))+(?: [{_H}])?"
)
_FEWEST_OF_STRETCH = 6
_SAMPLE = 200  # characters of a stretch that tell whether they are words
_IN_SENTENCES = frozenset("的了是在不我你他她有这那说就也着")  # no list has these
_IN_WORDS = 0.4  # of its characters must be parts of words: 甲 乙 丙 丁 are four


def _apply(draft: Draft) -> RuleOutcome:
    if not _GAP.search(draft.text):
        return RuleOutcome()
    verse = draft.spans(MarkKind.VERSE, MarkKind.DESCRIPTION)
    why = "characters stand apart here as a scan leaves them"
    edits: list[Edit] = []
    place = 0
    for line in draft.text.split("\n"):
        start, place = place, place + len(line) + 1
        gaps = len(_GAP.findall(line)) if line.count(" ") >= _FEWEST else 0
        if gaps < _FEWEST or verse.overlap(start, place - 1):
            continue
        whole = gaps > sum(len(run) - 1 for run in _RUN.findall(line))
        for left, right in [(0, len(line))] if whole else _stretches(line):
            edits += (
                Edit(_NAME, start + at.start(), start + at.end(), "", why, 0.9)
                for at in _BLANK.finditer(line, left, right)
            )
    return RuleOutcome(tuple(edits))


def _stretches(line: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of a line whose characters stand apart, and are words."""
    for found in _STRETCH.finditer(line):
        if found.group().count(" ") >= _FEWEST_OF_STRETCH:
            letters = found.group().replace(" ", "")[:_SAMPLE]
            in_words = sum(len(word) for word in parted(letters) if len(word) > 1)
            if in_words >= _IN_WORDS * len(letters) or not _IN_SENTENCES.isdisjoint(letters):
                yield found.span()


RULE = Rule(
    name=_NAME,
    order=625,
    summary="Takes out blanks between Chinese characters where most of a line has them.",
    why="A line that a person wrote has few; one with more gaps than joints was read so.",
    apply=_apply,
    examples=(
        Example("河 水 在 夜 里 涨 了 三 尺 。", "河水在夜里涨了三尺。"),
        Example(
            "渡口的老人说，河 水 在 夜 里 涨 了 三 尺，船 工 们 都 没有睡，等着天亮再看水位。",
            "渡口的老人说，河水在夜里涨了三尺，船工们都没有睡，等着天亮再看水位。",
        ),
        Example("前 言", "前 言"),
        Example("船家 王五 李六 都在岸上等着天亮。", "船家 王五 李六 都在岸上等着天亮。"),
    ),
)
