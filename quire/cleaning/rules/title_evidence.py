"""Keep the running heads' words, before they are cut: chapters are called so."""

from __future__ import annotations

import re
from collections import Counter

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.known_titles import HEADS_FACT, folded
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_FEWEST = 2
_FOLIO = re.compile(r"^[\s\d·—–\-\[\]]+|[\s\d·—–\-\[\]]+$")


def _apply(draft: Draft) -> RuleOutcome:
    words: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for mark in draft.marked(MarkKind.FURNITURE):
        if mark.value == "head" and mark.end - mark.start <= 120:
            head = " ".join(_FOLIO.sub("", draft.text[mark.start : mark.end]).split())
            counts[folded(head)] += 1
            words.setdefault(folded(head), head)
    title = folded(draft.facts.get("title", ""))
    heads = [head for key, head in words.items() if counts[key] >= _FEWEST and key and key != title]
    return RuleOutcome(facts={HEADS_FACT: "\n".join(heads)}) if heads else RuleOutcome()


_TEXT = "渡口旧事\n\n船来了。"

RULE = Rule(
    name="title-evidence",
    order=605,
    summary="Keeps the words of running heads in mind, since chapters are called by them.",
    why="The text isn't touched; a head counts when it stands on two pages at the least.",
    apply=_apply,
    examples=(Example(_TEXT, _TEXT),),
)
