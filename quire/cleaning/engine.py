"""The run of the rules: each works on the draft that the one before leaves.

The engine keeps what is Markdown already out of the rules' reach, has each change judged, applies
what is left, carries the marks along, and writes down every edit in the ledger.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from quire.cleaning import rules as rules_folder
from quire.cleaning.decisions import Decisions
from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.judging import judge
from quire.cleaning.ledger import Edit, Ledger, LedgerError, Pass, apply
from quire.cleaning.provenance import Tracing
from quire.cleaning.rule import FORM_BAND, Rule, RuleOutcome
from quire.cleaning.suggestion import Suggestion, Whereabouts
from quire.cleaning.verdicts import Settings
from quire.sources.model import Source

__all__ = ["FORM_BAND", "Run", "check_edits", "rules", "run_rules"]


@dataclass(frozen=True)
class Run:
    """What the rules made of a source.

    Attributes:
        source: what came in.
        draft: the last one.
        ledger: every edit on the way.
        places: the doubtful places, and those that a decision is about, rule by rule.
        tracing: from the last draft back to the source.
    """

    source: Source
    draft: Draft
    ledger: Ledger
    places: tuple[Suggestion, ...]
    tracing: Tracing

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """The places that nobody has decided on."""
        return tuple(one for one in self.places if not one.decision)


@lru_cache(maxsize=1)
def _found() -> tuple[Rule, ...]:
    names = sorted(found.name for found in pkgutil.iter_modules(rules_folder.__path__))
    modules = [importlib.import_module(f"{rules_folder.__name__}.{name}") for name in names]
    found: list[Rule] = sorted((one.RULE for one in modules), key=lambda one: (one.order, one.name))
    return tuple(found)


def rules() -> Mapping[str, Rule]:
    """Every rule by name, in the order in which they run.

    Each module of `quire.cleaning.rules` offers one as ``RULE``.

    Raises:
        ValueError: two rules have one name.
    """
    by_name = {rule.name: rule for rule in _found()}
    if len(by_name) != len(_found()):
        raise ValueError("Two rules have the same name.")
    return by_name


def run_rules(
    source: Source,
    until: str | None = None,
    below: int | None = None,
    settings: Settings | None = None,
    decisions: Decisions | None = None,
) -> Run:
    """Run the rules over a source.

    Args:
        source: what to clean.
        until: the name of the last rule to run; all of them when left out.
        below: run only rules of a lower order than this.
        settings: which rules run, and what is made or asked; the usual ones when left out.
        decisions: of an editor, on places of former runs.

    Raises:
        KeyError: there is no rule of the name `until`.
        LedgerError: a rule's edits overlap, or a move doesn't paste what it cuts.
    """
    settings = settings or Settings()
    decided = decisions.by_rule() if decisions else {}
    known = rules()
    last = (known[until].order, until) if until is not None else None
    chosen = [
        rule
        for rule in known.values()
        if (last is None or (rule.order, rule.name) <= last)
        and (below is None or rule.order < below)
        and (rule.always or settings.runs(rule.name))
    ]
    draft, tracing = Draft.of(source), Tracing(len(source.text))
    where = Whereabouts(source.text, tracing)
    passes: list[Pass] = []
    places: list[Suggestion] = []
    for rule in chosen:
        outcome = rule.apply(draft)
        edits = _permitted(rule, outcome.edits, draft)
        check_edits(rule.name, edits, draft.text)
        outcome = replace(outcome, edits=edits)
        judged = judge(rule, outcome, draft.text, where, settings, decided.get(rule.name, {}))
        places += judged.places
        edits = judged.edits
        draft = _next(draft, replace(outcome, edits=edits, add=judged.add))
        if edits:
            passes.append(Pass(rule.name, edits))
            tracing.follow(edits)
    digest = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    ledger = Ledger(source.name, digest, tuple(passes))
    return Run(source, draft, ledger, tuple(places), tracing)


def _next(draft: Draft, outcome: RuleOutcome) -> Draft:
    """The draft that a rule leaves."""
    edits = outcome.edits
    if outcome.drop:
        kept = tuple(mark for mark in draft.marks if mark not in outcome.drop)
        draft = replace(draft, marks=kept)
    if edits or outcome.add:
        draft = draft.after(edits, apply(draft.text, edits) if edits else draft.text, outcome.add)
    if outcome.facts:
        draft = replace(draft, facts={**draft.facts, **outcome.facts})
    return draft


def _permitted(rule: Rule, edits: tuple[Edit, ...], draft: Draft) -> tuple[Edit, ...]:
    """The edits without those that would touch what is Markdown already, and their partners."""
    if rule.touches_markdown or not edits:
        return edits
    markdown = draft.spans(MarkKind.MARKDOWN)
    if not markdown:
        return edits
    refused = {id(edit) for edit in edits if markdown.overlap(edit.start, edit.end)}
    partners = {edit.partner for edit in edits if id(edit) in refused and edit.partner}
    return tuple(edit for edit in edits if id(edit) not in refused and edit.partner not in partners)


def check_edits(rule: str, edits: Sequence[Edit], text: str) -> None:
    """Whether these can be one pass over `text`.

    Raises:
        LedgerError: they overlap or run backwards, or a move isn't one cut and one paste of the
            same characters.
    """
    done = 0
    halves: dict[str, list[Edit]] = {}
    for edit in edits:
        if not done <= edit.start <= edit.end <= len(text):
            raise LedgerError(
                f"{rule}: the edit at {edit.start}–{edit.end} overlaps the one before, which ends "
                f"at {done}, or lies outside the text ({edit.why})."
            )
        done = edit.end
        if edit.partner:
            halves.setdefault(edit.partner, []).append(edit)
    for name, pair in halves.items():
        cuts = [edit for edit in pair if not edit.after and edit.start < edit.end]
        pastes = [edit for edit in pair if edit.after and edit.start == edit.end]
        if len(pair) != 2 or len(cuts) != 1 or len(pastes) != 1:
            raise LedgerError(f"{rule}: the move {name!r} isn't one cut and one paste.")
        if text[cuts[0].start : cuts[0].end] != pastes[0].after:
            raise LedgerError(f"{rule}: the move {name!r} doesn't paste what it cuts.")
