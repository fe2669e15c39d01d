"""Pair raised callouts with the notes at the feet of printed pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from quire.cleaning.draft import Block, Draft, Mark, MarkKind
from quire.cleaning.geometry import PrintedPage, note_label, printed_pages
from quire.cleaning.ledger import Edit
from quire.cleaning.numbering import circled
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind

__all__ = ["RULE"]

_NAME = "small-type-notes"
_FIGURE = re.compile(r"\d{1,3}")
# Marks that are callouts by themselves, raised or not; a star doubled is another mark.
_SIGNS = re.compile(
    r"([*†‡§‖¶])\1{0,2}|[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]|[\[〔]\d{1,3}[\]〕]"
)
_MEASURE = re.compile(r"(?:\d|(?<![A-Za-z])(?:[kcmdµμ]?m|s|x|y|R))$")


@dataclass(frozen=True, slots=True)
class _Body:
    """A note at the foot: its mark at `start` to `text`, its text up to `end`."""

    start: int
    text: int
    end: int
    label: str


def _bodies(blocks: Sequence[Block], raised: Mapping[int, int]) -> Iterator[_Body]:
    """The notes of a page: blocks in the place of notes that begin with a note's mark."""
    for block in blocks:
        label = note_label(block, raised) if block.has(MarkKind.NOTE_ZONE) else ""
        behind = block.text[len(label) :].lstrip()
        if label and behind and (_FIGURE.fullmatch(label) or _SIGNS.fullmatch(label)):
            yield _Body(block.start, block.end - len(behind), block.end, label)


def _callouts(draft: Draft, labels: AbstractSet[str]) -> list[Mark]:
    """All that may call a note: raised figures, and signs that notes are called by.

    Args:
        draft: the text.
        labels: of all bodies. A raised 23 is 2 and 3 where there is no note 23.
    """
    raised = (_parted(draft.text, mark, labels) for mark in draft.marked(MarkKind.SUPERSCRIPT))
    found = {mark.start: mark for marks in raised for mark in marks}
    apart = draft.spans(MarkKind.MARKDOWN, MarkKind.FURNITURE, MarkKind.IMAGE)
    for sign in _SIGNS.finditer(draft.text):
        if not apart.overlap(sign.start(), sign.end()):
            mark = Mark(sign.start(), sign.end(), MarkKind.SUPERSCRIPT)
            found[sign.start()] = mark
    return [found[start] for start in sorted(found)]


def _parted(text: str, mark: Mark, labels: AbstractSet[str]) -> tuple[Mark, ...]:
    """A raised number, or the two that stand in a row where no body has that number."""
    said = text[mark.start : mark.end]
    width = len(said) // 2
    one, other = said[:width], said[width:]
    if said in labels or not {one, other} <= labels or int(other) != int(one) + 1:
        return (mark,)
    middle = mark.start + width
    return mark._replace(end=middle), mark._replace(start=middle)


def _called(
    text: str, body: _Body, waiting: Sequence[Mark], done: int
) -> tuple[Mark | None, list[Mark]]:
    """The callout of a body among the raised figures behind `done`, and others as good."""
    alike = [
        mark for mark in waiting if mark.start >= done and text[mark.start : mark.end] == body.label
    ]
    plain = [m for m in alike if not _MEASURE.search(text[max(0, m.start - 3) : m.start])]
    chosen = plain or alike
    return (chosen[0] if chosen else None), chosen[1:]


def _above(
    page: PrintedPage, bodies: Sequence[_Body], marks: Sequence[Mark], starts: Sequence[int]
) -> list[Mark]:
    """The raised figures of a page's text."""
    foot = bodies[0].start if bodies else page.mark.end
    return list(marks[bisect_right(starts, page.mark.start - 1) : bisect_right(starts, foot - 1)])


def _last_run(bodies: Sequence[_Body]) -> list[str]:
    """The labels of a page from where they begin anew: those are called on the next page."""
    labels = [body.label for body in bodies]
    numbers = [circled(label) or int(label.strip("[]〔〕*†‡§‖¶") or 0) for label in labels]
    falls = [n + 1 for n, (above, below) in enumerate(pairwise(numbers)) if 0 < below < above]
    return labels[falls[-1] if falls else 0 :]


def _behind(
    pages: Sequence[PrintedPage], found: Sequence[Sequence[_Body]], number: int,
    marks: Sequence[Mark], starts: Sequence[int],
) -> list[Mark]:  # fmt: skip
    """The raised figures of the next page's text; none when its notes start over."""
    if number + 1 >= len(pages):
        return []
    bodies = found[number + 1]
    if not {body.label for body in bodies}.isdisjoint(_last_run(found[number])):
        return []
    return _above(pages[number + 1], bodies, marks, starts)


def _apply(draft: Draft) -> RuleOutcome:
    pages = printed_pages(draft)
    if not pages or draft.marked(MarkKind.NOTEREF, MarkKind.NOTE):
        return RuleOutcome()
    raised = {mark.start: mark.end for mark in draft.marked(MarkKind.SUPERSCRIPT)}
    found = [list(_bodies(page.blocks, raised)) for page in pages]
    figures = {one.label for bodies in found for one in bodies if _FIGURE.fullmatch(one.label)}
    marks = _callouts(draft, figures)
    starts = [mark.start for mark in marks]
    edits: list[Edit] = []
    add: list[Mark] = []
    questions: list[Question] = []
    before: list[Mark] = []
    done = number = 0
    for number_of_page, (page, bodies) in enumerate(zip(pages, found, strict=True)):
        here = _above(page, bodies, marks, starts)
        behind = _behind(pages, found, number_of_page, marks, starts)
        for body in bodies:
            callout, others = _called(draft.text, body, before + here, done)
            if callout is None:
                # A note may be set whole where its line no longer fitted.
                callout, others = _called(draft.text, body, behind, done)
            if callout is None:
                why = f"The note {body.label} at this page's foot has no callout."
                label = draft.text[body.start : body.text]
                questions.append(Question(body.start, body.text, label, why, 0.3))
                continue
            number, done = number + 1, callout.end
            key = f"n{number}"
            if _FIGURE.fullmatch(body.label):
                # In brackets, so that no rule takes it for a figure of the text.
                shown = f"[{body.label}]"
                edits.append(Edit(_NAME, callout.start, callout.end, shown, f"calls note {key}"))
            edits.append(Edit(_NAME, body.start, body.text, "", "the mark of a note's body"))
            add.append(Mark(callout.start, callout.end, MarkKind.NOTEREF, key))
            add.append(Mark(body.text, body.end, MarkKind.NOTE, key))
            questions += [
                Question(one.start, one.end, body.label, "This may call the note too.", 0.4)
                for one in others
            ]
        before = [mark for mark in here if mark.start >= done]
    edits.sort(key=lambda edit: edit.start)
    questions.sort(key=lambda one: one.start)
    return RuleOutcome(tuple(edits), tuple(sorted(add)), questions=tuple(questions))


_TEXT = "一块地有3m2大。"

RULE = Rule(
    name=_NAME,
    order=390,
    summary="Pairs raised callouts with the notes at the feet of printed pages.",
    why="A note stands last on its page, in smaller type or below a rule, and begins with the "
    "raised figure that calls it; a raised figure without a note stays as it is.",
    apply=_apply,
    examples=(Example(_TEXT, _TEXT, (Hint(6, 7, HintKind.SUPERSCRIPT),)),),
)
