"""Takes a page out that stands twice, one behind the other, as when it was scanned twice."""

from __future__ import annotations

from itertools import pairwise

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "double-pages"
_LEAST = 200  # characters that don't come again by chance
_WHY = "this page stands twice, word for word"


def _words(draft: Draft, page: Mark) -> str:
    return "".join(draft.text[page.start : page.end].split())


def _apply(draft: Draft) -> RuleOutcome:
    edits: list[Edit] = []
    questions: list[Question] = []
    markdown = draft.spans(MarkKind.MARKDOWN)
    for first, second in pairwise(draft.marked(MarkKind.PAGE)):
        if abs((first.end - first.start) - (second.end - second.start)) > _LEAST:
            continue
        start, end = first.end, second.end
        words = _words(draft, first)
        if start > second.start or len(words) < _LEAST or words != _words(draft, second):
            continue
        if markdown.overlap(start, end):
            continue
        if first.value and first.value == second.value:
            edits.append(Edit(_NAME, start, end, "", f"{_WHY}, with the same folio", 0.85))
        else:
            questions.append(Question(start, end, "", f"{_WHY}.", 0.5))
    return RuleOutcome(tuple(edits), questions=tuple(questions))


def _pages(*folios: int) -> str:
    """Pages with a folio below each; a page's words are told by its folio."""
    return "\n\n".join(f"{_page(folio)}\n\n{folio}" for folio in folios)


def _page(folio: int) -> str:
    boats = (
        f"第{boat}条船在第{folio}天的夜里靠了岸，船上的人提着灯，一个一个走下跳板，"
        for boat in range(folio, folio + 7)
    )
    return "".join(boats) + "谁也没有说"


RULE = Rule(
    name=_NAME,
    order=132,
    summary="Takes a page out that stands twice, one behind the other.",
    why="Two pages in a row with the same words and the same folio are one page; with the same "
    "words alone it is asked.",
    apply=_apply,
    examples=(
        Example(_pages(11, 12, 12, 13, 14), _pages(11, 12, 13, 14)),
        Example(_pages(11, 12, 13, 14), _pages(11, 12, 13, 14)),
    ),
)
