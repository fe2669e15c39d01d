"""The date of a build comes from the book or from SOURCE_DATE_EPOCH, never from the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.problems import UsageError
from quire.toolchain.clock import EARLIEST, build_date


@pytest.fixture(autouse=True)
def _no_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def test_the_books_date_is_midnight_in_utc() -> None:
    assert build_date(date(2026, 11, 24)) == datetime(2026, 11, 24, tzinfo=UTC)


def test_a_time_of_day_is_turned_to_utc_and_its_fraction_dropped() -> None:
    moment = datetime(2026, 11, 24, 6, 30, 5, 999, tzinfo=timezone(timedelta(hours=8)))
    assert build_date(moment) == datetime(2026, 11, 23, 22, 30, 5, tzinfo=UTC)


def test_without_any_date_it_is_the_first_that_a_zip_file_can_state() -> None:
    assert build_date() == EARLIEST


def test_source_date_epoch_goes_before_the_books_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert build_date(date(2026, 11, 24)) == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize("epoch", ["soon", "1.5", "9" * 30, "0x10"])
def test_an_epoch_that_is_no_date_is_wrong_usage(
    epoch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH") as wrong:
        build_date()
    assert "1700000000" in str(wrong.value)


@given(st.integers(min_value=-(10**10), max_value=10**11))
def test_no_epoch_gives_a_moment_that_a_zip_file_can_not_state(epoch: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(epoch))
        moment = build_date()
    assert moment >= EARLIEST
    assert moment == max(EARLIEST, datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=epoch))
