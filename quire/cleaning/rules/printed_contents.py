"""Takes away a printed list of contents: every edition makes its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.known_titles import CONTENTS_FACT, folded
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "printed-contents"
_FEWEST, _LONGEST = 3, 160
_MOST_LISTS = 5  # of a document, that are looked at
_FOUND = 0.8  # of a list's entries, which stand again in the text
_TITLE = re.compile(
    r"(?:插图|图表|图片|表格|[图表])?目\s*[录錄次]|(?:table\s+of\s+)?contents|"
    r"list\s+of\s+(?:figures|tables|illustrations|plates|maps)|"
    r"inhalt(?:sverzeichnis)?|table\s+des\s+matières",
    re.IGNORECASE,
)
# What a list of contents has behind a title: leaders and a folio, or one of them.
_FOLIO = r"[(（]?(?:[0-9]{1,4}|[ivxlc]{1,7})[)）]?"
_LEADERS = r"(?:[…‥⋯]{1,60}|[.·．。_]{3,200}|(?:\s[.·．]){3,100}\s?|\t|\s{2,})"
_LED = re.compile(rf"(?:\s*{_LEADERS})+\s*{_FOLIO}$|[.…·．‥⋯]{{3,}}$")
_LAST_OF_FOLIO, _DOTS = frozenset("0123456789ivxlc)）"), frozenset(".…·．‥⋯")
_ENDED = re.compile(rf"(?:\s|(?<=[^\x00-\x7f])){_FOLIO}$")
_CAPTION = re.compile(r"\s*(?:[图圖表]|figure|fig\.|table|plate|map)[\s\u2060]*\d", re.IGNORECASE)
_IS_FOLIO = re.compile(rf"[-–—·\s]*{_FOLIO}[-–—·\s]*")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry: lines `first` to `last`, and its words without leaders and folio."""

    first: int
    last: int
    words: str
    is_led: bool


def _lines(draft: Draft) -> list[_Line]:
    found, place = [], 0
    for line in draft.text.split("\n"):
        bare = line.strip()
        if bare:
            start = place + len(line) - len(line.lstrip())
            found.append(_Line(start, start + len(bare), bare if len(bare) <= _LONGEST else ""))
        place += len(line) + 1
    return found


def _led(text: str) -> re.Match[str] | None:
    """The leaders and the folio that a line ends in; what it ends in tells most lines apart."""
    last = text[-1:]
    if last not in _LAST_OF_FOLIO and (last not in _DOTS or text[-2:-1] not in _DOTS):
        return None
    return _LED.search(text)


class _Reading:
    """A document's lines, and where each stands for the last time.

    A title may have been set in two lines, which the list has in one.
    """

    def __init__(self, draft: Draft) -> None:
        self.text = draft.text
        self.lines = _lines(draft)

    @cached_property
    def last(self) -> Mapping[str, int]:
        """The number of the last line that has these words, folded, alone or with the next."""
        lines = self.lines
        words = [folded(line.text) for line in lines]
        last = {
            one + following: i
            for i, (one, following) in enumerate(pairwise(words))
            if lines[i].text and len(lines[i].text) + len(lines[i + 1].text) <= _LONGEST
        }
        last |= {one: i for i, one in enumerate(words) if lines[i].text}
        return last

    def entry(self, i: int) -> _Entry | None:
        """The entry that begins at a line, if it can be one."""
        text = self.lines[i].text
        led = _led(text)
        if led and led.start():
            return _Entry(i, i, text[: led.start()], is_led=True)
        if not text:
            return None
        ended = _ENDED.search(text)
        if ended and self._comes_again(text[: ended.start()], i):
            return _Entry(i, i, text[: ended.start()], is_led=True)
        if self._comes_again(text, i):
            return _Entry(i, i, text, is_led=False)
        return self._of_two_lines(i)

    def _of_two_lines(self, i: int) -> _Entry | None:
        below = self.lines[i + 1].text if i + 1 < len(self.lines) else ""
        led = _led(below)
        if led and led.start() and not _IS_FOLIO.fullmatch(self.lines[i].text):
            words = f"{self.lines[i].text} {below[: led.start()]}"
            if self._comes_again(words, i + 1):
                return _Entry(i, i + 1, words, is_led=True)
        return None

    def has(self, entry: _Entry, rest: str) -> bool:
        """Whether the text has an entry: on a line of its own, or in a run behind the list.

        A preface may stand before the list.
        """
        words = folded(entry.words)
        return (
            (entry.is_led and words in self.last)
            or self.last.get(words, 0) > entry.last
            or (words in rest)
        )

    def _is_head(self, i: int) -> bool:
        """Whether a line is a running head: a folio is right above, and the list goes on below."""
        if not 0 < i < len(self.lines) - 1 or not _IS_FOLIO.fullmatch(self.lines[i - 1].text):
            return False
        led, below = _led(self.lines[i].text), _led(self.lines[i + 1].text)
        return led is None and below is not None and below.start() > 0

    def _comes_again(self, words: str, i: int) -> bool:
        return self.last.get(folded(words), 0) > i

    def entries(self, i: int) -> tuple[list[_Entry], int]:
        """The entries from line `i` on, and the line behind them.

        An entry that comes a second time is the text's own.
        """
        found: list[_Entry] = []
        seen: set[str] = set()
        led = 0
        while i < len(self.lines):
            if _IS_FOLIO.fullmatch(self.lines[i].text) or _TITLE.fullmatch(self.lines[i].text):
                i += 1
                continue
            if led and self._is_head(i):
                i += 1
                continue
            entry = self.entry(i)
            if entry is None or folded(entry.words) in seen:
                break
            led += entry.is_led
            if not entry.is_led and led >= _FEWEST and 2 * led > len(seen):
                break  # a list with folios is over
            seen.add(folded(entry.words))
            found.append(entry)
            i = entry.last + 1
        return found, i

    def lists(self) -> Iterator[tuple[int, list[_Entry]]]:
        """The lists of contents: the line where each begins, and its entries."""
        i = 0
        while i < len(self.lines):
            text = self.lines[i].text
            titled = bool(text) and bool(_TITLE.fullmatch(text))
            behind = i
            if titled or (text and _led(text)):
                entries, behind = self.entries(i)
                led = sum(entry.is_led for entry in entries)
                if len(entries) >= _FEWEST and (titled or led == len(entries)):
                    yield i, entries
            i = max(i + 1, behind)


