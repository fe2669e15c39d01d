"""metadata.yaml → `Metadata`, checked, with line numbers; and a new book's metadata."""

from quire.metadata.guessing import Guess, metadata_text
from quire.metadata.model import CleaningSettings, Metadata, RuleSetting
from quire.metadata.reading import CleaningTable, read_cleaning, read_metadata
from quire.metadata.schema import metadata_schema

__all__ = [
    "CleaningSettings", "CleaningTable", "Guess", "Metadata", "RuleSetting", "metadata_schema",
    "metadata_text", "read_cleaning", "read_metadata",
]  # fmt: skip
