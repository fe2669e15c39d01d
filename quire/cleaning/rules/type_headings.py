"""Find headings by their type: larger, or bold, on lines of their own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quire.cleaning.draft import Block, Draft, Mark, MarkKind, SpanSet
from quire.cleaning.geometry import TypeSizes, printed_pages
from quire.cleaning.ledger import Edit
from quire.cleaning.matter_names import role_of
from quire.cleaning.numbering import heading_label
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind

__all__ = ["RULE"]

_NAME = "type-headings"
_LARGER = 1.1  # a heading's size is above this share of the text's, unless it is bold
_MUCH_LARGER = 1.25  # a size that one heading alone may have
_LONGEST, _MOST_LINES = 90, 3
_MOST_BOLD = 0.3  # share of the text in bold above which bold tells nothing
_LEVELS = 6
_NEVER = (
    MarkKind.FURNITURE, MarkKind.NOTE, MarkKind.NOTE_ZONE, MarkKind.MATTER, MarkKind.FIGURE,
    MarkKind.DESCRIPTION, MarkKind.MARKDOWN, MarkKind.IMAGE, MarkKind.ITEM, MarkKind.QUOTE,
)  # fmt: skip
_ENDS_AS_TEXT = re.compile(r"[。，、；：,;:]$|(?<![\dA-Z])\.$")
_WORDS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, order=True)
class _Type:
    """A size in points, and whether all is bold."""

    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A block in a type that no running text has; its place among all blocks."""

    place: int
    block: Block
    type: _Type

    @property
    def may_be_heading(self) -> bool:
        """Whether it is short, has words, and doesn't end as a sentence's part ends."""
        text = self.block.text
        return (
            len(text) <= _LONGEST
            and text.count("\n") < _MOST_LINES
            and _WORDS.search(text) is not None
            and _ENDS_AS_TEXT.search(text) is None
        )


_Pair = tuple[_Line, _Line | None]


def _standing_out(draft: Draft, sizes: TypeSizes) -> Iterator[_Line]:
    """Blocks in larger type than the text's, or bold where the text isn't."""
    bold = draft.marked(MarkKind.BOLD)
    weights = draft.spans(MarkKind.BOLD)
    tells = sum(mark.end - mark.start for mark in bold) < _MOST_BOLD * len(draft.text)
    for place, block in enumerate(draft.blocks()):
        if block.has(*_NEVER):
            continue
        size = sizes.at(block.start, block.end)
        is_bold = tells and _is_bold(block, weights)
        if size >= _LARGER * sizes.body or (is_bold and size >= 0.95 * sizes.body):
            yield _Line(place, block, _Type(size, is_bold))


