"""Find headings by their labels in sequence, on lines of their own and inside glued runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quire.cleaning.draft import Block, Draft, Mark, MarkKind
from quire.cleaning.heading_candidates import (
    NOT_HEADINGS,
    Candidate,
    inside_runs,
    is_prose,
    is_title_like,
    own_lines,
    title_places,
)
from quire.cleaning.heading_ends import Cut, Usage, best_cuts
from quire.cleaning.heading_sequence import in_sequence, repeats, with_company, without_contents
from quire.cleaning.known_titles import KnownTitles, folded
from quire.cleaning.ledger import Edit
from quire.cleaning.matter_names import role_of
from quire.cleaning.numbering import CHAPTER_STYLES, PART_STYLES, Label, heading_label
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "headings"
_REACH = 25_000  # characters around a heading whose use of words tells where it ends
_GROUP = 100_000  # characters over which headings are looked at together
_SURE = 0.75  # a lead over the next best cut below this is likely, not sure
_LIKELY = 0.65
_WINDOW = 80
# Matter that is a list of entries, and what an entry has.
_LISTS = frozenset({"bibliography", "glossary"})
_LIST_MARKS = r"[，。,.:：;；《》“”\"\[\]［］0-9]"


def _near(glued: Sequence[Candidate]) -> list[list[Candidate]]:
    """Headings in groups that lie within reach of each other, so that long texts stay quick."""
    groups: list[list[Candidate]] = []
    for one in glued:
        if groups and one.start - groups[-1][0].start < _GROUP:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _cuts(draft: Draft, blocks: Sequence[Block], group: Sequence[Candidate]) -> list[Cut | None]:
    windows = [
        draft.text[one.start + one.label.length : min(blocks[one.block].end, one.start + _WINDOW)]
        for one in group
    ]
    around = draft.text[max(0, group[0].start - _REACH) : group[-1].start + _REACH]
    return best_cuts(windows, Usage(around, windows))


def _ended(
    draft: Draft, blocks: Sequence[Block], kept: Sequence[Candidate]
) -> tuple[list[Candidate], list[Question]]:
    """The headings with their ends; where none can be told, a person is asked."""
    kept = _closed_by_next(draft, kept)
    open_ends = [one for one in kept if not one.end]
    cuts = [cut for group in _near(open_ends) for cut in _cuts(draft, blocks, group)]
    ended = {one.start: one for one in kept}
    questions = []
    for one, cut in zip(open_ends, cuts, strict=True):
        if cut is None:
            del ended[one.start]
            why = "A heading seems to begin here, but where it ends can't be told."
            questions.append(Question(one.start, one.start, "", why, 0.3))
            continue
        end = one.start + one.label.length + cut.length
        evidence = 0.9 if cut.margin >= _SURE else _LIKELY
        ended[one.start] = replace(one, end=end, evidence=evidence)
    return list(ended.values()), questions


def _closed_by_next(draft: Draft, kept: Sequence[Candidate]) -> list[Candidate]:
    """A heading that another one follows at once ends where that one begins."""
    closed = list(kept)
    for i, one in enumerate(kept[:-1]):
        following = kept[i + 1]
        words = draft.text[one.start + one.label.length : following.start]
        at_once = not one.end and following.block == one.block and 0 < len(words.strip()) <= 60
        if at_once and not re.search(r"[。；;！!]", words):
            closed[i] = replace(one, end=one.start + one.label.length + len(words.rstrip()))
    return closed


def _between(blocks: Sequence[Block], kept: Sequence[Candidate]) -> list[Candidate]:
    """Short lines between two headings with no text around: an unnumbered title."""
    heads = {one.block: one for one in kept if not one.glued}
    found = []
    for i, one in heads.items():
        following = heads.get(i + 2)
        if i + 1 in heads or following is None or one.label.style not in PART_STYLES:
            continue
        block = blocks[i + 1]
        if (
            len(block.text) <= 40
            and not re.search(r"[。！？!?；;，,：:]$", block.text)
            and not block.has(*NOT_HEADINGS)
        ):
            label = Label("between", 1, 0, False)
            found.append(Candidate(block.start, block.end, label, i + 1, False))
    return found


def _in_lists(blocks: Sequence[Block], kept: Sequence[Candidate]) -> list[Candidate]:
    """Unnumbered titles inside a bibliography or a glossary: short lines among its entries."""
    found = []
    tops = [one for one in kept if one.label.style in CHAPTER_STYLES | PART_STYLES]
    taken = {one.block for one in kept}
    for one, following in pairwise([*tops, None]):
        if one is None or one.glued or role_of(blocks[one.block].text) not in _LISTS:
            continue
        end = following.block if following else len(blocks)
        inside = [
            i
            for i in range(one.block + 1, end - 1)
            if i not in taken
            and is_title_like(blocks[i])
            and not re.search(_LIST_MARKS, blocks[i].text)
            and re.search(_LIST_MARKS, blocks[i + 1].text)
        ]
        entries = end - one.block - 1 - len(inside)
        if len(inside) >= 2 and entries >= 2 * len(inside):
            label = Label("plain", 1, 0, False)
            found += [Candidate(blocks[i].start, blocks[i].end, label, i, False) for i in inside]
    return found


def _titles_below(
    blocks: Sequence[Block], kept: Sequence[Candidate], known: KnownTitles
) -> set[int]:
    """Blocks that are a heading's label alone, with its title in the next block.

    The others of its kind tell: they have words on the label's line, or most have them below.
    """
    taken = {one.block for one in kept if one.label.style != "plain"}
    found: dict[str, list[Candidate]] = {}
    alone: dict[str, int] = {}
    worded: dict[str, int] = {}
    for one in kept:
        style = one.label.style
        if (
            one.glued
            or one.label.depth == 0
            or style in {"title", "notes", "plain", "entry", "apart"}
        ):
            continue
        if not one.label.alone:
            worded[style] = worded.get(style, 0) + 1
            continue
        alone[style] = alone.get(style, 0) + 1
        below = one.block + 1
        if below not in taken and below + 1 < len(blocks) and is_title_like(blocks[below]):
            found.setdefault(style, []).append(one)
    return {
        one.block
        for style, members in found.items()
        for one in members
        if (style != "named" and known.has(blocks[one.block + 1].text))
        or (style != "named" and not style.startswith("bare") and worded.get(style, 0))
        or (
            style in CHAPTER_STYLES | PART_STYLES
            and 2 * len(members) > alone[style]
            and (len(members) >= 2 or is_prose(blocks[one.block + 2]))
        )
        or not _may_stand_alone(one.label.style)
    }


def _over_notes(blocks: Sequence[Block], kept: Sequence[Candidate]) -> list[Candidate]:
    """Chapters' names that notes at the end are sorted by: right above notes, and said before."""
    said: set[str] = set()
    found = []
    for one in kept:
        below = blocks[one.block + 1] if one.block + 1 < len(blocks) else None
        words = "" if one.glued else folded(blocks[one.block].text[one.label.length :])
        words = words.lstrip(":.")
        if words in said and below is not None and below.has(MarkKind.NOTE):
            found.append(one)
        elif words or below is not None:
            said.add(words or folded(below.text if below else ""))
    return found


