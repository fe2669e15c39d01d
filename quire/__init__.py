"""quire: from a messy text to a book that a publisher would sign."""

from quire.version import VERSION

__version__ = VERSION
__all__ = ["VERSION", "__version__"]
