"""Cleaning as one call: a source in; files, ledger, guesses and open questions out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from quire.cleaning.bundle import split_bundle
from quire.cleaning.decisions import Decided, Decision, Decisions
from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.engine import Run, run_rules
from quire.cleaning.ledger import Ledger
from quire.cleaning.metadata_guess import guess_metadata
from quire.cleaning.placeholders import placeholders
from quire.cleaning.provenance import Provenance, Tracing
from quire.cleaning.suggestion import Suggestion
from quire.cleaning.verdicts import Settings
from quire.metadata import Guess
from quire.problems import Problem, Severity
from quire.sources.model import Medium, Source
from quire.toolchain.collecting import no_search_for_circles

__all__ = ["Cleaned", "clean"]

# Words in the names of rules that join what a page or a line cut in two.
_JOINS = ("joint", "wraps", "hyphens")


@dataclass(frozen=True)
class Cleaned:
    """What cleaning made of a source.

    Attributes:
        source: what came in.
        draft: the last draft; its text is the bundle of all files.
        ledger: every edit on the way.
        tracing: from the last draft back to the source.
        files: path and content of each chapter, in reading order.
        media: pictures, from the source or as placeholders, for ``figures/``.
        missing: captions of figures that have a placeholder for a picture.
        suggestions: doubtful places that nobody has decided on: likely changes, which are made,
            and questions, which are left as they are.
        decided: the places that an editor has decided on.
        metadata: guesses for metadata.yaml.
        counts: chapters, headings, notes … by name.
        problems: decisions that could not be obeyed.
        unmet: the decisions among them that have no place any more; whoever writes the file of
            decisions anew must keep them.
    """

    source: Source
    draft: Draft
    ledger: Ledger
    tracing: Tracing
    files: tuple[tuple[str, str], ...]
    media: tuple[Medium, ...]
    missing: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    decided: tuple[Suggestion, ...]
    metadata: tuple[Guess, ...]
    counts: Mapping[str, int]
    problems: tuple[Problem, ...] = ()
    unmet: tuple[Decision, ...] = ()

    @property
    def text(self) -> str:
        """All files as one text: what replaying the ledger over the source's text gives."""
        return self.draft.text

    @property
    def verdicts(self) -> Mapping[str, int]:
        """How many changes are sure, likely, asked and decided; a move is one."""
        made = sum(not (edit.partner and edit.after) for edit in self.ledger.edits())
        likely = sum(one.done for one in self.suggestions)
        ask = len(self.suggestions) - likely
        accepted = sum(
            one.done and (one.moved_to >= 0 or one.proposal != one.text) for one in self.decided
        )
        sure = made - likely - accepted
        return {"sure": sure, "likely": likely, "ask": ask, "decided": len(self.decided)}

    @cached_property
    def provenance(self) -> Provenance:
        """Answers where each character is from and what became of it."""
        return Provenance(self.tracing)


def clean(
    source: Source, settings: Settings | None = None, decisions: Decisions | None = None
) -> Cleaned:
    """Make a manuscript of a source.

    Args:
        source: what to clean.
        settings: which rules run, and what is made or asked; the usual ones when left out.
        decisions: of an editor, on doubtful places of former runs.

    Raises:
        quire.cleaning.LedgerError: a rule made edits that can't be.
    """
    with no_search_for_circles():
        run = run_rules(source, settings=settings, decisions=decisions)
    metadata = guess_metadata(run.draft, source)
    language = next((str(guess.value) for guess in metadata if guess.key == "lang"), "en")
    missing = tuple(placeholders(run.draft, language))
    files = split_bundle(run.draft.text)
    media = (*_shown(source, run.draft), *(medium for medium, _ in missing))
    return Cleaned(
        source=source,
        draft=run.draft,
        ledger=run.ledger,
        tracing=run.tracing,
        files=files,
        media=media,
        missing=tuple(caption for _, caption in missing),
        suggestions=run.suggestions,
        decided=tuple(one for one in run.places if one.decision),
        metadata=metadata,
        counts=_counts(run, len(files)),
        problems=_disobeyed(run, decisions) if decisions else (),
        unmet=decisions.unmet(_met(run)) if decisions else (),
    )


def _met(run: Run) -> frozenset[tuple[str, str]]:
    """Rule and place of all that a decision was found for."""
    return frozenset((one.rule, one.place) for one in run.places if one.decision)


def _disobeyed(run: Run, decisions: Decisions) -> tuple[Problem, ...]:
    """A note on each decision that has no place any more, or gave way to another."""
    decided = [one for one in run.places if one.decision]
    return decisions.stale(_met(run)) + tuple(
        Problem(
            "decision-gave-way",
            f"What {one.rule} proposes at {one.place} was accepted, but another accepted change "
            "stands in its place.",
            "Reject one of the two.",
            decisions.file,
            severity=Severity.NOTE,
        )
        for one in decided
        if one.decision == Decided.ACCEPT and not one.done
    )


def _shown(source: Source, draft: Draft) -> tuple[Medium, ...]:
    """The source's pictures that the text shows."""
    return tuple(one for one in source.media if f"figures/{one.name}" in draft.text)


def _counts(run: Run, files: int) -> dict[str, int]:
    draft, ledger = run.draft, run.ledger
    notes = {mark.value for mark in draft.marked(MarkKind.NOTE)}
    return {
        "chapters": files,
        "headings": len(draft.marked(MarkKind.HEADING)),
        "notes": len(notes),
        "callouts": len(draft.marked(MarkKind.NOTEREF)),
        "figures": len(draft.marked(MarkKind.FIGURE)),
        "furniture": _cuts(ledger, ("furniture",)),
        "joins": _cuts(ledger, _JOINS),
        "edits": sum(len(one.edits) for one in ledger.passes),
        "doubtful": sum(not one.done for one in run.suggestions),
    }


def _cuts(ledger: Ledger, words: Sequence[str]) -> int:
    """How often rules whose name has one of these words took something out for good."""
    return sum(
        edit.start < edit.end and not edit.partner
        for one in ledger.passes
        if any(word in one.rule for word in words)
        for edit in one.edits
    )
