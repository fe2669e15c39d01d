"""The shelf: what lies in ``dist/`` beside the editions, so that a reader can choose and trust."""

from quire.shelf.filling import write_shelf
from quire.shelf.report import REPORT_NAME

__all__ = ["REPORT_NAME", "write_shelf"]
