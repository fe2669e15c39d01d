"""Plain text, in the encoding that the recipe names."""

from __future__ import annotations

from benchmarks.round_trip.layouts import Messy, bare_pieces, messy_of, pieces_of, text_of
from benchmarks.round_trip.recipe import Recipe
from benchmarks.round_trip.setting import Setting

__all__ = ["write"]


def write(setting: Setting, recipe: Recipe, title: str) -> Messy:
    """The pages as text."""
    pages = bare_pieces(pieces_of(setting, recipe, title))
    content = text_of(pages, recipe).encode(recipe.encoding, "replace")
    return messy_of(content, pages, setting, recipe, title)
