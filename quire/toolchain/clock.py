"""The date of a build. It comes from the book, so that the same book gives the same bytes."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

from quire.problems import UsageError

__all__ = ["EARLIEST", "build_date"]

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""The first moment that a ZIP file can state."""

_REMEDY = "Set it to whole seconds since 1970, such as 1700000000, or unset it."


def build_date(metadata_date: date | None = None) -> datetime:
    """The moment to write into every file of a build, in UTC.

    It is SOURCE_DATE_EPOCH if that is set, else the book's own date at midnight, else
    1 January 1980. Moments before 1980 become 1980, the first that a ZIP file can state.

    Args:
        metadata_date: the book's date of publication (a `datetime` keeps its time of day).

    Raises:
        UsageError: SOURCE_DATE_EPOCH isn't a whole number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if epoch:
        return max(_from_epoch(epoch), EARLIEST)
    if metadata_date is None:
        return EARLIEST
    if isinstance(metadata_date, datetime):
        aware = metadata_date if metadata_date.tzinfo else metadata_date.replace(tzinfo=UTC)
        moment = aware.astimezone(UTC)
    else:
        moment = datetime(metadata_date.year, metadata_date.month, metadata_date.day, tzinfo=UTC)
    return max(moment.replace(microsecond=0), EARLIEST)


def _from_epoch(epoch: str) -> datetime:
    try:
        return datetime.fromtimestamp(0, UTC) + timedelta(seconds=int(epoch))
    except (ValueError, OverflowError) as error:
        message = f"SOURCE_DATE_EPOCH is {epoch!r}, which isn't a date."
        raise UsageError(message, _REMEDY, code="source-date-epoch") from error