def _apply(draft: Draft) -> RuleOutcome:
    if draft.marked(MarkKind.MARKDOWN):
        return RuleOutcome()
    reading = _Reading(draft)
    for first, entries in islice(reading.lists(), _MOST_LISTS):
        rest = folded(draft.text[reading.lines[entries[-1].last].end :])
        found = [entry for entry in entries if reading.has(entry, rest)]
        if len(found) >= max(_FEWEST, _FOUND * len(entries)):
            titles = "\n".join(
                " ".join(entry.words.split()) for entry in found if not _CAPTION.match(entry.words)
            )
            known = set(found)
            lost = [entry for entry in entries if entry not in known]
            has_pages = bool(draft.marked(MarkKind.PAGE))
            furniture = _furniture_in(reading.lines, entries) if has_pages else frozenset()
            edits = tuple(_cuts(reading, first, entries, lost, furniture))
            asked = tuple(_asked(reading.lines, lost))
            return RuleOutcome(edits, facts={CONTENTS_FACT: titles}, questions=asked)
    return RuleOutcome()


def _cuts(
    reading: _Reading,
    first: int,
    entries: Sequence[_Entry],
    lost: Sequence[_Entry],
    furniture: frozenset[int],
) -> Iterator[Edit]:
    """The list's lines, but for entries that the text doesn't have, and its pages' furniture."""
    kept = furniture | {i for entry in lost for i in range(entry.first, entry.last + 1)}
    why = f"{len(entries) - len(lost)} of {len(entries)} lines stand again as headings of the text"
    start = first
    for stop in sorted({*kept, entries[-1].last + 1}):
        if start < stop:
            yield Edit(_NAME, *_with_gap(reading, start, stop), "", why, 0.95)
        start = stop + 1


def _furniture_in(lines: Sequence[_Line], entries: Sequence[_Entry]) -> frozenset[int]:
    """Folios and heads between a list's entries; those of all pages together tell them."""
    between = (i for a, b in pairwise(entries) for i in range(a.last + 1, b.first))
    return frozenset(i for i in between if not _TITLE.fullmatch(lines[i].text))


def _with_gap(reading: _Reading, first: int, stop: int) -> tuple[int, int]:
    """What goes with lines `first` to `stop`: of the gaps around them, the wider one stays."""
    lines, text = reading.lines, reading.text
    start, end = lines[first].start, lines[stop - 1].end
    before = lines[first - 1].end if first else 0
    behind = lines[stop].start if stop < len(lines) else len(text)
    if first and text.count("\n", end, behind) > text.count("\n", before, start):
        return before, end
    return start, behind


def _asked(lines: Sequence[_Line], lost: Sequence[_Entry]) -> Iterator[Question]:
    for entry in lost:
        start, end = lines[entry.first].start, lines[entry.last].end
        why = "This line of the printed contents is nowhere in the text."
        yield Question(start, end, "", why, 0.4)


_BODY = "雾\n\n起雾了。\n\n潮\n\n退潮了。\n\n岸\n\n岸还在。"

RULE = Rule(
    name=_NAME,
    order=215,
    summary="Takes away a printed list of contents, since every edition makes its own.",
    why="Only lines that stand again further down, under the word for contents or with leaders "
    "and folios: nothing is lost but folios that would be wrong. An entry that the text doesn't "
    "have stays, and is asked.",
    apply=_apply,
    examples=(
        Example(f"目录\n\n雾……1\n\n潮……9\n\n岸……17\n\n{_BODY}", _BODY),
        Example(f"雾 ..... 1\n\n潮 ..... 9\n\n岸 ..... 17\n\n{_BODY}", _BODY),
        Example(
            "Fog .... 1\nThe Low Tide 9\nAshore .... 17\n\nFog\n\nIt fell.\n\nThe Low\n\nTide\n\n"
            "It ebbed.\n\nAshore\n\nWe slept.",
            "Fog\n\nIt fell.\n\nThe Low\n\nTide\n\nIt ebbed.\n\nAshore\n\nWe slept.",
        ),
        Example("目录\n\n雾\n\n潮\n\n岸还在。", "目录\n\n雾\n\n潮\n\n岸还在。"),
        Example("网 ..... 3元\n\n桨 ..... 9元", "网 ..... 3元\n\n桨 ..... 9元"),
    ),
)
