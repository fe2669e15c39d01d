"""One file a command: build, check, clean, cover, new."""
