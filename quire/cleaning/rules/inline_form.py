"""Writes emphasis, links, pictures, callouts and references, and escapes what isn't meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quire.cleaning.chapters import figures_path, openings
from quire.cleaning.draft import Draft, Mark, MarkKind, SpanSet
from quire.cleaning.escaping import block_specials, heading_specials, inline_specials
from quire.cleaning.form import (
    figure_labels,
    form_blocks,
    live_marks,
    note_labels,
    pictures_of_figures,
)
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind, Span

__all__ = ["RULE"]

_NAME = "inline-form"
_DELIMITERS = {MarkKind.EMPHASIS: "*", MarkKind.STRONG: "**"}
_GOES_OUT = re.compile(r"(?:https?|ftp|mailto):[^\n]+", re.IGNORECASE)
_UNSAFE_IN_TARGET = re.compile(r"[\s<>()\\\"{}^`]")
# Blocks in whose first line Markdown has no other block to see.
_HAS_MARK_IN_FRONT = frozenset({MarkKind.HEADING, MarkKind.FIGURE, MarkKind.VERSE})


@dataclass(frozen=True, slots=True)
class _Wrap:
    """Characters to write around a stretch."""

    start: int
    end: int
    opening: str
    closing: str
    why: str

    @property
    def is_starred(self) -> bool:
        return self.opening.startswith("*")


@dataclass
class _Writing:
    """What is going to be written, in whatever order it is found."""

    # Place, rank at that place (closings, openings, backslashes), order within the rank, edit.
    edits: list[tuple[int, int, int, Edit]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def insert(self, place: int, rank: int, order: int, after: str, why: str) -> None:
        self.edits.append((place, rank, order, Edit(_NAME, place, place, after, why)))

    def wrap(self, wrap: _Wrap, depth: int) -> None:
        if wrap.start == wrap.end:
            self.insert(wrap.start, 1, depth, wrap.opening + wrap.closing, wrap.why)
            return
        self.insert(wrap.end, 0, -depth, wrap.closing, wrap.why)
        self.insert(wrap.start, 1, depth, wrap.opening, wrap.why)

    def replace(self, mark: Mark, after: str, why: str) -> None:
        edit = Edit(_NAME, mark.start, mark.end, after, why)
        self.edits.append((mark.start, 3, 0, edit))

    def escape(self, place: int) -> None:
        self.insert(place, 2, 0, "\\", "it would mean something in Markdown")

    def outcome(self) -> RuleOutcome:
        edits = tuple(edit for *_, edit in sorted(self.edits, key=lambda one: one[:3]))
        return RuleOutcome(edits, questions=tuple(sorted(self.questions, key=lambda q: q.start)))


def _apply(draft: Draft) -> RuleOutcome:
    writing = _Writing()
    replaced = _write_callouts_and_references(draft, writing)
    taken = SpanSet(Span(mark.start, mark.end) for mark in replaced)
    wraps = _nested(_wraps(draft, taken), writing)
    for wrap, depth in wraps:
        writing.wrap(wrap, depth)
    opening_brackets = {mark.start for mark in replaced}
    opening_brackets |= {wrap.start for wrap, _ in wraps if wrap.opening.startswith("[")}
    closing_brackets = {mark.end for mark in replaced}
    closing_brackets |= {wrap.end for wrap, _ in wraps if not wrap.is_starred}
    markdown = draft.spans(MarkKind.MARKDOWN)
    for place in sorted(
        {
            *inline_specials(draft.text),
            *_specials_of_blocks(draft),
            *(at - 1 for at in opening_brackets if draft.text[at - 1 : at] == "!"),
            *(at for at in closing_brackets if draft.text[at : at + 1] in {"(", ":"}),
        }
    ):
        if place not in taken and place not in markdown:
            writing.escape(place)
    return writing.outcome()


def _write_callouts_and_references(draft: Draft, writing: _Writing) -> list[Mark]:
    labels, figures = note_labels(draft), figure_labels(draft)
    replaced: list[Mark] = []
    for mark in live_marks(draft, MarkKind.NOTEREF, MarkKind.FIGURE_REFERENCE):
        if mark.kind == MarkKind.NOTEREF:
            label = labels.get(mark.value)
            after, why = f"[^{label}]", "a note's callout"
        else:
            label = figures.meant_by(mark)
            after, why = f"[@{label}]", "a figure is meant"
        if label and mark.start < mark.end and (not replaced or replaced[-1].end <= mark.start):
            writing.replace(mark, after, why)
            replaced.append(mark)
    return replaced


def _specials_of_blocks(draft: Draft) -> Iterator[int]:
    for block in form_blocks(draft):
        if block.markdown:
            continue
        kinds = {mark.kind for mark in block.marks}
        if kinds.isdisjoint(_HAS_MARK_IN_FRONT):
            yield from (block.start + at for at in block_specials(block.text))
        if MarkKind.HEADING in kinds:
            yield from (block.start + at for at in heading_specials(block.text))


def _wraps(draft: Draft, taken: SpanSet) -> list[_Wrap]:
    kinds = (MarkKind.EMPHASIS, MarkKind.STRONG, MarkKind.LINK, MarkKind.IMAGE)
    media = {medium.name for medium in draft.source.media}
    in_figures = set(pictures_of_figures(draft).values())
    opened = openings(draft)
    found = []
    for mark in _merged(live_marks(draft, *kinds)):
        if mark.kind == MarkKind.IMAGE:
            if mark.value in media and mark not in in_figures:
                path = figures_path(opened, mark.start) + mark.value
                why = "a picture that came with the source"
                found.append(_Wrap(mark.start, mark.end, f'![]({path}){{alt="', '"}', why))
            continue
        if mark.kind == MarkKind.LINK:
            if not _GOES_OUT.fullmatch(mark.value):
                continue
            target = _UNSAFE_IN_TARGET.sub(_percent, mark.value)
            opening, closing, why = "[", f"]({target})", "a link in the source"
        else:
            opening = closing = _DELIMITERS[mark.kind]
            why = f"{mark.kind} in the source"
        for start, end in _stretches(draft.text, mark):
            if not taken.overlap(start, start + 1) or mark.kind == MarkKind.LINK:
                found.append(_Wrap(start, end, opening, closing, why))
    return found


def _merged(marks: list[Mark]) -> Iterator[Mark]:
    """The marks, those of one kind and value that touch made one."""
    waiting: dict[tuple[MarkKind, str], Mark] = {}
    for mark in marks:
        key = (mark.kind, mark.value)
        before = waiting.get(key)
        if before and mark.kind != MarkKind.IMAGE and mark.start <= before.end:
            end = max(before.end, mark.end)
            waiting[key] = Mark(before.start, end, mark.kind, mark.value)
            continue
        if before:
            yield before
        waiting[key] = mark
    yield from waiting.values()


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def _stretches(text: str, mark: Mark) -> Iterator[tuple[int, int]]:
    """The mark's lines, without blanks at their edges: emphasis can't go over a block's end."""
    place = mark.start
    for line in text[mark.start : mark.end].split("\n"):
        bare = line.strip()
        if bare:
            start = place + len(line) - len(line.lstrip())
            yield start, start + len(bare)
        place += len(line) + 1


