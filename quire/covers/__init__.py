"""Covers: a scene of shapes and fitted words, designs that compose it, a painter."""

from quire.covers.gallery import make_gallery
from quire.covers.making import make_cover

__all__ = ["make_cover", "make_gallery"]
