"""Finds the matter around an English article that no colon announces: dates, places, abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from quire.cleaning.draft import Block, Draft, Mark, MarkKind
from quire.cleaning.matter_names import named_length
from quire.cleaning.numbering import heading_label
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "article-matter"
_ABOVE = 12  # blocks above an abstract in which its authors stand
_MOST = 4  # blocks of an abstract
_LINE = 300
_HEADS = {"abstract": "abstract", "keywords": "keywords", "key words": "keywords"}
_DAY = (
    r"(?:\d{1,2}\s[A-Z][a-z]{2,8}\.?,?\s\d{4}|[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s\d{4}|\d{4}-\d\d-\d\d)"
)
_DATES = re.compile(
    rf"(?:Received|Revised|Accepted|Published|Available)(?:\s(?:online|in\s\w{{4,8}}\sform))?:?\s{_DAY}"
)
_PLACE = re.compile(
    r"\b(?:Universit|Department|Institute|Faculty|School of|College|Hospital|Laborator|Academy)"
    r"|\S@\S|^[*†]?\s?(?:Correspond|E-?mail)"
)
_PERSON = r"[A-Z][\w.’'-]{0,20}(?: (?:[A-Z][\w.’'-]{0,20}|de|van|von|der)){1,4}[\d*†‡§,¹²³]{0,6}"
_BYLINE = re.compile(rf"(?:[Bb]y )?{_PERSON}(?:(?:,? and |, | & ){_PERSON}){{0,12}}")
_APART = (
    MarkKind.MATTER, MarkKind.HEADING, MarkKind.NOTE, MarkKind.FURNITURE, MarkKind.MARKDOWN,
    MarkKind.FIGURE,
)  # fmt: skip


def _head(block: Block) -> str:
    """The class of the matter that a line alone announces; empty for other blocks."""
    return _HEADS.get(block.text.casefold().rstrip(".:"), "") if len(block.text) <= 12 else ""


def _kind(block: Block) -> str:
    """The class of a line between an article's title and its abstract; empty for none."""
    text = block.text
    if len(text) > _LINE or block.has(*_APART):
        return ""
    if _DATES.match(text):
        return "publication"
    return "affiliation" if _PLACE.search(text) and text.count(". ") < 2 else ""


def _announced(blocks: Sequence[Block], i: int, most: int) -> list[Block]:
    """A line that announces matter, and the blocks that it announces; none when it has none."""
    last = i
    for j in range(i + 1, min(i + 1 + most, len(blocks))):
        block = blocks[j]
        if block.has(*_APART) or _head(block) or heading_label(block.text):
            break
        if named_length(block.text):
            break
        last = j
    return list(blocks[i : last + 1]) if last > i else []


def _keywords_behind(blocks: Sequence[Block], i: int, told: AbstractSet[int]) -> int:
    """Which block behind an abstract gives its keywords; -1 for none."""
    behind = range(i + 1, min(i + 2 + _MOST, len(blocks)))
    return next(
        (j for j in behind if _head(blocks[j]) == "keywords" or blocks[j].start in told), -1
    )


def _above(blocks: Sequence[Block], i: int) -> Iterator[tuple[Block, str]]:
    """Lines above an abstract that say who wrote it where, and when."""
    first = max(0, i - _ABOVE)
    told = [(j, _kind(blocks[j])) for j in range(first, i)]
    places = [j for j, kind in told if kind == "affiliation"]
    yield from ((blocks[j], kind) for j, kind in told if kind)
    # The line above the first place, with a title above it, is the authors'.
    if places and places[0] > first:
        block = blocks[places[0] - 1]
        if len(block.text) <= _LINE and not block.has(*_APART) and _BYLINE.fullmatch(block.text):
            yield block, "author"


def _apply(draft: Draft) -> RuleOutcome:
    if "bstract" not in draft.text and "BSTRACT" not in draft.text:
        return RuleOutcome()
    blocks = draft.blocks()
    matter = draft.marked(MarkKind.MATTER)
    abstracts = {one.start for one in matter if one.value == "abstract"}
    told = {one.start for one in matter if one.value == "keywords"}
    found: dict[int, Mark] = {}
    for i, head in enumerate(blocks):
        if head.start not in abstracts and _head(head) != "abstract":
            continue
        behind = _keywords_behind(blocks, i, told)
        new = list(_above(blocks, i))
        if head.start not in abstracts:
            body = _announced(blocks, i, behind - i - 1 if behind > 0 else 1)
            new += ((one, "abstract") for one in body)
        if behind > 0 and _head(blocks[behind]):
            new += ((one, "keywords") for one in _announced(blocks, behind, 1))
        for block, kind in new:
            if not block.has(*_APART):
                found[block.start] = Mark(block.start, block.end, MarkKind.MATTER, kind)
    return RuleOutcome(add=tuple(sorted(found.values())))


_TEXT = (
    "Counting Boats\n\nAda Merrow and John Teal\n\nDepartment of Harbours, Elswick University\n\n"
    "Received 3 March 2019; Accepted 12 June 2019\n\nAbstract\n\nBoats are counted by night."
)
_DIARY = "Received 3 March 1819 a letter from the keeper.\n\nThe boats are home."

RULE = Rule(
    name=_NAME,
    order=552,
    summary="Finds the authors, places, dates, abstract and keywords of an English article.",
    why="Only around a line that says Abstract, or an abstract found before: lines between the "
    "title and it that give a date, an institution or an address, and the names above them.",
    apply=_apply,
    examples=(Example(_TEXT, _TEXT), Example(_DIARY, _DIARY)),
)
