"""What a person reads of the round trips: the tables, and the list of all that went wrong."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.round_trip.keeping import keep
from benchmarks.round_trip.peers import standings
from benchmarks.round_trip.runs import Trip, round_trip
from benchmarks.round_trip.scores import Evidence, Scores
from benchmarks.round_trip.table import missed, peers_table, table

FOLDER = Path(__file__).parent.parent / "golden" / "books" / "almanac" / "book"


@pytest.fixture(scope="module")
def trip(tmp_path_factory: pytest.TempPathFactory) -> Trip:
    return round_trip(FOLDER, "almanac", "txt", "medium", 1, tmp_path_factory.mktemp("trip"))


def scored(trip: Trip, **figures: float) -> Trip:
    return replace(trip, scores=Scores({**trip.scores.figures, **figures}, Evidence()))


def row(lines: str, start: Sequence[str]) -> list[str]:
    for line in lines.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[: len(start)] == list(start):
            return cells
    raise AssertionError(f"no row {start}")


def test_a_figure_below_its_goal_is_marked() -> None:
    assert missed("body", 0.9989, "medium")
    assert not missed("body", 0.9991, "medium")
    assert missed("junk", 1.1, "medium")
    assert not missed("paragraphs", 0.5, "light")


def test_the_table_ends_with_mean_worst_and_goal(trip: Trip) -> None:
    told = table([scored(trip, body=1.0, junk=0.0), scored(trip, body=0.5, junk=3.0)])
    assert row(told, ["**mean**", "all"])[5] == "✗ 0.7500"
    assert row(told, ["**worst**", "all"])[5] == "✗ 0.5000"
    assert row(told, ["**worst**", "all"])[11] == "✗ 3.0"
    assert row(told, ["goal"])[5] == "0.999"


def test_other_tools_are_scored_on_the_same_source_or_said_to_be_missing(trip: Trip) -> None:
    found = {one.peer: one for one in standings([trip])}
    assert 0 < (found["pandoc"].figures["body"] or 0) < 1
    told = peers_table([trip], list(found.values()))
    assert row(told, ["txt", "medium", "**quire**"])
    if shutil.which("ebook-convert") is None:
        assert row(told, ["txt", "medium", "calibre"])[-1] == "not installed"


def test_what_is_kept_names_every_difference(trip: Trip, tmp_path: Path) -> None:
    evidence = Evidence()
    evidence.note("headings", "missing ## Oil")
    keep(replace(trip, scores=Scores(trip.scores.figures, evidence)), tmp_path)
    told = (tmp_path / "differences.txt").read_text("utf-8")
    assert "headings" in told
    assert "missing ## Oil" in told
    assert (tmp_path / "truth.md").is_file()
    assert list((tmp_path / "cleaned").rglob("*.md"))
