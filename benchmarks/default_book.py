"""How long a build of the default book takes, warm, beside pandoc on the same manuscript.

    .venv/bin/python benchmarks/default_book.py [RUNS]

Every figure is the wall time of a whole process, start-up included, the two commands in turn
(A B A B …) after one run of each that isn't counted. Printed are median, least and most, and the
ratio of medians. pandoc makes only the EPUB; quire makes every edition, the cover and the
shelf.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from quire.toolchain.tools import pandoc_path

ROOT = Path(__file__).resolve().parent.parent


def seconds(command: list[str]) -> float:
    """The wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Run the commands in turn and print the table."""
    chapters = sorted(str(path) for path in (ROOT / "book").rglob("*.md"))
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "build.py", "--quiet", "--force", "--out", f"{folder}/dist"]
        commands = {
            "quire, every edition": build,
            "quire, EPUB alone": [*build, "--edition", "epub"],
            "pandoc, EPUB alone": [
                str(pandoc_path()),
                "--file-scope",
                "--resource-path=book/01-a-calling",
                "-o",
                f"{folder}/pandoc.epub",
                *chapters,
            ],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(runs + 1):
            for name, command in commands.items():
                taken = seconds(command)
                if run:
                    times[name].append(taken)
    peer = statistics.median(times["pandoc, EPUB alone"])
    print("| command | median s | least | most | ratio to pandoc |")
    print("| --- | --- | --- | --- | --- |")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(
            f"| {name} | {middle:.2f} | {min(taken):.2f} | {max(taken):.2f} | {middle / peer:.1f} |"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
