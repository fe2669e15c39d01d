"""Own manuscripts, spoilt as scans and copies are, come back at least as well as they did before.

The figures reached lie in ``tests/golden/round_trips.json``. When cleaning got better, write them
anew: ``QUIRE_APPROVE=1 python -m pytest tests/cleaning/test_round_trip.py``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from benchmarks.round_trip.keeping import differences
from benchmarks.round_trip.recipe import LAYOUTS
from benchmarks.round_trip.runs import round_trip

ROOT = Path(__file__).parent.parent.parent
GOLDEN = ROOT / "tests" / "golden" / "round_trips.json"
BOOKS = {"default-book": ROOT / "book", "essays": ROOT / "benchmarks/texts/tuning/en-essays/book"}
SLACK = {"junk": 0.5}
TRIPS = [
    (name, layout) for name in BOOKS for layout in LAYOUTS if (name, layout) != ("essays", "glued")
]


@pytest.mark.parametrize(("name", "layout"), TRIPS)
def test_a_manuscript_comes_back_as_well_as_it_did(name: str, layout: str, tmp_path: Path) -> None:
    trip = round_trip(BOOKS[name], name, "txt", "medium", 1, tmp_path, layout)
    reached = {metric: round(value, 4) for metric, value in trip.scores.figures.items()}
    golden = json.loads(GOLDEN.read_text("utf-8")) if GOLDEN.is_file() else {}
    if os.environ.get("QUIRE_APPROVE"):
        golden[f"{name}, {layout}"] = reached
        GOLDEN.write_text(json.dumps(golden, indent=1, sort_keys=True) + "\n", "utf-8")
    floors = golden[f"{name}, {layout}"]
    worse = {
        metric: (value, floors[metric])
        for metric, value in reached.items()
        if (value - floors[metric]) * (-1 if metric == "junk" else 1) < -SLACK.get(metric, 0.0005)
    }
    assert not worse, f"reached and before: {worse}\n{differences(trip)[:4000]}"
    assert trip.stable