def _is_whole(one: Candidate) -> bool:
    return not one.label.alone or _may_stand_alone(one.label.style)


def _may_stand_alone(style: str) -> bool:
    return style in CHAPTER_STYLES | PART_STYLES or style.startswith(
        ("bare", "section", "notes", "named")
    )


def _joints(blocks: Sequence[Block], kept: Sequence[Candidate]) -> dict[str, str]:
    """What stands between label and words, by style, as the document's own headings have it."""
    joints: dict[str, str] = {}
    for one in kept:
        label = heading_label(blocks[one.block].text) if not one.glued else None
        if label and not label.alone:
            text = blocks[one.block].text[: label.length]
            joints.setdefault(label.style, text[len(text.rstrip(" \u3000:：")) :])
    return joints


def _joint(style: str, joints: dict[str, str], label: str, words: str) -> str:
    if style in joints:
        return joints[style]
    if label.endswith(("、", "）", ")")) and not words[:1].isascii():
        return ""
    is_word = style in {"chapter", "part"}
    return ": " if is_word and label.isascii() and words.isascii() else " "


def _as_entries(kept: list[Candidate], blocks: Sequence[Block], known: KnownTitles) -> None:
    """Titles of the printed contents open chapters where no label does."""
    if any(one.label.style in (CHAPTER_STYLES | PART_STYLES) - {"title", "named"} for one in kept):
        return
    for i, one in enumerate(kept):
        if (
            one.label.style == "plain"
            and not one.glued
            and known.in_contents(blocks[one.block].text)
        ):
            kept[i] = replace(one, label=Label("entry", 1, 0, False))


