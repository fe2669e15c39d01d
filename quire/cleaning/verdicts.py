"""How sure is sure: what is done, what is done and listed, and what is only asked.

The thresholds stand here alone. A book moves them in metadata.yaml (`cleaning:`), for all rules
or for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from quire.cleaning.rule import Rule
from quire.metadata import CleaningTable, RuleSetting
from quire.problems import BookError, Problem, did_you_mean

__all__ = ["Settings", "Thresholds", "Verdict", "nearest_rule", "settings_of"]

# No confidence reaches it: all that a rule would do is asked.
_ASK_ALL = 2.0


class Verdict(StrEnum):
    """What becomes of a change that a rule would make."""

    SURE = "sure"  # done
    LIKELY = "likely"  # done, and listed for a person to look at
    ASK = "ask"  # listed only; the text stays


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which confidence on a change is sure, and from which on it is likely."""

    sure: float = 0.9
    likely: float = 0.6


@dataclass(frozen=True)
class Settings:
    """What a book asks of the cleaner.

    Attributes:
        thresholds: for all rules.
        rules: by name, for rules that have a setting of their own. Names are those of rules, and
            no rule that others rest on is among them: `settings_of` sees to both.
    """

    thresholds: Thresholds = field(default_factory=Thresholds)
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)

    def runs(self, rule: str) -> bool:
        """Whether the rule runs at all."""
        return rule not in self.rules or not self.rules[rule].off

    def least(self, rule: str) -> float:
        """The confidence below which a change of the rule is asked."""
        own = self.rules.get(rule)
        if own is None:
            return self.thresholds.likely
        if own.ask:
            return _ASK_ALL
        return self.thresholds.likely if own.threshold is None else own.threshold

    def verdict(self, rule: str, confidence: float) -> Verdict:
        """What becomes of a change that the rule would make with this confidence."""
        if confidence < self.least(rule):
            return Verdict.ASK
        return Verdict.SURE if confidence >= self.thresholds.sure else Verdict.LIKELY


def settings_of(table: CleaningTable, rules: Mapping[str, Rule]) -> Settings:
    """The settings that metadata.yaml gives.

    Args:
        table: what stands there.
        rules: every rule by name.

    Raises:
        BookError: a rule isn't known (the nearest is named), or others rest on it.
    """
    problems = []
    for name in table.settings.rules:
        fault = _fault(name, rules)
        if fault:
            code, message, remedy = fault
            problems.append(Problem(code, message, remedy, table.file, table.lines.get(name)))
    if problems:
        raise BookError(problems)
    verdicts = table.settings.verdicts
    return Settings(Thresholds(verdicts.sure, verdicts.likely), table.settings.rules)


def _fault(name: str, rules: Mapping[str, Rule]) -> tuple[str, str, str] | None:
    """Code, message and remedy when a setting for the rule can't be."""
    if name not in rules:
        return "rule-unknown", f"There is no rule `{name}`.", nearest_rule(name, rules)
    if rules[name].always:
        message = f"`{name}` always runs: the rules after it, or the files, rest on it."
        return "rule-needed", message, "Delete its setting."
    return None


def nearest_rule(name: str, rules: Iterable[str]) -> str:
    """What to say to someone who wrote the name of no rule."""
    return did_you_mean(name.replace("_", "-"), rules, "`quire rules` lists them.")
