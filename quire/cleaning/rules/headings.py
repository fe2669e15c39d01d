"""Find headings by their labels in sequence, on lines of their own and inside glued runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from quire.cleaning.draft import Block, Draft, Mark, MarkKind
from quire.cleaning.heading_ends import Cut, Usage, best_cuts
from quire.cleaning.ledger import Edit
from quire.cleaning.numbering import (
    CHAPTER_STYLES,
    PART_STYLES,
    Label,
    bare_label,
    heading_label,
    inner_label,
)
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome
from quire.cleaning.vocabulary import NAMED_CHAPTERS, NOTES_HEADINGS

__all__ = ["RULE"]

_NAME = "headings"
_LONGEST = 60
_REACH = 25_000  # characters around a heading whose use of words tells where it ends
_GROUP = 100_000  # characters over which headings are looked at together
_SURE = 0.75  # a lead over the next best cut below this is asked
_NOT_HEADINGS = (
    MarkKind.NOTE, MarkKind.MATTER, MarkKind.FIGURE, MarkKind.DESCRIPTION, MarkKind.ITEM,
    MarkKind.QUOTE, MarkKind.VERSE, MarkKind.MARKDOWN, MarkKind.IMAGE,
)  # fmt: skip
_START = re.compile(r"(?<=[。！？!?”’：:）)①-⑳.])(?=[一二三四五六七八九十(（第])")
_UNNUMBERED = {"title", "named"}
_ALONE = _UNNUMBERED | CHAPTER_STYLES | PART_STYLES | {"notes"}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place where a heading may begin. `end` is 0 when it has to be found yet."""

    start: int
    end: int
    label: Label
    block: int
    glued: bool
    level: tuple[str, ...] = ()


def _own_lines(draft: Draft, blocks: list[Block]) -> list[_Candidate]:
    found = []
    for i, block in enumerate(blocks):
        if block.has(*_NOT_HEADINGS):
            continue
        if block.has(MarkKind.HEADING):
            found.append(_Candidate(block.start, block.end, Label("title", 1, 0, False), i, False))
            continue
        if len(block.text) > _LONGEST or "\n" in block.text.strip():
            continue
        label = None
        if NAMED_CHAPTERS.match(block.text):
            label = Label("named", 1, 0, False)
        elif NOTES_HEADINGS.match(block.text):
            label = Label("notes", 1, 0, False)
        label = label or heading_label(block.text) or bare_label(block.text)
        if label and _is_heading_like(block.text, label):
            found.append(_Candidate(block.start, block.end, label, i, False))
    return found


def _is_heading_like(text: str, label: Label) -> bool:
    """Whether a line with a label is short and whole enough to be a heading."""
    words = text[label.length :].strip()
    if label.style in PART_STYLES | CHAPTER_STYLES | {"section"}:
        return len(words) <= 40 and not re.search(r"[。，,；;]$", words)
    if label.style.startswith("bare"):
        return True
    return len(words) <= 36 and len(re.findall(r"[。；;！!]|\.\s", words[:-1])) == 0


def _inside(draft: Draft, blocks: list[Block]) -> list[_Candidate]:
    """Labels after a sentence's end inside glued runs, and at such a block's start."""
    found = []
    for i, block in enumerate(blocks):
        if not block.has(MarkKind.GLUED) or block.has(*_NOT_HEADINGS, MarkKind.HEADING):
            continue
        if len(block.text) <= _LONGEST:
            continue
        places = {block.start} | {m.start() + block.start for m in _START.finditer(block.text)}
        for place in sorted(places):
            label = inner_label(draft.text, place)
            if label and place + label.length < block.end:
                found.append(_Candidate(place, 0, label, i, True))
    return found


def _in_sequence(candidates: list[_Candidate]) -> list[_Candidate]:
    """Those whose numbers run 1, 2, 3 … inside the heading above them."""
    stack: list[tuple[str, int]] = []
    kept: list[_Candidate] = []
    for one in candidates:
        style, number = one.label.style, one.label.number
        if style == "notes":
            kept.append(replace(one, level=(style,)))
            continue
        if style in _UNNUMBERED:
            while stack and stack[-1][0] not in PART_STYLES:
                stack.pop()
            stack.append((style, 1))
        elif style in {s for s, _ in stack}:
            depth = max(d for d, (s, _) in enumerate(stack) if s == style)
            expected = stack[depth][1] + 1
            restarts = number == 1 and not one.glued
            free = style in CHAPTER_STYLES | PART_STYLES and number > stack[depth][1]
            if number != expected and not restarts and not free:
                continue
            del stack[depth:]
            stack.append((style, number))
        elif number == 1 or style in CHAPTER_STYLES | PART_STYLES or one.label.depth > 1:
            _nest(stack, style)
            stack.append((style, number))
        else:
            continue
        kept.append(replace(one, level=tuple(s for s, _ in stack)))
    return kept


def _nest(stack: list[tuple[str, int]], style: str) -> None:
    """A part or a chapter doesn't stand below a section."""
    if style in PART_STYLES:
        stack.clear()
    elif style in CHAPTER_STYLES:
        while stack and stack[-1][0] not in PART_STYLES:
            stack.pop()


def _with_company(kept: list[_Candidate]) -> list[_Candidate]:
    """Without a series of one inside a run, and without lists and tables of contents."""
    members = {(one.level, one.label.number) for one in kept}
    result = []
    for i, one in enumerate(kept):
        style = one.label.style
        near = {(one.level, one.label.number + step) for step in (-1, 1)} & members
        if style not in _ALONE and not near:
            continue
        if style.startswith(("bare", "arabic", "roman", "han-comma")) and _is_list(one, kept, i):
            continue
        result.append(one)
    return result


