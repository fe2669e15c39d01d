r"""``decisions.yaml``: what an editor decided on doubtful places, for every later run to obey.

::

    # What was decided on doubtful places. `quire clean` obeys this file.
    source: ferry.txt
    decisions:
    - place: 3fa0c41d9b22
      rule: page-joints
      verdict: accept
      text: "the text in doubt"
      proposal: "what the rule would put there"
      why: "the doubt"

`place` and `rule` find the place again; the rest tells a person what it was about. A program that
writes the file should put characters that can't be printed as ``\uXXXX`` in double quotes, as
YAML wants them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from quire.problems import BookError, Problem, Severity
from quire.toolchain.writing import write_whole

__all__ = [
    "DECISIONS_NAME", "PLACE_NAME", "Decided", "Decision", "Decisions", "decisions_text",
    "read_decisions", "write_decisions",
]  # fmt: skip

DECISIONS_NAME = "decisions.yaml"
_COMMENT = (
    "# What was decided on doubtful places. `quire clean` obeys this file and never changes it;\n"
    "# `quire decide` and the report write it. To take a decision back, delete its entry.\n"
)
_WORDS = ("text", "proposal", "why")
_KEYS = frozenset({"place", "rule", "verdict", *_WORDS})
PLACE_NAME = re.compile(r"[0-9a-f]{12}(?:-[1-9][0-9]*)?")
_SHOWN = 40


class Decided(StrEnum):
    """What an editor says of a place."""

    ACCEPT = "accept"  # the manuscript gets the proposal
    REJECT = "reject"  # the text stays as it is


@dataclass(frozen=True, slots=True)
class Decision:
    """One place decided.

    Attributes:
        place: its name, see `quire.cleaning.suggestion.Suggestion`.
        rule: the rule whose suggestion it is.
        verdict: what was decided.
        text: the doubtful characters, for a person.
        proposal: what the rule would put there, for a person.
        why: the doubt, for a person.
        line: of the entry in its file, counted from 1; None when it comes from no file.
    """

    place: str
    rule: str
    verdict: Decided
    text: str = ""
    proposal: str = ""
    why: str = ""
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Decisions:
    """All decisions on one source.

    Attributes:
        entries: in the order of the file; no two of one rule and place.
        source: the source's name.
        file: what the file is called in messages.
    """

    entries: tuple[Decision, ...] = ()
    source: str = ""
    file: str = DECISIONS_NAME

    def by_rule(self) -> Mapping[str, Mapping[str, Decided]]:
        """The verdicts by rule and place."""
        found: dict[str, dict[str, Decided]] = {}
        for one in self.entries:
            found.setdefault(one.rule, {})[one.place] = one.verdict
        return found

    def unmet(self, met: frozenset[tuple[str, str]]) -> tuple[Decision, ...]:
        """The decisions whose rule and place aren't among those that a run met."""
        return tuple(one for one in self.entries if (one.rule, one.place) not in met)

    def stale(self, met: frozenset[tuple[str, str]]) -> tuple[Problem, ...]:
        """A note on each of the unmet."""
        return tuple(
            Problem(
                "decision-without-place",
                f"{one.rule} no longer suggests what was decided on at {one.place}: {_told(one)}.",
                "If the text has what you want there, delete the entry; if not, look at the report "
                "and decide again.",
                self.file,
                one.line,
                Severity.NOTE,
            )
            for one in self.unmet(met)
        )

    def updated(self, new: Iterable[Decision]) -> Decisions:
        """These decisions and new ones; a new one takes the place of an old one."""
        entries = {(one.rule, one.place): one for one in self.entries}
        entries |= {(one.rule, one.place): one for one in new}
        return Decisions(tuple(entries.values()), self.source, self.file)


def _told(one: Decision) -> str:
    """``accept “old” → “new”``."""
    if one.text == one.proposal:
        return f"{one.verdict} “{_short(one.text)}”"
    return f"{one.verdict} “{_short(one.text)}” → “{_short(one.proposal)}”"


def _short(text: str) -> str:
    text = text.replace("\n", "↵")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


