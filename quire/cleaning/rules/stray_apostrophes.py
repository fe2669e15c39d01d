"""Takes out an apostrophe that fell between Chinese characters."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import left_alone, passages
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "stray-apostrophes"
_STRAY = re.compile(r"(?<=[\u3400-\u9fff])'(?=[,，。、;；:：.!！?？\u3400-\u9fff]|$)")


def _apply(draft: Draft) -> RuleOutcome:
    if "'" not in draft.text:
        return RuleOutcome()
    alone = left_alone(draft)
    why = "a single apostrophe among Chinese characters opens and closes nothing"
    edits = []
    for passage in passages(draft):
        text = draft.text[passage.start : passage.end]
        if not passage.wide or text.count("'") != 1 or text.count("‘") != text.count("’"):
            continue
        found = _STRAY.search(text)
        if found:
            at = passage.start + found.start()
            if at not in alone:
                edits.append(Edit(_NAME, at, at + 1, "", why, 0.9))
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=815,
    summary="Takes out a single apostrophe between Chinese characters.",
    why="It is the only one of its line, and no Latin letter or quote stands beside it.",
    apply=_apply,
    examples=(Example("缆绳是他亲手解的',而且没有再系。", "缆绳是他亲手解的,而且没有再系。"),),
)
