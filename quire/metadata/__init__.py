"""metadata.yaml → `Metadata`, checked, with line numbers; and a new book's metadata."""

from quire.metadata.guessing import Guess, metadata_text
from quire.metadata.model import Metadata
from quire.metadata.reading import read_metadata
from quire.metadata.schema import metadata_schema

__all__ = ["Guess", "Metadata", "metadata_schema", "metadata_text", "read_metadata"]
