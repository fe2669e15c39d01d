"""That pandoc refuses something."""

from __future__ import annotations

__all__ = ["PandocFailed"]


class PandocFailed(Exception):
    """pandoc refused its input; the message is pandoc's own last line."""
