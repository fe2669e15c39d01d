"""The print cover in one sheet: back, spine as wide as the pages make it, front, and bleed."""

from quire.editions.cover_wrap.edition import EDITION, CoverWrap

__all__ = ["EDITION", "CoverWrap"]
