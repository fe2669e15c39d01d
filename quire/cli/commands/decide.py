"""`decide`: an editor's word on doubtful places, for the next `clean` to obey."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterable
from pathlib import Path

from quire.cli.command import Command, Outcome
from quire.cli.console import Console
from quire.problems import UsageError, did_you_mean

__all__ = ["COMMAND"]


def _arguments(parser: argparse.ArgumentParser) -> None:
    verdict = parser.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--accept", action="store_true", help="make what is proposed")
    verdict.add_argument("--reject", action="store_true", help="leave the text as it is")
    parser.add_argument("places", nargs="+", metavar="PLACE", help="its name, from the report")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the chapters are (book)")


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    from dataclasses import replace

    from quire.cleaning import Decided, Decision, read_decisions, write_decisions
    from quire.cleaning.decisions import DECISIONS_NAME
    from quire.cleaning.places_file import PLACES_NAME, read_places

    out: Path = asked.out or asked.book / "book"
    source, places = read_places(out / PLACES_NAME)
    known = {one.place: one for one in places}
    _refuse_unknown(asked.places, known)
    verdict = Decided.ACCEPT if asked.accept else Decided.REJECT
    chosen = [known[name] for name in dict.fromkeys(asked.places)]
    new = [
        Decision(one.place, one.rule, verdict, one.text, one.proposal, one.why) for one in chosen
    ]
    path = out / DECISIONS_NAME
    decisions = read_decisions(path).updated(new)
    write_decisions(replace(decisions, source=decisions.source or source), path)
    for one in chosen:
        console.line(f"{verdict.value} {one.place}  {one.rule}, line {one.line}: {one.why}")
    console.line(f"{path} has {len(decisions.entries)} decisions. Run `quire clean` again.")
    return Outcome(0, {"file": str(path), "decisions": len(decisions.entries)})


def _refuse_unknown(names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            remedy = did_you_mean(name, known, "The report lists the places.")
            what = f"The last run had no doubtful place {name}."
            raise UsageError(what, remedy, code="place-unknown")


COMMAND = Command("decide", "accept or reject doubtful places of the last run", _arguments, _run)
