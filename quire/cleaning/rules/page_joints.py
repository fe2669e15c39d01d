"""Join sentences that a page's end, or a web page's blank line, has cut in two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, groupby, pairwise

from quire.cleaning import english_joints
from quire.cleaning.draft import Block, Draft, MarkKind
from quire.cleaning.floats import called_in, floats_of
from quire.cleaning.ledger import Edit
from quire.cleaning.lines import width
from quire.cleaning.numbering import heading_label, inner_label
from quire.cleaning.remarks import remark_left_open
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome
from quire.cleaning.vocabulary import HAN, SENTENCE_END, ends_sentence
from quire.cleaning.words import spans_a_word

__all__ = ["RULE"]

_NAME = "page-joints"
# Blocks that a sentence may run past: they are moved behind it.
_ASIDE = (MarkKind.NOTE, MarkKind.FIGURE, MarkKind.DESCRIPTION)
_NEVER = (
    MarkKind.HEADING, MarkKind.MATTER, MarkKind.ITEM, MarkKind.QUOTE, MarkKind.VERSE,
    MarkKind.MARKDOWN, MarkKind.IMAGE,
)  # fmt: skip
_PROSE = 25
_LINE = 44  # cells: what is shorter may be a line of verse, of a letter or of a list
_LONG = 60  # cells: a paragraph, and no heading or line of a list
_AROUND = 3  # paragraphs on either side
_REACH = 50_000
_OPENS = re.compile(r"^(?:[-–—•*+·●■]\s|——|[“「『]|\d{1,3}[.)、]\s?\S)")
_PAUSE = "，、,"
_BRACKETS = (("“", "”"), ("（", "）"), ("《", "》"), ("「", "」"))
_BARE_LABEL = re.compile(rf"[(（][{HAN}]{{1,3}}[)）]$|[{HAN}]{{1,3}}、$")
_LABEL = 5  # characters of such a label
_MARKS = re.compile(r"(?:[①-⑳⑴-⒇]|\[\d{1,3}\]|〔\d{1,3}〕)+$")
_TAIL = 60  # characters that callouts at a block's end may take
_IS_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Whether to join, what stands between then, and the evidence. `sure` below 0.5 is asked."""

    join: bool
    between: str = ""
    why: str = ""
    sure: float = 1.0


_APART = _Verdict(False)


def _is_open(text: str) -> bool:
    tail = text[-400:]
    return any(tail.rfind(opening) > tail.rfind(closing) for opening, closing in _BRACKETS)


def _between(before: str, after: str) -> str:
    """What stands between two pieces of a sentence: a blank, but none in Chinese."""
    return "" if _IS_HAN.search(before[-1:] + after[:1]) or before[-1:] in _PAUSE else " "


def _is_cut(before: str, after: str) -> bool:
    """Whether small letters stand on both sides of a joint."""
    return before[-1:].islower() and after[:1].islower() and not heading_label(after)


def _without_callouts(text: str) -> str:
    """A block without the callouts at its end."""
    last = text[-1:]
    if not (last.isnumeric() or last in "]〕"):
        return text
    return text[:-_TAIL] + _MARKS.sub("", text[-_TAIL:])


def _cut_label(text: str) -> bool:
    """Whether a block ends in a heading's label that has lost its words."""
    found = _BARE_LABEL.search(text, max(0, len(text) - _LABEL)) if text[-1] in ")）、" else None
    if not found or not inner_label(text, found.start()):
        return False
    before = text[: found.start()].rstrip()
    return not before or ends_sentence(before)


def _verdict(
    before: str,
    after: str,
    at_page: bool,
    regular: bool,
    nearby: Callable[[], str],
    above: str = "",
) -> _Verdict:
    """Whether `after` goes on where `before` stops.

    Args:
        before: a block.
        after: the next.
        at_page: whether a page ends between them.
        regular: whether the paragraphs around `before` end their sentences.
        nearby: gives the text around, to know its words by.
        above: the block above `before`.
    """
    if _cut_label(before) and not heading_label(after):
        return _Verdict(True, "", "a heading's label stands alone at the joint")
    bare = _without_callouts(before)
    if (at_page or regular) and english_joints.goes_on(bare, after, above):
        return _Verdict(True, " ", "the sentence goes on", 0.8)
    opens = heading_label(after) or _OPENS.match(after)
    if ends_sentence(before) or _may_be_heading(before) or opens:
        return _APART
    if english_joints.stands_apart(bare, after):
        return _APART
    between = _between(bare, after)
    if before.endswith("-") and after[:1].islower():
        return _Verdict(True, "\n", "a word is cut by a hyphen at the joint")
    prose = len(before) >= _PROSE and len(after) > 1
    if bare[-1:] in _PAUSE and width(before) >= _LINE:
        return _Verdict(
            True,
            " " if bare[-1:] == "," and after[:1].isascii() else "",
            f"the sentence stops at {bare[-1:]}",
        )
    return _by_words(before, bare, after, between, at_page, regular, nearby) if prose else _APART


