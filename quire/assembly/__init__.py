"""Manuscript and metadata become a `Book`: endnotes, numbers, references, matter."""

from quire.assembly.assembling import assemble
from quire.assembly.model import Book

__all__ = ["Book", "assemble"]
