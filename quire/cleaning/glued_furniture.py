"""Furniture glued to the text: feet and heads that repeat inside a line, folios beside them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quire.cleaning.furniture import (
    HEAD_LENGTH,
    PAGE_LENGTH,
    TIMES,
    Furniture,
    a_page_apart,
    common_prefix,
    lines_of,
    majority_prefix,
    without_overlap,
)
from quire.cleaning.vocabulary import MATTER_LABELS, VENDOR, VENDOR_WORDS

_LATIN_HEAD = 10  # letters: what is shorter may be a common word
# What numbers are counted in: a number behind it points somewhere, and is no folio.
_POINTS = re.compile(
    r"(?:\b(?:notes?|chapters?|parts?|sections?|pages?|figures?|tables?|volumes?|plates?|lines?)"
    r"|[注章节图表卷页条第])[ \u3000]?$",
    re.IGNORECASE,
)

__all__ = ["folios_beside", "glued_heads", "heads_beside_folios", "vendor_feet", "vendor_places"]


def vendor_places(text: str) -> list[tuple[int, int]]:
    """Start and end of each place with a vendor's words."""
    folded = text.casefold()
    # Most texts have none, which is told quickly.
    if not any(word in folded for word in VENDOR_WORDS):
        return []
    return [found.span() for found in VENDOR.finditer(text)]


def vendor_feet(text: str, vendors: Sequence[tuple[int, int]]) -> list[Furniture]:
    """A vendor's line, the same at the foot of every page; `vendors` are places of its words."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for start, _ in vendors:
        groups[text[start : start + 10].casefold()].append(start)
    feet: list[Furniture] = []
    taken: list[tuple[int, int]] = []
    for places in sorted(groups.values()):
        if len(places) < TIMES or not a_page_apart(places):
            continue
        start, end = _widened(text, places)
        for place in places:
            span = (place - start, place + end)
            if not any(a <= span[0] < b for a, b in taken[-2:]):
                taken.append(span)
                feet.append(Furniture(*span, "foot"))
        taken.sort()
    return without_overlap(feet)


def _widened(text: str, places: Sequence[int]) -> tuple[int, int]:
    """How far to the left and right all these places are alike, within a line and up to digits."""

    def alike(offset: int) -> bool:
        characters = {text[place + offset : place + offset + 1] for place in places}
        one = next(iter(characters))
        return len(characters) == 1 and one not in {"", "\n"} and not one.isdigit()

    left = 0
    while left < 200 and places[0] - left > 0 and alike(-left - 1):
        left += 1
    right = 0
    while right < 300 and alike(right):
        right += 1
    return left, right


def folios_beside(text: str, feet: Sequence[Furniture]) -> list[Furniture]:
    """The digits that touch a foot and fit the sequence; one lost digit is put up with."""
    beside: list[tuple[re.Match[str] | None, re.Match[str] | None]] = []
    votes: Counter[int] = Counter()
    for i, foot in enumerate(feet):
        left = re.compile(r"\d{1,8}[ \t]*$").search(text, max(0, foot.start - 12), foot.start)
        right = re.compile(r"[ \t]*\d{1,8}").match(text, foot.end)
        beside.append((left, right))
        numbers = {int(d) for d in _ends_of(left, -1) + _ends_of(right, 1)}
        votes.update(sorted(number - i for number in numbers))
    if not votes:
        return []
    base, count = max(votes.items(), key=lambda item: (item[1], item[0]))
    if count < max(2, len(feet) * 0.3):
        return []
    folios = []
    for i, (left, right) in enumerate(beside):
        folio = _fitting(left, right, base + i)
        if folio:
            folios.append(folio)
    return folios


def _ends_of(found: re.Match[str] | None, side: int) -> list[str]:
    digits = found[0].strip() if found else ""
    lengths = range(1, min(4, len(digits)) + 1)
    return [digits[-n:] if side < 0 else digits[:n] for n in lengths]


def _fitting(
    left: re.Match[str] | None, right: re.Match[str] | None, number: int
) -> Furniture | None:
    """The folio `number` among the digits before and behind a foot."""
    said = str(number)
    if left and left[0].strip().endswith(said):
        end = left.start() + len(left[0].rstrip())
        return Furniture(end - len(said), end, "folio", number)
    if right and right[0].strip().startswith(said):
        start = right.end() - len(right[0].lstrip())
        return Furniture(start, start + len(said), "folio", number)
    for found in (right, left):
        digits = found[0].strip() if found else ""
        if found and len(digits) == len(said) - 1 and _is_without_a_digit(digits, said):
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            return Furniture(start, start + len(digits), "folio", number)
    return None


def _is_without_a_digit(digits: str, said: str) -> bool:
    return any(digits == said[:i] + said[i + 1 :] for i in range(len(said)))


def _behind(text: str, pieces: Sequence[Furniture]) -> list[int]:
    """The first character of text behind each cluster of pieces."""
    places = []
    for i, piece in enumerate(pieces):
        place = piece.end
        while place < len(text) and text[place].isspace():
            place += 1
        if i + 1 < len(pieces) and pieces[i + 1].start <= place:
            continue
        places.append(place)
    return places


def _shared_beginnings(text: str, places: Sequence[int]) -> list[str]:
    """Strings that the text begins with at two or more of these places, longest common form."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for place in places:
        line = text[place : place + HEAD_LENGTH].split("\n", 1)[0]
        if len(line) >= 4:
            groups[line[:4]].append(line)
    shared = []
    for lines in groups.values():
        if len(lines) >= 2:
            prefix = majority_prefix(lines).rstrip()
            least = _LATIN_HEAD if prefix.isascii() else 4
            if least <= len(prefix) < HEAD_LENGTH:
                shared.append(prefix)
    return shared


