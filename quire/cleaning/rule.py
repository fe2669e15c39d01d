"""What a rule of the cleaner is. One file in `quire.cleaning.rules` holds one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from quire.cleaning.draft import Draft, Mark
from quire.cleaning.ledger import Edit
from quire.sources.model import Hint

__all__ = ["FORM_BAND", "Example", "Question", "Rule", "RuleOutcome"]

# Rules of this order and above write the manuscript's form; those below clean the text.
FORM_BAND = 900


@dataclass(frozen=True, slots=True)
class Example:
    """A source, and what it is when the rule (and those before it) have had their turn.

    Attributes:
        before: the source's text.
        after: the text when this rule has run; equal to `before` for a text to leave alone.
        hints: what the source's format says of it, for rules that work on hints.
    """

    before: str
    after: str
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A place that the rule would not decide: it stays as it is, and the report asks.

    Attributes:
        start: where it begins in the rule's draft.
        end: where it ends; equal to `start` for a place between characters.
        after: what the rule would put there; equal to what stands there when it has no proposal.
        why: the doubt, in a few words.
        confidence: 0 to 1.
        add: marks that come with the proposal when an editor accepts it, in the places of the
            rule's draft.
    """

    start: int
    end: int
    after: str
    why: str
    confidence: float
    add: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class RuleOutcome:
    """What a rule makes of a draft.

    Attributes:
        edits: in order of place, not overlapping.
        add: marks to add, in the places of the draft that the rule was given.
        drop: marks to take away.
        facts: what it found out about the whole.
        questions: places left for a person.
    """

    edits: tuple[Edit, ...] = ()
    add: tuple[Mark, ...] = ()
    drop: frozenset[Mark] = frozenset()
    facts: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One thing that the cleaner does.

    Attributes:
        name: kebab-case; it signs the rule's edits.
        order: rules run by rising order.
        summary: what it does, one sentence for the report and the docs.
        why: what makes its changes safe.
        apply: the work.
        examples: its tests, and its page in the docs.
        touches_markdown: whether it may change text that is Markdown already.
        needed: whether rules after it rest on it, so that it can't be switched off.
    """

    name: str
    order: int
    summary: str
    why: str
    apply: Callable[[Draft], RuleOutcome]
    examples: tuple[Example, ...]
    touches_markdown: bool = False
    needed: bool = False

    @property
    def always(self) -> bool:
        """Whether it always runs, and all its edits are made.

        Rules of the form do: without them, text would be read as Markdown that it isn't.
        """
        return self.needed or self.order >= FORM_BAND
