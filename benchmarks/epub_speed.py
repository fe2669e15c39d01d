"""How long the EPUB of a book takes, and how much memory, beside other tools, from small to large.

    .venv/bin/python -m benchmarks.epub_speed [--sizes 0.1,1,7,20] [--runs 3] [--write]

The same Markdown becomes an EPUB by quire (every note an endnote with ways back, accessibility
metadata, its cover painted) and by pandoc alone, and by calibre where it is installed. Each run is
a fresh process with nothing kept from the last; tools take turns; figures are medians of wall time,
and the largest memory of the process and those that it starts. Growth is the exponent in
time ~ size^exponent, from the smallest size to the largest.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.big_books import write_book
from benchmarks.processes import Taken, run
from quire.toolchain.tools import pandoc_path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "benchmarks" / "epub-speed.md"
_MOST = 900  # seconds that a tool is waited for


def _quire(book: Path, out: Path) -> list[str]:
    return [sys.executable, str(ROOT / "build.py"), "--quiet", "--book", str(book),
            "--edition", "epub", "--out", str(out)]  # fmt: skip


def _pandoc(book: Path, out: Path) -> list[str]:
    chapters = sorted(str(path) for path in (book / "book").rglob("*.md"))
    return [str(pandoc_path()), "--file-scope", "--toc", "--metadata-file",
            str(book / "metadata.yaml"), "-o", str(out / "pandoc.epub"), *chapters]  # fmt: skip


def _calibre(book: Path, out: Path) -> list[str]:
    whole = out / "whole.md"
    if not whole.exists():
        chapters = sorted((book / "book").rglob("*.md"))
        whole.write_text("\n\n".join(path.read_text("utf-8") for path in chapters), "utf-8")
    return ["ebook-convert", str(whole), str(out / "calibre.epub"),
            "--formatting-type", "markdown"]  # fmt: skip


def tools() -> Mapping[str, Callable[[Path, Path], list[str]]]:
    """quire, and the peers that are installed, by name."""
    found: dict[str, Callable[[Path, Path], list[str]]] = {"quire": _quire, "pandoc": _pandoc}
    if shutil.which("ebook-convert"):
        found["calibre"] = _calibre
    return found


def main() -> None:
    """Measure, print the table, and write it into the document if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="0.1,1,7,20")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    os.environ["QUIRE_CACHE"] = "off"
    sizes = [float(size) for size in asked.sizes.split(",")]
    medians: dict[str, dict[float, float]] = {}
    lines = [
        "| book | tool | median s | least–most s | ratio | memory MB | ratio |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            book, out = Path(name) / "book", Path(name) / "out"
            out.mkdir()
            written = write_book(book, size)
            taken: dict[str, list[Taken]] = {tool: [] for tool in tools()}
            for _ in range(asked.runs if size < 15 else 1):
                for tool, command in tools().items():
                    done = run(command(book, out), Path(name), _MOST)
                    if done:
                        taken[tool].append(done)
            peer = taken["pandoc"]
            for tool, runs in taken.items():
                if not runs:
                    lines.append(f"| {written / 1e6:.1f} MB | {tool} | failed | | | | |")
                    continue
                seconds = [one.seconds for one in runs]
                median = statistics.median(seconds)
                medians.setdefault(tool, {})[size] = median
                memory = statistics.median(one.memory for one in runs)
                slower = median / statistics.median(one.seconds for one in peer)
                larger = memory / max(1, statistics.median(one.memory for one in peer))
                lines.append(
                    f"| {written / 1e6:.1f} MB | {tool} | {median:.2f} "
                    f"| {min(seconds):.2f}–{max(seconds):.2f} | {slower:.2f} "
                    f"| {memory / 1e6:.0f} | {larger:.2f} |"
                )
                print(lines[-1], flush=True)
    first, last = min(sizes), max(sizes)
    growths = [
        f"{tool} {math.log(found[last] / found[first]) / math.log(last / first):.2f}"
        for tool, found in medians.items()
        if first in found and last in found and first != last
    ]
    lines += ["", f"Growth from {first:g} to {last:g} MB: {', '.join(growths)}."]
    print("\n".join(lines))
    if asked.write:
        text = DOCUMENT.read_text("utf-8")
        head = text[: text.index("<!-- table -->")]
        DOCUMENT.write_text(f"{head}<!-- table -->\n\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
