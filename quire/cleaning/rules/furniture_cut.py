"""Take away running heads, feet and folios; a blank line stays where the page ended."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.rules.page_anatomy import RULE as _ANATOMY

__all__ = ["RULE"]

_NAME = "furniture-cut"
_WHY = {"head": "running head", "foot": "foot of the page", "folio": "folio"}


def _clusters(draft: Draft) -> list[list[Mark]]:
    clusters: list[list[Mark]] = []
    for mark in draft.marked(MarkKind.FURNITURE):
        if clusters and not draft.text[clusters[-1][-1].end : mark.start].strip():
            clusters[-1].append(mark)
        else:
            clusters.append([mark])
    return clusters


def _gap(text: str, start: int, end: int, keep: bool) -> list[Edit]:
    if keep or start == end:
        return []
    return [Edit(_NAME, start, end, "", "blanks around furniture")]


def _cut(text: str, cluster: list[Mark]) -> list[Edit]:
    """The edits for one joint: furniture and blanks go, but for one blank line between texts."""
    left, right = cluster[0].start, cluster[-1].end
    while left and text[left - 1].isspace():
        left -= 1
    while right < len(text) and text[right].isspace():
        right += 1
    at_edge = left == 0 or right == len(text)
    edges = [left, *(place for mark in cluster for place in (mark.start, mark.end)), right]
    gaps = list(zip(edges[::2], edges[1::2], strict=True))
    kept = next((gap for gap in gaps if text[gap[0] : gap[1]] == "\n\n"), None)
    edits: list[Edit] = []
    if not at_edge and kept is None:
        edits.append(Edit(_NAME, left, left, "\n\n", "a blank line where the page ended"))
    for gap, mark in zip(gaps, [*cluster, None], strict=True):
        edits += _gap(text, *gap, keep=not at_edge and gap == kept)
        if mark:
            edits.append(Edit(_NAME, mark.start, mark.end, "", _WHY[mark.value]))
    return edits


def _apply(draft: Draft) -> RuleOutcome:
    edits = [edit for cluster in _clusters(draft) for edit in _cut(draft.text, cluster)]
    return RuleOutcome(tuple(edits))


_FOLIOS, _CHAPTERS, *_ = _ANATOMY.examples

RULE = Rule(
    name=_NAME,
    order=610,
    summary="Takes away running heads, feet and folios.",
    why="Only what the pages' anatomy proves by repetition, place and arithmetic goes.",
    apply=_apply,
    examples=(
        Example(_FOLIOS.before, re.sub(r"\n\n\d+(?=\n|$)", "", _FOLIOS.before)),
        Example(_CHAPTERS.before, _CHAPTERS.before),
    ),
)