def _is_bold(block: Block, weights: SpanSet) -> bool:
    """Whether its first and last character, and some between, are bold."""
    step = max(1, len(block.text) // 8)
    places = [*range(block.start, block.end, step), block.end - 1]
    asked = [place for place in places if not block.text[place - block.start].isspace()]
    return all(place in weights for place in asked)


def _heading_types(lines: Sequence[_Line], body: float) -> list[_Type]:
    """The types that headings have, largest first: most of their blocks are short lines."""
    members: defaultdict[_Type, list[_Line]] = defaultdict(list)
    for line in lines:
        members[line.type].append(line)
    kept = []
    for kind, those in members.items():
        short = [line for line in those if line.may_be_heading]
        in_rows = sum(b.place - a.place == 1 for a, b in pairwise(those))
        is_told = len(short) > 1 or kind.size >= _MUCH_LARGER * body
        if short and is_told and 3 * len(short) >= 2 * len(those) and 3 * in_rows <= 2 * len(those):
            kept.append(kind)
    return sorted(kept, reverse=True)


def _pairs(lines: Sequence[_Line]) -> Iterator[_Pair]:
    """Each heading; a label alone with the line below it, in the same or in larger type."""
    waiting: _Line | None = None
    for line in lines:
        if waiting is not None:
            if line.place == waiting.place + 1 and line.type.size >= waiting.type.size:
                yield waiting, line
                waiting = None
                continue
            yield waiting, None
            waiting = None
        label = heading_label(line.block.text)
        if label and label.alone:
            waiting = line
        else:
            yield line, None
    if waiting is not None:
        yield waiting, None


def _label_above(place: int, blocks: Sequence[Block], sizes: TypeSizes) -> _Line | None:
    """A label in the text's own size right above a heading: it is the heading's first piece."""
    if not place:
        return None
    block = blocks[place - 1]
    if block.has(*_NEVER, MarkKind.HEADING):
        return None
    label = heading_label(block.text)
    if not label or not label.alone or not _WORDS.search(block.text):
        return None
    return _Line(place - 1, block, _Type(sizes.at(block.start, block.end), False))


def _labelled(pairs: Sequence[_Pair], draft: Draft, sizes: TypeSizes) -> Iterator[_Pair]:
    """Headings with the labels that stand above them, which no larger type tells."""
    blocks = draft.blocks()
    for line, below in pairs:
        label = None if heading_label(line.block.text) else _label_above(line.place, blocks, sizes)
        yield (label, line) if label and below is None else (line, below)


def _apply(draft: Draft) -> RuleOutcome:
    sizes = TypeSizes(draft)
    told = any(mark.value.startswith("hint") for mark in draft.marked(MarkKind.HEADING))
    if told or not sizes.body:
        return RuleOutcome()
    lines = list(_standing_out(draft, sizes))
    types = _heading_types(lines, sizes.body)
    headings = [line for line in lines if line.type in types and line.may_be_heading]
    title = _title(headings, types)
    if title:
        headings = headings[1:]
    pairs = _without_title_page(list(_labelled(list(_pairs(headings)), draft, sizes)), sizes.body)
    # A label set smaller than its title has no rank of its own.
    ranks = sorted({_leading(pair) for pair in pairs}, reverse=True)
    edits, add = [], []
    for line, below in pairs:
        level = min(_LEVELS, ranks.index(_leading((line, below))) + 1)
        end = line.block.end
        if below:
            between = " " if re.search(r"[^\x00-\x7f]", line.block.text) else ": "
            edits.append(Edit(_NAME, end, below.block.start, between, "a label and its title"))
            end = below.block.end
        add.append(Mark(line.block.start, end, MarkKind.HEADING, f"hint-{level}"))
    add += _matter_names(draft, add)
    facts = {"title": " ".join(title.split())} if title and "title" not in draft.facts else {}
    return RuleOutcome(tuple(edits), tuple(sorted(add)), facts=facts)


def _matter_names(draft: Draft, found: Sequence[Mark]) -> list[Mark]:
    """Names of matter at pages' tops, in whatever type: a colophon's name may be small.

    Their level is that of the names of matter among the headings found.
    """
    taken = frozenset(mark.start for mark in found)
    levels = [
        mark.value for mark in found if role_of(draft.text[mark.start : mark.end]) != "chapter"
    ]
    level = min(levels, default="hint-1")
    small: list[Mark] = []
    for page in printed_pages(draft):
        first = page.blocks[0] if page.blocks else None
        if first is None or first.start in taken or first.has(*_NEVER, MarkKind.HEADING):
            continue
        if len(page.blocks) > 1 and role_of(first.text) != "chapter":
            small.append(Mark(first.start, first.end, MarkKind.HEADING, level))
    return small


def _leading(pair: _Pair) -> _Type:
    """The larger of the types of a heading."""
    line, below = pair
    return max(line.type, below.type) if below else line.type


def _without_title_page(pairs: list[_Pair], body: float) -> list[_Pair]:
    """The headings without what stands alone in its type: before the first, or hardly larger."""
    times = Counter(map(_leading, pairs))
    first = next((i for i, pair in enumerate(pairs) if _is_of_work(pair, times)), 0)
    return [
        pair
        for i, pair in enumerate(pairs)
        if times[_leading(pair)] > 1 or (i >= first and _leading(pair).size >= _MUCH_LARGER * body)
    ]


def _is_of_work(pair: _Pair, times: Mapping[_Type, int]) -> bool:
    """Whether a heading's type comes again, or its label says that it is no title page's."""
    return times[_leading(pair)] > 1 or heading_label(pair[0].block.text) is not None


def _title(headings: Sequence[_Line], types: Sequence[_Type]) -> str:
    """The work's title: first of all, in the largest type, alone in it, and others below."""
    if len(types) < 2 or not headings or headings[0].type != types[0] or headings[0].place > 3:
        return ""
    if heading_label(headings[0].block.text):
        return ""  # the only chapter's
    is_alone = sum(line.type == types[0] for line in headings) == 1
    return headings[0].block.text if is_alone and len(headings) > 2 else ""


_BODY = "The ferry was late, and nobody on the quay had thought of asking why it should be so."
_TEXT = f"Low Water\n\n{_BODY}\n\nSlack Tide\n\n{_BODY}"
_SIZES = (
    Hint(0, 9, HintKind.SIZE, "14"),
    Hint(11, 96, HintKind.SIZE, "10"),
    Hint(98, 108, HintKind.SIZE, "14"),
    Hint(110, 195, HintKind.SIZE, "10"),
)

_LABELLED = "第三章\n\n灯船\n\n灯船是夜里来的，来的时候没有人看见它。"
_LABELLED_SIZES = (
    Hint(0, 3, HintKind.SIZE, "16"),
    Hint(5, 7, HintKind.SIZE, "16"),
    Hint(9, 28, HintKind.SIZE, "10.5"),
)

RULE = Rule(
    name=_NAME,
    order=560,
    summary="Finds headings by their type: larger than the text's, or bold, on lines of their own.",
    why="A type counts only when most of its blocks are short lines without a sentence's end, with "
    "text between; what the format itself calls a heading goes first.",
    apply=_apply,
    examples=(
        Example(_LABELLED, _LABELLED.replace("章\n\n灯", "章 灯"), _LABELLED_SIZES),
        Example(_TEXT, _TEXT, _SIZES),
    ),
)
