"""Find figures that left only words: caption, the labels of the drawing, and references."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from quire.cleaning.draft import Block, Draft, Mark, MarkKind
from quire.cleaning.heading_ends import Usage, best_cuts
from quire.cleaning.numbering import HAN_NUMERAL, inner_label, number_of
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome
from quire.cleaning.vocabulary import SENTENCE_END

__all__ = ["RULE"]

_NAME = "figures"
_LABEL = re.compile(
    rf"图\s*(?P<n>\d{{1,2}}|{HAN_NUMERAL})(?![\d.年月])|\b(?:Figure|Fig\.)\s*(?P<m>\d{{1,2}})\b"
)
_REFERS_BEFORE = re.compile(
    r"(?:[(（]\s*(?:如|见|参见)?|如|见|参见|由|从|据|根据|在|和|与|[sS]ee\s+|[iI]n\s+)\s*$"
)
_REFERS_BEHIND = re.compile(r"^\s*(?:[)）]|所示|可见|可以|表明|显示|中的|中，|中,|展示|描绘|说明)")
_SENTENCE_END = re.compile(rf"[{SENTENCE_END}][”’」』）)]*(?:[①-⑳]|\[\d{{1,3}}\])*")
_MOST_RESIDUE = 800
_MOST_CAPTION = 40
_REACH = 50_000


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    number: int


def _labels(draft: Draft) -> tuple[list[_Found], list[_Found]]:
    """References in running text, and labels that may begin a caption."""
    out = draft.spans(
        MarkKind.MARKDOWN, MarkKind.NOTE, MarkKind.FURNITURE, MarkKind.HEADING, MarkKind.MATTER
    )
    text = draft.text
    references: list[_Found] = []
    captions: list[_Found] = []
    for match in _LABEL.finditer(text):
        one = _Found(match.start(), match.end(), number_of(match["n"] or match["m"]))
        if out.overlap(one.start, one.end):
            continue
        before = text[max(0, one.start - 12) : one.start]
        behind = text[one.end : one.end + 6]
        referring = _REFERS_BEFORE.search(before) or _REFERS_BEHIND.match(behind)
        (references if referring else captions).append(one)
    return references, captions


def _caption_end(
    draft: Draft, block: Block, group: list[_Found], references: list[_Found]
) -> tuple[int, float]:
    """Where a caption ends, and how sure that is."""
    text, last = draft.text, group[-1]
    if block.end - last.end <= _MOST_CAPTION and not re.search(
        r"[。！？]", text[last.end : block.end]
    ):
        return block.end, 1.0
    if len(group) > 1:
        inner = text[group[-2].end : last.start].strip(" :：　")
        begin = (
            last.end
            + len(text[last.end : block.end])
            - len(text[last.end : block.end].lstrip(" :：　"))
        )
        if len(inner) >= 2 and text.startswith(inner, begin):
            return begin + len(inner), 1.0
    for place in range(last.end + 2, min(block.end, last.end + _MOST_CAPTION)):
        label = inner_label(text, place)
        if label and text[place] in "(（第":
            return place, 0.9
    best, longest = 0, 2
    for reference in references:
        led = re.sub(r"[(（如见参]+\s*$", "", text[max(0, reference.start - 20) : reference.start])
        for place in range(last.end + 3, min(block.end, last.end + _MOST_CAPTION)):
            length = 0
            while (
                length < len(led)
                and text[place - length - 1] == led[-length - 1]
                and place - length > last.end
            ):
                length += 1
            if length > longest:
                best, longest = place, length
    if best:
        return best, 0.8
    window = [text[last.end : min(block.end, last.end + 70)]]
    cut = best_cuts(window, Usage(text[max(0, last.end - _REACH) : last.end + _REACH], window))[0]
    return (last.end + cut.length, 0.5) if cut else (block.end, 0.0)


def _residue_start(draft: Draft, block: Block, first: _Found, edges: list[int]) -> int:
    """Behind the last sentence, the page's start or the block's, whichever is nearest."""
    start = block.start
    for match in _SENTENCE_END.finditer(draft.text, block.start, first.start):
        start = match.end()
    edge = edges[bisect_right(edges, first.start) - 1] if edges and edges[0] <= first.start else 0
    return max(start, edge, block.start)


def _groups(captions: list[_Found]) -> list[list[_Found]]:
    """Labels of one number close behind each other: the last is the caption."""
    groups: list[list[_Found]] = []
    for one in captions:
        if groups and groups[-1][-1].number == one.number and one.start - groups[-1][-1].end <= 40:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _apply(draft: Draft) -> RuleOutcome:
    references, captions = _labels(draft)
    referred = {one.number for one in references}
    blocks = draft.blocks()
    starts = [block.start for block in blocks]
    edges = sorted(
        {page.start for page in draft.marked(MarkKind.PAGE)}
        | {piece.end for piece in draft.marked(MarkKind.FURNITURE)}
    )
    add: list[Mark] = []
    questions: list[Question] = []
    numbers: set[int] = set()
    for group in _groups(captions):
        number = group[-1].number
        index = bisect_right(starts, group[0].start) - 1
        if number not in referred or number in numbers or index < 0:
            continue
        block = blocks[index]
        at_start = group[0].start == block.start
        if not block.has(MarkKind.GLUED) and not (at_start and len(block.text) <= 80):
            continue
        residue = _residue_start(draft, block, group[0], edges)
        if group[-1].start - residue > _MOST_RESIDUE:
            continue
        end, sure = _caption_end(draft, block, group, [r for r in references if r.number == number])
        add.append(Mark(group[-1].start, end, MarkKind.FIGURE, str(number)))
        if residue < group[-1].start:
            add.append(Mark(residue, group[-1].start, MarkKind.DESCRIPTION, str(number)))
        if sure < 0.7:
            why = "Where this caption ends is not quite sure."
            questions.append(
                Question(group[-1].start, end, draft.text[group[-1].start : end], why, sure)
            )
        numbers.add(number)
    add += [
        Mark(one.start, one.end, MarkKind.FIGURE_REFERENCE, str(one.number))
        for one in references if one.number in numbers
    ]  # fmt: skip
    return RuleOutcome(add=tuple(sorted(add)), questions=tuple(questions))


_TEXT = "船的样子见下文（图1）。\n\n图1 渡船的剖面\n\n船身分三层。"

RULE = Rule(
    name=_NAME,
    order=500,
    summary="Finds the captions of figures, the words left of their drawings, and references.",
    why="A caption counts only when the text refers to its number; nothing is taken away.",
    apply=_apply,
    examples=(Example(_TEXT, _TEXT),),
)
