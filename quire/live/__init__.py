"""A book shown while it is written: each change is built at once, and open pages follow it.

* `quire.live.watching`: what changed in a book's folder.
* `quire.live.preview`: the book as it stands, or what is wrong with it.
* `quire.live.server`: both for a browser on this machine.
"""

from quire.live.preview import Preview, Turn
from quire.live.server import PreviewServer
from quire.live.watching import Watch

__all__ = ["Preview", "PreviewServer", "Turn", "Watch"]
