"""Manuscript and metadata become a `Book`: endnotes, numbers, references, matter."""

from quire.assembly.assembling import assemble
from quire.assembly.model import Book
from quire.assembly.parsing import parse_manuscript

__all__ = ["Book", "assemble", "parse_manuscript"]
