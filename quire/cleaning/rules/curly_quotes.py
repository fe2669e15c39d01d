"""Makes straight quotes curly, paragraph by paragraph."""

from __future__ import annotations

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import left_alone, passages
from quire.cleaning.quotes import apostrophes, double_quotes, single_quotes
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "curly-quotes"
_WHY = "the paragraph's quotes balance"


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    if '"' not in text and "'" not in text:
        return RuleOutcome()
    alone = left_alone(draft)
    lines = list(passages(draft))
    edits: list[Edit] = []
    questions: list[Question] = []
    for number, passage in enumerate(lines):
        line = text[passage.start : passage.end]
        following = text[lines[number + 1].start] if number + 1 < len(lines) else ""
        signs, doubts = _signs(line, line[0] == '"' == following)
        edits += (
            Edit(_NAME, passage.start + at, passage.start + at + 1, sign, _WHY, 0.95)
            for at, sign in sorted(signs.items())
            if passage.start + at not in alone
        )
        for at, why in doubts:
            place = passage.start + at
            questions.append(Question(place, place + 1, line[at], why, 0.4))
    return RuleOutcome(tuple(edits), questions=tuple(questions))


def _signs(line: str, goes_on: bool) -> tuple[dict[int, str], list[tuple[int, str]]]:
    """Curly signs by offset in a line, and the doubts with theirs."""
    signs: dict[int, str] = {}
    doubts = []
    if '"' in line:
        double = double_quotes(line, goes_on)
        if double is None:
            doubts.append((line.index('"'), "the straight quotes of this paragraph don't balance"))
        signs |= double or {}
    if "'" in line:
        taken = apostrophes(line)
        single = single_quotes(line, taken)
        if single is None:
            place = next(at for at, c in enumerate(line) if c == "'" and at not in taken)
            doubts.append((place, "the single quotes of this paragraph don't balance"))
        signs |= taken | (single or {})
    return signs, doubts


RULE = Rule(
    name=_NAME,
    order=850,
    summary="Makes straight quotes and apostrophes curly where a paragraph's quotes balance.",
    why="Opening and closing alternate, and no quote opens before a blank or closes after one.",
    apply=_apply,
    examples=(
        Example(
            '"It\'s late," she said, "and the \'Heron\' is shut."',
            "“It’s late,” she said, “and the ‘Heron’ is shut.”",
        ),
        Example('他说："船来了。"', "他说：“船来了。”"),
        Example('A plank of 12" and a rope.', 'A plank of 12" and a rope.'),
    ),
)  # fmt: skip
