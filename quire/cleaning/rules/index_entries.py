"""Finds the entries of a back-of-book index, and keeps each on its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quire.cleaning.draft import Draft, Mark, MarkKind, SpanSet
from quire.cleaning.ledger import Edit
from quire.cleaning.lines import BLANKS, width
from quire.cleaning.matter_names import role_of
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "index-entries"
_FEWEST = 5
_MOSTLY = 0.8  # of the lines: how many have what an entry has
_ASTRAY = 2  # lines in a row that have not, behind which the index is over
_LONGEST = 300
_HEADING = re.compile(
    rf"^[{BLANKS}]{{0,80}}(?P<words>[A-Za-z ]{{0,20}}\bindex(?: of [a-z ]{{1,20}})?|"
    rf"\S{{0,4}}索[{BLANKS}]{{0,9}}引)[{BLANKS}]{{0,80}}$",
    re.IGNORECASE | re.MULTILINE,
)
_LINE = re.compile(r"[^\n]+")
# Where an entry stands: a page, pages, a page's note; and entries that send the reader to others.
_PAGES = re.compile(
    r"(?:^|[\s,，、;；:：.…·—–-])(?:\d{1,4}|[ivxlc]{1,6})(?:n\.?\d{0,3}|ff?\.?)?[,，、;；.。]?$"
)
_SENDS = re.compile(r"\bsee (?:also )?\S|[\s　，,；;。（(][另参參]?[见見]\s?\S", re.IGNORECASE)
_LETTER = re.compile(r"[A-Z]|[一二三四五六七八九十]{1,3}[画畫]")
_FOLIO = re.compile(r"[-–—\s]*(?:\d{1,4}|[ivxlc]{1,7})[-–—\s]*")
_GOES_ON = re.compile(r"\d{1,4}\b")  # pages alone begin a line that was wrapped
_SENTENCE = re.compile(r"[。！？!?]$|[a-z]{3}\.$")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    text: str

    @property
    def has_pages(self) -> bool:
        return bool(_PAGES.search(self.text[-16:]) or _SENDS.search(self.text))

    @property
    def may_head(self) -> bool:
        """Whether entries below may stand under it: a short line that is no sentence."""
        return width(self.text) <= 60 and not _SENTENCE.search(self.text)


def _lines(text: str, place: int, furniture: SpanSet) -> Iterator[_Line]:
    for found in _LINE.finditer(text, place):
        words = found.group().strip()
        indent = found.group().index(words)
        start = found.start() + indent
        if words and not furniture.overlap(start, start + len(words)):
            yield _Line(start, start + len(words), width(found.group()[:indent]), words)


def _entries(lines: Iterable[_Line]) -> list[_Line]:
    """The lines of an index behind its heading; none when they aren't one."""
    found: list[_Line] = []
    whole = astray = 0
    for line in lines:
        if len(line.text) > _LONGEST:
            break
        if _FOLIO.fullmatch(line.text) and not _continues(found, line):
            continue
        if line.has_pages or _LETTER.fullmatch(line.text):
            whole, astray = len(found) + 1, 0
        else:
            astray += 1
        if astray > _ASTRAY or not (astray == 0 or line.may_head):
            break
        found.append(line)
    entries = found[:whole]
    with_pages = sum(line.has_pages for line in entries)
    return entries if with_pages >= max(_FEWEST, _MOSTLY * len(entries)) else []


def _continues(found: Sequence[_Line], line: _Line) -> bool:
    """Whether a line goes on with the pages of the one before it."""
    return bool(found) and found[-1].text[-1] in ",，、–-" and bool(_GOES_ON.match(line.text))


def _depths(entries: Sequence[_Line]) -> list[int]:
    """How deep each entry lies: 1, or more below another, by the indents."""
    stack: list[int] = []
    depths = []
    for line in entries:
        while stack and stack[-1] > line.indent:
            stack.pop()
        if not stack or line.indent > stack[-1]:
            stack.append(line.indent)
        depths.append(min(3, len(stack)))
    return depths


def _joined(entries: Sequence[_Line]) -> tuple[list[_Line], list[Edit]]:
    """The entries, with lines that were wrapped made one, and the edits that do so."""
    whole: list[_Line] = []
    edits: list[Edit] = []
    for line in entries:
        if _continues(whole, line):
            before = whole[-1]
            why = "pages alone go on with the entry above"
            edits.append(Edit(_NAME, before.end, line.start, " ", why, 0.9))
            whole[-1] = _Line(before.start, line.end, before.indent, f"{before.text} {line.text}")
        else:
            whole.append(line)
    return whole, edits


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    if "索" not in text and "ndex" not in text and "NDEX" not in text:
        return RuleOutcome()
    furniture = draft.spans(MarkKind.FURNITURE)
    apart = draft.spans(MarkKind.MARKDOWN, MarkKind.FURNITURE, MarkKind.ITEM)
    edits: list[Edit] = []
    add: list[Mark] = []
    questions: list[Question] = []
    done = 0
    for heading in _HEADING.finditer(text):
        if heading.start() < done or role_of(heading["words"]) != "index":
            continue
        if apart.overlap(*heading.span("words")):
            continue
        entries, joints = _joined(_entries(_lines(text, heading.end(), furniture)))
        if not entries:
            continue
        done = entries[-1].end
        why = f"each of {len(entries)} entries of an index stands alone"
        joints += [
            Edit(_NAME, one.end, one.end, "\n", why, 0.9)
            for one, after in pairwise(entries)
            if text.count("\n", one.end, after.start) == 1
        ]
        edits += joints
        add += [
            Mark(one.start, one.end, MarkKind.ITEM, "bullet" if depth == 1 else f"bullet-{depth}")
            for one, depth in zip(entries, _depths(entries), strict=True)
        ]
        doubt = "The pages of this index are those of another edition. Keep it, or take it out?"
        questions.append(Question(heading.start("words"), done, "", doubt, 0.4))
    edits.sort(key=lambda one: (one.start, one.end))
    return RuleOutcome(tuple(edits), tuple(add), questions=tuple(questions))


_BOOK = "The boats went out.\n\nIndex\n\n"
_ENTRIES = (
    "anchors, 12, 45, 78–81\nboats, 3, 17\n  of oak, 18\n  of pine, 19,\n  22\n"
    "keepers, see ferrymen\nweirs, 61"
)
_PARTED = (
    "anchors, 12, 45, 78–81\n\nboats, 3, 17\n\n  of oak, 18\n\n  of pine, 19, 22\n\n"
    "keepers, see ferrymen\n\nweirs, 61"
)
_HAN = "索引\n\n岸灯 12\n\n渡船 3、17\n\n渡口 见码头\n\n码头 44\n\n磨坊 58"
_PROSE = "Index\n\nThe keeper had made a list of boats.\n\nNobody had read it since 1931."

RULE = Rule(
    name=_NAME,
    order=136,
    summary="Finds the entries of a back-of-book index, and keeps each on its line.",
    why="They stand under a heading that says so, and four in five end in page numbers or send "
    "the reader to another. Entries below others are told by their indent. That the pages are "
    "those of another edition is asked.",
    apply=_apply,
    examples=(
        Example(_BOOK + _ENTRIES, _BOOK + _PARTED),
        Example(_HAN, _HAN),
        Example(_PROSE, _PROSE),
    ),
)
