"""Takes away 第一章 and Chapter I where the book counts its chapters just so by itself."""

from __future__ import annotations

import re

from quire.cleaning.chapters import Opening, openings
from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.numbering import heading_label
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "chapter-labels"
# What the book writes before a title by itself, in one of its languages: style and unit.
_OWN = {
    "chapter": {"chapter-han": "章", "chapter": "chapter"},
    "part": {"volume": "编", "part": "part"},
}
_JOINT = re.compile(r"[\s：:.、—–-]*")


def _apply(draft: Draft) -> RuleOutcome:
    edits: list[Edit] = []
    keeping: list[str] = []
    opened = openings(draft)
    for role in _OWN:
        these = [one for one in opened if one.role == role]
        lengths = [_length(one.title, role, number) for number, one in enumerate(these, start=1)]
        if all(lengths):
            edits += map(_cut, these, lengths)
        elif any(heading_label(one.title) for one in these):
            keeping.append(role)
    facts = {"titles-with-own-numbers": " ".join(keeping)} if keeping else {}
    return RuleOutcome(tuple(sorted(edits, key=lambda edit: edit.start)), facts=facts)


def _length(title: str, role: str, number: int) -> int:
    """Characters of a label that says this number, with a title behind it; 0 when there is none."""
    label = heading_label(title)
    if label is None or label.number != number:
        return 0
    if _OWN[role].get(label.style, "\n") not in title[: label.length].casefold():
        return 0
    joint = _JOINT.match(title, label.length)
    end = joint.end() if joint else label.length
    return end if end < len(title) else 0


def _cut(opening: Opening, length: int) -> Edit:
    start = opening.mark.start
    return Edit(_NAME, start, start + length, "", f"the book numbers its own {opening.role}s")


RULE = Rule(
    name=_NAME,
    order=902,
    summary="Takes the number off the titles of chapters and parts, when the book will give them "
    "the same numbers itself; otherwise keeps all labels, and the book gives none.",
    why="Only when every chapter has the label and they count 1, 2, 3 … without a gap, so that the "
    "book prints what the source printed.",
    apply=_apply,
    examples=(
        Example(
            "第一章 潮\n\n潮水退了。\n\n第二章 岸\n\n岸还在。", "潮\n\n潮水退了。\n\n岸\n\n岸还在。"
        ),
        Example(
            "第一章 潮\n\n潮水退了。\n\n第三章 岸\n\n岸还在。",
            "第一章 潮\n\n潮水退了。\n\n第三章 岸\n\n岸还在。",
        ),
    ),
)
