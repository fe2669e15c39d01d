"""The edition ``web``: the whole book as pages for a browser, from a server or from a folder."""

from quire.editions.web.edition import EDITION, Web

__all__ = ["EDITION", "Web"]
