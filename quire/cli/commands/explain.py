"""`explain`: what a rule does, what a doubtful place is about, or who changed a line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from quire.cli.command import Command, Outcome
from quire.cli.console import Console
from quire.problems import BookError, Problem, UsageError

if TYPE_CHECKING:
    from quire.cleaning import Ledger, Suggestion
    from quire.cleaning.rule import Rule
    from quire.cleaning.touches import Touch

__all__ = ["COMMAND"]

_LINE = re.compile(r"(?P<file>.+):(?P<line>[1-9][0-9]*)")
_SHOWN = 60


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        metavar="RULE|PLACE|FILE:LINE",
        help="a rule, a doubtful place of the last run, or a line of a chapter that it made",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the chapters are (book)")


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    from quire.cleaning import rules
    from quire.cleaning.decisions import PLACE_NAME
    from quire.cleaning.verdicts import nearest_rule

    out: Path = asked.out or asked.book / "book"
    what: str = asked.what
    known = rules()
    line = _LINE.fullmatch(what)
    if what in known:
        return _rule(known[what], console)
    if PLACE_NAME.fullmatch(what):
        return _place(what, out, console)
    if line:
        return _line(line["file"], int(line["line"]), out, console)
    raise UsageError(f"There is no rule `{what}`.", nearest_rule(what, known), code="rule-unknown")


def _rule(rule: Rule, console: Console) -> Outcome:
    from quire.cleaning import Thresholds
    from quire.cleaning.rule_pages import BANDS, band_of, visible

    usual = Thresholds()
    console.line(f"{rule.name} ({rule.order}: {BANDS[band_of(rule)]})")
    console.line(f"\n{rule.summary}\nSafe because: {rule.why}")
    for one in rule.examples:
        before, after = visible(one.before), visible(one.after)
        if before == after:
            console.line(f"\nleft alone:\n{_indented(before)}")
        else:
            console.line(f"\nbefore:\n{_indented(before)}\nafter:\n{_indented(after)}")
    if rule.always:
        console.line("\nIt always runs: rules after it, or the files, rest on it.")
    else:
        console.line(
            f"\nA change that it is less than {usual.likely:.0%} sure of is asked; from "
            f"{usual.sure:.0%} on it isn't listed."
            f"\nIn metadata.yaml: cleaning: {{rules: {{{rule.name}: off}}}}, "
            "or ask, or {threshold: 0.8}."
        )
    examples = [{"before": one.before, "after": one.after} for one in rule.examples]
    return Outcome(
        0,
        {
            "rule": rule.name,
            "order": rule.order,
            "summary": rule.summary,
            "why": rule.why,
            "always": rule.always,
            "examples": examples,
        },
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


def _place(name: str, out: Path, console: Console) -> Outcome:
    from quire.cleaning.places_file import PLACES_NAME, read_places

    source, places = read_places(out / PLACES_NAME)
    found = next((one for one in places if one.place == name), None)
    if found is None:
        what = f"The last run had no doubtful place {name}."
        raise UsageError(what, "The report lists the places.", code="place-unknown")
    for line in _told(found, source):
        console.line(line)
    data = {key: getattr(found, key) for key in ("place", "rule", "line", "text", "proposal")}
    data |= {"why": found.why, "confidence": found.confidence, "done": found.done}
    return Outcome(0, data | {"decision": found.decision, "verdict": found.verdict.value})


def _told(one: Suggestion, source: str) -> Iterator[str]:
    state = "is made" if one.done else "isn't made"
    decided = {"accept": "accepted: it ", "reject": "rejected: it ", "": "it "}[one.decision]
    yield f"{one.place}  {one.rule}, {source}:{one.line}"
    yield f"{one.why} ({one.confidence:.0%} sure; {decided}{state})"
    yield f"    {_short(one.before[-20:])}[{_short(one.text)}]{_short(one.after[:20])}"
    if one.moved_to >= 0:
        yield "    → elsewhere in the text"
    elif one.proposal != one.text:
        yield f"    → [{_short(one.proposal)}]"
    if not one.decision:
        yield f"To decide: quire decide --accept {one.place}, or --reject"


def _short(text: str) -> str:
    from quire.cleaning.rule_pages import visible

    text = visible(text).replace("\n", "↵")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _line(file: str, number: int, out: Path, console: Console) -> Outcome:
    from quire.cleaning import read_ledger
    from quire.cleaning.touches import touches
    from quire.cleaning.written import LEDGER_NAME

    ledger_path = out / LEDGER_NAME
    if not ledger_path.is_file():
        what = f"There is no {LEDGER_NAME} in {out}: nothing was cleaned into it."
        raise UsageError(what, "Name the folder with --out.", code="ledger-missing")
    ledger = read_ledger(ledger_path)
    start, end, words = _stretch(file, number, out, ledger)
    found = touches(ledger, start, end)
    console.line(f"{file}:{number}  {_short(words)}")
    if not found:
        console.line("It stands as it stood in the source.")
    for one in found:
        console.line(f"  {one.edit.rule}: {_deed(one)} ({one.edit.why})")
    return Outcome(
        0, {"file": file, "line": number, "text": words, "edits": [_data(one) for one in found]}
    )


def _stretch(file: str, number: int, out: Path, ledger: Ledger) -> tuple[int, int, str]:
    """Where a line of a chapter lies in the manuscript's text, and its words."""
    from quire.cleaning.written import digest_of

    wanted = [name for name, _ in ledger.files if file in {name, str(out / name)}]
    if not wanted:
        what = f"No chapter {file} was made into {out}."
        raise UsageError(what, "Write it as it stands in that folder.", code="chapter-unknown")
    place = 0
    for name, sha in ledger.files:
        if not name.endswith(".md"):
            continue
        try:
            content = (out / name).read_bytes()
        except OSError as error:
            raise _changed(out / name) from error
        if digest_of(content) != sha:
            raise _changed(out / name)
        text = content.decode("utf-8")
        place += len(name) + 2  # the line in the bundle that names the file
        if name == wanted[0]:
            lines = text.split("\n")
            if number > len(lines):
                what = f"{file} has {len(lines)} lines."
                raise UsageError(what, "Name one of them.", code="line-unknown")
            start = place + sum(len(line) + 1 for line in lines[: number - 1])
            return start, start + len(lines[number - 1]), lines[number - 1]
        place += len(text)
    what = f"{file} is no chapter."
    raise UsageError(what, "Name a chapter, file:line.", code="chapter-unknown")


def _changed(path: Path) -> BookError:
    what = "This file was edited or deleted since it was made: its lines can't be told any more."
    return BookError(Problem("made-by-hand", what, "Run `quire clean` again.", str(path)))


def _deed(touch: Touch) -> str:
    edit = touch.edit
    length = edit.end - edit.start
    if touch.moved:
        return f"moved {len(edit.after)} characters here" if edit.after else f"moved {length} away"
    if not edit.after:
        return f"took out {length} characters"
    return f"put “{_short(edit.after)}”" + (f" for {length} characters" if length else "")


def _data(touch: Touch) -> Mapping[str, object]:
    edit = touch.edit
    return {
        "rule": edit.rule,
        "why": edit.why,
        "confidence": edit.confidence,
        "removed": edit.end - edit.start,
        "written": edit.after,
        "moved": touch.moved,
    }


COMMAND = Command("explain", "say what a rule does, or what was done at a place", _arguments, _run)
