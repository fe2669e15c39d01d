"""Furniture on lines of its own: bare folios, and short lines that repeat at joints."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from quire.cleaning.furniture import HEAD_LENGTH, TIMES, Furniture, Line, a_page_apart
from quire.cleaning.numbering import heading_label, number_of
from quire.cleaning.vocabulary import NAMED_CHAPTERS, NOTES_HEADINGS, VENDOR, ends_sentence

__all__ = ["line_furniture"]

_MOST_AT_A_JOINT = 4  # lines of furniture one behind the other
_BARE_FOLIO = re.compile(
    r"[-–—·•~\[(（〔\s]*(?:第\s*|Page\s+|p\.\s*)?(?P<n>\d{1,4}|[ivxl]{1,7})"
    r"(?:\s*页)?(?:\s*(?:of|/|共)\s*\d{1,4}\s*页?)?[-–—·•~\])）〕\s]*",
    re.IGNORECASE,
)
_EDGE_DIGITS = re.compile(r"^\W*\d{1,4}\W+(?=\D)|(?<=\D)\W+\d{1,4}\W*$|^\d{1,4}(?=[^\d\s])")
# Notes may be alike on many pages (同上), and a running head doesn't end as a sentence does.
_NOTE_LINE = re.compile(r"^(?:[*＊†‡①-⑳⑴-⒇]|[\[〔]\d)|[。！？]$")
_LETTER = re.compile(r"[^\W\d_]")


def line_furniture(
    lines: Sequence[Line], edges: frozenset[int]
) -> tuple[list[Furniture], tuple[int, int] | None]:
    """Bare folios and repeated short lines at joints, and the title that a head repeats.

    The text's first line is the title when it is like a head and nothing proves it to be one.

    Args:
        lines: its lines.
        edges: numbers of lines that are known to stand at a page's edge.
    """
    folios = _folio_lines(lines)
    groups = _repeated_lines(lines)
    candidates = set(folios) | {i for members in groups.values() for i in members}
    cut = _cut_sentences(lines, candidates)
    vendors = {
        i for i, line in enumerate(lines) if len(line.text) < 200 and VENDOR.search(line.text)
    }

    def proof(i: int) -> bool:
        near = {i - 1, i + 1}
        return bool(near & (vendors | set(folios))) or i in edges or i in cut

    heads: dict[int, str] = {}
    for members in groups.values():
        proven = [i for i in members if proof(i) or _edge_number(lines[i].text)]
        strong = [i for i in proven if i not in cut]
        if 2 * len(proven) >= len(members) and (strong or 2 * len(proven) > len(members)):
            kept = members if members[0] in proven else members[1:]
            heads.update((i, "foot" if i in vendors else "head") for i in kept)
    bound = {i for i in folios if {i - 1, i + 1} & (set(heads) | vendors) or i in edges}
    sure = len(bound) + len([i for i in folios if i in cut and i not in bound])
    if len(folios) < TIMES or sure < 0.4 * len(folios):
        folios = {}
    pieces = [Furniture(lines[i].start, lines[i].end, kind) for i, kind in heads.items()]
    pieces += [Furniture(lines[i].start, lines[i].end, "folio", n) for i, n in folios.items()]
    title = None
    if 0 not in heads and any(
        members[0] == 0 and members[1] in heads for members in groups.values()
    ):
        title = (lines[0].start, lines[0].end)
    return pieces, title


def _folio_lines(lines: Sequence[Line]) -> dict[int, int]:
    """Lines that are a number, in the longest rising sequence, a page apart."""
    found = []
    for i, line in enumerate(lines):
        match = _BARE_FOLIO.fullmatch(line.text) if len(line.text) < 24 else None
        number = number_of(match["n"]) if match else 0
        if number:
            found.append((i, number))
    chain = _rising(found)
    steps = [b - a for (_, a), (_, b) in pairwise(chain)]
    regular = sum(step <= 2 for step in steps) >= 0.6 * len(steps)
    if len(chain) < TIMES or not regular or not a_page_apart([lines[i].start for i, _ in chain]):
        return {}
    return dict(chain)


def _rising(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest strictly rising subsequence by the second member."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for i, (_, number) in enumerate(found):
        place = bisect_left(tails, number)
        before.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(number)
            at.append(i)
        else:
            tails[place], at[place] = number, i
    chain, i = [], at[-1] if at else -1
    while i >= 0:
        chain.append(found[i])
        i = before[i]
    return chain[::-1]


def _repeated_lines(lines: Sequence[Line]) -> dict[str, list[int]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if 2 <= len(line.text) <= HEAD_LENGTH and _LETTER.search(line.text):
            if _NOTE_LINE.search(line.text):
                continue
            if not NOTES_HEADINGS.match(line.text) and not NAMED_CHAPTERS.match(line.text):
                groups[_key(line.text)].append(i)
    crowded = _crowded({i for members in groups.values() if len(members) > 1 for i in members})
    groups_apart = {
        key: [i for i in members if i not in crowded] for key, members in groups.items()
    }
    return {
        key: members for key, members in groups_apart.items()
        if len(members) >= TIMES and a_page_apart([lines[i].start for i in members])
    }  # fmt: skip


def _crowded(candidates: set[int]) -> set[int]:
    """Lines in a row of more than a joint has: text that repeats itself, no furniture."""
    crowded: set[int] = set()
    run: list[int] = []
    for i in sorted(candidates):
        run = [*run, i] if run and run[-1] == i - 1 else [i]
        if len(run) > _MOST_AT_A_JOINT:
            crowded |= set(run)
    return crowded


def _is_numbered(text: str) -> bool:
    """Whether a line's number is a heading's; a number with a blank behind it is a folio here."""
    label = heading_label(text)
    return label is not None and not (label.style == "arabic" and re.match(r"\d+\s", text))


def _key(text: str) -> str:
    bare = text if _is_numbered(text) else _EDGE_DIGITS.sub("", text)
    return re.sub(r"\s+", " ", bare).strip().casefold()


def _edge_number(text: str) -> bool:
    return not _is_numbered(text) and bool(_EDGE_DIGITS.search(text))


def _cut_sentences(lines: Sequence[Line], candidates: set[int]) -> set[int]:
    """Candidates with a sentence cut in two around them.

    In wrapped text that is true of every line, so a candidate must stand apart by a blank line
    and be no part of a sentence itself.
    """
    cut = set()
    for i in candidates:
        left, right = i - 1, i + 1
        while left in candidates:
            left -= 1
        while right in candidates:
            right += 1
        if left < 0 or right >= len(lines) or re.search(r"[，。；！？,;]", lines[i].text):
            continue
        gaps = [b.start - a.end for a, b in pairwise(lines[left : right + 1])]
        if max(gaps) < 2:
            continue
        before, behind = lines[left].text, lines[right].text
        if len(before) >= 8 and not ends_sentence(before) and not heading_label(behind):
            cut.add(i)
    return cut
