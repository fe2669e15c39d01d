"""Chapters on disk: reading them, the Markdown they are written in, their roles, their lints."""

from quire.manuscript.dialect import DIALECT
from quire.manuscript.model import Chapter, Manuscript
from quire.manuscript.reading import read_chapter, read_manuscript

__all__ = ["DIALECT", "Chapter", "Manuscript", "read_chapter", "read_manuscript"]
