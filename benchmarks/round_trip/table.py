"""The figures of many round trips as one Markdown table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean

from benchmarks.round_trip.peers import Standing
from benchmarks.round_trip.recipe import Recipe
from benchmarks.round_trip.runs import Trip
from benchmarks.round_trip.scores import GOALS, METRICS

__all__ = ["missed", "peers_table", "table"]


def missed(metric: str, value: float, strength: str) -> bool:
    """Whether a figure falls short of its goal."""
    goal = GOALS.get(strength, {}).get(metric)
    if goal is None:
        return False
    return value > goal if metric == "junk" else value < goal


def table(trips: Sequence[Trip]) -> str:
    """One row a source; means and worst figures of each strength at the end; ✗ marks a miss."""
    columns = ["text", "format", "strength", "seed", "layout, notes", *METRICS]
    columns += ["stable", "changed", "s"]
    lines = [f"| {' | '.join(columns)} |", "| --- " * len(columns) + "|"]
    for trip in trips:
        recipe = trip.recipe
        cells = [_cell(one, trip.scores.figures[one], recipe.strength) for one in METRICS]
        lines.append(
            f"| {trip.name} | {trip.kind} | {recipe.strength} | {recipe.seed} "
            f"| {_form(recipe)} | {' | '.join(cells)} "
            f"| {'yes' if trip.stable else '✗ no'} | {_changed(trip)} | {trip.seconds:.1f} |"
        )
    for strength in dict.fromkeys(trip.recipe.strength for trip in trips):
        some = [trip for trip in trips if trip.recipe.strength == strength]
        kinds = list(dict.fromkeys(trip.kind for trip in some))
        for kind in kinds if len(kinds) > 1 else ():
            of_kind = [trip.scores.figures for trip in some if trip.kind == kind]
            lines.append(_summary("mean", kind, strength, of_kind))
        figures = [trip.scores.figures for trip in some]
        lines.append(_summary("mean", "all", strength, figures))
        lines.append(_summary("worst", "all", strength, figures))
        goals = GOALS.get(strength, {})
        told = [str(goals.get(metric, "")) for metric in METRICS]
        lines.append(f"| goal | | {strength} | | | {' | '.join(told)} | yes | 0 | |")
    return "\n".join(lines)


def _summary(name: str, kind: str, strength: str, figures: Sequence[Mapping[str, float]]) -> str:
    """A row of means, or of the worst figures."""
    cells: list[str] = []
    for metric in METRICS:
        values = [one[metric] for one in figures]
        worst = max(values) if metric == "junk" else min(values)
        cells.append(_cell(metric, mean(values) if name == "mean" else worst, strength))
    return f"| **{name}** | {kind} | {strength} | | | {' | '.join(cells)} | | | |"


def _form(recipe: Recipe) -> str:
    """How a source was laid out."""
    columns = f", {recipe.columns} columns" if recipe.columns > 1 else ""
    return f"{recipe.layout}{columns}, {recipe.notes} {recipe.mark}".rstrip()


def _changed(trip: Trip) -> str:
    """How many characters of a clean source were changed."""
    if trip.changed is None:
        return ""
    return f"✗ {trip.changed}" if trip.changed else "0"


def _cell(metric: str, value: float, strength: str) -> str:
    told = f"{value:.1f}" if metric == "junk" else f"{value:.4f}"
    return f"✗ {told}" if missed(metric, value, strength) else told


def peers_table(trips: Sequence[Trip], standings: Sequence[Standing]) -> str:
    """Means of quire and of other tools on the same sources, format by format."""
    lines = [
        f"| format | strength | tool | {' | '.join(METRICS)} | remark |",
        "| --- " * (len(METRICS) + 4) + "|",
    ]
    for kind, strength in dict.fromkeys((one.kind, one.recipe.strength) for one in trips):
        own = [
            one.scores.figures
            for one in trips
            if (one.kind, one.recipe.strength) == (kind, strength)
        ]
        cells = [_cell(metric, mean(one[metric] for one in own), "") for metric in METRICS]
        lines.append(f"| {kind} | {strength} | **quire** | {' | '.join(cells)} | |")
        for one in standings:
            if (one.kind, one.strength) != (kind, strength):
                continue
            told = [one.figures.get(metric) for metric in METRICS]
            cells = [
                "–" if value is None else _cell(metric, value, "")
                for metric, value in zip(METRICS, told, strict=True)
            ]
            remark = one.missing or (f"{one.failed} not read" if one.failed else "")
            lines.append(f"| {kind} | {strength} | {one.peer} | {' | '.join(cells)} | {remark} |")
    return "\n".join(lines)