def _by_words(
    before: str,
    bare: str,
    after: str,
    between: str,
    at_page: bool,
    regular: bool,
    nearby: Callable[[], str],
) -> _Verdict:
    """Whether prose goes on behind a block that has no mark at its end.

    Args:
        before: a block.
        bare: the same without callouts at its end.
        after: the next.
        between: what would stand between both.
        at_page: whether a page ends between them.
        regular: whether the paragraphs around `before` end their sentences.
        nearby: gives the text around, to know its words by.
    """
    # Texts without Han have no such words, and the text around needn't be copied for them.
    han = _IS_HAN.match(bare[-1:]) and _IS_HAN.match(after[:1])
    word = spans_a_word(bare, after, nearby()) if han else ""
    if word:
        return _Verdict(
            at_page or _is_prose(before), between, f"the word {word} lies over the joint"
        )
    if bare.endswith(";") and after.endswith(";"):
        return _APART  # items of a list
    if between and after[:1].islower() and re.search(r"[a-z,;]$", bare):
        return _Verdict(
            at_page or len(before) > 60 or bool(re.search(r"[.?!] [A-Z]", before)),
            between,
            "the next page begins with a small letter",
        )
    if at_page:
        return _Verdict(True, between, "the sentence has no end before the joint", 0.8)
    if _is_open(before) and _is_prose(before):
        return _Verdict(True, between, "a quote or a bracket is open at the joint", 0.8)
    if width(before) > _LONG and _is_prose(before) and _is_prose(after):
        if regular and not english_joints.is_new_sentence(bare, after):
            why = "the sentence has no end, and all paragraphs around have one"
            return _Verdict(True, between, why, 0.75)
        return _Verdict(False, "", "The sentence before this blank line has no end.")
    return _APART


def _ended_around(blocks: list[Block], flow: list[int]) -> list[bool]:
    """For each block of the flow, whether the long ones around it, and most of all, end."""
    regular = [False] * len(flow)
    # Fewer characters than half the cells are too few whatever they are.
    prose = [
        n for n, i in enumerate(flow)
        if 2 * len(blocks[i].text) > _LONG and width(blocks[i].text) > _LONG
    ]  # fmt: skip
    unended = [not ends_sentence(blocks[flow[n]].text) for n in prose]
    # How many of the first paragraphs have no end, so that any stretch of them is a difference.
    up_to = [0, *accumulate(unended)]
    if 10 * up_to[-1] > 2 * len(prose):
        return regular
    for at, n in enumerate(prose):
        first, behind = max(0, at - _AROUND), min(len(prose), at + 1 + _AROUND)
        others = up_to[behind] - up_to[first] - unended[at]
        regular[n] = behind - first > _AROUND and others <= 1
    return regular


def _may_be_heading(text: str) -> bool:
    """Whether a block has a label, and is no paragraph that begins with one."""
    return len(text) < 60 and text[-1:] not in _PAUSE and heading_label(text) is not None


def _inside_a_remark(before: str, after: str) -> _Verdict:
    """A note that is set in the running text opens before the joint and closes behind it."""
    cut = before.endswith("-") and after[:1].islower()
    between = "\n" if cut else _between(before, after)
    return _Verdict(True, between, "a note in brackets lies over the joint")


def _printed(before: str, after: str, told: str) -> _Verdict:
    """What the print tells by its indents: whether a paragraph goes on at a page's top."""
    if told == "no" or (_may_be_heading(before) and not ends_sentence(before)):
        return _APART
    if before.endswith("-") and after[:1].islower():
        return _Verdict(True, "\n", "a word is cut by a hyphen at the joint")
    ends = _without_callouts(before)[-1:] + after[:1]
    between = "" if _IS_HAN.search(ends) or not ends.isascii() else " "
    return _Verdict(True, between, "no indent at the page's top, where paragraphs have one", 0.95)


def _nearby(text: str, place: int) -> str:
    """The text within reach of a place: enough to know the document's words by."""
    return text[max(0, place - _REACH) : place + _REACH]


def _is_prose(text: str) -> bool:
    return any(mark in text for mark in SENTENCE_END + "，,")