def _occurrences(text: str, wanted: str) -> list[int]:
    places, place = [], text.find(wanted)
    while place >= 0:
        places.append(place)
        place = text.find(wanted, place + len(wanted))
    return places


def _stands_at(joints: set[int], places: Sequence[int]) -> bool:
    """Whether a string comes again, and at joints more than elsewhere: a word is no head."""
    at_joints = sum(place in joints for place in places)
    return len(places) >= TIMES and 4 * at_joints >= 3 * (len(places) - 1)


def glued_heads(
    text: str, pieces: Sequence[Furniture]
) -> tuple[list[Furniture], tuple[int, int] | None]:
    """Heads at joints and at the first page's start, and the title that one of them repeats."""
    joints = set(_behind(text, pieces))
    strings = [
        head for head in _shared_beginnings(text, sorted(joints))
        if _stands_at(joints, _occurrences(text, head))
    ]  # fmt: skip
    heads: list[Furniture] = []
    first: list[tuple[int, str]] = []
    for head in strings:
        for place in _occurrences(text, head):
            if place in joints:
                heads.append(Furniture(place, place + len(head), "head"))
            elif not first or place < min(joints):
                first.append((place, head))
    opening, title = _first_page(text, sorted(first), min(joints, default=0))
    return heads + opening, title


def _first_page(
    text: str, found: Sequence[tuple[int, str]], joint: int
) -> tuple[list[Furniture], tuple[int, int] | None]:
    """Before the first joint, heads in a row at a line's start: the last of them is the title."""
    row: list[tuple[int, str]] = []
    for place, head in found:
        if place >= joint:
            break
        at_start = place == 0 or text[:place].rstrip(" \t\u3000")[-1:] in {"", "\n"}
        follows = bool(row) and row[-1][0] + len(row[-1][1]) == place
        if (not row and at_start) or follows:
            row.append((place, head))
    if not row:
        return [], None
    place, head = row[-1]
    end = place + len(head)
    *before, _ = row
    ahead = text[end : end + 80]
    announced = any(pattern.search(ahead) for _, pattern in MATTER_LABELS)
    if before or announced or text[end : end + 1] in {"\n", ""}:
        return [Furniture(p, p + len(h), "head") for p, h in before], (place, end)
    return [Furniture(place, end, "head")], None


def heads_beside_folios(text: str) -> list[Furniture]:
    """Strings that follow or precede numbers in sequence, three times and a page apart."""
    after: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    before: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    for found in _numbers_in_long_lines(text):
        for groups, key in (
            (after, text[found.end() : found.end() + 6]),
            (before, text[max(0, found.start() - 6) : found.start()]),
        ):
            if len(key) == 6 and not re.search(r"[\d\n，。,.;；:：]", key):
                groups[key].append(found)
    pieces: list[Furniture] = []
    for groups, side in ((after, 1), (before, -1)):
        for matches in groups.values():
            rising = len(matches) >= TIMES and _is_arithmetic([int(m[0]) for m in matches])
            if rising and a_page_apart([m.start() for m in matches]):
                pieces += _with_folios(text, matches, side)
    return without_overlap(pieces)


def _numbers_in_long_lines(text: str) -> Iterator[re.Match[str]]:
    """Numbers inside runs of text; what stands on a line of its own is told elsewhere."""
    pattern = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
    for line in lines_of(text):
        if line.end - line.start >= PAGE_LENGTH:
            yield from pattern.finditer(text, line.start, line.end)


def _is_arithmetic(numbers: Sequence[int]) -> bool:
    """Whether most steps are the same small one: 1, or 2 for pages of one side."""
    steps = Counter(b - a for a, b in pairwise(numbers))
    step, count = max(steps.items(), key=lambda item: (item[1], -item[0]))
    return step in {1, 2} and count >= 0.6 * (len(numbers) - 1)


def _with_folios(text: str, matches: Sequence[re.Match[str]], side: int) -> list[Furniture]:
    pieces = []
    if side > 0:
        tails = [text[m.end() : m.end() + HEAD_LENGTH].split("\n", 1)[0] for m in matches]
        length = len(common_prefix(tails))
        spans = [(m.end(), m.end() + length) for m in matches]
    else:
        tails = [text[max(0, m.start() - HEAD_LENGTH) : m.start()][::-1] for m in matches]
        length = len(common_prefix([tail.split("\n", 1)[0] for tail in tails]))
        spans = [(m.start() - length, m.start()) for m in matches]
    head = text[spans[0][0] : spans[0][1]]
    if (head.isascii() and len(head.strip()) < _LATIN_HEAD) or (side < 0 and _POINTS.search(head)):
        return []
    for found, (start, end) in zip(matches, spans, strict=True):
        pieces.append(Furniture(found.start(), found.end(), "folio", int(found[0])))
        pieces.append(Furniture(start, end, "head"))
    return pieces
