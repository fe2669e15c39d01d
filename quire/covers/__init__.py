"""Covers: a scene of shapes and fitted words, designs that compose it, a painter."""

from quire.covers.gallery import gallery_html
from quire.covers.making import make_cover

__all__ = ["gallery_html", "make_cover"]