def _apply(draft: Draft) -> RuleOutcome:
    blocks = draft.blocks()
    floats = floats_of(draft, blocks)
    flow = [
        i for i, block in enumerate(blocks)
        if i not in floats and not (block.kinds and block.has(*_ASIDE))
    ]  # fmt: skip
    pages = sorted({end for mark in draft.marked(MarkKind.PAGE) for end in mark[:2]})
    pages.append(len(draft.text) + 1)  # so that there is always one to come
    printed = {mark.start: mark.value for mark in draft.marked(MarkKind.GOES_ON)}
    joined: dict[int, _Verdict] = {}
    questions: list[Question] = []
    page = 0
    regular = _ended_around(blocks, flow)
    for n, (i, j) in enumerate(pairwise(flow)):
        before, after = blocks[i], blocks[j]
        while pages[page] < before.end:
            page += 1
        at_page = pages[page] <= after.start
        if j > i + 1:
            # Notes between two blocks of text stood at a page's foot.
            at_page = at_page or all(one.has(MarkKind.NOTE) for one in blocks[i + 1 : j])
        cut_item = at_page and before.kinds == {MarkKind.ITEM} and _is_cut(before.text, after.text)
        never = (before.kinds and not cut_item and before.has(*_NEVER)) or (
            after.kinds and after.has(*_NEVER)
        )
        if never or (j > i + 1 and not at_page):
            continue
        told = printed.get(after.start, "")
        if remark_left_open(before.text, after.text):
            verdict = _inside_a_remark(before.text, after.text)
        elif told == "no" or (told and at_page):
            verdict = _printed(before.text, after.text, told)
        else:
            verdict = _verdict(
                before.text,
                after.text,
                at_page,
                regular[n],
                partial(_nearby, draft.text, after.start),
                blocks[flow[n - 1]].text if n else "",
            )
        if verdict.join:
            joined[i] = verdict
        elif verdict.why:
            questions.append(Question(before.end, after.start, "", verdict.why, 0.4))
    edits = _edits(draft, blocks, flow, joined, floats)
    return RuleOutcome(tuple(edits), questions=tuple(questions))


def _edits(
    draft: Draft,
    blocks: list[Block],
    flow: list[int],
    joined: dict[int, _Verdict],
    floats: frozenset[int],
) -> list[Edit]:
    """Blank lines go; notes and figures between go behind the block in which the chain ends.

    A figure or table that a paragraph before calls by its label goes behind that one.
    """
    edits: list[Edit] = []
    waiting: list[tuple[str, str]] = []
    opened = 0  # the place in the flow of the block in which the chain began
    for n, (i, j) in enumerate(pairwise([*flow, len(blocks)])):
        verdict = joined.get(i)
        if verdict is None:
            edits += _pasted(blocks[i].end, waiting)
            waiting = []
            opened = n + 1
            continue
        start, stop = blocks[i].end, blocks[j].start
        for first, last in _runs(range(i + 1, j), floats):
            end = blocks[last].end
            name = f"{_NAME}-{start}"
            piece = name, draft.text[start:end]
            edits.append(Edit(_NAME, start, end, "", "stands inside a sentence", partner=name))
            start = end
            caller = -1
            if first in floats:
                above = _paragraphs_above(flow, opened, joined)
                caller = called_in(blocks, above, blocks[first : last + 1])
            if caller < 0:
                waiting.append(piece)
            else:
                edits += _pasted(blocks[caller].end, [piece])
        edits.append(Edit(_NAME, start, stop, verdict.between, verdict.why, verdict.sure))
    return sorted(edits, key=lambda one: (one.start, one.end))


def _paragraphs_above(
    flow: Sequence[int], end: int, joined: Mapping[int, _Verdict]
) -> Iterator[list[int]]:
    """The paragraphs before a place in the flow, from the last up, as blocks from the last up."""
    paragraph: list[int] = []
    for at in range(end - 1, -1, -1):
        if paragraph and flow[at] not in joined:
            yield paragraph
            paragraph = []
        paragraph.append(flow[at])
    if paragraph:
        yield paragraph


def _runs(between: Sequence[int], floats: frozenset[int]) -> Iterator[tuple[int, int]]:
    """First and last of the blocks between that are floats, or are not, one after the other."""
    for _, group in groupby(between, floats.__contains__):
        run = list(group)
        yield run[0], run[-1]


def _pasted(end: int, pieces: Sequence[tuple[str, str]]) -> Iterator[Edit]:
    for name, text in pieces:
        yield Edit(_NAME, end, end, text, "put behind the sentence", partner=name)


RULE = Rule(
    name=_NAME,
    order=630,
    summary="Joins sentences that a page's end, or a web page's blank line, has cut in two.",
    why="The text before has no end, the text behind opens nothing, and a word or mark spans them.",
    apply=_apply,
    examples=(
        Example(
            "他走到河边，看见许多人站在那里等船，心里想着今天的时间大概是来不及了，只好明天再去看朋\n\n友。",
            "他走到河边，看见许多人站在那里等船，心里想着今天的时间大概是来不及了，只好明天再去看朋友。",
        ),
        Example(
            "Come down, come down to the shore,\n\nAnd bring me a rope and a light.",
            "Come down, come down to the shore,\n\nAnd bring me a rope and a light.",
        ),
        Example("床前有月光\n\n地上像有霜", "床前有月光\n\n地上像有霜"),
        Example(
            "Dear Miss Pell,\n\nThe boat is mended and waits for you.",
            "Dear Miss Pell,\n\nThe boat is mended and waits for you.",
        ),
    ),
)
