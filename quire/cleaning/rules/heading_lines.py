"""Parts heading lines from the lines around them, before lines and pages are joined."""

from __future__ import annotations

from quire.cleaning.draft import Block, Draft, Mark, MarkKind
from quire.cleaning.heading_candidates import (
    MOST_ABOVE,
    Candidate,
    inside_runs,
    is_title_like,
    line_blocks,
    own_lines,
    title_places,
)
from quire.cleaning.heading_sequence import in_sequence, repeats, with_company, without_contents
from quire.cleaning.known_titles import KnownTitles
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "heading-lines"
_NAMES = frozenset({"named", "plain"})


def _apply(draft: Draft) -> RuleOutcome:
    if any(mark.value.startswith("hint") for mark in draft.marked(MarkKind.HEADING)):
        return RuleOutcome()  # the format told of the headings
    units, inner = line_blocks(draft)
    titles, known = title_places(draft), KnownTitles.of(draft)
    found = own_lines(units, known, titles, inner)
    kept = with_company(in_sequence(without_contents(list(found))))
    again = repeats(kept, draft.text)
    left = {one.start for one in again}
    kept = [one for one in kept if one.start not in left]
    edits = _cut_again(draft, units, again)
    ends: set[int] = set()
    for one in kept:
        if one.start in titles:
            continue
        last = one.block
        if one.label.alone and last + 1 < len(units) and is_title_like(units[last + 1]):
            last += 1
        ends |= {one.end, units[last].end}
        for place in (one.block - 1, one.block, last):
            if 0 <= place < len(units) - 1 and units[place].start not in edits:
                edits |= _parted(draft, units[place], units[place + 1])
    add = [
        Mark(one.start, one.end, MarkKind.HEADING, "line")
        for one in kept
        if one.start not in titles
    ]
    for one in inside_runs(draft, units, known, titles):
        if one.start != units[one.block].start or not one.end:
            continue
        if one.block in inner:
            edits |= _parted(draft, units[one.block - 1], units[one.block])
        if one.label.style in _NAMES:
            edits |= _parted_run(draft, one)
            add.append(Mark(one.start, one.end, MarkKind.HEADING, "line"))
    verse, drop = _verse_behind(draft, ends)
    ordered = tuple(edits[place] for place in sorted(edits))
    return RuleOutcome(ordered, tuple(sorted([*add, *verse])), drop=drop)


def _cut_again(draft: Draft, units: list[Block], again: list[Candidate]) -> dict[int, Edit]:
    """A chapter's name that stands again at a page's top is a running head that has stayed."""
    tops = {mark.start for mark in draft.marked(MarkKind.PAGE)}
    cuts = {}
    for one in again:
        if one.start in tops and one.block + 1 < len(units):
            why = "the chapter's name again, at a page's top"
            end = units[one.block + 1].start
            cuts[one.start] = Edit(_NAME, one.start, end, "", why, 0.85)
    return cuts


def _parted(draft: Draft, left: Block, right: Block) -> dict[int, Edit]:
    """A blank line between two lines, unless there is one."""
    start, end = left.end, right.start
    if draft.text.count("\n", start, end) > 1:
        return {}
    if right.has(MarkKind.VERSE):
        end = draft.text.index("\n", start) + 1  # a line's indent is the verse's own
    return {start: Edit(_NAME, start, end, "\n\n", "a heading stands on a line of its own", 0.95)}


def _parted_run(draft: Draft, one: Candidate) -> dict[int, Edit]:
    """A blank line behind a name or a title that a run begins with."""
    behind = one.end
    while behind < len(draft.text) and draft.text[behind].isspace():
        behind += 1
    if behind == len(draft.text) or "\n" in draft.text[one.end : behind]:
        return {}
    why = "a run begins with a title"
    return {one.end: Edit(_NAME, one.end, behind, "\n\n", why, 0.9 * one.evidence)}


def _verse_behind(draft: Draft, ends: set[int]) -> tuple[list[Mark], frozenset[Mark]]:
    """Verse without the headings that were taken for its first lines."""
    shorter: list[Mark] = []
    longer: set[Mark] = set()
    for mark in draft.marked(MarkKind.VERSE):
        start = place = mark.start
        for line in draft.text[mark.start : mark.end].split("\n", MOST_ABOVE)[:MOST_ABOVE]:
            if place + len(line.rstrip()) in ends:
                start = place + len(line) + 1
            place += len(line) + 1
        if start == mark.start:
            continue
        longer.add(mark)
        if start < mark.end:
            shorter.append(Mark(start, mark.end, mark.kind, mark.value))
    return shorter, frozenset(longer)


_PROSE = (
    "船在夜里靠了岸，岸上没有人，只有一盏灯挂在杆子上，照着水面的一小块，",
    "看不清是谁挂的，也看不清灯下面那块木牌上写的是什么字。",
)

RULE = Rule(
    name=_NAME,
    order=625,
    summary="Parts heading lines from the lines around them, before lines and pages are joined.",
    why="A label counts only in its place in the sequence; inside a paragraph's lines, weak "
    "labels don't count at all.",
    apply=_apply,
    examples=(
        Example(
            f"第一章 夜\n{_PROSE[0]}\n{_PROSE[1]}\n\n第二章 灯\n{_PROSE[0]}\n{_PROSE[1]}",
            f"第一章 夜\n\n{_PROSE[0]}\n\n{_PROSE[1]}\n\n第二章 灯\n\n{_PROSE[0]}\n\n{_PROSE[1]}",
        ),
        Example("他数到\n\n三、四\n\n就停了。", "他数到\n\n三、四\n\n就停了。"),
    ),
)
