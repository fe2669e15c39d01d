"""What the rules that write the manuscript's form share: blocks with their marks, notes, figures.

A rule may have put characters before a block's mark (a backslash, an asterisk), so that the form
rules ask which marks *overlap* a block, and write at the block's own edges.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quire.cleaning.draft import Draft, Mark, MarkKind, SpanSet
from quire.cleaning.ledger import Edit

__all__ = [
    "FigureLabels",
    "FormBlock",
    "figure_labels",
    "form_blocks",
    "insertion",
    "line_starts",
    "live_marks",
    "note_labels",
    "pictures_of_figures",
    "plain_words",
    "runs_of",
]  # fmt: skip

_BLOCK_KINDS = frozenset({
    MarkKind.HEADING, MarkKind.QUOTE, MarkKind.ITEM, MarkKind.NOTE, MarkKind.MATTER,
    MarkKind.FIGURE, MarkKind.DESCRIPTION, MarkKind.VERSE,
})  # fmt: skip
_SAFE_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class FormBlock(NamedTuple):
    """A block of the draft and the block marks that touch it."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...] = ()
    markdown: bool = False

    def mark(self, kind: MarkKind) -> Mark | None:
        """Its mark of that kind, or None."""
        return next((mark for mark in self.marks if mark.kind == kind), None)


def line_starts(block: FormBlock, text: str) -> list[int]:
    """Where each of a block's lines begins, blanks in front included."""
    starts = [text.rfind("\n", 0, block.start) + 1]
    place = text.find("\n", block.start, block.end)
    while place >= 0:
        starts.append(place + 1)
        place = text.find("\n", place + 1, block.end)
    return starts


def plain_words(markdown: str) -> str:
    """The words of inline Markdown that a form rule wrote: no callouts, marks or backslashes."""
    bare = re.sub(r"\[\^[^\]]*\]", "", markdown)
    bare = re.sub(r"(?<!\\)\*+", "", bare)
    return re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", bare).strip()


def insertion(rule: str, place: int, after: str, why: str) -> Edit:
    """An edit that writes at a place and takes nothing away."""
    return Edit(rule, place, place, after, why)


def live_marks(draft: Draft, *kinds: MarkKind) -> list[Mark]:
    """The marks of these kinds on text that isn't Markdown already, in order of place."""
    markdown = draft.spans(MarkKind.MARKDOWN)
    return [mark for mark in draft.marked(*kinds) if not _covered(markdown, mark)]


def _covered(markdown: SpanSet, mark: Mark) -> bool:
    return mark.start in markdown and max(mark.start, mark.end - 1) in markdown


def form_blocks(draft: Draft, *asked: MarkKind) -> Iterator[FormBlock]:
    """Every block with the block marks that overlap it; none for Markdown of the source's own.

    Args:
        draft: the text and its marks.
        asked: kinds of marks; a draft without one of them has no block to show. Most drafts have
            no verse, no table, and no list, and a rule on them then costs nothing.
    """
    markdown = draft.spans(MarkKind.MARKDOWN)
    marks = [mark for mark in draft.marks if mark.kind in _BLOCK_KINDS]
    if markdown:
        marks = [mark for mark in marks if not _covered(markdown, mark)]
    if asked and not any(mark.kind in asked for mark in marks):
        return
    starts = [mark.start for mark in marks]
    touching: list[Mark] = []
    done = 0
    for start, end, text in draft.stretches():
        following = bisect_left(starts, end, done)
        if touching or following > done:
            touching += marks[done:following]
            touching = [one for one in touching if one.end > start]
            done = following
        is_markdown = bool(markdown) and start in markdown and end - 1 in markdown
        yield FormBlock(start, end, text, tuple(touching), is_markdown)


def runs_of(blocks: Iterable[FormBlock], kind: MarkKind) -> Iterator[list[FormBlock]]:
    """Neighbouring blocks whose marks of that kind have the same value, run by run."""
    run: list[FormBlock] = []
    value = None
    for block in blocks:
        mark = block.mark(kind)
        if run and (mark is None or mark.value != value):
            yield run
            run = []
        if mark is not None:
            run.append(block)
            value = mark.value
    if run:
        yield run


def note_labels(draft: Draft) -> Mapping[str, str]:
    """The label in the manuscript for each note's key that has a callout and a body.

    A callout may stand in Markdown of the source's own, such as a table. A key that can't be a
    label in Markdown gets one by its number.
    """
    bodies = {mark.value for mark in live_marks(draft, MarkKind.NOTE)}
    labels: dict[str, str] = {}
    for mark in draft.marked(MarkKind.NOTEREF):
        key = mark.value
        if key in bodies and key not in labels:
            labels[key] = key if _SAFE_LABEL.fullmatch(key) else f"note-{len(labels) + 1}"
    return labels


@dataclass(frozen=True)
class FigureLabels:
    """Identifiers of the draft's figures (``fig-1``).

    Attributes:
        marks: the FIGURE marks, in order of place.
        labels: an identifier for the place of each caption.
        places: the captions' places by the figures' printed number.
    """

    marks: tuple[Mark, ...]
    labels: Mapping[int, str]
    places: Mapping[str, Sequence[int]]

    def of(self, caption: Mark) -> str:
        """A figure's identifier, by its FIGURE mark."""
        return self.labels[caption.start]

    def meant_by(self, reference: Mark) -> str | None:
        """The identifier of the figure that a reference means: the nearest of that number."""
        places = self.places.get(reference.value, ())
        index = bisect_right(places, reference.start)
        near = places[max(0, index - 1) : index + 1]
        if not near:
            return None
        return self.labels[min(near, key=lambda place: abs(place - reference.start))]


def figure_labels(draft: Draft) -> FigureLabels:
    """Identifiers for all figures; two figures of one number (two articles') get two."""
    marks = tuple(live_marks(draft, MarkKind.FIGURE))
    labels: dict[int, str] = {}
    places: dict[str, list[int]] = {}
    counts: Counter[str] = Counter()
    for mark in marks:
        base = f"fig-{mark.value}" if _SAFE_LABEL.fullmatch(mark.value) else "fig"
        counts[base] += 1
        labels[mark.start] = base if counts[base] == 1 else f"{base}-{counts[base]}"
        places.setdefault(mark.value, []).append(mark.start)
    return FigureLabels(marks, labels, places)


def pictures_of_figures(draft: Draft) -> dict[int, Mark]:
    """The IMAGE that a caption belongs to, by the place of its FIGURE mark.

    It is the picture that stands alone in the block right before the caption.
    """
    media = {medium.name for medium in draft.source.media}
    pictures = [mark for mark in live_marks(draft, MarkKind.IMAGE) if mark.value in media]
    found: dict[int, Mark] = {}
    for caption in live_marks(draft, MarkKind.FIGURE):
        index = bisect_right(pictures, caption.start, key=lambda mark: mark.start) - 1
        if index < 0:
            continue
        picture = pictures[index]
        start = draft.text.rfind("\n", 0, picture.start) + 1
        alone = not draft.text[start : picture.start].strip()
        between = draft.text[picture.end : caption.start]
        if alone and picture.end <= caption.start and not between.strip():
            found[caption.start] = picture
    return found
