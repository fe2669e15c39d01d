"""Make the book in this folder: `python build.py` is the command `quire`."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - it is what this line is there to find out
    sys.stderr.write(
        "build.py: this is Python {}.{}, and quire needs 3.11 or newer. Run `make book`, or "
        "`.venv/bin/python build.py` after `make venv`.\n".format(*sys.version_info)
    )
    sys.exit(3)

from quire.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
