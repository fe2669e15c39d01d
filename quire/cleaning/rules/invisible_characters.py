"""Takes out characters that show nothing and mean nothing where they stand."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "invisible-characters"
# Letters of these scripts, and emoji, need joiners; some of the scripts break lines at U+200B.
_JOINED = (
    "\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\u1a20-\u1aaf\U0001f000-\U0001faff\u2600-\u27bf\ufe0f"
)
_NOTHING = re.compile(
    r"(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x9f]+)"
    r"|(?P<wrapped>\u00ad[ \t]*\n[ \t]*(?=[^\W\d_]))"
    r"|(?P<soft>\u00ad+)"
    r"|(?P<mark>[\ufeff\u2060\ufff9-\ufffb]+)"
    rf"|(?P<joiner>(?<![{_JOINED}])[\u200b-\u200d]+(?![{_JOINED}\u200b-\u200d]))"
)
# A quick look for places at which the pattern above is worth its time.
_SUSPECT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200d\u2060\ufeff\ufff9-\ufffb]+(?:[ \t]*\n[ \t]*)?"
)
_WHY = {
    "control": "a control character has no place in text",
    "wrapped": "a soft hyphen at a line's end parts one word",
    "soft": "a soft hyphen inside a line shows nothing",
    "mark": "a byte order mark or word joiner shows nothing",
    "joiner": "this script has no use for a joiner or a blank of no width",
}
_LOST = re.compile("\ufffd+")


def _apply(draft: Draft) -> RuleOutcome:
    edits = tuple(
        Edit(_NAME, at.start(), at.end(), "", _WHY[at.lastgroup or "control"])
        for suspect in _SUSPECT.finditer(draft.text)
        for at in _NOTHING.finditer(draft.text, suspect.start(), suspect.end() + 1)
        if at.start() < suspect.end()  # the character behind is only looked at
    )
    questions = tuple(
        Question(at.start(), at.end(), "", "a character was lost before it came here", 0.4)
        for at in _LOST.finditer(draft.text)
    )
    return RuleOutcome(edits, questions=questions)


RULE = Rule(
    name=_NAME,
    order=110,
    summary="Takes out control characters, soft hyphens, byte order marks and idle joiners.",
    why="They show nothing; joiners stay in the scripts, and between the emoji, that need them.",
    apply=_apply,
    examples=(
        Example("\ufeff河\u200b水", "河水"),
        Example("the after\u00adnoon\x07 boat", "the afternoon boat"),
        Example("the after\u00ad\nnoon boat", "the afternoon boat"),
        Example("می\u200cخواهم", "می\u200cخواهم"),
    ),
)
