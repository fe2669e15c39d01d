"""How long the inside of a book takes to set, and how much memory, beside other tools.

    .venv/bin/python -m benchmarks.print_speed [--sizes 0.1,1,7] [--runs 3] [--write]

The same Markdown is set by quire (its print edition, with notes at the end, true heads over them,
and the gutter settled by the number of pages) and by pandoc with Typst, and with WeasyPrint and
LuaLaTeX where they are installed. Each run is a fresh process; figures are medians of wall time,
and the largest memory of the process and those that it starts. Growth is the exponent in
time ~ size^exponent, from the smallest size to the largest. The default book is set as well, warm.
"""

from __future__ import annotations

import argparse
import math
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.big_books import write_book
from benchmarks.processes import Taken, run
from quire.toolchain.tools import pandoc_path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "benchmarks" / "print.md"
_MOST = 900  # seconds that a tool is waited for


def _quire(book: Path, out: Path) -> list[str]:
    return [sys.executable, str(ROOT / "build.py"), "--quiet", "--book", str(book),
            "--edition", "print-pdf", "--out", str(out)]  # fmt: skip


def _pandoc(engine: str) -> Callable[[Path, Path], list[str]]:
    def command(book: Path, out: Path) -> list[str]:
        chapters = sorted(str(path) for path in (book / "book").rglob("*.md"))
        return [str(pandoc_path()), "--file-scope", "--toc", "--metadata-file",
                str(book / "metadata.yaml"), f"--pdf-engine={engine}", "-o", str(out / "book.pdf"),
                *chapters]  # fmt: skip

    return command


_SET_BY_TYPST = """
import subprocess, sys, typst
pandoc, markup, pdf, *arguments = sys.argv[1:]
subprocess.run([pandoc, "--standalone", "--to", "typst", "-o", markup, *arguments], check=True)
typst.compile(markup, output=pdf, root="/")
"""


def _pandoc_and_typst(book: Path, out: Path) -> list[str]:
    """With the Typst of quire's own wheel, which brings no program for pandoc to call."""
    chapters = sorted(str(path) for path in (book / "book").rglob("*.md"))
    return [sys.executable, "-c", _SET_BY_TYPST, str(pandoc_path()), str(out / "book.typ"),
            str(out / "book.pdf"), "--from", "markdown+rebase_relative_paths", "--extract-media",
            str(out / "media"), "--file-scope", "--toc", "--metadata-file",
            str(book / "metadata.yaml"), *chapters]  # fmt: skip


def tools() -> Mapping[str, Callable[[Path, Path], list[str]]]:
    """quire, and the peers that are installed, by name."""
    found: dict[str, Callable[[Path, Path], list[str]]] = {
        "quire": _quire,
        "pandoc and Typst": _pandoc_and_typst,
    }
    for name in ("WeasyPrint", "LuaLaTeX"):
        engine = name.lower()
        beside = Path(sys.executable).parent / engine
        path = str(beside) if beside.is_file() else shutil.which(engine)
        if path:
            found[f"pandoc and {name}"] = _pandoc(path)
    return found


def measure(book: Path, runs: int, out: Path) -> dict[str, Taken | None]:
    """The median of each tool's runs on a book, the tools in turn."""
    taken: dict[str, list[Taken | None]] = {name: [] for name in tools()}
    for _ in range(runs):
        for name, command in tools().items():
            if None not in taken[name]:
                taken[name].append(run(command(book, out), ROOT, _MOST))
    found: dict[str, Taken | None] = {}
    for name, each in taken.items():
        whole = [one for one in each if one is not None]
        found[name] = (
            Taken(statistics.median(one.seconds for one in whole), max(one.memory for one in whole))
            if len(whole) == len(each) and whole
            else None
        )
    return found


def table(sizes: list[float], runs: int) -> str:
    """The table in Markdown, with the default book first."""
    lines = ["| book | pages | tool | seconds | memory | to quire | growth |",
             "| --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    smallest: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        default = measure(ROOT, max(runs, 3) + 1, folder)
        lines += _rows("the default book", folder, default, {}, 0)
        for size in sizes:
            book = folder / f"{size:g}"
            size_in_bytes = write_book(book, size)
            found = measure(book, runs if size < 2 else 1, folder)
            lines += _rows(f"{size:g} MB", folder, found, smallest, size_in_bytes)
    return "\n".join(lines)


def _rows(
    title: str, out: Path, found: Mapping[str, Taken | None],
    smallest: dict[str, tuple[float, float]], size: int,
) -> list[str]:  # fmt: skip
    own = found["quire"]
    pages = _pages(out)
    rows = []
    for name, taken in found.items():
        if taken is None:
            rows.append(f"| {title} | | {name} | fails, or takes more than {_MOST} s | | | |")
            continue
        ratio = f"{taken.seconds / own.seconds:.1f}" if own else ""
        growth = ""
        if size and name in smallest:
            first, seconds = smallest[name]
            growth = f"{math.log(taken.seconds / seconds) / math.log(size / first):.2f}"
        elif size:
            smallest[name] = (size, taken.seconds)
        shown = pages if name == "quire" else ""
        rows.append(
            f"| {title} | {shown} | {name} | {taken.seconds:.1f} | {taken.memory / 1e9:.2f} GB "
            f"| {ratio} | {growth} |"
        )
    return rows


def _pages(out: Path) -> str:
    import pikepdf

    newest = max(out.glob("*-print.pdf"), key=lambda path: path.stat().st_mtime, default=None)
    if newest is None:
        return ""
    with pikepdf.open(newest) as document:
        return str(len(document.pages))


def main() -> None:
    """Measure and print; with --write, into the document too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="0.1,1,7", help="megabytes, with commas between")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true", help=f"into {DOCUMENT.relative_to(ROOT)}")
    asked = parser.parse_args()
    start = time.perf_counter()
    made = table([float(one) for one in asked.sizes.split(",")], asked.runs)
    print(made)
    print(f"\n{time.perf_counter() - start:.0f} s")
    if asked.write:
        text = DOCUMENT.read_text("utf-8")
        head, _, rest = text.partition("<!-- table -->\n")
        _, _, tail = rest.partition("<!-- end -->")
        DOCUMENT.write_text(f"{head}<!-- table -->\n{made}\n<!-- end -->{tail}", "utf-8")


if __name__ == "__main__":
    main()
