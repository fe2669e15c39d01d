"""Writes figures: the picture or a placeholder for it, caption, and what was printed in it."""

from __future__ import annotations

from collections.abc import Iterable

from quire.cleaning.chapters import figures_path, openings
from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.form import (
    FormBlock,
    figure_labels,
    form_blocks,
    insertion,
    line_starts,
    pictures_of_figures,
    plain_words,
)
from quire.cleaning.language_guess import guess_language
from quire.cleaning.ledger import Edit
from quire.cleaning.placeholders import placeholder_name
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.language import words_of

__all__ = ["RULE"]

_NAME = "figure-form"


def _apply(draft: Draft) -> RuleOutcome:
    labels = figure_labels(draft)
    if not labels.marks:
        return RuleOutcome()
    pictures, opened = pictures_of_figures(draft), openings(draft)
    language = draft.facts.get("lang") or draft.source.details.get("lang")
    words = words_of(language or guess_language(draft.text)[0])
    blocks = list(form_blocks(draft))
    edits: list[Edit] = []
    for index, block in enumerate(blocks):
        mark = block.mark(MarkKind.FIGURE)
        if mark is None or mark.start not in labels.labels:
            continue
        label = labels.of(mark)
        residue = _residue((blocks[i] for i in range(index + 1, len(blocks))), mark.value)
        pointer = f' longdesc="{label}-desc"' if residue else ""
        folder = figures_path(opened, mark.start)
        if mark.start in pictures:
            edits += _with_picture(block, pictures[mark.start], folder, label, pointer)
        else:
            alt = words.say("no-picture-alt", caption=plain_words(block.text))
            path = folder + placeholder_name(label)
            alt = alt.replace("\\", "").replace('"', '\\"')
            tail = f']({path}){{#{label} alt="{alt}"{pointer}}}'
            edits.append(insertion(_NAME, block.start, "![", "a figure's caption"))
            edits.append(insertion(_NAME, block.end, tail, "a place for the missing picture"))
        if residue:
            start = line_starts(residue[0], draft.text)[0]
            fence = f"::: {{.long-description #{label}-desc}}\n"
            why = "words that were printed in the figure"
            edits.append(insertion(_NAME, start, fence, why))
            edits.append(insertion(_NAME, residue[-1].end, "\n:::", why))
    return RuleOutcome(tuple(edits))


def _residue(following: Iterable[FormBlock], number: str) -> list[FormBlock]:
    """The blocks of description right behind a caption."""
    found = []
    for block in following:
        mark = block.mark(MarkKind.DESCRIPTION)
        if mark is None or mark.value != number:
            break
        found.append(block)
    return found


def _with_picture(
    caption: FormBlock, picture: Mark, folder: str, label: str, pointer: str
) -> list[Edit]:
    """The caption goes before the picture's alternative text, and the gap between them."""
    name = f"caption-{label}"
    middle = f']({folder}{picture.value}){{#{label} alt="'
    why = "a figure's caption, put to its picture"
    return [
        insertion(_NAME, picture.start, "![", why),
        Edit(_NAME, picture.start, picture.start, caption.text, why, partner=name),
        insertion(_NAME, picture.start, middle, why),
        Edit(_NAME, picture.end, caption.start, f'"{pointer}}}', why),
        Edit(_NAME, caption.start, caption.end, "", why, partner=name),
    ]


RULE = Rule(
    name=_NAME,
    order=930,
    summary="Writes figures in Markdown, with a placeholder where the source has no picture, and "
    "with the words that were printed in the figure as its long description.",
    why="Caption and words stay as they are; the placeholder says plainly that it is one.",
    apply=_apply,
    examples=(Example("水位如图1所示。", "水位如图1所示。"),),
)
