"""Tells lines that are paragraphs from lines that were wrapped, and finds verse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from quire.cleaning.draft import Draft, Mark, MarkKind, SpanSet
from quire.cleaning.geometry import printed_pages
from quire.cleaning.ledger import Edit
from quire.cleaning.lines import MeasuredLine, Wrapping, groups_of_lines, verse_runs, wrapping_of
from quire.cleaning.numbering import heading_label
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.sources.model import Span

__all__ = ["RULE"]

_NAME = "paragraph-lines"
_PROSE = 60  # cells: text is prose when most blocks have a line of this width
_FULL = 0.7  # of the measure: a line of text, and no heading
_NOTE = re.compile(r"[*＊†‡§‖¶①-⑳⑴-⒇¹²³⁴-⁹]|[\[〔(（]注?\d{1,3}[\]〕)）]|\d{1,3}[.、．]\s")
_APART = (MarkKind.MARKDOWN, MarkKind.VERSE, MarkKind.ITEM)


def _is_prose(groups: list[list[MeasuredLine]], wrapping: Wrapping) -> bool:
    """Whether a text is prose, so that a group of short lines stands out."""
    if wrapping.measure:
        return True
    return median(max(one.width for one in group) for group in groups) >= _PROSE


def _ends(
    group: list[MeasuredLine], wrapping: Wrapping, runs: list[tuple[int, int]]
) -> list[MeasuredLine]:
    """The lines of a group behind which a blank line belongs: not those inside verse."""
    ends = wrapping.breaks(group)
    if not runs:
        return ends
    inside = {group[i].start for first, last in runs for i in range(first, last)}
    edges = {group[i].start for first, last in runs for i in (first - 1, last) if i >= 0}
    ended = ({line.start for line in ends} | edges) - inside
    return [line for line in group[:-1] if line.start in ended]


def _runs_on(group: list[MeasuredLine], wrapping: Wrapping) -> bool:
    """Whether lines that stand flush are text and open nothing by their form."""
    line = group[0]
    if heading_label(line.text) or _NOTE.match(line.text):
        return False
    return line.width >= _FULL * wrapping.measure or line.ended


def _goes_on(draft: Draft, groups: list[list[MeasuredLine]], wrapping: Wrapping) -> list[Mark]:
    """What the indents of lines tell that stand behind a page's furniture or a blank line."""
    if not wrapping.indent or draft.marked(MarkKind.GOES_ON):
        return []
    marks = []
    for group in groups:
        line = group[0]
        whole = len(group) > 1 and group[1].indent == line.indent and not line.ended
        if line.indent and not whole:
            told = "no"
        elif not line.indent and _runs_on(group, wrapping):
            told = "yes"
        else:
            continue  # a heading, a note, or a quotation that stands in as a whole
        raw = draft.text[line.start : line.end]
        place = line.start + len(raw) - len(raw.lstrip())
        marks.append(Mark(place, place + 1, MarkKind.GOES_ON, told))
    return marks


def _furniture_lines(draft: Draft) -> Iterator[Span]:
    """Lines that hold furniture and nothing else."""
    text = draft.text
    furniture = draft.marked(MarkKind.FURNITURE)
    at = 0
    while at < len(furniture):
        start = text.rfind("\n", 0, furniture[at].start) + 1
        end = text.find("\n", furniture[at].start)
        line = text[start : end if end >= 0 else len(text)]
        start += len(line) - len(line.lstrip())
        end = start + len(line.strip())
        first = at
        while at < len(furniture) and (at == first or furniture[at].start < end):
            at += 1
        inside = [mark for mark in furniture[first:at] if start <= mark.start < end]
        length = sum([mark.end - mark.start for mark in inside])
        if inside and length + len(inside) >= end - start:
            yield Span(start, end)


def _apply(draft: Draft) -> RuleOutcome:
    if printed_pages(draft):
        return RuleOutcome()  # print's own indents and gaps have told
    left_out = SpanSet([*draft.spans(*_APART), *_furniture_lines(draft)])
    groups = list(groups_of_lines(draft.text, left_out))
    if all(len(group) == 1 for group in groups):
        return RuleOutcome()
    wrapping = wrapping_of(groups)
    prose = _is_prose(groups, wrapping)
    why = f"lines are wrapped at {wrapping.measure} cells; this one isn't full" if (
        wrapping.measure
    ) else "lines aren't wrapped, so each is a paragraph"  # fmt: skip
    edits: list[Edit] = []
    add: list[Mark] = []
    for group in groups:
        runs = verse_runs(group, wrapping) if prose else []
        add += (Mark(group[first].start, group[last].end, MarkKind.VERSE) for first, last in runs)
        edits += (
            Edit(_NAME, line.end, line.end, "\n", why, 0.9) for line in _ends(group, wrapping, runs)
        )
    add += _goes_on(draft, groups, wrapping)
    return RuleOutcome(tuple(edits), add=tuple(sorted(add)))


_WRAPPED = (
    "The ferry had left the landing before the lamp was lit, and nobody on\n"
    "the bank could say who had been aboard. The keeper wrote the hour in\n"
    "his book.\n"
    "  In the morning the rope was found cut, and the boat lay on its side\n"
    "below the weir."
)

RULE = Rule(
    name=_NAME,
    order=140,
    summary="Puts a blank line after each line that ends a paragraph, and marks verse.",
    why="Wrapped lines are all nearly full; a line with room left for the next word was ended.",
    apply=_apply,
    examples=(
        Example("　　船来了。\n　　人上去了。", "　　船来了。\n\n　　人上去了。"),
        Example(_WRAPPED, _WRAPPED.replace("book.\n", "book.\n\n")),
    ),
)  # fmt: skip
