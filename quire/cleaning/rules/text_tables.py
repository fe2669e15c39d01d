"""Writes tables that were typed in columns, or with upright strokes, as tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.form import FormBlock, form_blocks
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "text-tables"
_FEWEST, _MOST_COLUMNS, _WIDEST_CELL = 3, 12, 40
_GAP = re.compile(r"[ ]{2,}|\t+|\u3000+")
_STROKE = re.compile(r"\s*[|｜]\s*")
_RULED = re.compile(r"[|+][-+|=: ]{3,}")
_MEANS_SOMETHING = re.compile(r"[*_`\[\]\\<>$^~{}]")
_WORD = re.compile(r"[^\W\d_]{2}|[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[。！？；]|[.!?;] ")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a table, and what parts its cells: (start, end) in the draft."""

    block: FormBlock
    gaps: tuple[tuple[int, int], ...]
    has_strokes: bool
    is_ruled: bool

    @property
    def columns(self) -> int:
        return len(self.gaps) - 1 if self.has_strokes else len(self.gaps) + 1


def _row(block: FormBlock) -> _Row | None:
    """The block as a table's line; None when it can't be one."""
    text = block.text
    if block.markdown or block.marks or "\n" in text or len(text) > 200:
        return None
    if _RULED.fullmatch(text):
        return _Row(block, (), has_strokes=True, is_ruled=True)
    strokes = text.startswith(("|", "｜")) and text.endswith(("|", "｜")) and len(text) > 2
    pattern = _STROKE if strokes else _GAP
    if not strokes and not pattern.search(text):
        return None
    found = tuple((block.start + m.start(), block.start + m.end()) for m in pattern.finditer(text))
    row = _Row(block, found, has_strokes=strokes, is_ruled=False)
    cells = pattern.split(text)
    fits = 2 <= row.columns <= _MOST_COLUMNS and all(len(one) <= _WIDEST_CELL for one in cells)
    return row if fits and _WORD.search(text) and not _SENTENCE.search(text) else None


def _tables(blocks: Iterable[FormBlock]) -> Iterator[list[_Row]]:
    """Lines that follow each other and have the same columns."""
    run: list[_Row] = []
    for block in blocks:
        row = _row(block)
        alike = bool(run) and row is not None and row.has_strokes == run[0].has_strokes
        if run and (row is None or not alike or not (row.is_ruled or _fits(row, run))):
            yield run
            run = []
        if row:
            run.append(row)
    if run:
        yield run


def _fits(row: _Row, run: Sequence[_Row]) -> bool:
    other = next((one for one in run if not one.is_ruled), None)
    return other is None or other.columns == row.columns


def _written(table: Sequence[_Row]) -> Iterator[Edit]:
    why = f"a row of a table of {len(table)} lines"
    rows = [row for row in table if not row.is_ruled]
    for i, row in enumerate(rows):
        block = row.block
        if not row.has_strokes:
            yield from (Edit(_NAME, start, end, " | ", why) for start, end in row.gaps)
        behind = rows[i + 1].block.start if i + 1 < len(rows) else block.end
        edge = "|" if row.has_strokes else ""
        after = f"\n{edge}{'|'.join(['---'] * row.columns)}{edge}" if i == 0 else ""
        after += "\n" if i + 1 < len(rows) else ""
        if after or behind > block.end:
            yield Edit(_NAME, block.end, behind, after, why)


def _apply(draft: Draft) -> RuleOutcome:
    edits: list[Edit] = []
    add: list[Mark] = []
    questions: list[Question] = []
    for table in _tables(form_blocks(draft)):
        rows = [row for row in table if not row.is_ruled]
        if len(rows) < (2 if table[0].has_strokes else _FEWEST) or table[0].is_ruled:
            continue
        start, end = rows[0].block.start, rows[-1].block.end
        if any(_MEANS_SOMETHING.search(row.block.text) for row in rows):
            why = "These lines look like a table, but have signs that mean something in Markdown."
            questions.append(Question(start, end, draft.text[start:end], why, 0.5))
            continue
        edits += _written(table)
        add.append(Mark(start, end, MarkKind.MARKDOWN))
    return RuleOutcome(tuple(edits), tuple(add), questions=tuple(questions))


RULE = Rule(
    name=_NAME,
    order=904,
    summary="Writes tables that were typed in columns, or with upright strokes, as tables.",
    why="Three lines at the least follow each other with the same number of short cells, and no "
    "sentence among them.",
    apply=_apply,
    examples=(
        Example(
            "Boat   Hour   Crew\n\nHeron  six    three\n\nEgret  ten    seven",
            "Boat | Hour | Crew\n---|---|---\nHeron | six | three\nEgret | ten | seven",
        ),
        Example("| 船 | 时 |\n\n| 甲 | 早 |", "| 船 | 时 |\n|---|---|\n| 甲 | 早 |"),
        Example("船来了。\n\n灯灭了。\n\n天亮了。", "船来了。\n\n灯灭了。\n\n天亮了。"),
    ),
)
