"""What a command takes: seconds, and the memory of its process and all that it starts, together."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Taken", "run"]

_EVERY = 0.1  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took: seconds, and the largest memory in bytes."""

    seconds: float
    memory: int


def run(command: Sequence[str], folder: Path, most: float) -> Taken | None:
    """Run a command in a folder; None when it fails or takes more than `most` seconds.

    Memory is looked at every tenth of a second: pages that processes share count once (the
    proportional set size of Linux). Elsewhere it is 0.
    """
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet) as process:
        peak, done = [0], threading.Event()

        def look() -> None:
            while not done.wait(_EVERY):
                peak[0] = max(peak[0], memory_below(process.pid))

        looking = threading.Thread(target=look)
        looking.start()
        try:
            code = process.wait(most)
        except subprocess.TimeoutExpired:
            process.kill()
            code = -1
        taken = time.perf_counter() - start
        done.set()
        looking.join()
    return Taken(taken, peak[0]) if code == 0 else None


def memory_below(process: int) -> int:
    """Bytes that a process and those that it started have in memory now."""
    found = 0
    with suppress(OSError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
        found = sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
        for task in Path(f"/proc/{process}/task").iterdir():
            children = (task / "children").read_text("ascii").split()
            found += sum(memory_below(int(child)) for child in children)
    return found