def _is_list(one: _Candidate, kept: list[_Candidate], i: int) -> bool:
    """Whether its neighbours of the same style follow without any text between."""
    if one.glued:
        return False
    around = [kept[j] for j in (i - 1, i + 1) if 0 <= j < len(kept)]
    return any(
        abs(other.block - one.block) == 1
        and other.label.style == one.label.style
        and abs(other.label.number - one.label.number) == 1
        for other in around
    )


def _without_contents(kept: list[_Candidate]) -> list[_Candidate]:
    """Without a table of contents: three or more chapters in a row, with no text between."""
    contents: set[int] = set()
    run: list[int] = []
    for i, one in enumerate(kept):
        last = kept[run[-1]] if run else None
        alike = [kept[j].label.number for j in run if kept[j].label.style == one.label.style]
        follows = last is not None and one.block == last.block + 1 and not one.glued
        run = [*run, i] if follows and (not alike or one.label.number > alike[-1]) else [i]
        if len(alike) >= 2 and len(run) > 2:
            contents |= set(run)
    return [one for i, one in enumerate(kept) if i not in contents]


def _near(glued: list[_Candidate]) -> list[list[_Candidate]]:
    """Headings in groups that lie within reach of each other, so that long texts stay quick."""
    groups: list[list[_Candidate]] = []
    for one in glued:
        if groups and one.start - groups[-1][0].start < _GROUP:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _cuts(draft: Draft, blocks: list[Block], group: list[_Candidate]) -> list[Cut | None]:
    windows = [
        draft.text[one.start + one.label.length : min(blocks[one.block].end, one.start + 80)]
        for one in group
    ]
    around = draft.text[max(0, group[0].start - _REACH) : group[-1].start + _REACH]
    return best_cuts(windows, Usage(around, windows))


def _ended(draft: Draft, kept: list[_Candidate]) -> tuple[list[_Candidate], list[Question]]:
    """The headings with their ends; a doubtful end is asked."""
    glued = [one for one in kept if one.glued]
    if not glued:
        return kept, []
    blocks = draft.blocks()
    cuts = [cut for group in _near(glued) for cut in _cuts(draft, blocks, group)]
    ends, questions = {}, []
    for one, cut in zip(glued, cuts, strict=True):
        if cut is None:
            why = "A heading seems to begin here, but where it ends can't be told."
            questions.append(Question(one.start, one.start, "", why, 0.3))
            continue
        end = one.start + one.label.length + cut.length
        ends[one.start] = end
        if cut.margin < _SURE:
            why = "Where this heading ends is not quite sure."
            questions.append(Question(one.start, end, draft.text[one.start : end], why, 0.5))
    ended = [replace(one, end=one.end or ends.get(one.start, 0)) for one in kept]
    return [one for one in ended if one.end], questions


def _between(blocks: list[Block], kept: list[_Candidate]) -> list[_Candidate]:
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
            and not block.has(*_NOT_HEADINGS)
        ):
            label = Label("between", 1, 0, False)
            found.append(_Candidate(block.start, block.end, label, i + 1, False))
    return found


def _titles_below(blocks: list[Block], kept: list[_Candidate]) -> set[int]:
    """Blocks that are a chapter's label alone, with its title in the next block.

    A short line without an end counts as a title when most chapters of the kind have one.
    """
    taken = {one.block for one in kept}
    found: dict[str, list[int]] = {}
    alone: dict[str, int] = {}
    for one in kept:
        style, below = one.label.style, one.block + 1
        if one.glued or not one.label.alone or style not in CHAPTER_STYLES | PART_STYLES:
            continue
        alone[style] = alone.get(style, 0) + 1
        if below in taken or below + 1 >= len(blocks) or blocks[below].has(*_NOT_HEADINGS):
            continue
        text = blocks[below].text
        if (
            len(text) <= 50
            and "\n" not in text
            and not re.search(r"[。！!.；;，,：:…”’」』\"]$", text)
        ):
            found.setdefault(style, []).append(one.block)
    return {
        block
        for style, members in found.items()
        for block in members
        if len(members) >= 2 and 2 * len(members) > alone[style]
    }


def _apply(draft: Draft) -> RuleOutcome:
    if any(mark.value.startswith("hint") for mark in draft.marked(MarkKind.HEADING)):
        return RuleOutcome()  # the format told of the headings
    blocks = draft.blocks()
    candidates = sorted(_own_lines(draft, blocks) + _inside(draft, blocks), key=lambda c: c.start)
    kept = _with_company(_in_sequence(_without_contents(candidates)))
    kept, questions = _ended(draft, kept)
    kept = sorted(kept + _between(blocks, kept), key=lambda one: one.start)
    titles = _titles_below(blocks, kept)
    edits, add = [], []
    old = frozenset(draft.marked(MarkKind.HEADING))
    for one in kept:
        block = blocks[one.block]
        if one.start > block.start:
            edits.append(Edit(_NAME, one.start, one.start, "\n\n", "a heading begins"))
        if one.end < block.end:
            edits.append(Edit(_NAME, one.end, one.end, "\n\n", "the heading's end"))
        end = one.end
        if one.block in titles:
            words = blocks[one.block + 1]
            between = " " if re.search(r"[^\x00-\x7f]", block.text + words.text) else ": "
            edits.append(Edit(_NAME, block.end, words.start, between, "a label and its title"))
            end = words.end
        add.append(Mark(one.start, end, MarkKind.HEADING, f"style-{one.label.style}"))
    return RuleOutcome(tuple(edits), tuple(add), drop=old, questions=tuple(questions))


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
