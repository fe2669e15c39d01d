"""The EPUBs that stores get in place of the common one, made of it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from quire.editions.epub.container import pack, unpack
from quire.editions.epub.store import Store
from quire.editions.model import Artifact
from quire.toolchain.writing import write_whole

__all__ = ["copy_for"]


def copy_for(store: Store, common: Artifact, out: Path, moment: datetime) -> Artifact | None:
    """Write a store's copy of an EPUB into `out`; nothing where the common one is what it wants.

    Args:
        store: the store.
        common: the EPUB edition.
        out: where the copy goes, beside the common one.
        moment: dates the entries of the ZIP, as it does the common one's.
    """
    if store.copy is None:
        return None
    files = unpack(common.path.read_bytes())
    transformed = store.copy.transform(files)
    if transformed == files:
        return None
    content = pack(transformed, moment)
    path = write_whole(out / f"{common.path.stem}{store.copy.suffix}", content)
    return Artifact(
        edition=f"{common.edition}-{store.name}",
        path=path,
        media_type=common.media_type,
        sha256=hashlib.sha256(content).hexdigest(),
        details={**common.details, "store": f"{store.title}, {store.copy.why}"},
    )