class _Quoted(str):
    """Words of a text: in double quotes, so that its blanks and line ends can be seen."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """YAML as a person would write this file."""


_Dumper.add_representer(
    _Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def decisions_text(decisions: Decisions) -> str:
    """The file's text."""
    data = {
        "source": _printable(decisions.source),
        "decisions": [
            {"place": one.place, "rule": one.rule, "verdict": one.verdict.value}
            | {key: _printable(getattr(one, key)) for key in _WORDS}
            for one in decisions.entries
        ],
    }
    # Lines of any length: a break inside a quotation would be hard to read, and to compare.
    written = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return _COMMENT + str(written)


def _printable(text: str) -> _Quoted:
    """Text as UTF-8 can hold it."""
    return _Quoted(text.encode("utf-8", "replace").decode("utf-8"))


def write_decisions(decisions: Decisions, path: Path) -> Path:
    """Write the file whole. Returns `path`.

    Raises:
        BookError: the disk refuses.
    """
    try:
        return write_whole(path, decisions_text(decisions).encode("utf-8"))
    except OSError as error:
        what = f"The decisions can't be written: {error.strerror or error}."
        raise BookError(Problem("cannot-write", what, "Make room.", str(path))) from error


def read_decisions(path: Path) -> Decisions:
    """Read a file of decisions; none when there is no file.

    Raises:
        BookError: with every fault found, each with its line.
    """
    name = str(path)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Decisions(file=name)
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "it isn't UTF-8"
        raise _refused(
            "decisions-unreadable", f"The decisions can't be read: {what}.", name
        ) from error
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Decisions(file=name)
        data = loader.construct_document(node)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        what = str(getattr(error, "problem", None) or error).rstrip(".")
        line = mark.line + 1 if mark else None
        raise _refused("decisions-syntax", f"This isn't YAML: {what}.", name, line) from error
    finally:
        loader.dispose()
    return _checked(data, node, name)


def _refused(code: str, message: str, name: str, line: int | None = None) -> BookError:
    remedy = "Correct it, or delete the file and decide again."
    return BookError(Problem(code, message, remedy, name, line))


def _checked(data: Any, node: yaml.Node, name: str) -> Decisions:
    entries = data.get("decisions") if isinstance(data, dict) else None
    if (
        not isinstance(data, dict)
        or set(data) - {"source", "decisions"}
        or not (entries is None or isinstance(entries, list))
    ):
        message = "This file must hold `source` and a list `decisions`, and nothing else."
        raise _refused("decisions-form", message, name, 1)
    decisions: list[Decision] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for entry, line in zip(entries or (), _lines_of_entries(node), strict=True):
        fault = _fault(entry)
        if fault:
            problems.append(Problem("decision-form", *fault, name, line))
            continue
        key = (entry["rule"], entry["place"])
        if key in seen:
            what = (
                f"The place {entry['place']} of {entry['rule']} is decided on line {seen[key]} too."
            )
            problems.append(Problem("decision-doubled", what, "Keep one of the two.", name, line))
            continue
        seen[key] = line
        words = {word: entry.get(word) or "" for word in _WORDS}
        verdict = Decided(entry["verdict"])
        decisions.append(Decision(entry["place"], entry["rule"], verdict, line=line, **words))
    if problems:
        raise BookError(problems)
    return Decisions(tuple(decisions), str(data.get("source") or ""), name)


def _lines_of_entries(node: yaml.Node) -> list[int]:
    """The line of each entry of the list `decisions`, counted from 1."""
    for key, value in node.value:
        if key.value == "decisions" and isinstance(value, yaml.SequenceNode):
            return [item.start_mark.line + 1 for item in value.value]
    return []


def _fault(entry: Any) -> tuple[str, str] | None:
    """What is wrong with an entry, and what to do; None when it is right."""
    if not isinstance(entry, dict):
        return "A decision must have keys with values.", "Write `place`, `rule` and `verdict`."
    for key in entry:
        if key not in _KEYS:
            return f"A decision has no key `{key}`.", f"The keys are {', '.join(sorted(_KEYS))}."
    for key in ("place", "rule", "verdict"):
        if not isinstance(entry.get(key), str):
            return f"A decision must have a `{key}` in words.", f"Write `{key}: …`, in quotes."
    if not PLACE_NAME.fullmatch(entry["place"]):
        return f"{entry['place']!r} is no name of a place.", "Copy it from the report."
    if entry["verdict"] not in set(Decided):
        return f"There is no verdict {entry['verdict']!r}.", "Write `accept` or `reject`."
    for key in _WORDS:
        if not isinstance(entry.get(key, ""), str | None):
            return f"`{key}` must be words.", "Put it in quotes."
    return None
