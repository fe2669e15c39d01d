"""Finds the items of lists by their bullets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.form import FormBlock, form_blocks
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "list-items"
_FEWEST = 2
_WORD = re.compile(r"[^\W\d_]{2}|[\u3400-\u9fff]")
_BULLET = re.compile(r"(?:(?P<sign>[•●○▪‣◦■□◆◇])[ \t\u3000]*|(?P<ascii>[-–*·])[ \t\u3000]+)(?=\S)")


def _runs(blocks: Iterable[FormBlock]) -> Iterator[list[tuple[FormBlock, re.Match[str]]]]:
    """Neighbouring blocks that begin with one sign."""
    run: list[tuple[FormBlock, re.Match[str]]] = []
    for block in blocks:
        found = None if block.markdown or block.marks else _BULLET.match(block.text)
        if run and (found is None or found[0].strip() != run[-1][1][0].strip()):
            yield run
            run = []
        if found:
            run.append((block, found))
    if run:
        yield run


def _apply(draft: Draft) -> RuleOutcome:
    edits: list[Edit] = []
    add: list[Mark] = []
    for run in _runs(form_blocks(draft)):
        texts = {block.text for block, _ in run if _WORD.search(block.text)}
        if len(run) < _FEWEST or len(texts) < len(run):
            continue  # signs alone, or one line over and over, are no list
        why = f"one of {len(run)} lines that begin with {run[0][1][0].strip()}"
        for block, found in run:
            edits.append(Edit(_NAME, block.start, block.start + found.end(), "", why, 0.9))
            add.append(Mark(block.start, block.end, MarkKind.ITEM, "bullet"))
    return RuleOutcome(tuple(edits), tuple(add))


RULE = Rule(
    name=_NAME,
    order=902,
    summary="Finds the items of a list by their bullets, which the book sets itself.",
    why="Two lines at the least follow each other with the same sign; dashes need a blank behind "
    "them, since a line of talk begins with one too.",
    apply=_apply,
    examples=(
        Example("要带的：\n\n• 绳\n\n• 灯\n\n• 桨", "要带的：\n\n绳\n\n灯\n\n桨"),
        Example("——谁？\n\n——我。", "——谁？\n\n——我。"),
        Example("- 只有一行", "- 只有一行"),
    ),
)
