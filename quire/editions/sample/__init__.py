"""The edition ``sample``: the first chapter in one file, to look into before the whole book."""

from quire.editions.sample.edition import EDITION, Sample

__all__ = ["EDITION", "Sample"]
