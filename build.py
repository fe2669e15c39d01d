"""Make the book in this folder: `python build.py` is the command `quire`."""

import sys

try:
    from quire.cli import main
except ImportError as error:
    if (error.name or "").partition(".")[0] == "quire":
        raise
    sys.stderr.write(
        f"build.py: the Python package {error.name} is not installed for {sys.executable}. "
        "Run `make book`, or `.venv/bin/python build.py` after `make venv`.\n"
    )
    sys.exit(3)

if __name__ == "__main__":
    raise SystemExit(main())