def _nested(wraps: list[_Wrap], writing: _Writing) -> list[tuple[_Wrap, int]]:
    """Those wraps that lie properly inside or beside one another, with their depth.

    Asterisks that touch other asterisks, and wraps that cross, can't be told apart in Markdown:
    the later one isn't written, and a person is asked.
    """
    chosen: list[tuple[_Wrap, int]] = []
    within: list[_Wrap] = []
    last_star = -1
    for wrap in sorted(wraps, key=lambda one: (one.start, -one.end, one.opening)):
        # A place without characters at a stretch's end still lies inside it.
        while within and (within[-1].end, wrap.start) < (wrap.start, wrap.end):
            within.pop()
        picture = any(one.opening.startswith("!") for one in within)
        crosses = bool(within) and wrap.end > within[-1].end
        doubled = any(one.opening == wrap.opening for one in within)
        touches = wrap.is_starred and wrap.start == last_star
        if doubled or (picture and wrap.is_starred):
            continue
        if crosses or touches or picture:
            why = f"{wrap.why}: it touches or crosses another, and Markdown can't say both"
            writing.questions.append(Question(wrap.start, wrap.end, "", why, 0.5))
            continue
        chosen.append((wrap, len(within)))
        within.append(wrap)
        if wrap.is_starred:
            last_star = wrap.end
    return chosen


RULE = Rule(
    name=_NAME,
    order=905,
    summary="Writes emphasis, links, pictures, callouts and references to figures in Markdown, and "
    "puts a backslash before characters that Markdown would misread.",
    why="A backslash before an ASCII mark gives that mark, so that what pandoc reads back is the "
    "text; only marks that the source's format or a rule before set are written out.",
    apply=_apply,
    examples=(
        Example("房号是*307*，[注]见[卷末]。", r"房号是\*307\*，\[注\]见\[卷末\]。"),
        Example("1. 不是列表\n\n# 不是标题", "1\\. 不是列表\n\n\\# 不是标题"),
        Example(
            "A tide table is never wrong.",
            "A tide table is *never* wrong.",
            (Hint(16, 21, HintKind.EMPHASIS),),
        ),
        Example(
            "snake_case and a@b.org, AT&T, 3 < 4 - 5", r"snake_case and a@b.org, AT&T, 3 \< 4 - 5"
        ),
    ),
)
