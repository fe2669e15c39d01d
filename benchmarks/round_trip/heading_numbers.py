"""Headings as printed: those of a manuscript that numbers none are numbered, as a book would.

In a plain text a heading's level shows in its number alone, so that the truth has numbers too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.round_trip.document import Block, Callout, Document, Kind
from benchmarks.round_trip.recipe import Recipe

__all__ = ["han_number", "numbered", "roman"]

_HAS_NUMBER = re.compile(
    r"^(?:第?[〇零一二三四五六七八九十百]+[章编部卷篇节回、.．]|[（(][一二三四五六七八九十]+[）)]|第?\d+[章节.．、\s]"
    r"|(?:chapter|part|book|section|appendix)\b|[IVXLC]+\.|附录)",
    re.IGNORECASE,
)
_DIGITS = "零一二三四五六七八九"


def han_number(number: int) -> str:
    """A number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def roman(number: int) -> str:
    """A number below 4,000 in Roman capitals."""
    told = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while number >= value:
            told, number = told + sign, number - value
    return told


def numbered(document: Document, recipe: Recipe) -> Document:
    """The document with numbers before the headings of the body that have none.

    Headings below one heading are numbered together, or, where some have numbers of their own,
    left together as they are.
    """
    headings = [block for block in document.blocks if _counts(block)]
    if len(headings) < 2:
        return document
    groups = _groups(headings)
    own = {group for group, block in zip(groups, headings, strict=True) if _has_number(block)}
    parts = _has_parts(document)
    counts = [0] * 8
    blocks: list[Block] = []
    following = iter(groups)
    for block in document.blocks:
        if not _counts(block):
            blocks.append(block)
            continue
        depth = block.level if parts else block.level + 1
        counts[depth] += 1
        # Chapters count through all parts; what is below a heading counts anew.
        for below in range(depth + 1, len(counts)):
            if (depth, below) != (1, 2):
                counts[below] = 0
        mark = "" if next(following) in own else _mark(depth, counts, recipe)
        moved = tuple(Callout(one.offset + len(mark), one.body) for one in block.callouts)
        blocks.append(replace(block, text=mark + block.text, callouts=moved))
    return replace(document, blocks=tuple(blocks))


def _counts(block: Block) -> bool:
    """Whether a block is a heading that print would number."""
    return block.kind is Kind.HEADING and block.matter == "body"


def _has_number(block: Block) -> bool:
    return bool(_HAS_NUMBER.match(block.text))


def _groups(headings: Sequence[Block]) -> list[tuple[int, int]]:
    """For each heading the one it lies below (-1 for none) and its level."""
    above: list[tuple[int, int]] = []
    groups: list[tuple[int, int]] = []
    for place, heading in enumerate(headings):
        while above and above[-1][0] >= heading.level:
            above.pop()
        groups.append((above[-1][1] if above else -1, heading.level))
        above.append((heading.level, place))
    return groups


def _has_parts(document: Document) -> bool:
    """Whether chapters lie inside parts: some file opens with a heading of level 2."""
    return any(block.opens and block.level == 2 for block in document.blocks)


def _mark(depth: int, counts: list[int], recipe: Recipe) -> str:
    """The number of a heading: 1 a part, 2 a chapter, 3 a section, 4 below it."""
    number = counts[depth]
    if recipe.language == "zh":
        by_digit = recipe.numbering == "chapter-digit"
        return {
            1: f"第{han_number(number)}编 ",
            2: f"第{number if by_digit else han_number(number)}章 ",
            3: f"{han_number(number)}、",
            4: f"（{han_number(number)}）",
        }.get(depth, f"{number}. ")
    chapter = roman(number) if recipe.numbering == "chapter-roman" else str(number)
    if depth <= 2:
        return f"Part {roman(number)} " if depth == 1 else f"Chapter {chapter} "
    return ".".join(map(str, counts[2 : depth + 1])) + " "
