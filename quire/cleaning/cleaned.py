"""Cleaning as one call: a source in; files, ledger, guesses and open questions out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from quire.cleaning.bundle import split_bundle
from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.engine import Suggestion, run_rules
from quire.cleaning.ledger import Ledger
from quire.cleaning.metadata_guess import guess_metadata
from quire.cleaning.placeholders import placeholders
from quire.cleaning.provenance import Provenance
from quire.metadata import Guess
from quire.sources.model import Medium, Source

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
        files: path and content of each chapter, in reading order.
        media: pictures, from the source or as placeholders, for ``figures/``.
        missing: captions of figures that have a placeholder for a picture.
        suggestions: places left to a person.
        metadata: guesses for metadata.yaml.
        counts: chapters, headings, notes … by name.
    """

    source: Source
    draft: Draft
    ledger: Ledger
    files: tuple[tuple[str, str], ...]
    media: tuple[Medium, ...]
    missing: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    metadata: tuple[Guess, ...]
    counts: Mapping[str, int]

    @property
    def text(self) -> str:
        """All files as one text: what replaying the ledger over the source's text gives."""
        return self.draft.text

    @cached_property
    def provenance(self) -> Provenance:
        """Answers where each character is from and what became of it."""
        return Provenance(len(self.source.text), self.ledger)


def clean(source: Source) -> Cleaned:
    """Make a manuscript of a source by all rules.

    Raises:
        quire.cleaning.LedgerError: a rule made edits that can't be.
    """
    run = run_rules(source)
    metadata = guess_metadata(run.draft, source)
    language = next((str(guess.value) for guess in metadata if guess.key == "lang"), "en")
    missing = tuple(placeholders(run.draft, language))
    files = split_bundle(run.draft.text)
    media = (*_shown(source, run.draft), *(medium for medium, _ in missing))
    return Cleaned(
        source=source,
        draft=run.draft,
        ledger=run.ledger,
        files=files,
        media=media,
        missing=tuple(caption for _, caption in missing),
        suggestions=run.suggestions,
        metadata=metadata,
        counts=_counts(run.draft, run.ledger, len(files), len(run.suggestions)),
    )


def _shown(source: Source, draft: Draft) -> tuple[Medium, ...]:
    """The source's pictures that the text shows."""
    return tuple(one for one in source.media if f"figures/{one.name}" in draft.text)


def _counts(draft: Draft, ledger: Ledger, files: int, doubtful: int) -> dict[str, int]:
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
        "doubtful": doubtful,
    }


def _cuts(ledger: Ledger, words: Sequence[str]) -> int:
    """How often rules whose name has one of these words took something out for good."""
    return sum(
        edit.start < edit.end and not edit.partner
        for one in ledger.passes
        if any(word in one.rule for word in words)
        for edit in one.edits
    )
