"""One file a source format; `quire.sources` finds them by looking into this folder."""
