"""Notes which short lines stand apart from the text: so headings without numbers are printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.lines import BLANKS, width
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_WIDEST = 60  # cells of a line that can be a title
_CENTRED = 8  # cells that a line is set in beyond what paragraphs are
_MOST = 0.25  # of the lines: more of them, and nothing stands apart
_LINE = re.compile(rf"^(?P<indent>[{BLANKS}]*)(?P<text>\S[^\n]*?)[{BLANKS}]*$", re.MULTILINE)


def _lines(draft: Draft) -> Iterator[tuple[int, int, int, int]]:
    """Each line: where its words begin and end, its indent, the blank lines before it."""
    done = 0
    for line in _LINE.finditer(draft.text):
        blank = draft.text.count("\n", done, line.start()) - 1 if done else 0
        done = line.end()
        yield line.start("text"), line.end("text"), width(line["indent"]), blank


def _apply(draft: Draft) -> RuleOutcome:
    lines = list(_lines(draft))
    if len(lines) < 4:
        return RuleOutcome()
    gaps = Counter(blank for *_, blank in lines if blank >= 0)
    usual_gap = max(gaps, key=lambda gap: (gaps[gap], -gap))
    usual_indent = median(indent for _, _, indent, _ in lines)
    marks = [
        Mark(start, end, MarkKind.APART, "gap" if blank > max(usual_gap, 1) else "centred")
        for start, end, indent, blank in lines
        if end - start <= _WIDEST
        and (blank > max(usual_gap, 1) or indent >= usual_indent + _CENTRED)
        and width(draft.text[start:end]) <= _WIDEST
    ]
    return RuleOutcome(add=tuple(marks)) if len(marks) <= _MOST * len(lines) else RuleOutcome()


_TEXT = "船来了。\n\n人上去了。\n\n\n\n潮\n\n潮水退了。\n\n岸还在。"

RULE = Rule(
    name="set-apart",
    order=145,
    summary="Notes which short lines stand apart, by more blank lines than usual or by an indent.",
    why="The text isn't touched; what stands apart is evidence for headings, and no more.",
    apply=_apply,
    examples=(Example(_TEXT, _TEXT.replace("\n\n\n\n", "\n\n\n\n")),),
)
