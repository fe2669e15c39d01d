"""How far a cleaned text is from the truth: exact, offline, without a judge.

Both documents become streams of characters without blanks; the streams are aligned once (least
edit distance), and every place of the truth is looked up in the result through that alignment.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from benchmarks.round_trip.alignment import Alignment
from benchmarks.round_trip.document import Document, Kind, is_han

__all__ = [
    "GOALS",
    "METRICS",
    "Evidence",
    "Heading",
    "Scores",
    "Stream",
    "score",
    "stream",
]

METRICS = ("body", "paragraphs", "headings", "notes", "punctuation", "blanks", "junk")
GOALS = {
    "medium": {
        "body": 0.999, "paragraphs": 0.98, "headings": 0.97, "notes": 0.98,
        "punctuation": 0.995, "junk": 1.0,
    },
    "heavy": {"body": 0.995, "notes": 0.93},
}  # fmt: skip
_NEAR = 2
_SIMILAR = 0.98
_SHORT = 4
_BLANK = re.compile(r"\s+")
_SEPARATORS = re.compile(r"[\s:：]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its place in the stream, its words as compared, its level above the least."""

    offset: int
    text: str
    level: int


@dataclass(frozen=True)
class Stream:
    """A document as characters without blanks.

    Attributes:
        text: all blocks' characters, one block after the other.
        starts: where each block but the first begins.
        blanks: places inside blocks before which blanks stand.
        headings: in order.
        callouts: place and body of each note, in order.
        blocks: the place of the block in the document that each start belongs to, first included.
    """

    text: str
    starts: tuple[int, ...]
    blanks: frozenset[int]
    headings: tuple[Heading, ...]
    callouts: tuple[tuple[int, str], ...]
    blocks: tuple[int, ...]


def stream(document: Document) -> Stream:
    """A document's stream."""
    pieces: list[str] = []
    starts: list[int] = []
    blocks: list[int] = []
    blanks: list[int] = []
    headings: list[Heading] = []
    callouts: list[tuple[int, str]] = []
    length = 0
    for place, block in enumerate(document.blocks):
        bare = _BLANK.sub("", block.text)
        if not bare:
            continue
        starts.append(length)
        blocks.append(place)
        before = 0
        for run in _BLANK.finditer(block.text):
            before += run.end() - run.start()
            blanks.append(length + run.end() - before)
        for callout in block.callouts:
            passed = block.text[: callout.offset]
            callouts.append((length + len(_BLANK.sub("", passed)), callout.body))
        if block.kind is Kind.HEADING:
            headings.append(Heading(length, _SEPARATORS.sub("", block.text), block.level))
        pieces.append(bare)
        length += len(bare)
    least = min((heading.level for heading in headings), default=1) - 1
    return Stream(
        "".join(pieces), tuple(starts[1:]), frozenset(blanks) - frozenset(starts),
        tuple(Heading(one.offset, one.text, one.level - least) for one in headings),
        tuple(callouts), tuple(blocks),
    )  # fmt: skip


@dataclass
class Evidence:
    """What went wrong, place by place: (metric, words for a person)."""

    found: list[tuple[str, str]] = field(default_factory=list)

    def note(self, metric: str, words: str) -> None:
        """Write down a difference."""
        self.found.append((metric, words))


@dataclass(frozen=True)
class Scores:
    """The figures, by the names of `METRICS`; junk is characters in 10,000 of the result."""

    figures: dict[str, float]
    evidence: Evidence


def f1(right: int, of_truth: int, of_result: int) -> float:
    """The harmonic mean of precision and recall; 1 when there is nothing on either side."""
    if not of_truth and not of_result:
        return 1.0
    return 2 * right / (of_truth + of_result)


