"""Give each heading its final level: part, or 1 (a chapter's title) to 6."""

from __future__ import annotations

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.numbering import CHAPTER_STYLES, PART_STYLES, heading_label
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "outline"
_PART = "hint-part"
_NUMBERED = (CHAPTER_STYLES | PART_STYLES) - {"title", "named"}
_WITHOUT_NUMBER = frozenset({"title", "named", "notes", "plain", "between", "entry"})


def _hinted(draft: Draft, marks: list[Mark]) -> list[str]:
    """Levels that a format gave: as few steps as there are, beginning with 1.

    It may tell the parts; else they are the outermost headings, if all have a part's label.
    """
    told = [mark.value == _PART for mark in marks]
    if any(told):
        chapters = iter(_hinted(draft, [mark for mark in marks if mark.value != _PART]))
        return ["part" if is_part else next(chapters) for is_part in told]
    if not marks:
        return []
    given = [int(mark.value.rpartition("-")[2] or 1) for mark in marks]
    known = sorted(set(given))
    texts = [draft.text[mark.start : mark.end] for mark in marks]
    labels = [heading_label(text) for text in texts]
    tops = [label for label, level in zip(labels, given, strict=True) if level == known[0]]
    parts = (
        len(known) > 1 and len(tops) > 0 and all(one and one.style in PART_STYLES for one in tops)
    )
    ranks = {level: i + (0 if parts else 1) for i, level in enumerate(known)}
    return ["part" if ranks[level] == 0 else str(min(6, ranks[level])) for level in given]


def _styled(marks: list[Mark]) -> list[str]:
    """Levels by the order in which styles nest."""
    styles = _siblings([mark.value.removeprefix("style-") for mark in marks])
    levels: list[str] = []
    stack: list[str] = []
    chapters = any(style in CHAPTER_STYLES for style in styles)
    for i, style in enumerate(styles):
        if style in PART_STYLES:
            stack = [style]
            levels.append("part" if _has_chapters(styles, i) else "1")
            continue
        if style == "notes":
            levels.append("2" if "1" in levels else "1")
            continue
        if style == "between":
            levels.append("2")
            continue
        below = 0 if stack and stack[0] in PART_STYLES and _has_part(levels) else None
        base = 1 if below == 0 else 0
        if style in CHAPTER_STYLES:
            del stack[base:]
        elif style in stack:
            del stack[stack.index(style) :]
        elif not stack and chapters:
            stack.append("title")
        stack.append(style)
        levels.append(str(max(1, min(6, len(stack) - base))))
    return levels


def _siblings(styles: list[str]) -> list[str]:
    """The styles, with names as what they are among: an article's introduction is a section.

    Where no chapter has a number, names of matter stand beside the outermost numbered headings.
    """
    if any(style in _NUMBERED for style in styles):
        return styles
    outermost = next((style for style in styles if style not in _WITHOUT_NUMBER), None)
    return [outermost if style == "named" and outermost else style for style in styles]


def _has_part(levels: list[str]) -> bool:
    last = next((level for level in reversed(levels) if level in {"part", "1"}), "")
    return last == "part" or "part" in levels


def _has_chapters(styles: list[str], i: int) -> bool:
    """Whether chapters stand below the part at `i`, or below any other part of this style."""
    style = styles[i]
    inside = False
    for other in styles:
        if other == style:
            inside = True
        elif other in CHAPTER_STYLES and other != "named" and inside:
            return True
    return False


def _apply(draft: Draft) -> RuleOutcome:
    marks = list(draft.marked(MarkKind.HEADING))
    if not marks:
        return RuleOutcome()
    hinted = [mark for mark in marks if mark.value.startswith("hint")]
    if hinted:
        levels = _hinted(draft, hinted)
        marks = hinted
    else:
        marks = [mark for mark in marks if mark.value.startswith("style-")]
        levels = _styled(marks)
    add = [
        Mark(mark.start, mark.end, MarkKind.HEADING, level)
        for mark, level in zip(marks, levels, strict=True)
    ]
    return RuleOutcome(add=tuple(add), drop=frozenset(marks))


_TEXT = "第一章 水\n\n水从山里来。\n\n第二章 船\n\n船往海里去。"

_ARTICLE = (
    "引言\n\n水从山里来。\n\n一、船\n\n船往海里去。\n\n二、岸\n\n岸还在。\n\n结语\n\n水也还在。"
)

RULE = Rule(
    name=_NAME,
    order=690,
    summary="Gives each heading its level: a part, a chapter, or a section below it.",
    why="Levels follow the order in which kinds of labels nest; a format's own levels go first.",
    apply=_apply,
    examples=(Example(_TEXT, _TEXT), Example(_ARTICLE, _ARTICLE)),
)
