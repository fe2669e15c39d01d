"""How long cleaning takes as the source grows, and how much memory.

    .venv/bin/python -m benchmarks.cleaning_speed [--sizes 0.1,1,7] [--rules]

Each figure is a process of its own: it reads a text file of that many megabytes (UTF-8), cleans it
and writes chapters, ledger and report; seconds are the processor's. The sources are manuscripts
made messy as `benchmarks.round_trip` does it at medium strength (`book`, Chinese, and `essays`,
English: hard-wrapped pages with heads, folios and notes at their feet), and the two messy texts of
the tests (`journal`, Chinese, its pages glued into runs; `novel`, English, with a page's end every
few lines), said over and over. Growth is the exponent in time ~ size^exponent from the smallest
size on; memory is the process's peak above what it had before, as a multiple of the source.
`--rules` prints where the time goes, rule by rule.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MESSY = ROOT / "tests" / "cleaning" / "messy"
MEGABYTE = 1_000_000


PRINTED = {
    "book": (ROOT / "book", 3),
    "essays": (ROOT / "benchmarks" / "texts" / "tuning" / "en-essays" / "book", 1),
}


def printed(name: str) -> str:
    """A manuscript as it comes out of hard-wrapped pages, from its first to its last."""
    from benchmarks.round_trip.document import read_folder
    from benchmarks.round_trip.recipe import draw
    from benchmarks.round_trip.runs import make_messy

    folder, seed = PRINTED[name]
    document = read_folder(folder)
    recipe = draw(name, document.language, "txt", "medium", seed, "wrapped", "feet")
    recipe = replace(recipe, encoding="utf-8")
    return make_messy(document, recipe, name.title(), "txt")[1].content.decode("utf-8")


def source_text(name: str, megabytes: float) -> str:
    """The messy text of that name, repeated up to a size in megabytes of UTF-8."""
    text = printed(name) if name in PRINTED else (MESSY / f"{name}.txt").read_text("utf-8")
    return text * max(1, round(megabytes * MEGABYTE / len(text.encode("utf-8"))))


def measure(source: Path, by_rule: bool) -> dict[str, object]:
    """Clean a file in this process: seconds, peak memory in bytes, seconds by rule."""
    from quire.cleaning import clean, engine, write_cleaned
    from quire.sources import read_source

    spent: Counter[str] = Counter()
    if by_rule:
        _watch(engine, spent)
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    text = read_source(source)
    read = time.process_time()
    cleaned = clean(text)
    done = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        write_cleaned(cleaned, Path(folder))
        end = time.process_time()  # what follows takes the files away again
    spent |= {"(reading)": read - start, "(cleaning, all)": done - read, "(writing)": end - done}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": end - start, "memory": (peak - idle) * 1024, "rules": dict(spent)}


def _watch(engine: object, spent: Counter[str]) -> None:
    """Have the engine's rules note their time."""
    from quire.cleaning.draft import Draft
    from quire.cleaning.rule import Rule, RuleOutcome

    def timed(rule: Rule) -> Rule:
        def apply(draft: Draft) -> RuleOutcome:
            start = time.process_time()
            outcome = rule.apply(draft)
            spent[rule.name] += time.process_time() - start
            return outcome

        return replace(rule, apply=apply)

    found = tuple(timed(rule) for rule in engine._found())  # type: ignore[attr-defined]
    engine._found = lambda: found  # type: ignore[attr-defined]


def in_a_process(name: str, megabytes: float, by_rule: bool) -> dict[str, object]:
    """`measure` in a fresh interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.txt"
        path.write_text(source_text(name, megabytes), "utf-8")
        command = [sys.executable, "-m", "benchmarks.cleaning_speed", "--measure", str(path)]
        command += ["--rules"] if by_rule else []
        told = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
        result: dict[str, object] = json.loads(told.stdout)
        return result | {"bytes": path.stat().st_size}


def main() -> None:
    """Measure every source at every size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="0.1,1,7", help="megabytes, with commas")
    parser.add_argument("--sources", default="book,essays,journal,novel")
    parser.add_argument("--rules", action="store_true", help="where the time goes")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(measure(asked.measure, asked.rules)))
        return
    print("| source | MB | seconds | memory × source | growth |\n| --- | --- | --- | --- | --- |")
    for name in asked.sources.split(","):
        first: tuple[float, float] | None = None
        for size in map(float, asked.sizes.split(",")):
            told = in_a_process(name, size, asked.rules)
            seconds, taken = float(str(told["seconds"])), float(str(told["bytes"]))
            grown = ""
            if first and first[0] < taken:
                grown = f"{math.log(seconds / first[1]) / math.log(taken / first[0]):.2f}"
            first = first or (taken, seconds)
            ratio = float(str(told["memory"])) / taken
            print(f"| {name} | {taken / MEGABYTE:.1f} | {seconds:.2f} | {ratio:.0f} | {grown} |")
            if asked.rules and isinstance(told["rules"], dict):
                slow = sorted(told["rules"].items(), key=lambda item: -item[1])[:16]
                print(*(f"    {spent:7.2f} {rule}" for rule, spent in slow), sep="\n")


if __name__ == "__main__":
    main()
