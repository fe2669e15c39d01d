"""What a command takes, its children's memory with it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.processes import run

_HOLDS = "import time; held = bytearray(b'x' * 80_000_000); time.sleep(0.6)"
_STARTS = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_HOLDS!r}], check=True)"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("script", [_HOLDS, _STARTS], ids=["its own", "a child's"])
def test_memory_counts_wherever_it_is(script: str, tmp_path: Path) -> None:
    taken = run([sys.executable, "-c", script], tmp_path, 60)
    assert taken is not None
    assert 80_000_000 < taken.memory < 200_000_000


def test_what_fails_or_takes_too_long_has_no_figures(tmp_path: Path) -> None:
    assert run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path, 60) is None
    assert run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, 0.5) is None