def score(
    truth: Document,
    result: Document,
    furniture: Sequence[str] = (),
    neutral: Sequence[str] = (),
    lost: frozenset[int] = frozenset(),
    open_boundaries: frozenset[int] = frozenset(),
) -> Scores:
    """Compare a result with the truth.

    Args:
        truth: the document that was printed.
        result: what a cleaner made.
        furniture: strings of the source that are nobody's text.
        neutral: strings that may be kept or not, such as the title page.
        lost: numbers of callouts, in the truth's order, that the source doesn't mark.
        open_boundaries: blocks of the truth whose beginning the source doesn't show.
    """
    evidence = Evidence()
    right, made = stream(truth), stream(_without_neutral(result, truth, neutral))
    aligned = Alignment(right.text, made.text)
    _tell_body(aligned, evidence)
    figures = {
        "body": f1(aligned.equal, len(right.text), len(made.text)),
        "paragraphs": _boundaries(right, made, aligned, open_boundaries, evidence),
        "headings": _headings(right, made, evidence),
        "notes": _notes(right, made, aligned, lost, evidence),
        "punctuation": _punctuation(aligned, evidence),
        "blanks": _blanks(right, made, aligned, evidence),
        "junk": _junk(made, aligned, furniture, evidence),
    }
    return Scores(figures, evidence)


def _bare(text: str) -> str:
    return _BLANK.sub("", text)


def _without_neutral(result: Document, truth: Document, neutral: Sequence[str]) -> Document:
    """The result without the blocks that only repeat what may be kept or not."""
    wanted = {_bare(one.text) for one in truth.blocks}
    free = {_bare(one) for one in neutral} - wanted
    kept = tuple(
        block for block in result.blocks if _bare(block.text) not in free or block.callouts
    )
    return Document(kept, result.language)


def _context(text: str, start: int, end: int, reach: int = 14) -> str:
    return f"{text[max(0, start - reach) : start]}⟦{text[start:end]}⟧{text[end : end + reach]}"


def _tell_body(aligned: Alignment, evidence: Evidence) -> None:
    words = {"delete": "lost", "insert": "added", "replace": "changed"}
    for tag, start, end, other, done in aligned.changes:
        if tag == "delete":
            evidence.note("body", f"lost    {_context(aligned.truth, start, end)}")
        elif tag == "insert":
            evidence.note("body", f"added   {_context(aligned.result, other, done)}")
        elif tag == "replace":
            wrong = aligned.result[other:done]
            evidence.note("body", f"{words[tag]} {_context(aligned.truth, start, end)} → {wrong}")


def _boundaries(
    right: Stream, made: Stream, aligned: Alignment, free: frozenset[int], evidence: Evidence
) -> float:
    starts = set(made.starts)
    hits: set[int] = set()
    wanted = 0
    asked = 0
    for place, block in zip(right.starts, right.blocks[1:], strict=True):
        found = [one for one in aligned.around(place) if one in starts]
        if block in free:
            hits.update(found)
            continue
        asked += 1
        if found:
            wanted += 1
            hits.update(found)
        else:
            evidence.note("paragraphs", f"joined  {_context(right.text, place, place, 20)}")
    wrong = sorted(starts - hits)
    for place in wrong:
        evidence.note("paragraphs", f"parted  {_context(made.text, place, place, 20)}")
    return f1(wanted, asked, wanted + len(wrong))


def _headings(right: Stream, made: Stream, evidence: Evidence) -> float:
    first = [(one.text, one.level) for one in right.headings]
    second = [(one.text, one.level) for one in made.headings]
    numbers = {key: number for number, key in enumerate(dict.fromkeys([*first, *second]))}
    changes = Indel.opcodes([numbers[one] for one in first], [numbers[one] for one in second])
    same = 0
    for one in changes:
        if one.tag == "equal":
            same += one.src_end - one.src_start
        for text, level in first[one.src_start : one.src_end] if one.tag != "equal" else ():
            evidence.note("headings", f"missing {'#' * level} {text}")
        for text, level in second[one.dest_start : one.dest_end] if one.tag != "equal" else ():
            evidence.note("headings", f"false   {'#' * level} {text}")
    return f1(same, len(first), len(second))


