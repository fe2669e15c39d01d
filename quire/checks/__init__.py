"""Validators, with their answers in our words: what is wrong with the finished editions."""

from quire.checks.editions import CheckedEditions, check_editions

__all__ = ["CheckedEditions", "check_editions"]