def _apart(kept: list[Candidate]) -> tuple[list[Candidate], list[Question]]:
    """Lines that stand apart are headings when there are several; one alone is asked."""
    apart = [one for one in kept if one.label.style == "apart"]
    if len(apart) == 1:
        one = apart[0]
        why = "This line stands apart; it may be a heading."
        return [other for other in kept if other is not one], [
            Question(one.start, one.end, "", why, 0.5)
        ]
    plain = Label("plain", 1, 0, False)
    return [replace(one, label=plain) if one.label.style == "apart" else one for one in kept], []


def _apply(draft: Draft) -> RuleOutcome:
    if any(mark.value.startswith("hint") for mark in draft.marked(MarkKind.HEADING)):
        return RuleOutcome()  # the format told of the headings
    blocks, known = draft.blocks(), KnownTitles.of(draft)
    starts = title_places(draft)
    candidates = [
        *own_lines(blocks, known, starts),
        *inside_runs(draft, blocks, known, starts),
    ]
    candidates.sort(key=lambda one: one.start)
    _as_entries(candidates, blocks, known)
    kept = with_company(in_sequence(without_contents(candidates)))
    again = {one.start for one in (*repeats(kept, draft.text), *_over_notes(blocks, kept))}
    kept, asked = _apart([one for one in kept if one.start not in again])
    kept, questions = _ended(draft, blocks, kept)
    questions += asked
    kept += _between(blocks, kept) + _in_lists(blocks, kept)
    kept.sort(key=lambda one: one.start)
    titles = _titles_below(blocks, kept, known)
    kept = [
        one
        for one in kept
        if one.glued or one.block in titles or (one.block - 1 not in titles and _is_whole(one))
    ]
    joints = _joints(blocks, kept)
    edits, add = [], []
    old = frozenset(draft.marked(MarkKind.HEADING))
    done = 0
    for one in kept:
        block = blocks[one.block]
        before = _blanks_before(draft.text, one.start)
        if one.start > block.start and before >= done:
            why = "a heading begins"
            edits.append(Edit(_NAME, before, one.start, "\n\n", why, one.evidence))
        done = one.end
        if one.end < block.end:
            while draft.text[done].isspace():
                done += 1
            edits.append(Edit(_NAME, one.end, done, "\n\n", "the heading's end", one.evidence))
        end = one.end
        if one.block in titles:
            words = blocks[one.block + 1]
            between = _joint(one.label.style, joints, block.text, words.text)
            edits.append(Edit(_NAME, block.end, words.start, between, "a label and its title", 0.9))
            end = words.end
        add.append(Mark(one.start, end, MarkKind.HEADING, f"style-{one.label.style}"))
    return RuleOutcome(tuple(edits), tuple(add), drop=old, questions=tuple(questions))


def _blanks_before(text: str, place: int) -> int:
    while place and text[place - 1] in " \u3000":
        place -= 1
    return place


_FIRST = "渡口一早就开了。船家把船推下水，岸上的人排成一行。"
_SECOND = "到了晚上没有风。灯在水里晃着，像有人在下面提着走。"

RULE = Rule(
    name=_NAME,
    order=650,
    summary="Finds headings by their labels, and splits them from the text they are glued to.",
    why="A label counts only in its place in the sequence, at a line's start or after a sentence.",
    apply=_apply,
    examples=(
        Example(
            f"一、早上\n\n{_FIRST}\n\n二、晚上\n\n{_SECOND}",
            f"一、早上\n\n{_FIRST}\n\n二、晚上\n\n{_SECOND}",
        ),
        Example(
            f"第一章\n\n早上\n\n{_FIRST}\n\n第二章\n\n晚上\n\n{_SECOND}",
            f"第一章 早上\n\n{_FIRST}\n\n第二章 晚上\n\n{_SECOND}",
        ),
    ),
)
