"""Takes out blanks that no language has: beside full-width marks, before a comma, one too many."""

from __future__ import annotations

import re
from collections.abc import Callable

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.language_guess import guess_language
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import Passage, left_alone, passages
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "stray-blanks"
_BLANKS = re.compile("[ \u00a0\u2000-\u200a]+")
# Nearly every blank between words of an alphabet is right: only these may not be.
_BLANKS_OF_LATIN = re.compile(
    r"[ \u00a0\u2000-\u200a]+(?=[,;:!?.])|[ \u00a0\u2000-\u200a]{2,}(?=\S)"
)
# Behind and before these a blank has no place in Chinese.
_TIGHT_BEFORE = frozenset("，。、；：？！”’）》」』】")
_TIGHT_BEHIND = frozenset("，。、；：？！“‘（《「『【")
_PAUSE = re.compile(r"[,;:!?](?=[\s”’\"')]|$)|\.(?=[\s”’\"')]|$)(?! \.)")
_ALWAYS_TIGHT = ",."  # other marks have a blank before them in French, and had in old print
_AROUND = 80
_SENTENCE = re.compile(r"[。！？；，]|[.!?;,](?: |$)")
_TABLE = re.compile(r" {3,}\S[^ ]*(?: [^ ]+)* {3,}")


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    alone = left_alone(draft)
    verse = draft.spans(MarkKind.VERSE)
    english: list[bool] = []  # asked for once, and only when needed

    def is_english() -> bool:
        if not english:
            english.append(guess_language(text) == ("en", "its commonest words"))
        return english[0]

    edits = []
    for passage in passages(draft):
        blanks, end_of_all = _BLANKS, passage.end - 1
        if not passage.wide:
            blanks, end_of_all = _BLANKS_OF_LATIN, passage.end
        for found in blanks.finditer(text, passage.start + 1, end_of_all):
            start, end = found.span()
            told = _told(text, start, end, passage, is_english)
            if told and not verse.overlap(start, end) and not (alone and start in alone):
                edits.append(Edit(_NAME, start, end, *told))
    return RuleOutcome(tuple(edits))


def _told(
    text: str, start: int, end: int, passage: Passage, is_english: Callable[[], bool]
) -> tuple[str, str, float] | None:
    """What to put in the place of blanks, why, and how sure that is; None when they stay."""
    before, after = text[start - 1], text[end]
    if passage.wide:
        if before in _TIGHT_BEHIND or after in _TIGHT_BEFORE:
            return "", "a full-width mark has its own blank", 0.9
    elif _PAUSE.match(text, end) and before.isalpha() and text[start:end] == " ":
        if text[end + 1 : end + 2] != ")" and (after in _ALWAYS_TIGHT or is_english()):
            return "", "no blank stands before this mark", 0.85
        return None
    if end - start > 1 and " " in text[start:end]:
        around = (max(passage.start, start - _AROUND), min(passage.end, end + _AROUND))
        if _TABLE.search(text, *around) or not _SENTENCE.search(text, *around):
            return None  # cells of a table
        return " ", "one blank parts words", 0.9
    return None


RULE = Rule(
    name=_NAME,
    order=808,
    summary="Takes out blanks beside full-width marks, before a comma, and where one is enough.",
    why="French keeps its blanks before marks; verse, tables and single blanks between words stay.",
    apply=_apply,
    examples=(
        Example("雾散了 ，船“ 渡口号 ”开了。 他没有来。", "雾散了，船“渡口号”开了。他没有来。"),
        Example("The tide , they said ,  was out .", "The tide, they said, was out."),
        Example("« Qui vous l’a dit ? » Il paya : 5 €.", "« Qui vous l’a dit ? » Il paya : 5 €."),
        Example("他用 Python 写信，共 12 行。", "他用 Python 写信，共 12 行。"),
    ),
)