def _notes(
    right: Stream, made: Stream, aligned: Alignment, lost: frozenset[int], evidence: Evidence
) -> float:
    """Notes whose callout is near its place and whose body is right.

    A callout that the source doesn't mark is asked for nowhere; its body may be a note anywhere.
    """
    offsets = [offset for offset, _ in made.callouts]
    free = set(range(len(offsets)))
    same = asked = 0
    for number, (offset, body) in enumerate(right.callouts):
        if number in lost:
            near = [one for one in free if _alike(body, made.callouts[one][1])]
            free.difference_update(near[:1])
            continue
        asked += 1
        places = [one for one in aligned.around(offset) if one >= 0] or [-9]
        near = []
        for place in places:
            start = bisect_left(offsets, place - _NEAR)
            while start < len(offsets) and offsets[start] <= place + _NEAR:
                near.append(start)
                start += 1
        fitting = next(
            (one for one in near if one in free and _alike(body, made.callouts[one][1])), None
        )
        if fitting is not None:
            free.discard(fitting)
            same += 1
            continue
        where = _context(right.text, offset, offset)
        told = [made.callouts[one][1] for one in near]
        elsewhere = [at for at, words in made.callouts if _alike(body, words)]
        if told:
            evidence.note(
                "notes", f"body    {where}\n          truth:  {body}\n          result: {told[0]}"
            )
        elif elsewhere:
            found = _context(made.text, elsewhere[0], elsewhere[0])
            evidence.note("notes", f"callout {where} {body}\n          at:     {found}")
        else:
            evidence.note("notes", f"missing {where} {body}")
    for one in sorted(free):
        offset, body = made.callouts[one]
        evidence.note("notes", f"unasked {_context(made.text, offset, offset)} {body}")
    return f1(same, asked, same + len(free))


def _alike(one: str, other: str) -> bool:
    first, second = _bare(one), _bare(other)
    return (
        fuzz.ratio(first, second, score_cutoff=_SIMILAR * 100) >= _SIMILAR * 100 or first == second
    )


def is_mark(character: str) -> bool:
    """Whether this is punctuation."""
    return unicodedata.category(character).startswith("P")


def _punctuation(aligned: Alignment, evidence: Evidence) -> float:
    """Marks of the truth that stand in the result; whole passages that are gone aren't counted."""
    asked = same = 0
    for tag, start, end, other, _ in aligned.changes:
        if tag == "insert" or (tag == "delete" and end - start > _SHORT):
            continue
        for place in range(start, end):
            if not is_mark(aligned.truth[place]):
                continue
            asked += 1
            if tag == "equal":
                same += 1
            else:
                got = aligned.result[other + place - start] if tag == "replace" else "nothing"
                evidence.note("punctuation", f"{_context(aligned.truth, place, place + 1)} → {got}")
    return same / asked if asked else 1.0


def _blanks(right: Stream, made: Stream, aligned: Alignment, evidence: Evidence) -> float:
    """F1 of places with a blank, where both neighbours are the same in truth and result."""
    made_starts = set(made.starts)
    truth_starts = set(right.starts)
    same = asked = told = 0
    for offset in range(1, len(right.text)):
        before, after = aligned.place[offset - 1], aligned.place[offset]
        if before < 0 or after != before + 1 or offset in truth_starts or after in made_starts:
            continue
        has, got = offset in right.blanks, after in made.blanks
        asked += has
        told += got
        same += has and got
        if has != got:
            word = "lost   " if has else "added  "
            evidence.note("blanks", f"{word} {_context(right.text, offset, offset)}")
    return f1(same, asked, told)


def _junk(made: Stream, aligned: Alignment, furniture: Sequence[str], evidence: Evidence) -> float:
    """Characters of the result that came from furniture, in 10,000."""
    items = {_bare(one) for one in furniture} - {""}
    everything = "\n".join(sorted(items))
    left = 0
    for start, end in aligned.inserted:
        for first, last in _from_furniture(made.text, start, end, items, everything):
            left += last - first
            evidence.note("junk", _context(made.text, first, last))
    return 10_000 * left / max(1, len(made.text))


def _from_furniture(
    text: str, start: int, end: int, items: set[str], everything: str
) -> Iterator[tuple[int, int]]:
    """The stretches of an added run that are furniture.

    A run may lie shifted against what was added when both begin alike: all its places are tried.
    """
    length = end - start
    for shift in range(min(start, length) + 1):
        if shift and text[start - shift] != text[end - shift]:
            break
        run = text[start - shift : end - shift]
        if run in items or (length >= _SHORT and run in everything):
            yield start - shift, end - shift
            return
    place = start
    while place < end:
        most = 0
        while place + most < end and text[place : place + most + 1] in everything:
            most += 1
        found = text[place : place + most]
        if most >= (_SHORT if any(map(is_han, found)) else 2 * _SHORT) or (
            most >= _SHORT and place == start and found in items
        ):
            yield place, place + most
            place += most
        else:
            place += 1
