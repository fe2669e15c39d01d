"""Round trips of every text, as one table. `--help` tells the rest."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.round_trip.keeping import keep
from benchmarks.round_trip.peers import Standing, standings
from benchmarks.round_trip.recipe import LAYOUTS, NOTE_KINDS, STRENGTHS
from benchmarks.round_trip.runs import Trip, round_trip
from benchmarks.round_trip.table import peers_table, table
from benchmarks.round_trip.writers import WRITERS
from quire.problems import BookError

ROOT = Path(__file__).resolve().parent.parent.parent
TEXTS = ROOT / "benchmarks" / "texts"
PAGE = Path("docs") / "benchmarks" / "cleaning.md"
KINDS = tuple(WRITERS)

INTRODUCTION = """# How well quire cleans, measured

Each row is a clean manuscript that was set on pages, spoilt, cleaned by quire, and compared with
itself. ✗ marks a figure that falls short of its goal. All figures up to *blanks* are F1 or shares,
1 at best.

* **body**: characters of text and headings, in order, blanks left out.
* **paragraphs**: where a paragraph, heading, item or line of verse ends and the next begins.
* **headings**: words and level, both right.
* **notes**: the callout at most two characters from its place, and the body the same.
* **punctuation**: marks of the truth that are the same in the result.
* **blanks**: places with a blank between two characters that are right.
* **junk**: characters in 10,000 that come from running heads, folios, contents or a site's page.
* **stable**: cleaning the result again changes nothing; **changed**: of a text that was clean
  already, the characters that were changed; **s**: seconds to read and clean."""


def manuscripts(which: str) -> dict[str, Path]:
    """Folders of manuscripts by name; the default book is one to tune on."""
    found = {"default-book": ROOT / "book"} if which == "tuning" else {}
    for text in sorted((TEXTS / which).glob("*")):
        if text.is_dir() and any(text.rglob("*.md")):
            found[text.name] = text / "book" if (text / "book").is_dir() else text
    return found


def arguments() -> argparse.Namespace:
    """What is asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.round_trip", description=__doc__)
    parser.add_argument("--set", default="tuning", choices=("tuning", "test"))
    parser.add_argument("--format", default="txt", help=f"with commas: {', '.join(KINDS)}")
    parser.add_argument("--strength", default="medium", help=f"with commas: {', '.join(STRENGTHS)}")
    parser.add_argument("--folder", type=Path, help="a manuscript's folder instead of a set")
    parser.add_argument("--text", default="", help="only texts with this in their name")
    parser.add_argument("--seed", default="1", help="with commas: one source each")
    parser.add_argument("--layout", choices=LAYOUTS, help="instead of what the seed draws")
    parser.add_argument("--notes", choices=NOTE_KINDS, help="instead of what the seed draws")
    parser.add_argument("--columns", type=int, help="of a PDF's pages, likewise")
    parser.add_argument("--peers", action="store_true", help="other tools on the same sources")
    parser.add_argument("--write", action="store_true", help=f"the tables into {PAGE}")
    parser.add_argument("--keep", type=Path, help="keep sources, results, lists of differences")
    parser.add_argument("--json", action="store_true", help="one object on stdout")
    return parser.parse_args()


def trips(asked: argparse.Namespace, out: Path) -> Iterator[Trip]:
    """Every round trip that was asked for."""
    folders = {asked.folder.name: asked.folder} if asked.folder else manuscripts(asked.set)
    for name, folder in folders.items():
        if asked.text not in name:
            continue
        for kind in asked.format.split(","):
            for strength in asked.strength.split(","):
                for seed in map(int, asked.seed.split(",")):
                    place = out / f"{name}.{kind}.{strength}.{seed}"
                    try:
                        trip = round_trip(
                            folder,
                            name,
                            kind,
                            strength,
                            seed,
                            place,
                            asked.layout,
                            asked.notes,
                            asked.columns,
                        )
                    except BookError as error:
                        print(f"{name} {kind} {strength} {seed}: {error}", file=sys.stderr)
                        continue
                    if asked.keep:
                        keep(trip, place)
                    yield trip


def main() -> int:
    """Run the round trips and print the table."""
    asked = arguments()
    with tempfile.TemporaryDirectory() as scratch:
        done = list(trips(asked, asked.keep or Path(scratch)))
        if not done:
            print("There is no such text.", file=sys.stderr)
            return 2
        others = standings(done) if asked.peers else []
    if asked.json:
        print(json.dumps(as_data(done, others), ensure_ascii=False, indent=1))
        return 0
    tables = [table(done)]
    if asked.peers:
        tables.append(peers_table(done, others))
    print("\n\n".join(tables))
    if asked.write:
        command = f"python -m benchmarks.round_trip --set {asked.set} --seed {asked.seed}"
        command += f" --strength {asked.strength} --format {asked.format}"
        write_page(ROOT / PAGE, [INTRODUCTION, f"Made by `{command}`.", *tables])
    return 0


def as_data(done: Sequence[Trip], others: Sequence[Standing]) -> dict[str, object]:
    """All figures as plain data."""
    rows = [
        {"text": one.name, "format": one.kind, "strength": one.recipe.strength,
         "seed": one.recipe.seed, "layout": one.recipe.layout, "notes": one.recipe.notes,
         "mark": one.recipe.mark, "stable": one.stable, "changed": one.changed,
         "seconds": round(one.seconds, 3),
         **one.scores.figures}
        for one in done
    ]  # fmt: skip
    return {"trips": rows, "peers": [asdict(one) for one in others]}


def write_page(page: Path, pieces: Sequence[str]) -> None:
    """A page of the documentation."""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n\n".join(pieces) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
